"""A view of one build, ready to be cut into the pieces that the viewer asks for: an overview, a neighbourhood, a path."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from kg.network import Measures, Network, View, measure, pairs
from kg.network.geometry import Point, sunflower
from kg.render.data import DRAWN_AT_ONCE, About, Href, Part, page_data
from kg.render.style import Styles

AROUND = 100  # units are drawn around one
PATHS = 20  # of the shortest paths, so many are drawn


class DrawnView:
    """The network of a view with its measures; every piece carries the measures of the whole.

    Args:
        network: as `kg.network.build` makes it; it is not changed.
        href: gives the address of the page of a unit or a document (its IRI).
    """

    def __init__(self, view: View, network: Network, styles: Styles, href: Href) -> None:
        self.view = view
        self.network = network
        self._styles, self._href = styles, href
        self._measuring, self._placing = threading.Lock(), threading.Lock()  # what several ask for first is computed once

    def __contains__(self, unit: object) -> bool:
        return unit in self.network

    @property
    def measures(self) -> Mapping[str, Measures]:
        """Measures of every unit in the whole network."""
        with self._measuring:
            return self._measures

    @cached_property
    def _measures(self) -> Mapping[str, Measures]:
        return measure(self.network)

    @cached_property
    def graph(self) -> Any:
        """The pairs of units, weighted by proofs, as a networkx.Graph."""
        return pairs(self.network)

    @cached_property
    def ranked(self) -> list[str]:
        """The units, the most connected first."""
        return sorted(self.graph, key=lambda unit: (-self.measures[unit].degree, -self.measures[unit].strength, unit))

    @cached_property
    def communities(self) -> list[list[str]]:
        """The communities of at least two units, the largest first, each with its most connected units first."""
        found: dict[int, list[str]] = {}
        for unit in self.ranked:
            found.setdefault(self.measures[unit].community, []).append(unit)
        return [found[number] for number in sorted(found) if len(found[number]) > 1]

    def overview(self, unit: str = "", lang: str = "zh") -> dict[str, Any]:
        """The most connected units, or the AROUND units around one; `total` counts the whole view."""
        data = self._data(self._around(unit), lang) if unit else {**self._first(), "lang": lang}
        return {**data, "total": len(self.network)}

    def _first(self) -> dict[str, Any]:
        with self._placing:
            return self._top

    @cached_property
    def _top(self) -> dict[str, Any]:
        return self._data(self.ranked[:DRAWN_AT_ONCE], "zh")

    def _around(self, unit: str) -> list[str]:
        """The unit, then units nearer before units farther off."""
        import networkx

        found = [unit]
        for _, reached in networkx.bfs_edges(self.graph, unit, sort_neighbors=self._nearest):
            if len(found) == AROUND:
                break
            found.append(reached)
        return found

    def _nearest(self, units: Iterable[str]) -> list[str]:
        return sorted(units, key=lambda unit: (-self.measures[unit].degree, unit))

    def neighbours(self, unit: str, limit: int, offset: int, lang: str = "zh") -> dict[str, Any]:
        """A unit with one page of its neighbours, those with most proofs first; `total` counts all its neighbours."""
        shared = self.graph[unit]
        ordered = sorted(shared, key=lambda other: (-shared[other]["weight"], other))
        units = [unit, *ordered[offset : offset + limit]]
        return {**self._data(units, lang, _rings(units)), "total": len(ordered)}

    def path(self, start: str, end: str, lang: str = "zh") -> dict[str, Any] | None:
        """The units and pairs on shortest paths, `path` with the units of the first; None where nothing joins them."""
        import networkx

        try:
            found = list(islice(networkx.all_shortest_paths(self.graph, start, end), PATHS))
        except networkx.NetworkXNoPath:
            return None
        first = min(found)
        units = dict.fromkeys(unit for way in (first, *found) for unit in way)
        drawn = list(units)[:DRAWN_AT_ONCE]
        return {**self._data(drawn, lang, _rings(drawn)), "path": first, "total": len(units)}

    def _data(self, units: list[str], lang: str, places: Mapping[str, Point] | None = None) -> dict[str, Any]:
        about = About(self.view.title, self.view.description)
        part = Part(self.measures, self._href, places)
        return page_data(self.network.subgraph(units), about, self._styles, lang, part=part)


def _rings(units: list[str]) -> dict[str, Point]:
    """Places around the first of the units; the viewer sets what comes to it beside what stands already."""
    return dict(zip(units, sunflower(len(units), 120), strict=True))
