"""What joins: bridges, and links and brokers between groups of units (their kinds, levels, regions or communities)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any, NamedTuple

from kg.errors import InputError, Text
from kg.network.measures import values
from kg.network.project import pairs
from kg.network.records import Network
from kg.vocab.gazetteer import Gazetteer

GROUPINGS = ("kind", "level", "province", "region", "community", "leiden")


class Brokerage(NamedTuple):
    """How many pairs of units that are not joined themselves a unit joins, by the groups of the three (a – unit – b).

    The roles of Gould & Fernandez (1989, doi:10.2307/270949) for links without direction.

    Attributes:
        coordinator: all of one group. itinerant: a and b of one group, the unit of another.
        representative: the unit of the group of a or of b only (their gatekeeper and representative).
        liaison: three groups.
    """

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    liaison: int = 0

    @property
    def across(self) -> int:
        """Pairs in which more than one group takes part."""
        return self.itinerant + self.representative + self.liaison


class Mixing(NamedTuple):
    """How much two groups (or one with itself) have to do with each other."""

    one: str
    other: str
    links: int
    weight: int


def groups(network: Network, by: str, gazetteer: Gazetteer) -> dict[str, str]:
    """The group of every node; "" where it is not known.

    Args:
        by: one of GROUPINGS. A community has the name of its most connected member.

    Raises:
        InputError: it is none of these.
    """
    if by in ("kind", "level"):
        return {node: str(data[by]) for node, data in network.nodes(data=True)}
    if by in ("region", "province"):
        return regions(network, gazetteer, largest=by == "province")
    if by in ("community", "leiden"):
        return _by_hub(network, by)
    raise InputError(
        Text(f"units cannot be grouped by {by}", f"不能按 {by} 分组"),
        Text(f"use one of {', '.join(GROUPINGS)}", f"可用：{'、'.join(GROUPINGS)}"),
    )


def bridges(graph: Any) -> list[tuple[str, str]]:
    """Pairs without which the network would fall into more parts (Tarjan 1974, doi:10.1016/0020-0190(74)90003-9), in order."""
    import networkx

    found: list[tuple[str, str]] = [(min(pair), max(pair)) for pair in networkx.bridges(graph)]
    return sorted(found)


def brokers(graph: Any, groups: Mapping[str, str]) -> dict[str, Brokerage]:
    """The brokerage of every unit; pairs in which somebody's group is not known ("") are left out."""
    return {node: _brokerage(graph, node, groups) for node in graph}


def _brokerage(graph: Any, node: str, groups: Mapping[str, str]) -> Brokerage:
    counts = [0, 0, 0, 0]
    own = groups.get(node, "")
    known = [other for other in sorted(graph[node]) if groups.get(other)] if own else []
    for one, other in combinations(known, 2):
        if not graph.has_edge(one, other):
            first, last = groups[one], groups[other]
            role = (0 if own == first else 1) if first == last else (2 if own in (first, last) else 3)
            counts[role] += 1
    return Brokerage(*counts)


def mixing(graph: Any, groups: Mapping[str, str]) -> list[Mixing]:
    """Links and weights between groups (Newman 2003, doi:10.1103/PhysRevE.67.026126), the most links first."""
    found: dict[tuple[str, str], list[int]] = {}
    for one, other, weight in graph.edges(data="weight"):
        first, last = sorted((groups.get(one, ""), groups.get(other, "")))
        counts = found.setdefault((first, last), [0, 0])
        counts[0] += 1
        counts[1] += weight
    return sorted((Mixing(*ends, *counts) for ends, counts in found.items()), key=lambda each: (-each.links, each))


def _by_hub(network: Network, by: str) -> dict[str, str]:
    """Communities under the name of their strongest member; a name that two would have gets their numbers."""
    found = values(pairs(network), [by, "strength"])
    hubs: dict[float, str] = {}
    for node in sorted(network, key=lambda node: (-found["strength"][node], node)):
        hubs.setdefault(found[by][node], str(network.nodes[node]["label"]))
    names = list(hubs.values())
    told = {number: name if names.count(name) == 1 else f"{name} {int(number)}" for number, name in hubs.items()}
    return {node: told[number] for node, number in found[by].items()}


def regions(network: Network, gazetteer: Gazetteer, largest: bool = False) -> dict[str, str]:
    """The administrative division that each unit's name begins with, after those above it; "" where it names none.

    A name that several divisions share says nothing, unless a larger division stands before it.

    Args:
        largest: only the largest division (a province).
    """
    found = {node: _region(str(data["label"]), gazetteer) for node, data in network.nodes(data=True)}
    return {node: "".join(chain[:1] if largest else chain) for node, chain in found.items()}


def _region(label: str, gazetteer: Gazetteer) -> list[str]:
    """From large to small."""
    chain: list[str] = []
    rest = label
    while place := _leading(rest, gazetteer, chain):
        name, chain = place
        rest = rest[len(name) :]
    return chain[::-1]


def _leading(words: str, gazetteer: Gazetteer, above: list[str]) -> tuple[str, list[str]] | None:
    """The longest place at the start of `words` that lies in the division found before, with its chain from small to large."""
    for end in range(min(len(words), 12), 1, -1):
        chains = [[part.name for part in gazetteer.chain(place)] for place in gazetteer.by_name(words[:end])]
        inside = [chain for chain in chains if not above or (above[0] in chain and chain != above)]
        if len(inside) == 1:
            return words[:end], inside[0]
    return None
