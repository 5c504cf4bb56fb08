"""No fact without its proof: what does not stand in the text is dropped and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.ids import Ids
from kg.load.ledger import LedgerEntry
from kg.model import Case, Cooperation, Document, Evidence, Fact, Unit


def proved(document: Document, facts: Iterable[Fact], ids: Ids, entry: LedgerEntry) -> list[Fact]:
    """The facts whose quotes stand in the document; the others are dropped, counted and told in the ledger."""
    iri = ids.document(document.id)
    kept: list[Fact] = []
    dropped: set[str] = set()
    for fact in facts:
        if isinstance(fact, Unit | Case):
            kept.append(fact)
            continue
        good = tuple(item for item in fact.provenance.evidence if item.document == iri and stands(item, document.text))
        if good:
            kept.append(replace(fact, provenance=replace(fact.provenance, evidence=good)))
        else:
            dropped.add(fact.iri)
            entry.count("facts_without_proof")
            entry.note(f"dropped, its quote is not in the text: {fact.label}", f"已舍弃，原文中没有所引的句子：{fact.label}")
    return [_without(fact, dropped) for fact in kept] if dropped else kept


def _without(fact: Fact, dropped: set[str]) -> Fact:
    """A fact that no longer points at what was dropped."""
    if not isinstance(fact, Cooperation):
        return fact
    through, yields = (tuple(iri for iri in iris if iri not in dropped) for iris in (fact.through, fact.yields))
    return replace(fact, through=through, yields=yields)


def stands(evidence: Evidence, text: str) -> bool:
    """Whether the exact words stand at their offsets in `text`, and the quoted sentence around them.

    >>> stands(Evidence("", 3, 5, "合作", "甲乙合作。"), "…甲乙合作。")
    True
    """
    inside = evidence.quote.find(evidence.exact)
    while inside >= 0:
        start = evidence.start - inside
        if text[evidence.start : evidence.end] == evidence.exact and text[start : start + len(evidence.quote)] == evidence.quote:
            return bool(evidence.exact) and start >= 0
        inside = evidence.quote.find(evidence.exact, inside + 1)
    return False
