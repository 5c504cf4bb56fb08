"""What the page of a thing says: its names and properties, the facts about it with their sentences, its cooperations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.network.records import Quote
from kg.query.evidence import Fact, Link, Proof, show
from kg.query.names import Named
from kg.render.style import Mark
from kg.server.explorer import Snapshot
from kg.server.index import Entry
from kg.server.links import href, place
from kg.server.words import INVERSE
from kg.vocab import terms as T

AT_ONCE = 30  # cooperations on one page
_LISTED = 60  # values of one property on a page
_NOT_NAMED = frozenset({T.ALT_LABEL, T.TITLE, T.GENERIC})  # said at the head of the page


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing by name: where its page is ("" for what has none), and how its kind looks and is called."""

    label: str
    href: str = ""
    mark: Mark | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in three parts, the middle one being the words that count, and the place where it stands."""

    before: str
    words: str
    after: str
    document: str
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a property with the sentences that prove it."""

    ref: Ref
    proofs: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property; `total` counts those that are not listed too."""

    name: str
    items: tuple[Item, ...]
    total: int

    @property
    def proved(self) -> bool:
        """Whether sentences are shown with the values."""
        return any(item.proofs for item in self.items)


@dataclass(frozen=True, slots=True)
class Deal:
    """A cooperation, everything by name."""

    ref: Ref
    initiators: tuple[Ref, ...]
    partners: tuple[Ref, ...]
    mechanisms: tuple[Ref, ...]
    outcomes: tuple[Ref, ...]
    year: str
    rule: str
    proofs: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """All that the page of a thing says; of its cooperations those from `offset` on, `total` counts all."""

    entry: Entry
    ref: Ref
    groups: tuple[Group, ...]
    deals: tuple[Deal, ...]
    offset: int
    total: int
    proofs: tuple[Said, ...]


class Names:
    """Names things for people in one language."""

    def __init__(self, now: Snapshot, lang: str) -> None:
        self._now = now
        self.lang = lang

    def ref(self, iri: str, label: str = "") -> Ref:
        """The thing with that IRI; `label` is its name where the graph itself does not describe it."""
        entry = self._now.index.entries.get(iri)
        if entry is None:
            return self._term(iri, label)
        mark = self._now.styles.kinds.get(entry.kind)
        kind = mark.label.say(self.lang) if mark else ""
        return Ref(entry.label(self.lang), href(self._now.store.base, iri), mark, kind)

    def _term(self, iri: str, label: str) -> Ref:
        """A kind leads to the things of that kind; of other terms there is no page."""
        ontology = self._now.ontology
        concept = ontology.vocabulary.by_iri(iri)
        if concept is None:
            return Ref(ontology.label(iri, self.lang) if iri in ontology.schema else label)
        return Ref(ontology.label(iri, self.lang), f"/search?type=any&kind={concept.notation}")

    def name(self, term: str) -> str:
        """The name of a class or property, given its local name."""
        return self._now.ontology.label(T.COOP + term, self.lang)

    def refs(self, things: Iterable[Named]) -> tuple[Ref, ...]:
        """Several things."""
        return tuple(self.ref(thing.iri, thing.label) for thing in things)

    def said(self, proof: Proof) -> Said:
        """A sentence with its place."""
        start, end = Quote(proof.quote, proof.exact).span()
        where = place(href(self._now.store.base, proof.document.iri), proof.start)
        name = self.ref(proof.document.iri, proof.document.label).label
        return Said(proof.quote[:start], proof.quote[start:end], proof.quote[end:], name, where)

    def property(self, fact: Fact) -> str:
        """A property's name; where the other side states it, the name of what that is."""
        if fact.inverse and fact.property in INVERSE:
            return INVERSE[fact.property].say(self.lang)
        entry = self._now.index.entries.get(fact.iri) if fact.inverse else None
        return self.name(entry.type) if entry else self._now.ontology.label(fact.property, self.lang)


def thing_page(now: Snapshot, entry: Entry, lang: str, offset: int = 0) -> ThingPage:
    """What is to be said of a thing."""
    names = Names(now, lang)
    about = show(now.store, Named(entry.iri, entry.label(lang)), lang, slice(offset, offset + AT_ONCE))
    return ThingPage(
        entry=entry,
        ref=names.ref(entry.iri),
        groups=tuple(_groups(about.facts, names)),
        deals=tuple(_deal(link, names) for link in about.links),
        offset=offset,
        total=about.total,
        proofs=tuple(names.said(proof) for proof in about.proofs),
    )


def _groups(facts: Sequence[Fact], names: Names) -> list[Group]:
    """Facts by the names of their properties: what has no sentence of its own first."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.property not in _NOT_NAMED:
            found.setdefault(names.property(fact), []).append(fact)
    groups = [Group(name, _items(same[:_LISTED], names), len(same)) for name, same in found.items()]
    return sorted(groups, key=lambda group: group.proved)


def _items(facts: Iterable[Fact], names: Names) -> tuple[Item, ...]:
    def item(fact: Fact) -> Item:
        ref = names.ref(fact.iri, fact.value) if fact.iri else Ref(fact.value)
        return Item(ref, tuple(names.said(proof) for proof in fact.proofs))

    return tuple(dict.fromkeys(map(item, facts)))


def _deal(link: Link, names: Names) -> Deal:
    return Deal(
        names.ref(link.iri, link.label),
        names.refs(link.initiators),
        names.refs(link.partners),
        names.refs(link.mechanisms),
        names.refs(link.outcomes),
        link.year,
        link.rule,
        tuple(names.said(proof) for proof in link.proofs),
    )
