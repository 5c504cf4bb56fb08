"""Stores in SPARQL services: both pass the suite that every store passes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.errors import InputError, QueryError
from kg.service import Service
from kg.store.base import Solutions, Store, Triples
from kg.store.dataset import dataset
from kg.store.embedded import EmbeddedStore
from kg.store.http import Client, Credentials
from kg.store.remote import RemoteStore, graph_address
from kg.store.remote_writer import RemoteWriter
from tests.contracts.store.suite import StoreContract, rows
from tests.store.graph import COURT, IDS, ONTOLOGY, SCHOOL, add, build, first, second
from tests.store.services import DBA, NOBODY, Flaky, oxigraph, virtuoso


def filled(service: Service, client: Client, *parts: object) -> RemoteStore:
    """The service with these documents (default: both of tests/store/graph.py)."""
    with TemporaryDirectory() as folder, RemoteWriter(service, Path(folder), IDS.base, ONTOLOGY, client) as writer:
        for doc, facts in parts or (first(), second()):  # type: ignore[misc]
            add(writer, doc, facts)  # type: ignore[arg-type]
        writer.finish()
    return RemoteStore(service, IDS.base, client)


@pytest.fixture(scope="module")
def in_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as service:
        yield filled(service, NOBODY)


@pytest.fixture(scope="module")
def in_virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as service:
        yield filled(service, DBA)


class TestOxigraphServe(StoreContract):
    """The suite against `oxigraph serve`."""

    @pytest.fixture
    def store(self, in_oxigraph: RemoteStore) -> RemoteStore:
        return in_oxigraph


@pytest.fixture(scope="module")
def in_a_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteStore]:
    with oxigraph(tmp_path_factory.mktemp("graph")) as service:
        yield filled(replace(service, union="graph"), NOBODY)


class TestUnionInAGraph(StoreContract):
    """The suite against a service whose default graph is not for us, as GraphDB's, by what the standard says of data sets."""

    @pytest.fixture
    def store(self, in_a_graph: RemoteStore) -> RemoteStore:
        return in_a_graph


class TestVirtuoso(StoreContract):
    """The suite against OpenLink Virtuoso, which gives at most 2,000 rows as it is set up here."""

    MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1900"

    @pytest.fixture
    def store(self, in_virtuoso: RemoteStore) -> RemoteStore:
        return in_virtuoso

    def test_describe_gives_triples(self, store: Store) -> None:
        """What DESCRIBE tells is left to each service; Virtuoso also tells what points at the thing."""
        answer = store.query(f"DESCRIBE <{IDS.unit(SCHOOL)}>", 20.0)
        assert isinstance(answer, Triples)
        assert IDS.unit(SCHOOL) in {triple[0].value for triple in answer.triples}

    def test_an_answer_that_the_service_cuts_short_is_refused(self, store: Store) -> None:
        with pytest.raises(QueryError) as error:
            store.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", 20.0)
        assert error.value.message.en == "the service gives only a part of the answer (X-SPARQL-MaxRows: 2000)"

    def test_names_and_variables_of_graphs_stand_together(self, store: Store) -> None:
        one, two = IDS.document("1清河.txt"), IDS.document("2白石.txt")
        query = f"SELECT ?g {{ GRAPH <{one}> {{ ?s a coop:Partner }} GRAPH ?g {{ ?s coop:unitKind ?k }} }}"
        assert sorted(set(rows(store, query))) == [(one,), (two,)]


