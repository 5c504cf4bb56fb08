"""Which candidate is which across builds: an id made of what is stated, not of where, by which rule or by whom it was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from kg.ids import digest
from kg.model import Candidate

TOGETHER = "+"
"""Joins the names of producers that read the same."""

UNIT_ROLES = ("subject", "owner", "initiator", "participant", "by")
_NAMED = {"case": "subject", "unit": "name", "mechanism": "name"}
_STATED = {"cooperation": ("participant", "through"), "outcome": ("what", "quantity")}
_ANCHOR = {"case": "subject", "unit": "name", "mechanism": "name", "cooperation": "participant", "outcome": "what"}


class Filled(Protocol):
    """A role with its words, as a candidate or a decision gives it."""

    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def name(self) -> str: ...


def plain(text: str) -> str:
    """Text without what a new edition of a document changes unawares: blanks, line ends, width of signs.

    >>> plain("甲（乙） 丙，ＡＢ")
    '甲(乙)丙,AB'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def fact_id(kind: str, sentence: str, slots: Iterable[Filled]) -> str:
    """The id of what is stated.

    A case, a unit and a mechanism are their name, in whatever sentences of the document it stands. A cooperation and an
    outcome are a sentence and the words in it that fill the roles; who began or achieved it is no part of it, since that
    is often said elsewhere, nor are years, kinds and normalised values: better rules keep the id.
    """
    if kind in _NAMED:
        return digest(kind, *(plain(slot.name) for slot in slots if slot.role == _NAMED[kind]))
    around = plain(sentence)
    words = {(slot.role, plain(slot.text)) for slot in slots if slot.role in _STATED[kind]}
    return digest(kind, around, *(f"{role}={text}" for role, text in sorted(words) if text in around))


def candidate_id(candidate: Candidate) -> str:
    """The id of a candidate, unique in its document for what it states."""
    return fact_id(candidate.kind, candidate.sentence.text, candidate.slots)


def anchor(kind: str, slots: Iterable[Filled]) -> frozenset[str]:
    """What two readings of one sentence must share to be readings of the same thing: the partners, what is counted, the name."""
    return frozenset(plain(slot.text) for slot in slots if slot.role == _ANCHOR[kind])


Reading = tuple[str, frozenset[str]]


def _reading(candidate: Candidate) -> Reading:
    """What readings must share to agree: what is stated, and the units that it is stated of."""
    return candidate_id(candidate), frozenset(plain(slot.name) for slot in candidate.slots if slot.role in UNIT_ROLES)


def agreed(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Readings of several producers that are the same become one: `confidence` is that not all of them err (1 - Π(1 - c)).

    The first producer's offsets and values stay; `producer` names them all. Repeated readings of one producer are kept.
    """
    if len({candidate.producer for candidate in candidates}) < 2:
        return list(candidates)
    readings: dict[Reading, dict[str, float]] = {}
    for candidate in candidates:
        found = readings.setdefault(_reading(candidate), {})
        found[candidate.producer] = max(candidate.confidence, found.get(candidate.producer, 0.0))
    return list(_first_readings(candidates, readings))


def _first_readings(candidates: Iterable[Candidate], readings: dict[Reading, dict[str, float]]) -> Iterator[Candidate]:
    for candidate in candidates:
        found = readings[_reading(candidate)]
        if len(found) == 1:
            yield candidate
        elif candidate.producer == next(iter(found)):
            yield replace(candidate, producer=TOGETHER.join(sorted(found)), confidence=_together(found.values()))


def _together(confidences: Iterable[float]) -> float:
    wrong = 1.0
    for confidence in confidences:
        wrong *= 1 - confidence
    return round(1 - wrong, 4)
