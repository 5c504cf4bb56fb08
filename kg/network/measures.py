"""Measures of units in a network of pairs. Same network, same numbers, whatever the order of rows or hash seed.

Each works on the simple undirected graph that `pairs` gives: two units are joined if they share a proof, and `weight`
says how many. `MEASURES` names them all; `measure` gives the four that every drawing needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError, QueryError, Text, UnsupportedError
from kg.network.project import pairs
from kg.network.records import Network

SEED = 20240901
EXACT_BETWEENNESS = 600  # above this many nodes betweenness is estimated, from 300 sources, fewer above 3,000 nodes:
SOURCES, SOURCES_TIMES_NODES = 300, 900_000


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one node; see the functions of the same names."""

    degree: int
    strength: int
    betweenness: float
    community: int


def measure(network: Network) -> dict[str, Measures]:
    """Measures of every node, by IRI in their order; `network` is not changed."""
    graph = pairs(network)
    found = {name: MEASURES[name](graph) for name in ("degree", "strength", "betweenness", "community")}
    return {node: Measures(**{name: values[node] for name, values in found.items()}) for node in graph}  # type: ignore[arg-type]


def values(graph: Any, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Some measures of every node of a graph that `pairs` gave: measure → node → value.

    Raises:
        InputError: a name is none of MEASURES.
    """
    for name in names:
        if name not in MEASURES:
            raise InputError(
                Text(f"there is no measure {name}", f"没有名为 {name} 的指标"),
                Text(f"there are: {', '.join(MEASURES)}", f"可用：{'、'.join(MEASURES)}"),
            )
    return {name: dict(MEASURES[name](graph)) for name in names}


def degree(graph: Any) -> dict[str, int]:
    """Number of units it is joined with (Freeman 1978, doi:10.1016/0378-8733(78)90021-7; not divided by n - 1)."""
    return dict(graph.degree())


def strength(graph: Any) -> dict[str, int]:
    """Sum of the weights of its pairs (Barrat et al. 2004, doi:10.1073/pnas.0400087101)."""
    return dict(graph.degree(weight="weight"))


def betweenness(graph: Any) -> dict[str, float]:
    """Share of the shortest paths between other units that run through it, 0..1, weights left aside.

    Freeman 1977, doi:10.2307/3033543, by Brandes' algorithm (2001, doi:10.1080/0022250X.2001.9990249); in networks of
    over 600 nodes estimated from 300 sources, above 3,000 nodes from fewer (Brandes & Pich 2007, doi:10.1142/S0218127407018403).
    """
    import networkx

    size = len(graph)
    sources = min(SOURCES, max(SOURCES_TIMES_NODES // size, 1)) if size > EXACT_BETWEENNESS else None
    return _over_numbers(graph, lambda plain: networkx.betweenness_centrality(plain, k=sources, seed=SEED))


def closeness(graph: Any) -> dict[str, float]:
    """How near it is to all it can reach, 0..1: the inverse of the mean distance, times the share of units it reaches.

    Freeman 1978, doi:10.1016/0378-8733(78)90021-7, in the form of Wasserman & Faust (1994, eq. 5.22) for networks in parts.
    """
    import networkx

    return _over_numbers(graph, networkx.closeness_centrality)


def eigenvector(graph: Any) -> dict[str, float]:
    """Entry of the leading eigenvector of the matrix of weights, of length 1: high where its partners are high.

    Bonacich 1987, doi:10.1086/228631. In a network in parts only the part with the largest eigenvalue is high.

    Raises:
        QueryError: the iteration does not settle.
    """
    import networkx

    def compute(plain: Any) -> Mapping[int, float]:
        found: Mapping[int, float] = networkx.eigenvector_centrality(plain, max_iter=5000, weight="weight")
        return found

    if not len(graph):
        return {}
    try:
        return _over_numbers(graph, compute)
    except networkx.PowerIterationFailedConvergence as error:
        raise QueryError(
            Text("the eigenvector of this network does not settle", "该网络的特征向量无法收敛"),
            Text("choose other measures with --measure", "请用 --measure 选择其他指标"),
        ) from error


def core(graph: Any) -> dict[str, int]:
    """The largest k such that it belongs to a group in which everyone is joined with k others of it: the k-core.

    Seidman 1983, doi:10.1016/0378-8733(83)90028-X, by the algorithm of Batagelj & Zaveršnik (2003, arXiv:cs/0310049).
    """
    import networkx

    return dict(networkx.core_number(graph))


def community(graph: Any) -> dict[str, int]:
    """Number of its community by Louvain's method over weights; 0 is the largest.

    Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008, which looks for high modularity (Newman & Girvan 2004,
    doi:10.1103/PhysRevE.69.026113).
    """
    import networkx

    def compute(plain: Any) -> Mapping[int, float]:
        return _ranked(networkx.community.louvain_communities(plain, weight="weight", seed=SEED) if len(plain) else [])

    return {node: int(number) for node, number in _over_numbers(graph, compute).items()}


def leiden(graph: Any) -> dict[str, int]:
    """The same by Leiden's method, whose communities hang together (Traag et al. 2019, doi:10.1038/s41598-019-41695-z).

    Raises:
        UnsupportedError: igraph is not installed (its licence is the GPL, hence it is not part of kg).
    """
    import random

    try:
        import igraph
    except ImportError as error:
        raise UnsupportedError(
            Text("Leiden's method needs the package igraph", "Leiden 算法需要 igraph 软件包"),
            Text("pip install igraph, or take louvain", "请 pip install igraph，或改用 louvain"),
        ) from error
    nodes = list(graph)
    place = {node: number for number, node in enumerate(nodes)}
    edges = [(place[one], place[other], weight) for one, other, weight in graph.edges(data="weight")]
    plain = igraph.Graph(n=len(nodes), edges=[edge[:2] for edge in edges])
    igraph.set_random_number_generator(random.Random(SEED))
    groups = plain.community_leiden("modularity", weights=[edge[2] for edge in edges], n_iterations=-1)
    return {nodes[number]: rank for number, rank in _ranked([set(group) for group in groups]).items()}


MEASURES: Mapping[str, Callable[[Any], Mapping[str, float]]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "core": core,
    "community": community,
    "leiden": leiden,
}


def _over_numbers(graph: Any, compute: Callable[[Any], Mapping[int, float]]) -> dict[str, float]:
    """A measure computed over 0, 1, …: sets of numbers keep their order whatever PYTHONHASHSEED is, sets of names do not."""
    import networkx

    nodes = list(graph)
    plain = networkx.relabel_nodes(graph, {node: number for number, node in enumerate(nodes)}, copy=True)
    found = compute(plain)
    return {node: round(found[number], 6) for number, node in enumerate(nodes)}


def _ranked(groups: Sequence[set[int]]) -> dict[int, int]:
    """Node → number of its group, the largest group first."""
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered) for node in group}
