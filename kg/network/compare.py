"""A network before and after: which units and links came, stayed and went between two years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.network.measures import values
from kg.network.project import pairs, within
from kg.network.records import Network


class UnitChange(NamedTuple):
    """A unit in both years; 0 where it is not in one."""

    iri: str
    degree_before: int
    degree_after: int
    strength_before: int
    strength_after: int

    @property
    def state(self) -> str:
        """ "new", "gone" or "kept"."""
        return _state(self.degree_before, self.degree_after)


class LinkChange(NamedTuple):
    """A pair of units and what its weight was in both years."""

    one: str
    other: str
    before: int
    after: int

    @property
    def state(self) -> str:
        """ "new", "gone" or "kept"."""
        return _state(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two years side by side.

    Attributes:
        units, links: those whose strength or weight changed most first.
        overlap: share of all links that both years have, 0..1 (Jaccard 1901); None where there are none.
    """

    units: tuple[UnitChange, ...]
    links: tuple[LinkChange, ...]
    overlap: float | None


def compare(network: Network, before: int, after: int, weight: str = "proofs") -> Comparison:
    """What changed from one year to another; proofs without a year are in neither. `network` is not changed."""
    graphs = [pairs(within(network, year, year), weight) for year in (before, after)]
    found = [values(graph, ["degree", "strength"]) for graph in graphs]
    numbers = [[one[name] for one in found] for name in ("degree", "strength")]
    units = [
        UnitChange(node, *(int(year.get(node, 0)) for years in numbers for year in years))
        for node in sorted({node for graph in graphs for node in graph})
    ]
    weights = [{(one, other): count for one, other, count in graph.edges(data="weight")} for graph in graphs]
    links = [LinkChange(*pair, *(year.get(pair, 0) for year in weights)) for pair in sorted({*weights[0], *weights[1]})]
    kept = sum(link.state == "kept" for link in links)
    return Comparison(
        tuple(sorted(units, key=lambda unit: (-abs(unit.strength_after - unit.strength_before), unit))),
        tuple(sorted(links, key=lambda link: (-abs(link.after - link.before), link))),
        round(kept / len(links), 6) if links else None,
    )


def _state(before: int, after: int) -> str:
    return "kept" if before and after else "new" if after else "gone"
