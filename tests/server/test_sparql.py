"""SPARQL 1.1 Protocol, section 2, over real HTTP."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from typing import Any

import httpx
import pytest

from tests.store.graph import COURT, IDS

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a coop:Partner }"
LABELS = "SELECT ?l { ?s a coop:Branch ; skos:prefLabel ?l } ORDER BY ?l"
NAMES = ["清河检察院第一党支部", "白石镇政府"]
FIRST, SECOND = (IDS.document(name) for name in ("1清河.txt", "2白石.txt"))
DIRECT = {"Content-Type": "application/sparql-query"}


def values(answer: httpx.Response) -> list[str]:
    """The only column of an answer in JSON."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/sparql-results+json")
    return [cell["value"] for row in answer.json()["results"]["bindings"] for cell in row.values()]


def test_a_query_by_get(client: httpx.Client) -> None:
    assert values(client.get("/sparql", params={"query": LABELS})) == NAMES


def test_a_query_by_a_form(client: httpx.Client) -> None:
    assert values(client.post("/sparql", data={"query": LABELS})) == NAMES


def test_a_query_as_the_body(client: httpx.Client) -> None:
    assert values(client.post("/sparql", content=LABELS.encode(), headers=DIRECT)) == NAMES
    typed = {"Content-Type": "Application/SPARQL-query; charset=UTF-8"}
    assert values(client.post("/sparql", content=LABELS.encode(), headers=typed)) == NAMES


def test_head_answers_like_get_without_the_body(client: httpx.Client) -> None:
    whole, head = (client.request(method, "/sparql", params={"query": LABELS}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.7, image/png", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/*", "text/xml; charset=utf-8"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_the_format_is_the_one_that_the_client_likes_best(client: httpx.Client, accept: str, type: str) -> None:
    answer = client.get("/sparql", params={"query": LABELS}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"], answer.headers["vary"]) == (200, type, "Accept")


def test_every_format_of_solutions_holds_the_answer(client: httpx.Client) -> None:
    def text(short: str) -> str:
        return client.get("/sparql", params={"query": LABELS, "format": short}).content.decode()

    assert list(csv.reader(io.StringIO(text("csv")))) == [["l"], *([name] for name in NAMES)]
    assert text("tsv") == "?l\n" + "".join(f'"{name}"@zh\n' for name in NAMES)
    assert [
        each.text for each in ElementTree.fromstring(text("xml")).iter("{http://www.w3.org/2005/sparql-results#}literal")
    ] == NAMES


@pytest.mark.parametrize(
    ("accept", "type", "start"),
    [
        ("", "text/turtle; charset=utf-8", "<http"),
        ("application/n-triples", "application/n-triples", "<http"),
        ("application/ld+json", "application/ld+json", "["),
        ("application/rdf+xml;q=0.9, text/csv", "application/rdf+xml", "<?xml"),
    ],
)
def test_triples_have_formats_of_their_own(client: httpx.Client, accept: str, type: str, start: str) -> None:
    query = "CONSTRUCT { ?s a coop:Branch } WHERE { ?s a coop:Branch }"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert (answer.headers["content-type"], answer.text[: len(start)]) == (type, start)
    assert all(name in answer.text for name in NAMES)


def test_construct_gives_each_triple_once(client: httpx.Client) -> None:
    query = "CONSTRUCT { coop:Unit a coop:Kind } WHERE { ?s a coop:Unit }"
    assert client.get("/sparql", params={"query": query, "format": "nt"}).text.count("\n") == 1


def test_ask_is_answered(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s a coop:Branch }"}).json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/csv;q=0"])
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(client: httpx.Client, accept: str) -> None:
    answer = client.get("/sparql", params={"query": LABELS}, headers={"Accept": accept})
    assert (answer.status_code, "application/sparql-results+json" in answer.text) == (406, True)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, "2"),
        ({"default-graph-uri": SECOND}, "1"),
        ({"default-graph-uri": [FIRST, SECOND]}, "2"),
        ({"default-graph-uri": [SECOND, SECOND]}, "1"),
        ({"named-graph-uri": FIRST}, "0"),
        ({"default-graph-uri": "urn:nowhere"}, "0"),
    ],
    ids=["union", "one", "two", "twice", "named", "absent"],
)
def test_the_request_says_what_the_default_graph_is(client: httpx.Client, fields: dict[str, Any], found: str) -> None:
    assert values(client.get("/sparql", params={"query": COUNT, **fields})) == [found]
    assert values(client.post("/sparql", data={"query": COUNT, **fields})) == [found]
    assert values(client.post("/sparql", params=fields, content=COUNT.encode(), headers=DIRECT)) == [found]


