"""The graph as an object: what scripts and notebooks use."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg.errors import InputError, QueryError
from kg.graph import Graph
from tests.cli.conftest import workspace  # noqa: F401 - the fixture


@pytest.fixture
def graph(workspace: Path) -> Iterator[Graph]:  # noqa: F811
    with kg.open(config=workspace / "kg.toml") as opened:
        yield opened


def test_a_typed_query_gives_rows_of_python_values(graph: Graph) -> None:
    rows = graph.query("SELECT ?n ?year ?generic { ?o coop:quantity ?n . ?c coop:year ?year . BIND(true AS ?generic) }")
    assert rows == [{"n": Decimal(30), "year": rows[0]["year"], "generic": True}]


def test_a_saved_query_is_run_by_name_with_parameters(graph: Graph) -> None:
    assert graph.query("cases", lang="zh") == graph.query("cases")
    with pytest.raises(QueryError, match="no saved query 'casus'"):
        graph.query("casus")


def test_the_dataset_is_rdflibs(graph: Graph) -> None:
    dataset = graph.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.query("SELECT ?x { ?x a coop:Branch }"))) == 1


def test_the_network_is_networkxs(graph: Graph) -> None:
    network = graph.network()
    assert isinstance(network, networkx.MultiDiGraph)
    assert (network.number_of_nodes(), network.number_of_edges()) == (2, 1)


def test_a_view_is_drawn(graph: Graph, tmp_path: Path) -> None:
    assert "红旗支部" in graph.render("cooperation", tmp_path / "a.html").read_text(encoding="utf-8")


def test_the_evidence_of_a_unit_is_each_sentence_once(graph: Graph) -> None:
    proofs = graph.evidence("红旗支部")
    assert sorted(proof.exact for proof in proofs) == ["“同心”平台", "与东海大学合作", "服务企业30家"]
    assert all(proof.exact in proof.quote for proof in proofs)


def test_a_graph_that_is_not_built_yet_says_so_when_asked(tmp_path: Path) -> None:
    graph = kg.open(tmp_path / "none")
    with pytest.raises(InputError, match="no store at"):
        graph.query("SELECT * { ?s ?p ?o }")


def test_a_graph_can_be_built_and_asked_and_built_again(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    with kg.open(tmp_path / "store") as graph:
        for title in ("甲", "乙"):
            file.write_text(f'<http://example.org/a> <http://purl.org/dc/terms/title> "{title}"@zh .', encoding="utf-8")
            assert graph.build([file]).ledger.ok
            assert graph.query("SELECT ?t { <http://example.org/a> dcterms:title ?t }") == [{"t": title}]
