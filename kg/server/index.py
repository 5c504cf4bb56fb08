"""All names of one build in memory, so that a search answers as one types: labels, other names, initials of their pinyin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, islice

from kg.query.library import ask
from kg.query.names import fold
from kg.query.run import run
from kg.query.table import Term
from kg.render.data import initials
from kg.store.base import Store
from kg.vocab import terms as T
from kg.vocab.labels import label_or_name

CLASSES = ("Unit", "Mechanism", "Outcome", "Cooperation", "Case", "Document")
SEARCHED = ("Unit", "Mechanism", "Case", "Document", "Outcome")
_KINDS = (T.UNIT_KIND_OF, T.MECHANISM_KIND_OF, T.OUTCOME_KIND_OF)

_NAMES = """SELECT ?thing ?class ?property ?name {
  VALUES (?type ?class) { %s }
  ?thing a ?type .
  OPTIONAL { VALUES ?property { skos:prefLabel skos:altLabel dcterms:title coop:fileName } ?thing ?property ?name }
}"""
_MARKS = """SELECT ?thing ?property ?value {
  VALUES ?property { coop:unitKind coop:mechanismKind coop:outcomeKind coop:level coop:generic } ?thing ?property ?value
}"""


@dataclass(slots=True)
class Entry:
    """A thing of the graph with its names.

    Attributes:
        type: local name of its class, one of CLASSES.
        labels: (text, language tag) pairs.
        kind, level: notations, "" where nothing is stated.
        degree: number of units that a unit cooperates with.
    """

    iri: str
    type: str
    labels: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    kind: str = ""
    level: str = ""
    generic: bool = False
    degree: int = 0
    folded: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """The name to show."""
        return label_or_name(self.labels, lang, self.iri)


class Index:
    """The things of a store by IRI and by name; of a class the most connected before others."""

    def __init__(self, store: Store) -> None:
        self.entries = _entries(store)
        self._ordered: dict[str, list[Entry]] = {name: [] for name in CLASSES}
        for entry in sorted(self.entries.values(), key=lambda entry: (-entry.degree, entry.label("zh"), entry.iri)):
            self._ordered[entry.type].append(entry)
        self._names = {name: Words([entry.folded for entry in of]) for name, of in self._ordered.items()}
        self._letters = {name: Words([entry.letters for entry in of]) for name, of in self._ordered.items()}

    def __contains__(self, iri: object) -> bool:
        return iri in self.entries

    def all(self, type: str) -> Sequence[Entry]:
        """The things of a class."""
        return self._ordered[type]

    def search(self, text: str, types: Sequence[str] = SEARCHED, kind: str = "") -> list[Entry]:
        """The things that a text names: whole names first, then beginnings, then parts, then initials of pinyin.

        Args:
            text: "" fits everything.
            types: of CLASSES, in the order in which equally good answers come.
            kind: notation of the kind that answers must have; "" for any.
        """
        wanted = fold(text)
        if text.strip() and not wanted:
            return []
        if not wanted:
            found = [entry for name in types for entry in self._ordered[name]]
        else:
            found = [self._ordered[types[order]][place] for _, order, place in sorted(self._ranked(wanted, types))]
        return [entry for entry in found if not kind or entry.kind == kind]

    def _ranked(self, wanted: str, types: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """How well things fit (0 the best), the order of their class and their place in it."""
        latin = wanted.isascii() and wanted.isalnum()
        for order, name in enumerate(types):
            letters = self._letters[name].fits(wanted) if latin else {}
            ranks = {place: _LETTERS + rank for place, rank in letters.items()} | self._names[name].fits(wanted)
            yield from ((rank, order, place) for place, rank in ranks.items())


_LETTERS = 6  # initials fit worse than any name


class Words:
    """Some words for each of many things in one text, so that looking for a part of a word is one pass over it.

    Args:
        things: the words of each; none holds a newline.

    >>> Words([("甲院", "市甲院"), ("乙院",), ("甲院前",)]).fits("甲院")
    {0: 0, 2: 2}
    """

    def __init__(self, things: Sequence[Sequence[str]]) -> None:
        self._owners = [(place, number > 0) for place, words in enumerate(things) for number in range(len(words))]
        words = [word for words in things for word in words]
        self._text = "\n".join(words) + "\n"
        self._starts = list(accumulate((len(word) + 1 for word in words), initial=0))

    def fits(self, wanted: str) -> dict[int, int]:
        """How well things fit, by place: 0 a word is it, 2 one begins with it, 4 one holds it; 1 more if not the first word."""
        found: dict[int, int] = {}
        at = self._text.find(wanted)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            start, end = self._starts[number], self._starts[number + 1] - 1
            place, other = self._owners[number]
            fit = (0 if end - start == len(wanted) else 2 if at == start else 4) + other
            found[place] = min(found.get(place, fit), fit)
            at = self._text.find(wanted, end + 1)
        return found


def _entries(store: Store) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    pairs = " ".join(f"(coop:{name} '{name}')" for name in CLASSES)
    for thing, kind, which, name in run(store, _NAMES % pairs).rows:
        assert thing and kind
        entry = entries.setdefault(thing.value, Entry(thing.value, kind.value))
        if which and name:
            _name(entry, which.value, name)
    for thing, which, value in run(store, _MARKS).rows:
        if thing and which and value and thing.value in entries:
            _mark(entries[thing.value], which.value, value.value)
    for iri, others in _partners(store).items():
        if iri in entries:
            entries[iri].degree = len(others)
    for entry in entries.values():
        _finish(entry)
    return entries


def _name(entry: Entry, which: str, name: Term) -> None:
    if which in (T.PREF_LABEL, T.TITLE):
        entry.labels.append((name.value, name.lang))
    else:
        entry.aliases.append(name.value)


def _mark(entry: Entry, which: str, value: str) -> None:
    if which in _KINDS:
        entry.kind = T.local_name(value)
    elif which == T.LEVEL_OF:
        entry.level = T.local_name(value)
    else:
        entry.generic = value == "true"


def _finish(entry: Entry) -> None:
    """Puts the names into the form that is searched."""
    label = entry.label("zh")
    entry.aliases = sorted({*entry.aliases, *(text for text, _ in entry.labels)} - {label})
    names = (label, *entry.aliases)
    entry.folded = tuple(fold(name) for name in names)
    entry.letters = () if entry.type == "Cooperation" else tuple(map(_initials, names))


_initials = lru_cache(100_000)(initials)  # outcomes often bear the same name


def _partners(store: Store) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in ask(store, "edges"):
        found.setdefault(row["a"].value, set()).add(row["b"].value)
        found.setdefault(row["b"].value, set()).add(row["a"].value)
    return found


def window(items: Sequence[Entry], limit: int, offset: int) -> Iterator[Entry]:
    """One page of a list."""
    return islice(items, offset, offset + limit)
