"""What reviewers decided, ready to be replayed by a build."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Config
from kg.model import Fact, Unit
from kg.pipeline.parts import Part
from kg.review import DecisionBook, DecisionLog

if TYPE_CHECKING:
    from kg.vocab.vocabulary import Vocabulary


def decision_book(config: Config, files: Set[str], vocabulary: Vocabulary) -> DecisionBook:
    """The decisions of the file that the configuration names, for a build of these files (by their ids).

    Raises:
        InputError: the file is broken; says in which line.
    """
    decisions = DecisionLog(config.decisions).read()
    kinds = {(concept.scheme, concept.notation) for scheme in vocabulary.schemes() for concept in vocabulary.concepts(scheme)}
    return DecisionBook(decisions, partial(_is_there, files, config.root), frozenset(kinds))


def _is_there(files: Set[str], root: Path, document: str) -> bool:
    """Whether a document exists: its file is one of those that are built, or lies in the workspace without being built now."""
    parts = document.split("/")
    names = ("/".join(parts[:size]) for size in range(len(parts), 0, -1))  # a sheet, or what a zip folder holds, is below it
    return any(name in files or (root / name).is_file() for name in names)


def replayed(part: Part, book: DecisionBook) -> Part:
    """What was read from a file, after the decisions about it."""
    return part._replace(documents=[(document, book.replay(document, found)) for document, found in part.documents])


def names_of(facts: Iterable[Fact]) -> set[str]:
    """All names of the units among facts."""
    return {name for fact in facts if isinstance(fact, Unit) for name in (fact.label, *fact.alts)}
