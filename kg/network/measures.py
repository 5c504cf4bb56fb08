"""Measures of units in the network of pairs: degree, strength, betweenness, communities. Same network, same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.network.build import pairs
from kg.network.records import Network

SEED = 20240901
EXACT_BETWEENNESS = 600  # above this many nodes betweenness is estimated, from so many sources:
SOURCES = 300


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one node.

    Attributes:
        degree: number of units it shares at least one proof with.
        strength: number of proofs it shares with others (Barrat et al. 2004, doi:10.1073/pnas.0400087101).
        betweenness: share of shortest paths between other units that run through it, 0..1 (Freeman 1977,
            doi:10.2307/3033543; unweighted; Brandes' algorithm; estimated from 300 sources in networks of over 600 nodes).
        community: number of its community by Louvain's method over proofs (Blondel et al. 2008,
            doi:10.1088/1742-5468/2008/10/P10008); 0 is the largest.
    """

    degree: int
    strength: int
    betweenness: float
    community: int


def measure(network: Network) -> dict[str, Measures]:
    """Measures of every node, by IRI in their order; `network` is not changed."""
    graph = pairs(network)
    names = list(graph.nodes)
    numbered = _numbered(graph, names)
    between = _betweenness(numbered)
    community = _communities(numbered)
    return {
        name: Measures(
            degree=numbered.degree(number),
            strength=numbered.degree(number, weight="weight"),
            betweenness=round(between[number], 6),
            community=community[number],
        )
        for number, name in enumerate(names)
    }


def _numbered(graph: Any, names: list[str]) -> Any:
    """The graph over 0, 1, …: sets of numbers keep their order whatever PYTHONHASHSEED is, sets of names do not."""
    import networkx

    return networkx.relabel_nodes(graph, {name: number for number, name in enumerate(names)}, copy=True)


def _betweenness(graph: Any) -> dict[int, float]:
    import networkx

    sources = SOURCES if len(graph) > EXACT_BETWEENNESS else None
    between: dict[int, float] = networkx.betweenness_centrality(graph, k=sources, seed=SEED)
    return between


def _communities(graph: Any) -> dict[int, int]:
    import networkx

    groups = networkx.community.louvain_communities(graph, weight="weight", seed=SEED) if len(graph) else []
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered) for node in group}
