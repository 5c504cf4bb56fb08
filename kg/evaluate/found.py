"""What a graph says about each case, gathered from facts or from a store, ready to be compared with a reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.evaluate.names import Names
from kg.model import Case, Cooperation, Fact, Mechanism, Outcome, Unit
from kg.vocab.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store.base import Store


class FoundCooperation(NamedTuple):
    partners: frozenset[Names]
    through: frozenset[Names]


class FoundOutcome(NamedTuple):
    label: str
    value: float | None


@dataclass
class FoundCase:
    """What a graph says about one case; things are keyed by their IRIs."""

    subject: Names
    mechanisms: dict[str, Names] = field(default_factory=dict)
    partners: dict[str, Names] = field(default_factory=dict)
    cooperations: dict[str, FoundCooperation] = field(default_factory=dict)
    outcomes: dict[str, FoundOutcome] = field(default_factory=dict)


def in_facts(facts: Iterable[Fact]) -> list[FoundCase]:
    """Gathers what facts say, in order of the cases' IRIs."""
    every = list(facts)
    names: dict[str, Names] = {
        fact.iri: (fact.label, *sorted(getattr(fact, "alts", ()))) for fact in every if not isinstance(fact, Case)
    }
    cases = {
        fact.iri: FoundCase(next((names[iri] for iri in fact.subjects if iri in names), (fact.title,)))
        for fact in every
        if isinstance(fact, Case)
    }
    for fact in every:
        case = None if isinstance(fact, Unit | Case) else cases.get(fact.provenance.case)
        if case is not None:
            _file(fact, case, names)
    return [cases[iri] for iri in sorted(cases)]


def _file(fact: Fact, case: FoundCase, names: dict[str, Names]) -> None:
    if isinstance(fact, Mechanism):
        case.mechanisms[fact.iri] = names[fact.iri]
    elif isinstance(fact, Outcome):
        value = None if fact.quantity is None else float(fact.quantity)
        case.outcomes[fact.iri] = FoundOutcome(fact.label, value)
    elif isinstance(fact, Cooperation):
        partners = {iri: names[iri] for iri in fact.participants if iri in names}
        through = frozenset(names[iri] for iri in fact.through if iri in names)
        case.partners.update(partners)
        case.cooperations[fact.iri] = FoundCooperation(frozenset(partners.values()), through)


def in_store(store: Store, source: str = "") -> list[FoundCase]:
    """Gathers what a store says, in order of the cases' IRIs.

    Args:
        source: file name of a document; "" takes the cases of all documents.
    """
    names = _labels(store)
    cases = {
        case: FoundCase(names.get(subject, (subject,))) for case, subject, file in _rows(store, _CASES) if source in ("", file)
    }
    for case, mechanism in _rows(store, _MECHANISMS):
        if case in cases and mechanism in names:
            cases[case].mechanisms[mechanism] = names[mechanism]
    for case, cooperation, partner, through in _rows(store, _COOPERATIONS):
        if case in cases and partner in names:
            cases[case].partners[partner] = names[partner]
            old = cases[case].cooperations.get(cooperation, FoundCooperation(frozenset(), frozenset()))
            new = {names[through]} if through in names else set()
            cases[case].cooperations[cooperation] = FoundCooperation(old.partners | {names[partner]}, old.through | new)
    for case, outcome, quantity in _rows(store, _OUTCOMES):
        if case in cases and outcome in names:
            cases[case].outcomes[outcome] = FoundOutcome(names[outcome][0], float(quantity) if quantity else None)
    return [cases[case] for case in sorted(cases)]


_CASES = """SELECT DISTINCT ?case ?subject ?file {
    ?case a coop:Case ; coop:subject ?subject . OPTIONAL { ?case coop:inDocument/coop:fileName ?file } }
    ORDER BY ?case ?subject"""
_MECHANISMS = "SELECT DISTINCT ?case ?m { ?m a coop:Mechanism ; coop:reportedIn ?case }"
_COOPERATIONS = """SELECT DISTINCT ?case ?c ?partner ?through {
    ?c a coop:Cooperation ; coop:reportedIn ?case ; coop:participant ?partner . OPTIONAL { ?c coop:through ?through } }"""
_OUTCOMES = """SELECT DISTINCT ?case ?o ?quantity {
    ?o a coop:Outcome ; coop:reportedIn ?case . OPTIONAL { ?o coop:quantity ?quantity } }"""
_LABELS = """SELECT DISTINCT ?x ?label ?rank {
    { ?x skos:prefLabel ?label . BIND(0 AS ?rank) } UNION { ?x skos:altLabel ?label . BIND(1 AS ?rank) } }"""


def _labels(store: Store) -> dict[str, Names]:
    """All labels of everything, the preferred ones first."""
    ranked: dict[str, set[tuple[str, str]]] = {}
    for thing, label, rank in _rows(store, _LABELS):
        ranked.setdefault(thing, set()).add((rank, label))
    return {thing: tuple(label for _, label in sorted(pairs)) for thing, pairs in ranked.items()}


def _rows(store: Store, query: str) -> Iterator[Sequence[str]]:
    """The rows of a SELECT as texts; "" where a variable has no value."""
    from kg.store.base import Solutions

    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("coop", "skos"))
    answer = store.query(prefixes + query)
    if isinstance(answer, Solutions):
        for row in answer.rows:
            yield tuple("" if term is None else term.value for term in row)
