"""SPARQL 1.1 Graph Store HTTP Protocol, reading."""

from __future__ import annotations

import httpx
import pytest

from tests.store.graph import IDS

FIRST = IDS.document("1清河.txt")


def triples(answer: httpx.Response) -> set[str]:
    """The lines of N-Triples."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/n-triples")
    return set(answer.text.splitlines())


def test_a_named_graph_is_read_whole(client: httpx.Client) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{FIRST}> {{ ?s ?p ?o }} }}"
    wanted = triples(client.get("/sparql", params={"query": query, "format": "nt"}))
    assert triples(client.get("/graph", params={"graph": FIRST}, headers={"Accept": "application/n-triples"})) == wanted
    assert len(wanted) > 20


def test_the_default_graph_is_the_union_each_triple_once(client: httpx.Client) -> None:
    answer = client.get("/graph?default", headers={"Accept": "application/n-triples"})
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    assert answer.text.count("\n") == int(client.get("/sparql", params=query).text.split()[1])


def test_head_tells_whether_a_graph_is_there(client: httpx.Client) -> None:
    assert client.head("/graph", params={"graph": FIRST}).status_code == 200
    assert client.head("/graph", params={"graph": "urn:none"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [("/graph", 400), ("/graph?default&graph=urn:a", 400), ("/graph?graph=a", 400), ("/graph?graph=urn:a%3E", 400)],
)
def test_one_graph_is_to_be_named(client: httpx.Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_only_read(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/graph?default").status_code == 405


def test_a_format_that_is_no_graph_is_refused(client: httpx.Client) -> None:
    assert client.get("/graph?default", headers={"Accept": "text/csv"}).status_code == 406