@pytest.mark.parametrize("default", [[], [FIRST], [FIRST, SECOND]], ids=["none", "one", "two"])
def test_the_request_says_which_named_graphs_there_are(client: httpx.Client, default: list[str]) -> None:
    query = f"SELECT ?g {{ GRAPH ?g {{ <{IDS.unit(COURT)}> a coop:Unit }} }}"
    fields = {"query": query, "named-graph-uri": [SECOND], "default-graph-uri": default}
    assert values(client.get("/sparql", params=fields)) == [SECOND]


def test_the_request_outdoes_the_query(client: httpx.Client) -> None:
    query = COUNT.replace("{", f"FROM <{FIRST}> {{", 1)
    assert values(client.get("/sparql", params={"query": query, "default-graph-uri": SECOND})) == ["1"]


def test_a_triple_in_two_from_clauses_counts_once(client: httpx.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{FIRST}> FROM <{SECOND}> {{ <{IDS.unit(COURT)}> a coop:Unit }}"
    assert values(client.get("/sparql", params={"query": query})) == ["1"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D"}, 400),
        ({"method": "GET", "url": "/sparql?update=CLEAR%20ALL"}, 400),
        ({"method": "GET", "url": "/sparql?query=%FF"}, 400),
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B"}, 400),
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B%7D&default-graph-uri=a"}, 400),
        ({"method": "GET", "url": "/sparql?query=ASK%20%7B%7D&timeout=-1"}, 400),
        ({"method": "PUT", "url": "/sparql?query=ASK%20%7B%7D"}, 405),
        ({"method": "POST", "url": "/sparql", "data": {"query": "ASK {}", "update": "CLEAR ALL"}}, 400),
        ({"method": "POST", "url": "/sparql", "data": {"other": "ASK {}"}}, 400),
        ({"method": "POST", "url": "/sparql", "data": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ({"method": "POST", "url": "/sparql", "content": b"ASK {}"}, 415),
        ({"method": "POST", "url": "/sparql", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "url": "/sparql", "content": "ASK { ?é ?p ?o }".encode("latin-1"), "headers": DIRECT}, 400),
        ({"method": "POST", "url": "/sparql?query=ASK%20%7B%7D", "content": b"ASK {}", "headers": DIRECT}, 400),
        ({"method": "POST", "url": "/sparql", "content": b"#" * (1 << 18) + b"\nASK {}", "headers": DIRECT}, 413),
        ({"method": "POST", "url": "/sparql", "content": b"#" * ((4 << 20) + 1), "headers": DIRECT}, 413),
    ],
)
def test_what_breaks_the_protocol_is_refused(client: httpx.Client, sent: dict[str, Any], status: int) -> None:
    assert client.request(**sent).status_code == status


def test_a_body_without_a_length_is_counted_while_it_comes(client: httpx.Client) -> None:
    pieces = (b"#" * 65536 for _ in range(100))
    assert client.post("/sparql", content=pieces, headers=DIRECT).status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "LOADSILENT<http://127.0.0.1:9/>",
        "PREFIX e: <http://127.0.0.1:9/> LOADe:x",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o } LOAD <file:///etc/passwd>",
    ],
)
def test_what_reaches_out_of_the_store_or_changes_it_is_refused(client: httpx.Client, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 400


def test_a_mistake_is_told_with_its_place_in_both_languages(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?l {\n ?s skos:prefLabel }"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert answer.text.startswith("the query cannot be read: error at 2:")
    assert "无法读懂查询" in answer.text
