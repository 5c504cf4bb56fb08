"""A view of one build, ready to be cut into the pieces that the viewer asks for: an overview, a neighbourhood, a path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from kg.network import Measures, Network, View, measure, pairs
from kg.network.layout import radius
from kg.render.data import DRAWN_AT_ONCE, About, page_data
from kg.render.style import Styles

PATHS = 20  # of the shortest paths, so many are drawn


class DrawnView:
    """The network of a view with its measures; every piece carries the measures of the whole.

    Args:
        network: as `kg.network.build` makes it; it is not changed.
    """

    def __init__(self, view: View, network: Network, styles: Styles) -> None:
        self.view = view
        self.network = network
        self._styles = styles

    def __contains__(self, unit: object) -> bool:
        return unit in self.network

    @cached_property
    def measures(self) -> Mapping[str, Measures]:
        """Measures of every unit in the whole network."""
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
        """The most connected units, or those around one unit, at most DRAWN_AT_ONCE; `total` counts the whole view."""
        units = self._around(unit) if unit else self.ranked[:DRAWN_AT_ONCE]
        return {**self._data(units, lang), "total": len(self.network)}

    def _around(self, unit: str) -> list[str]:
        """The unit, then units nearer before units farther off."""
        import networkx

        found = [unit]
        for _, reached in networkx.bfs_edges(self.graph, unit, sort_neighbors=self._nearest):
            if len(found) == DRAWN_AT_ONCE:
                break
            found.append(reached)
        return found

    def _nearest(self, units: Iterable[str]) -> list[str]:
        return sorted(units, key=lambda unit: (-self.measures[unit].degree, unit))

    def neighbours(self, unit: str, limit: int, offset: int, lang: str = "zh") -> dict[str, Any]:
        """A unit with one page of its neighbours, those with most proofs first; `total` counts all its neighbours."""
        shared = self.graph[unit]
        ordered = sorted(shared, key=lambda other: (-shared[other]["weight"], other))
        return {**self._data([unit, *ordered[offset : offset + limit]], lang), "total": len(ordered)}

    def path(self, start: str, end: str, lang: str = "zh") -> dict[str, Any] | None:
        """The units and pairs on shortest paths, `path` with the units of the first; None where nothing joins them."""
        import networkx

        try:
            found = list(islice(networkx.all_shortest_paths(self.graph, start, end), PATHS))
        except networkx.NetworkXNoPath:
            return None
        first = min(found)
        units = dict.fromkeys(unit for way in (first, *found) for unit in way)
        return {**self._data(list(units)[:DRAWN_AT_ONCE], lang), "path": first, "total": len(units)}

    def _data(self, units: list[str], lang: str) -> dict[str, Any]:
        part = self.network.subgraph(units)
        data = page_data(part, About(self.view.title, self.view.description), self._styles, lang)
        for node in data["nodes"]:
            known = self.measures[node["id"]]
            node.update(degree=known.degree, strength=known.strength, betweenness=known.betweenness, community=known.community)
            node["drawn"]["size"] = radius(known.degree)
        return data
