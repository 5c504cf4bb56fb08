"""What differs between two graphs, fact by fact and in words: added, removed, changed.

A fact is known by its IRI, which is made of names. An added and a removed fact of one kind and one case that speak of the
same thing (the same words, or the same units) are one changed fact. Where a sentence stands, and by which rule it was
read, makes no difference: only the sentence and its words count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.store.base import Term
from kg.vocab import terms as T

KINDS = (T.UNIT, T.CASE, T.MECHANISM, T.COOPERATION, T.OUTCOME)
_SUBCLASSES = (T.BRANCH, T.PARTNER)
_PROPERTIES = (
    T.PREF_LABEL, T.ALT_LABEL, T.TITLE, T.SUBJECT, T.UNIT_KIND_OF, T.LEVEL_OF, T.PARENT_UNIT, T.PLACE, T.GENERIC,
    T.MECHANISM_KIND_OF, T.OPERATED_BY, T.INITIATOR, T.PARTICIPANT, T.THROUGH, T.YIELDS, T.OUTCOME_KIND_OF,
    T.QUANTITY, T.QUANTITY_BOUND, T.UNIT_TEXT, T.YEAR, T.PERIOD, T.RECOGNISED_BY, T.ACHIEVED_BY, T.STATUS,
)  # fmt: skip
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Detail:
    """A property whose values differ; values in words."""

    property: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that one graph has and the other has not, or has otherwise.

    Attributes:
        change: what happened on the way from the old graph to the new one.
        kind: IRI of the fact's class.
        iri: the fact; of a changed one, in the new graph.
        words: what it says.
        case: title of the case that states it, "" for a unit that has a name of its own.
        sentences: what proves it; of a changed one, in the new graph.
        details: what differs in a changed one.
    """

    change: Literal["added", "removed", "changed"]
    kind: str
    iri: str
    words: str
    case: str
    sentences: tuple[str, ...]
    details: tuple[Detail, ...] = ()


class Facts:
    """The facts of a graph by IRI, read from its statements (subject, predicate, value), in any order."""

    def __init__(self, statements: Iterable[tuple[Term, Term, Term]]) -> None:
        values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in statements:
            values[subject.value][predicate.value].add(value.value)
        self._values = values
        self.kinds = {iri: kind for iri, of in values.items() for kind in KINDS if kind in of.get(T.TYPE, ())}

    def get(self, iri: str, predicate: str) -> tuple[str, ...]:
        """The values of a property, sorted."""
        of = self._values.get(iri)
        return tuple(sorted(of.get(predicate, ()))) if of else ()

    def label(self, iri: str) -> str:
        """The name of what an IRI stands for; the value itself where it is no IRI of this graph, or a concept's."""
        if iri.startswith(T.ONTOLOGY):
            return iri
        return next(iter((*self.get(iri, T.PREF_LABEL), *self.get(iri, T.TITLE))), iri)

    def labels(self, iri: str, predicate: str) -> tuple[str, ...]:
        """The values of a property in words."""
        return tuple(sorted(self.label(value) for value in self.get(iri, predicate)))

    def sentences(self, iri: str) -> tuple[str, ...]:
        """The sentences that prove a fact."""
        return tuple(sorted({quote for proof in self.get(iri, T.EVIDENCE) for quote in self.get(proof, T.QUOTE)}))

    def state(self, iri: str) -> Values:
        """All that a fact says, in words."""
        said = {name: self.labels(iri, name) for name in _PROPERTIES}
        said[T.TYPE] = tuple(kind for kind in _SUBCLASSES if kind in self.get(iri, T.TYPE))
        said[T.EVIDENCE] = self.sentences(iri)
        return said

    def words(self, iri: str) -> str:
        """What a fact says in one line."""
        kind = self.kinds[iri]
        if kind == T.OUTCOME:
            figure = [word for name in (T.QUANTITY_BOUND, T.QUANTITY, T.UNIT_TEXT, T.YEAR) for word in self.get(iri, name)]
            return " ".join([self.label(iri), *(word for word in figure if word != "exactly")])
        through = [word for name in (T.THROUGH, T.YEAR) for word in self.labels(iri, name)]
        owners = self.labels(iri, T.OPERATED_BY) if kind == T.MECHANISM else ()
        return " · ".join([self.label(iri), *(through if kind == T.COOPERATION else owners)])


def differences(old: Facts, new: Facts) -> list[Difference]:
    """What differs: units first, then case by case."""
    gone, come = ({iri for iri in one.kinds if iri not in other.kinds} for one, other in ((old, new), (new, old)))
    both = {iri: iri for iri in new.kinds if iri in old.kinds} | dict(_pairs(old, new, gone, come))
    found = list(_changed(old, new, both))
    found += (_difference("removed", old, iri) for iri in gone - set(both.values()))
    found += (_difference("added", new, iri) for iri in come - set(both))
    return sorted(found, key=lambda one: (one.case, KINDS.index(one.kind), one.words, one.change, one.iri))


def _changed(old: Facts, new: Facts, both: Mapping[str, str]) -> Iterator[Difference]:
    for iri, before in both.items():
        was, now = old.state(before), new.state(iri)
        details = tuple(Detail(name, was[name], now[name]) for name in now if was[name] != now[name])
        if details:
            yield _difference("changed", new, iri, details)


def _difference(
    change: Literal["added", "removed", "changed"], facts: Facts, iri: str, details: tuple[Detail, ...] = ()
) -> Difference:
    case = facts.label(iri) if facts.kinds[iri] == T.CASE else next(iter(facts.labels(iri, T.REPORTED_IN)), "")
    return Difference(change, facts.kinds[iri], iri, facts.words(iri), case, facts.sentences(iri), details)


def _pairs(old: Facts, new: Facts, gone: set[str], come: set[str]) -> Iterator[tuple[str, str]]:
    """(added, removed) facts that are one changed fact, each in one pair at most."""
    by_topic: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for iri in sorted(gone):
        for topic in _topics(old, iri):
            by_topic[topic].append(iri)
    taken: set[str] = set()
    for iri in sorted(come):
        before = next((one for topic in _topics(new, iri) for one in by_topic[topic] if one not in taken), None)
        if before:
            taken.add(before)
            yield iri, before


def _topics(facts: Facts, iri: str) -> Iterator[tuple[str, ...]]:
    """What a fact of a case is about: its words; of a cooperation, each pair of units too."""
    cases = facts.get(iri, T.REPORTED_IN)
    kind = facts.kinds[iri]
    if not cases or kind == T.UNIT:
        return
    yield kind, *cases, facts.label(iri)
    if kind == T.COOPERATION:
        for initiator in facts.get(iri, T.INITIATOR):
            for partner in facts.get(iri, T.PARTICIPANT):
                yield kind, *cases, initiator, partner
