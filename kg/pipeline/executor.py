"""Who does the reading of a build: this process, or others. All give the same bytes in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.load.base import LoadContext
from kg.load.sources import Source, load_source, loaders_by_suffix
from kg.model import Candidate, Document
from kg.pipeline.parts import Part


class Finder(Protocol):
    """The part of a `kg.pipeline.reader.Reader` that finds candidates."""

    def candidates(self, document: Document) -> list[Candidate]:
        """The candidates of a document."""


class Executor(Protocol):
    """Reads files and finds their candidates. `tests/pipeline/test_executors.py` is what every executor passes."""

    def read(self, sources: Iterable[Source], context: LoadContext, finder: Finder) -> Iterator[list[bytes]]:
        """The packed parts of each file, in the order of the files; a file that cannot be read has an entry with the error."""


class Serial:
    """Reads one file after another in this process."""

    def read(self, sources: Iterable[Source], context: LoadContext, finder: Finder) -> Iterator[list[bytes]]:
        loaders = loaders_by_suffix()
        for source in sources:
            yield [
                Part(entry, [(document, finder.candidates(document)) for document in documents]).packed()
                for entry, documents in load_source(source, context, loaders)
            ]
