"""Who does the reading of a build: this process, or others. All give the same bytes in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.errors import InputError, Text
from kg.load.base import LoadContext, Loader
from kg.load.ledger import LedgerEntry
from kg.load.sources import Source, load_source, loaders_by_suffix
from kg.model import Candidate, Document
from kg.pipeline.parts import Part

SECONDS = 120.0  # that the reading of one file may take in a worker
MANY = 500  # files, from which on starting workers pays


class Finder(Protocol):
    """What finds candidates; a `kg.pipeline.reader.Reader` gives it."""

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
            yield list(packed_parts(source, context, loaders, finder))


def packed_parts(source: Source, context: LoadContext, loaders: dict[str, tuple[str, Loader]], finder: Finder) -> Iterator[bytes]:
    """What is read from a file: one part, or of a zip folder one for each file in it and one for itself."""
    for entry, documents in load_source(source, context, loaders):
        yield Part(entry, [(document, finder.candidates(document)) for document in documents]).packed()


def failed_part(source: Source, reason: Text) -> Part:
    """The part of a file whose reading brought down the process that read it."""
    what = Text(f"{source.named}: left out, {reason.en}", f"{source.named}：已略过，{reason.zh}")
    way_out = Text(
        "Split the file or save it in another format; kg.toml, [build] seconds sets the time limit.",
        "请拆分该文件或另存为其他格式；时限见 kg.toml 的 [build] seconds。",
    )
    return Part(LedgerEntry(source.named, id=source.id, error=InputError(what, way_out)), [])


class Automatic:
    """Reads in this process, or in several where there is enough to read.

    Args:
        workers, seconds: see `kg.pipeline.processes.Processes`.
    """

    def __init__(self, workers: int = 0, seconds: float = SECONDS) -> None:
        self._workers, self._seconds = workers, seconds

    def read(self, sources: Iterable[Source], context: LoadContext, finder: Finder) -> Iterator[list[bytes]]:
        from kg.pipeline.processes import Processes, cores

        files = list(sources)
        many = len(files) >= MANY and (self._workers or cores()) > 1
        executor: Executor = Processes(self._workers, self._seconds) if many else Serial()
        return executor.read(files, context, finder)


def executor_named(name: str | None, workers: int = 0, seconds: float = SECONDS, scheduler: str = "") -> Executor:
    """The executor called "serial", "processes" or "dask"; without a name, this process or several, as there is to read.

    Args:
        workers, seconds: see `kg.pipeline.processes.Processes`.
        scheduler: see `kg.pipeline.cluster.Dask`.
    """
    from kg.pipeline.cluster import Dask
    from kg.pipeline.processes import Processes

    if name == "dask":
        return Dask(workers, scheduler)
    if name == "serial":
        return Serial()
    return Processes(workers, seconds) if name == "processes" else Automatic(workers, seconds)
