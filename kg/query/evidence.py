"""Who works with whom, through what, to what effect, and where it says so: every answer comes with its sentences."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError, Text
from kg.query.library import ask
from kg.query.names import Named
from kg.query.run import labels_of
from kg.query.table import Term
from kg.store.base import Store
from kg.vocab import terms as T
from kg.vocab.labels import pick_label

_AT_ONCE = 1000  # facts that are asked for in one query
_ROLES = (T.INITIATOR, T.PARTICIPANT, T.THROUGH, T.YIELDS)


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that proves a fact; `exact` are the words inside it, at `start:end` of the document's text."""

    quote: str
    exact: str
    start: int
    end: int
    document: Named
    file: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One cooperation, everything by name, proofs in the order of the text."""

    iri: str
    label: str
    initiators: tuple[Named, ...]
    partners: tuple[Named, ...]
    mechanisms: tuple[Named, ...]
    outcomes: tuple[Named, ...]
    proofs: tuple[Proof, ...]
    rule: str
    status: str
    year: str = ""

    @property
    def sentence(self) -> str:
        """The first sentence that proves it."""
        return self.proofs[0].quote if self.proofs else ""

    @property
    def document(self) -> str:
        """The title of the document that holds it."""
        return self.proofs[0].document.label if self.proofs else ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `links` is empty where the data state the link without a cooperation."""

    source: Named
    target: Named
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of something: a property's IRI and name, the value, and the sentences that prove the value.

    `inverse`: the value has the property, and the thing is what it says.
    """

    property: str
    label: str
    value: str
    iri: str = ""
    inverse: bool = False
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """All about a thing: what is said of it, cooperations it is part of (of `total`), the sentences that prove itself."""

    thing: Named
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    proofs: tuple[Proof, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many things there are of a class (`property` is "") or of a kind by a property."""

    property: str
    iri: str
    label: str
    count: int


def links(store: Store, of: str | None = None, lang: str = "zh", window: slice = slice(None)) -> list[Link]:
    """The cooperations, or those that a unit, mechanism or outcome (its IRI) is part of, in the order of their text."""
    return _links(store, _ordered(store, [of] if of else None)[window], lang)


def _ordered(store: Store, of: Iterable[str] | None) -> list[str]:
    """The cooperations that things are part of, or all, in the order of their text."""
    first: dict[str, tuple[str, int]] = {}
    for row in ask(store, "placed", {"of": [Term(iri, "iri") for iri in of]} if of else None):
        place = (row["document"].value, int(row["start"].value)) if "start" in row else ("", 0)
        cooperation = row["cooperation"].value
        first[cooperation] = min(first.get(cooperation, place), place)
    return sorted(first, key=lambda cooperation: (first[cooperation], cooperation))


def _links(store: Store, cooperations: Sequence[str], lang: str) -> list[Link]:
    said: dict[str, dict[str, list[Term]]] = {iri: {} for iri in cooperations}
    for some in _batches(cooperations):
        for row in ask(store, "links", {"cooperation": some}):
            said[row["cooperation"].value].setdefault(row["role"].value, []).append(row["thing"])
    proofs = _proofs(store, said)
    things = {term.value for roles in said.values() for role in _ROLES for term in roles.get(role, ())}
    names = labels_of(store, things, lang)
    return [_link(iri, roles, names, proofs.get(iri, ()), lang) for iri, roles in said.items()]


def _batches(iris: Iterable[str]) -> Iterator[list[Term]]:
    wanted = [Term(iri, "iri") for iri in iris]
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def _link(iri: str, roles: Mapping[str, Sequence[Term]], names: Mapping[str, str], proofs: tuple[Proof, ...], lang: str) -> Link:
    initiators, partners, mechanisms, outcomes = (_named(roles.get(role, ()), names) for role in _ROLES)
    label = pick_label(((term.value, term.lang) for term in roles.get(T.PREF_LABEL, ())), lang) or ""
    rule, status, year = (", ".join(sorted(term.value for term in roles.get(role, ()))) for role in (T.RULE, T.STATUS, T.YEAR))
    return Link(iri, label, initiators, partners, mechanisms, outcomes, proofs, rule, status, year)


