"""Measures of units."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

from kg.network import from_tables, measure
from tests.demo_network import demo, table


def test_measures_of_a_star_with_a_double_ray() -> None:
    network = from_tables(
        table("source target proof", ("hub", "a", "1"), ("a", "hub", "2"), ("hub", "b", "3"), ("hub", "c", "4"))
    )
    hub = measure(network)["hub"]
    assert (hub.degree, hub.strength, hub.betweenness, hub.community) == (3, 4, 1.0, 0)


def test_betweenness_equals_networkx_on_a_published_network() -> None:
    graph = networkx.les_miserables_graph()
    rows = [(one, other, str(number)) for number, (one, other) in enumerate(graph.edges)]
    found = measure(from_tables(table("source target proof", *rows)))
    assert {name: values.betweenness for name, values in found.items()} == pytest.approx(
        networkx.betweenness_centrality(graph), abs=1e-6
    )


def test_two_cliques_are_two_communities() -> None:
    cliques = [[f"{group}{number}" for number in range(5)] for group in "ab"]
    rows = [(one, other, one + other) for clique in cliques for one in clique for other in clique if one < other]
    found = measure(from_tables(table("source target proof", *rows, ("a0", "b0", "bridge"))))
    assert {name[0]: values.community for name, values in found.items()} == {"a": 0, "b": 1}


def test_the_callers_network_is_not_changed() -> None:
    network = demo()
    before = copy.deepcopy((dict(network.nodes(data=True)), list(network.edges(keys=True, data=True))))
    measure(network)
    assert (dict(network.nodes(data=True)), list(network.edges(keys=True, data=True))) == before


def test_hash_seeds_do_not_matter(root: Path) -> None:
    code = "from tests.demo_network import *; from kg.network import *; n = demo(); m = measure(n); print(m, positions(n, m))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "12"
    }
    assert len(outputs) == 1


def test_an_empty_network_has_no_measures() -> None:
    assert measure(from_tables(table("source target"))) == {}
