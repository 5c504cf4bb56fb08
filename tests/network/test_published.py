"""Measures equal networkx's on three published networks that networkx ships, and igraph's where it has them."""

from __future__ import annotations

from typing import Any

import igraph
import networkx
import pytest

from kg.network import bridges, from_tables, pairs, values
from kg.network.records import Network
from tests.demo_network import table

PUBLISHED = {
    "karate": networkx.karate_club_graph(),  # Zachary 1977
    "florentine": networkx.florentine_families_graph(),  # Padgett & Ansell 1993
    "les miserables": networkx.les_miserables_graph(),  # Knuth 1993
}


def plain(name: str) -> Any:
    """The published graph with names of nodes that sort, weights as whole numbers."""
    graph = networkx.relabel_nodes(PUBLISHED[name], lambda node: f"{node:02}" if isinstance(node, int) else node)
    networkx.set_edge_attributes(graph, {edge: int(graph.edges[edge].get("weight", 1)) for edge in graph.edges}, "weight")
    return graph


def network(name: str) -> Network:
    """The same as proofs: as many between two nodes as the weight says."""
    rows = [(one, other, f"{one}-{other}-{n}") for one, other, weight in plain(name).edges(data="weight") for n in range(weight)]
    return from_tables(table("source target proof", *rows))


@pytest.fixture(params=PUBLISHED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_network_of_pairs_is_the_published_one(name: str) -> None:
    found, wanted = pairs(network(name)), plain(name)
    assert {frozenset(edge[:2]): edge[2] for edge in found.edges(data="weight")} == {
        frozenset(edge[:2]): edge[2] for edge in wanted.edges(data="weight")
    }


@pytest.mark.parametrize(
    ("measure", "theirs"),
    [
        ("degree", lambda graph: dict(graph.degree())),
        ("strength", lambda graph: dict(graph.degree(weight="weight"))),
        ("betweenness", networkx.betweenness_centrality),
        ("closeness", networkx.closeness_centrality),
        ("eigenvector", lambda graph: networkx.eigenvector_centrality(graph, weight="weight", max_iter=1000)),
        ("core", networkx.core_number),
    ],
)
def test_measures_equal_those_of_networkx(name: str, measure: str, theirs: Any) -> None:
    assert values(pairs(network(name)), [measure])[measure] == pytest.approx(dict(theirs(plain(name))), abs=2e-5)


@pytest.mark.parametrize("measure", ["betweenness", "closeness", "core"])
def test_measures_equal_those_of_igraph(name: str, measure: str) -> None:
    graph = plain(name)
    other = igraph.Graph.from_networkx(graph)
    size = len(graph)
    theirs = {
        "betweenness": [value * 2 / ((size - 1) * (size - 2)) for value in other.betweenness()],
        "closeness": other.closeness(),
        "core": other.coreness(),
    }[measure]
    found = values(pairs(network(name)), [measure])[measure]
    assert found == pytest.approx(dict(zip(graph, theirs, strict=True)), abs=2e-5)


def test_bridges_equal_those_of_networkx(name: str) -> None:
    assert {frozenset(pair) for pair in bridges(pairs(network(name)))} == {
        frozenset(pair) for pair in networkx.bridges(plain(name))
    }


@pytest.mark.parametrize("measure", ["community", "leiden"])
def test_communities_are_as_modular_as_those_of_networkx(name: str, measure: str) -> None:
    found = values(pairs(network(name)), [measure])[measure]
    groups = [{node for node in found if found[node] == number} for number in set(found.values())]
    theirs = networkx.community.louvain_communities(plain(name), seed=1)
    modularity = [networkx.community.modularity(plain(name), each) for each in (groups, theirs)]
    assert modularity[0] >= 0.97 * modularity[1]