@pytest.mark.parametrize("name", ["in_oxigraph", "in_a_graph", "in_virtuoso"])
def test_the_graph_is_that_of_a_store_on_disk_byte_for_byte(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    remote, there, here = request.getfixturevalue(name), io.BytesIO(), io.BytesIO()
    remote.dump(there, "nq")
    EmbeddedStore(build(tmp_path)).dump(here, "nq")
    assert there.getvalue() == here.getvalue()


def test_rdflib_gets_a_copy_of_the_union(in_oxigraph: RemoteStore) -> None:
    answer = in_oxigraph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    assert [str(len(dataset(in_oxigraph)))] == [str(row[0]) for row in answer.rows]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with oxigraph(tmp_path) as started:
        yield started


def test_a_build_replaces_what_the_last_one_left(service: Service) -> None:
    filled(service, NOBODY)
    store = filled(service, NOBODY, second())
    assert store.graphs() == (IDS.document("2白石.txt"), f"{IDS.base}graph/derived", f"{IDS.base}graph/vocabulary")
    assert rows(store, "SELECT ?s { ?s a coop:Partner }") == [(IDS.unit(COURT),)]
    assert rows(store, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == [("3",)]


def test_a_build_that_is_given_up_leaves_the_old_graph(service: Service, tmp_path: Path) -> None:
    store = filled(service, NOBODY, second())
    with RemoteWriter(service, tmp_path / "store", IDS.base, ONTOLOGY, NOBODY) as writer:
        add(writer, *first())
    assert rows(store, "SELECT ?s { ?s a coop:Partner }") == [(IDS.unit(COURT),)]


def test_the_data_of_others_are_not_replaced(service: Service, tmp_path: Path) -> None:
    triple = b"<http://e/a> <http://e/b> <http://e/c> ."
    NOBODY.send("POST", f"{service.graphs}?default", {"Content-Type": "application/n-triples"}, triple).body()
    with pytest.raises(InputError, match=r"the default graph of .* holds other data"):
        RemoteWriter(service, tmp_path / "store", IDS.base, ONTOLOGY, NOBODY)


def test_a_service_without_an_address_for_updates_can_only_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can only be read"):
        RemoteWriter(Service("http://h/q"), tmp_path / "store")


def test_graphs_are_read_by_queries_where_there_is_no_graph_store(in_oxigraph: RemoteStore) -> None:
    there, here = io.BytesIO(), io.BytesIO()
    RemoteStore(Service(in_oxigraph.service.query), IDS.base, NOBODY).dump(there, "nq")
    in_oxigraph.dump(here, "nq")
    assert there.getvalue() == here.getvalue()


@pytest.mark.parametrize("harm", ["drop", "shorten", "break"])
def test_an_upload_that_is_lost_or_short_is_sent_again(service: Service, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.remote_writer.PIECE", 50)
    monkeypatch.setattr("kg.store.remote_writer._PAUSE", 0.01)
    with Flaky(service, harm, every=3) as flaky:
        filled(flaky.service, NOBODY)
        assert flaky.harmed >= 3
    there = RemoteStore(service, IDS.base, NOBODY)
    assert len(there.graphs()) == 4
    assert rows(there, "SELECT (COUNT(*) AS ?n) { ?s a coop:Partner }") == [("2",)]


def test_an_upload_that_is_always_short_is_reported_and_the_old_graph_stands(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.remote_writer._PAUSE", 0.01)
    filled(service, NOBODY, second())
    with Flaky(service, "shorten", every=1) as flaky, pytest.raises(InputError, match="did not keep what was sent"):
        filled(flaky.service, NOBODY)
    there = RemoteStore(service, IDS.base, NOBODY)
    assert rows(there, "SELECT ?s { ?s a coop:Partner }") == [(IDS.unit(COURT),)]
    assert rows(there, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == [("3",)]


def test_a_graph_is_addressed_by_its_whole_iri() -> None:
    service = Service("http://h/q", "", "http://h/g?x=1")
    assert graph_address(service, "http://e/甲&a") == "http://h/g?x=1&graph=http%3A%2F%2Fe%2F%E7%94%B2%26a"


def test_a_service_that_is_not_there_is_named(service: Service) -> None:
    with pytest.raises(InputError) as error:
        RemoteStore(Service("http://127.0.0.1:9/query"), IDS.base, NOBODY).query("SELECT * { ?s ?p ?o }")
    assert error.value.message.en.startswith("http://127.0.0.1:9/query does not answer: ")


def test_a_wrong_password_is_told(in_virtuoso: RemoteStore) -> None:
    wrong = RemoteStore(in_virtuoso.service, IDS.base, Client(Credentials("dba", "wrong", "")))
    with pytest.raises(InputError) as error:
        wrong.query("SELECT * { ?s ?p ?o } LIMIT 1")
    assert "KG_STORE_PASSWORD" in error.value.hint.en
