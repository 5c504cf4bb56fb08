"""What the start page says: what the graph holds, its communities, its most connected units, its latest documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.network import View
from kg.network.view import DEFAULT
from kg.query.evidence import stats
from kg.query.run import run
from kg.server.explorer import Snapshot
from kg.server.index import CLASSES
from kg.server.things import Names, Ref
from kg.vocab import terms as T

_SHOWN = 10  # units, communities and documents
_MEMBERS = 4  # units of a community by name
_ISSUED = "SELECT ?document ?issued { ?document a coop:Document OPTIONAL { ?document dcterms:issued ?issued } }"


@dataclass(frozen=True, slots=True)
class Tile:
    """How many things of a class there are, and where they are listed."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit and how many it works with; `share` of the highest, in percent."""

    ref: Ref
    degree: int
    share: int


@dataclass(frozen=True, slots=True)
class Community:
    """A community: the IRI of its most connected unit, some units by name, how many there are."""

    iri: str
    members: tuple[Ref, ...]
    count: int


@dataclass(frozen=True, slots=True)
class StartPage:
    """All that the start page says."""

    tiles: tuple[Tile, ...]
    views: tuple[View, ...]
    units: tuple[Ranked, ...]
    communities: tuple[Community, ...]
    documents: tuple[tuple[Ref, str], ...]


def start_page(now: Snapshot, lang: str) -> StartPage:
    """What is to be said of a graph."""
    names = Names(now, lang)
    counts = {count.iri: count for count in stats(now.store, lang) if not count.property}
    tiles = [
        Tile(names.name(name), count.count, f"/search?type={name}") for name in CLASSES if (count := counts.get(T.COOP + name))
    ]
    return StartPage(tuple(tiles), now.views, _units(now, names), _communities(now, names), _documents(now, names))


def _units(now: Snapshot, names: Names) -> tuple[Ranked, ...]:
    best = [entry for entry in now.index.all("Unit")[:_SHOWN] if entry.degree]
    return tuple(Ranked(names.ref(entry.iri), entry.degree, 100 * entry.degree // best[0].degree) for entry in best)


def _communities(now: Snapshot, names: Names) -> tuple[Community, ...]:
    found: Iterable[list[str]] = now.view(DEFAULT).communities[:_SHOWN]
    return tuple(Community(group[0], tuple(map(names.ref, group[:_MEMBERS])), len(group)) for group in found)


def _documents(now: Snapshot, names: Names) -> tuple[tuple[Ref, str], ...]:
    """The documents issued last; those without a date after them."""
    issued: dict[str, str] = {}
    for document, date in run(now.store, _ISSUED).rows:
        if document:
            issued[document.value] = max(issued.get(document.value, ""), date.value if date else "")
    latest = sorted(sorted(issued), key=issued.__getitem__, reverse=True)[:_SHOWN]
    return tuple((names.ref(iri), issued[iri]) for iri in latest)
