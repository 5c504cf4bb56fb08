"""Reading short texts with the grammar that ships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract.rules import RulesProducer
from kg.model import Block, Candidate, Document
from kg.vocab.lexicon import Lexicon
from kg.vocab.lexicon_reader import read_lexicon
from kg.vocab.reader import read_ontology

Read = Callable[[str], list[Candidate]]


def document(text: str) -> Document:
    """A document whose lines are paragraphs."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line)))
        at += len(line) + 1
    return Document("test.txt", "test", text, "test.txt", "", blocks=tuple(blocks))


@pytest.fixture(scope="session")
def lexicon(root: Path) -> Lexicon:
    return read_lexicon(read_ontology(root / "ontology"))


@pytest.fixture(scope="session")
def producer(lexicon: Lexicon) -> RulesProducer:
    return RulesProducer(lexicon)


@pytest.fixture(scope="session")
def read(producer: RulesProducer) -> Read:
    """Candidates of a text."""
    return lambda text: producer.produce(document(text))


def cooperations(candidates: list[Candidate]) -> list[tuple[list[str], list[str]]]:
    """(partners, mechanisms) of each cooperation."""
    found = [c for c in candidates if c.kind == "cooperation"]
    return [([s.name for s in c.all("participant")], [s.name for s in c.all("through")]) for c in found]


def mechanisms(candidates: list[Candidate]) -> dict[str, str]:
    """Name → kind."""
    named = [c.one("name") for c in candidates if c.kind == "mechanism"]
    return {slot.name: slot.kind for slot in named if slot}