def _named(things: Iterable[Term], names: Mapping[str, str]) -> tuple[Named, ...]:
    found = (Named(iri, _name(iri, names)) for iri in {term.value for term in things})
    return tuple(sorted(found, key=lambda named: (named.label, named.iri)))


def _name(iri: str, names: Mapping[str, str]) -> str:
    return names.get(iri) or T.local_name(iri)


def _proofs(store: Store, facts: Iterable[str]) -> dict[str, tuple[Proof, ...]]:
    """Fact → its sentences in the order of the text."""
    found: dict[str, set[Proof]] = {}
    for some in _batches(sorted(facts)):
        for row in ask(store, "proofs", {"fact": some}):
            found.setdefault(row["fact"].value, set()).add(_proof(row))
    return {fact: tuple(sorted(proofs, key=_order)) for fact, proofs in found.items()}


def _order(proof: Proof) -> tuple[str, int, int]:
    return proof.document.iri, proof.start, proof.end


def _proof(row: Mapping[str, Term]) -> Proof:
    document = row["document"].value
    named = Named(document, row["title"].value if "title" in row else T.local_name(document))
    file = row["file"].value if "file" in row else ""
    return Proof(row["quote"].value, row["exact"].value, int(row["start"].value), int(row["end"].value), named, file)


def paths(store: Store, start: str, end: str, count: int = 1, lang: str = "zh") -> list[list[Step]]:
    """Chains of coop:cooperatesWith between two units (IRIs), in whichever direction each link is stated.

    At most `count`, the shortest first, those of one length in the order of IRIs, none through a unit twice (Yen 1971,
    doi:10.1287/mnsc.17.11.712). From a unit to itself there is one, and it is empty.

    Raises:
        QueryError: nothing joins them.
    """
    chains = _chains(_neighbours(store), start, end, count)
    names = labels_of(store, {iri for chain in chains for iri in chain} or (start, end), lang)
    if not chains:
        a, b = _name(start, names), _name(end, names)
        raise QueryError(
            Text(f"no chain of cooperation joins {a} and {b}", f"{a}与{b}之间没有协作链"),
            Text("see who works with either: `kg links UNIT`", "可分别查看其协作对象：`kg links 名称`"),
        )
    found = _links(store, _ordered(store, sorted({iri for chain in chains for iri in chain})), lang)
    return [[_step(a, b, names, found) for a, b in pairwise(chain)] for chain in chains]


