"""All names of one build in memory, so that a search answers as one types: labels, other names, initials of their pinyin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

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
    """The things of a store by IRI and by name; units first, the most connected before others."""

    def __init__(self, store: Store) -> None:
        self.entries = _entries(store)
        self._ordered: dict[str, list[Entry]] = {name: [] for name in CLASSES}
        for entry in sorted(self.entries.values(), key=lambda entry: (-entry.degree, entry.label("zh"), entry.iri)):
            self._ordered[entry.type].append(entry)

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
        entries = [entry for name in types for entry in self._ordered[name] if not kind or entry.kind == kind]
        if not wanted:
            return entries
        latin = wanted.isascii() and wanted.isalnum()
        ranked = [(rank, place) for place, entry in enumerate(entries) if (rank := _rank(entry, wanted, latin)) < _NONE]
        return [entries[place] for _, place in sorted(ranked)]


_NONE = 9


def _rank(entry: Entry, wanted: str, latin: bool) -> int:
    """How well a thing fits, 0 the best."""
    best = _NONE
    for place, name in enumerate(entry.folded):
        if wanted in name:
            fit = 0 if wanted == name else 2 if name.startswith(wanted) else 4
            best = min(best, fit + (place > 0))
    if latin and best == _NONE and any(wanted in letters for letters in entry.letters):
        return 6 if any(letters.startswith(wanted) for letters in entry.letters) else 7
    return best


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
    entry.letters = tuple(initials(name) for name in names)


def _partners(store: Store) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in ask(store, "edges"):
        found.setdefault(row["a"].value, set()).add(row["b"].value)
        found.setdefault(row["b"].value, set()).add(row["a"].value)
    return found


def window(items: Sequence[Entry], limit: int, offset: int) -> Iterator[Entry]:
    """One page of a list."""
    return islice(items, offset, offset + limit)
