"""What is still to be decided, the least sure first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Candidate, Document
from kg.review.identity import candidate_id, plain
from kg.review.quality import Figures

_WEIGHT = 4  # a producer's own confidence counts as so many decisions
ASKED = ("mechanism", "cooperation", "outcome", "case")


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate that nobody has decided about.

    Attributes:
        candidate: its first reading in the document.
        document, title: id and title of the document.
        sentences: in how many sentences of the document it stands.
        rivals: other readings of the sentence, by other producers.
        sure: how likely it is right, 0..1: the producer's confidence and what was decided about its rule so far.
    """

    candidate: Candidate
    document: str
    title: str
    sentences: int = 1
    rivals: tuple[Candidate, ...] = ()
    sure: float = 0.0

    @property
    def id(self) -> str:
        return candidate_id(self.candidate)


def items(document: Document, candidates: Sequence[Candidate]) -> list[Item]:
    """The undecided candidates of a document, each once, in the order of the text; facts of tables are not asked about."""
    found: dict[str, Item] = {}
    several = len({candidate.producer for candidate in candidates}) > 1
    for candidate in candidates:
        if candidate.kind not in ASKED or candidate.status != "unreviewed" or candidate.confidence >= 1:
            continue
        name = candidate_id(candidate)
        old = found.get(name)
        rivals = tuple(other for other in candidates if _disagree(candidate, other)) if several else ()
        first = old or Item(candidate, document.id, document.title, 0, rivals)
        found[name] = replace(first, sentences=first.sentences + 1)
    return list(found.values())


def _disagree(one: Candidate, other: Candidate) -> bool:
    """Whether another producer reads the same words of a sentence otherwise."""
    return (
        one.kind == other.kind
        and one.producer != other.producer
        and one.start < other.end
        and other.start < one.end
        and _filled(one) != _filled(other)
    )


def _filled(candidate: Candidate) -> set[tuple[str, str]]:
    return {(slot.role, plain(slot.name)) for slot in candidate.slots if slot.role != "alt"}


def ordered(found: Iterable[Item], by_rule: Mapping[str, Figures]) -> list[Item]:
    """The items to look at in turn: what producers disagree about, then the least sure; then in the order of the text.

    Args:
        by_rule: what was decided about each rule so far.
    """
    weighed = [replace(item, sure=_sure(item.candidate, by_rule)) for item in found]
    return sorted(weighed, key=lambda item: (not item.rivals, item.sure, item.document, item.candidate.start, item.id))


def _sure(candidate: Candidate, by_rule: Mapping[str, Figures]) -> float:
    figures = by_rule.get(candidate.rule, Figures())
    return round((candidate.confidence * _WEIGHT + figures.right) / (_WEIGHT + figures.judged), 3)