def _neighbours(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in ask(store, "edges"):
        found.setdefault(row["a"].value, set()).add(row["b"].value)
        found.setdefault(row["b"].value, set()).add(row["a"].value)
    return found


def _chains(neighbours: Mapping[str, Iterable[str]], start: str, end: str, count: int) -> list[list[str]]:
    """The shortest chains: each next one leaves one found before at some unit, by a step that none took there."""
    found = [chain] if (chain := _shortest(neighbours, start, end)) else []
    waiting: set[tuple[int, tuple[str, ...]]] = set()
    while 0 < len(found) < count:
        for place, unit in enumerate(found[-1][:-1]):
            way = found[-1][:place]
            taken = {other[place + 1] for other in found if other[: place + 1] == [*way, unit]}
            allowed = {**neighbours, unit: set(neighbours[unit]) - taken}
            if rest := _shortest(allowed, unit, end, way):
                waiting.add((len(way) + len(rest), (*way, *rest)))
        if not waiting:
            break
        best = min(waiting)
        waiting.remove(best)
        found.append(list(best[1]))
    return found


def _shortest(neighbours: Mapping[str, Iterable[str]], start: str, end: str, avoid: Iterable[str] = ()) -> list[str]:
    """Breadth first, neighbours in the order of their IRIs, none of those to avoid; empty if there is no chain."""
    before = {**dict.fromkeys(avoid, ""), start: ""}
    waiting = deque([start])
    while waiting and end not in before:
        here = waiting.popleft()
        for there in sorted(neighbours.get(here, ())):
            if there not in before:
                before[there] = here
                waiting.append(there)
    chain = [end] if end in before else []
    while chain and before[chain[-1]]:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _step(a: str, b: str, names: Mapping[str, str], found: Iterable[Link]) -> Step:
    def joins(link: Link) -> bool:
        initiators, partners = ({named.iri for named in side} for side in (link.initiators, link.partners))
        return (a in initiators and b in partners) or (b in initiators and a in partners)

    source, target = (Named(iri, _name(iri, names)) for iri in (a, b))
    return Step(source, target, tuple(link for link in found if joins(link)))


# What `show` leaves to other parts of its answer, or would say twice: the links, or the thing's own side, say it.
_ELSEWHERE = frozenset({T.TYPE, T.EVIDENCE, T.COOPERATES_WITH, T.PREF_LABEL})
_STANDARD = frozenset({T.ORG_SUB_ORGANIZATION_OF})
_OTHER_SIDE = frozenset({T.OPERATES, T.OPERATED_BY, T.INITIATOR, T.PARTICIPANT, T.THROUGH, T.YIELDS})


def show(store: Store, thing: Named, lang: str = "zh", window: slice = slice(None)) -> About:
    """All about a thing: what is said of it, and the links that it is part of (those of a window in their order)."""
    rows = [row for row in ask(store, "about", {"thing": Term(thing.iri, "iri")}) if _is_shown(row)]
    iris = {row[part].value for row in rows for part in ("predicate", "value") if row[part].kind == "iri"}
    names, proofs = labels_of(store, iris, lang), _proofs(store, {*iris, thing.iri})
    facts = sorted((_fact(row, names, proofs) for row in rows), key=lambda fact: (fact.inverse, fact.property, fact.value))
    cooperations = _ordered(store, [thing.iri])
    found = tuple(_links(store, cooperations[window], lang))
    return About(thing, tuple(facts), found, proofs.get(thing.iri, ()), len(cooperations))


def _is_shown(row: Mapping[str, Term]) -> bool:
    predicate, inverse = row["predicate"].value, row["inverse"].value == "true"
    return predicate not in _ELSEWHERE and predicate not in _STANDARD and not (inverse and predicate in _OTHER_SIDE)


def _fact(row: Mapping[str, Term], names: Mapping[str, str], proofs: Mapping[str, tuple[Proof, ...]]) -> Fact:
    predicate, value = row["predicate"].value, row["value"]
    iri = value.value if value.kind == "iri" else ""
    shown = _name(iri, names) if iri else value.value
    return Fact(predicate, _name(predicate, names), shown, iri, row["inverse"].value == "true", proofs.get(iri, ()))


def stats(store: Store, lang: str = "zh") -> list[Count]:
    """How many things of each class there are, then how many of each kind, the most first."""
    classes = [("", row["class"].value, int(row["count"].value)) for row in ask(store, "counts")]
    kinds = [(row["property"].value, row["kind"].value, int(row["count"].value)) for row in ask(store, "kinds")]
    names = labels_of(store, {iri for _, iri, _ in classes + kinds}, lang)
    classes.sort(key=lambda each: (_CLASSES.index(each[1]), each[1]))
    kinds.sort(key=lambda each: (each[0], -each[2], each[1]))
    return [Count(prop, iri, _name(iri, names), count) for prop, iri, count in classes + kinds]


_CLASSES = (T.DOCUMENT, T.CASE, T.UNIT, T.BRANCH, T.PARTNER, T.MECHANISM, T.COOPERATION, T.OUTCOME, T.EVIDENCE_CLASS)
