"""The service description and VoID: read by rdflib, and true."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from tests.server.conftest import TOKEN, Serve
from tests.store.graph import build

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
COOP = Namespace("https://w3id.org/coop-kg/ontology#")


def read(answer: httpx.Response) -> Graph:
    assert answer.status_code == 200, answer.text
    return Graph().parse(data=answer.text, format="turtle")


def test_the_endpoint_describes_itself_where_nothing_is_asked(client: httpx.Client, serve: Serve, tmp_path: Path) -> None:
    graph = read(client.get("/sparql"))
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(f"{str(client.base_url).rstrip('/')}/sparql")
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert len(set(graph.objects(service, SD.resultFormat))) == 8
    writable = read(serve(build(tmp_path / "store"), token=TOKEN).get("/sparql"))
    assert set(writable.objects(None, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}


def test_void_counts_what_the_graph_holds(client: httpx.Client) -> None:
    graph = read(client.get("/.well-known/void"))
    (dataset,) = graph.subjects(RDF.type, VOID.Dataset)
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}).text.split()[1]
    assert graph.value(dataset, VOID.triples) == Literal(int(count))
    assert str(graph.value(dataset, VOID.uriSpace)) == "https://w3id.org/coop-kg/id/"
    (branches,) = graph.subjects(VOID["class"], COOP.Branch)
    assert graph.value(branches, VOID.entities) == Literal(2)
    (through,) = graph.subjects(VOID.property, COOP.through)
    assert graph.value(through, VOID.triples) == Literal(1)


@pytest.mark.parametrize("address", ["/sparql", "/.well-known/void"])
def test_a_description_has_the_format_that_is_asked_for(client: httpx.Client, address: str) -> None:
    found = []
    for type in ("text/turtle", "application/n-triples", "application/ld+json"):
        answer = client.get(address, headers={"Accept": type})
        assert answer.headers["content-type"].partition(";")[0] == type
        found.append({quad.triple for quad in parse(answer.content, format=RdfFormat.from_media_type(type))})
    assert found[0] == found[1] == found[2]
    assert client.get(address, headers={"Accept": "text/csv"}).status_code == 406
