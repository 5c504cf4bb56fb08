"""The store as an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import RDF, Dataset, URIRef
from rdflib.graph import ModificationException
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError
from kg.store.dataset import dataset, memory_graph
from kg.store.embedded import EmbeddedStore
from tests.store.graph import COURT, IDS, build

PARTNER = URIRef("https://w3id.org/coop-kg/ontology#Partner")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


@pytest.fixture
def graph(store: EmbeddedStore) -> Dataset:
    return dataset(store)


def numbers(graph: Dataset, query: str) -> list[int]:
    return [int(row[0]) for row in graph.query(query)]  # type: ignore[index,call-overload]


def test_a_plain_query_sees_the_union_with_each_triple_once(graph: Dataset) -> None:
    assert numbers(graph, "SELECT (COUNT(*) AS ?n) { ?s a coop:Partner }") == [2]


def test_a_graph_can_be_named_in_a_query(graph: Dataset) -> None:
    name = IDS.document("2白石.txt")
    assert numbers(graph, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s a coop:Partner }} }}") == [1]


def test_a_graph_of_the_dataset_holds_its_document_alone(graph: Dataset) -> None:
    document = graph.graph(URIRef(IDS.document("2白石.txt")))
    assert set(document.subjects(RDF.type, PARTNER)) == {URIRef(IDS.unit(COURT))}
    assert len(list(document.query("SELECT * { ?s a coop:Partner }"))) == 1


def test_quads_name_every_graph_of_a_triple(graph: Dataset) -> None:
    found = {str(quad[3]) for quad in graph.quads((URIRef(IDS.unit(COURT)), RDF.type, PARTNER, None))}
    assert found == {IDS.document("1清河.txt"), IDS.document("2白石.txt")}


def test_the_length_is_that_of_the_union(graph: Dataset, store: EmbeddedStore) -> None:
    assert len(graph) == len({quad[:3] for quad in store.quads()})


def test_a_prepared_query_sees_the_union(graph: Dataset) -> None:
    query = prepareQuery("SELECT ?s { ?s a c:Partner }", initNs={"c": "https://w3id.org/coop-kg/ontology#"})
    assert len(list(graph.query(query))) == 2


def test_service_is_refused(graph: Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")  # by rdflib, of itself
def test_it_cannot_be_changed(graph: Dataset) -> None:
    with pytest.raises(ModificationException):
        graph.add((PARTNER, RDF.type, PARTNER))
    with pytest.raises(ModificationException):
        graph.update("CLEAR ALL")


def test_a_copy_in_memory_holds_the_union(store: EmbeddedStore) -> None:
    copy = memory_graph(store)
    assert len(copy) == len({quad[:3] for quad in store.quads()})
    assert {literal.datatype for literal in copy.objects(None, URIRef("https://w3id.org/coop-kg/ontology#status"))} == {None}  # type: ignore[attr-defined]
