"""Several statements of one fact become one fact that carries all their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kg.model import Cooperation, Mechanism, Outcome, Provenance
from kg.review.identity import TOGETHER

_REVIEWED = ("unreviewed", "edited", "accepted")  # of one fact's statements the most reviewed one tells

F = TypeVar("F", Mechanism, Outcome, Cooperation)


def merged_facts(facts: Iterable[F]) -> list[F]:
    """Facts with one IRI as one: evidence in text order, other names and owners together, the first one's values."""
    found: dict[str, F] = {}
    for fact in facts:
        old = found.get(fact.iri)
        found[fact.iri] = fact if old is None else _both(old, fact)
    return list(found.values())


def merged_cooperations(facts: Iterable[Cooperation]) -> list[Cooperation]:
    """As `merged_facts`; a statement without mechanism and outcome is evidence of one that has the same units."""
    every = merged_facts(facts)
    rich = {_parties(fact): index for index, fact in reversed(list(enumerate(every))) if fact.through or fact.yields}
    kept: list[Cooperation] = []
    for fact in every:
        home = rich.get(_parties(fact))
        if home is not None and not fact.through and not fact.yields:
            every[home] = _both(every[home], fact)
    for fact in every:
        if fact.through or fact.yields or _parties(fact) not in rich:
            kept.append(fact)
    return kept


def _parties(fact: Cooperation) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(fact.initiators), frozenset(fact.participants)


def _both(old: F, new: F) -> F:
    evidence = sorted({*old.provenance.evidence, *new.provenance.evidence}, key=lambda e: (e.start, e.end))
    confidence = max(old.provenance.confidence, new.provenance.confidence)
    producer = TOGETHER.join(sorted({*old.provenance.producer.split(TOGETHER), *new.provenance.producer.split(TOGETHER)}))
    status = max(old.provenance.status, new.provenance.status, key=_REVIEWED.index)
    provenance: Provenance = replace(
        old.provenance, evidence=tuple(evidence), confidence=confidence, producer=producer, status=status
    )
    if isinstance(old, Mechanism) and isinstance(new, Mechanism):
        alts = tuple(sorted({*old.alts, *new.alts} - {old.label}))
        return replace(old, provenance=provenance, alts=alts, owners=tuple(dict.fromkeys((*old.owners, *new.owners))))
    if isinstance(old, Cooperation) and isinstance(new, Cooperation):
        yields = tuple(dict.fromkeys((*old.yields, *new.yields)))
        return replace(old, provenance=provenance, yields=yields, year=old.year or new.year)
    return replace(old, provenance=provenance)
