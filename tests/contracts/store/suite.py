"""What every kind of store must do: subclass `StoreContract` in a test module and give it the fixture `store`.

The fixture builds the graph of tests/store/graph.py (both documents) and opens it.
"""

from __future__ import annotations

import io
import time

import pytest

from kg.errors import KgError, QueryError
from kg.store.base import Solutions, Store, Term, Triples
from kg.vocab.terms import COOP, PREFIXES, XSD
from tests.store.graph import BRANCH, COURT, HILL, IDS, SCHOOL

PROLOGUE = "".join(f"PREFIX {name}: <{space}> " for name, space in PREFIXES.items())
SELF_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
LIMITS = [None, 20.0]  # in the process itself, and in a worker


def rows(store: Store, text: str, timeout: float | None = None) -> list[tuple[str | None, ...]]:
    """The answer to SELECT as sorted plain values."""
    answer = store.query(PROLOGUE + text, timeout)
    assert isinstance(answer, Solutions)
    return sorted(tuple(term.value if term else None for term in row) for row in answer.rows)


def refusal(store: Store, text: str, timeout: float | None = None) -> QueryError:
    """The error that a query raises, at once or while its rows are read."""
    with pytest.raises(QueryError) as error:
        rows(store, text, timeout)
    return error.value


class StoreContract:
    """Behaviour that no store may lack.

    Attributes:
        MANY: asks for more rows than are read at once.
    """

    MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_a_triple_in_one_named_graph_is_found_without_naming_the_graph(self, store: Store, timeout: float | None) -> None:
        assert rows(store, f"SELECT ?k {{ <{IDS.unit(SCHOOL)}> coop:unitKind ?k }}", timeout) == [
            ("https://w3id.org/coop-kg/ontology/unit-kind/school",)
        ]

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_a_triple_in_two_graphs_is_one_row(self, store: Store, timeout: float | None) -> None:
        assert rows(store, f"SELECT ?l {{ <{IDS.unit(COURT)}> skos:prefLabel ?l }}", timeout) == [(COURT,)]

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_a_triple_in_two_graphs_is_counted_once(self, store: Store, timeout: float | None) -> None:
        assert rows(store, "SELECT (COUNT(*) AS ?n) { ?s a coop:Partner }", timeout) == [("2",)]

    def test_a_graph_can_be_asked_by_name(self, store: Store) -> None:
        graph = IDS.document("2白石.txt")
        assert rows(store, f"SELECT ?s {{ GRAPH <{graph}> {{ ?s a coop:Partner }} }}") == [(IDS.unit(COURT),)]

    def test_graph_variables_range_over_the_named_graphs(self, store: Store) -> None:
        found = rows(store, f"SELECT ?g {{ GRAPH ?g {{ <{IDS.unit(COURT)}> a coop:Unit }} }}")
        assert found == [(IDS.document("1清河.txt"),), (IDS.document("2白石.txt"),)]

    def test_documents_are_counted(self, store: Store) -> None:
        assert store.documents() == 2

    def test_what_it_holds_has_a_name_that_stays(self, store: Store) -> None:
        assert store.state() == store.state() != ""

    def test_graphs_are_documents_and_what_was_derived(self, store: Store) -> None:
        documents = (IDS.document("1清河.txt"), IDS.document("2白石.txt"))
        assert store.graphs() == (*documents, f"{store.base}graph/derived", f"{store.base}graph/vocabulary")

    def test_units_that_cooperate_are_linked_both_ways_in_a_graph_of_their_own(self, store: Store) -> None:
        found = rows(store, "SELECT ?a ?b { GRAPH ?g { ?a coop:cooperatesWith ?b } }")
        pairs = [(BRANCH, COURT), (BRANCH, SCHOOL), (HILL, COURT)]
        assert found == sorted((IDS.unit(a), IDS.unit(b)) for x, y in pairs for a, b in ((x, y), (y, x)))

    def test_kinds_have_labels_in_the_graph(self, store: Store) -> None:
        query = f"SELECT ?l {{ <{IDS.unit(COURT)}> coop:unitKind/skos:prefLabel ?l FILTER (LANG(?l) = 'en') }}"
        assert rows(store, query) == [("court",)]

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_terms_keep_language_and_datatype(self, store: Store, timeout: float | None) -> None:
        answer = store.query(PROLOGUE + "SELECT ?l ?q ?s { ?o coop:quantity ?q ; skos:prefLabel ?l ; coop:status ?s }", timeout)
        assert isinstance(answer, Solutions)
        assert answer.variables == ("l", "q", "s")
        text = XSD + "string"
        lang = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
        assert list(answer.rows) == [
            (
                Term("帮助群众", "literal", lang, "zh"),
                Term("15000", "literal", XSD + "decimal"),
                Term("unreviewed", "literal", text),
            )
        ]

    def test_an_unbound_variable_is_none(self, store: Store) -> None:
        assert rows(store, f"SELECT ?x ?y {{ BIND (1 AS ?x) OPTIONAL {{ <{IDS.unit(COURT)}> coop:year ?y }} }}") == [("1", None)]

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_ask_is_true_or_false(self, store: Store, timeout: float | None) -> None:
        assert store.query(PROLOGUE + "ASK { ?s a coop:Branch }", timeout) is True
        assert store.query(PROLOGUE + "ASK { ?s a coop:Nothing }", timeout) is False

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_construct_gives_triples(self, store: Store, timeout: float | None) -> None:
        answer = store.query(PROLOGUE + "CONSTRUCT { ?s coop:generic ?n } WHERE { ?s a coop:Partner BIND (1 AS ?n) }", timeout)
        assert isinstance(answer, Triples)
        assert sorted(answer.triples) == sorted(
            (Term(IDS.unit(name), "iri"), Term(COOP + "generic", "iri"), Term("1", "literal", XSD + "integer"))
            for name in (COURT, SCHOOL)
        )

    def test_describe_gives_triples(self, store: Store) -> None:
        answer = store.query(f"DESCRIBE <{IDS.unit(SCHOOL)}>", 20.0)
        assert isinstance(answer, Triples)
        assert {triple[0].value for triple in answer.triples} == {IDS.unit(SCHOOL)}

    def test_a_query_that_would_take_hours_stops_at_its_limit(self, store: Store) -> None:
        started = time.perf_counter()
        assert refusal(store, SELF_JOIN, 0.3).message.en == "the query was stopped after 0.3 seconds"
        assert time.perf_counter() - started < 3

    def test_after_a_stopped_query_the_next_one_works(self, store: Store) -> None:
        refusal(store, SELF_JOIN, 0.3)
        assert rows(store, "SELECT (COUNT(*) AS ?n) { ?s a coop:Branch }", 20.0) == [("2",)]

    def test_after_an_answer_left_unread_the_next_one_works(self, store: Store) -> None:
        answer = store.query(self.MANY, 20.0)
        assert isinstance(answer, Solutions)
        assert len(next(iter(answer.rows)) or ()) == 6
        assert rows(store, "SELECT (COUNT(*) AS ?n) { ?s a coop:Branch }", 20.0) == [("2",)]

    @pytest.mark.parametrize("timeout", LIMITS)
    def test_a_query_that_cannot_be_read_says_where(self, store: Store, timeout: float | None) -> None:
        with pytest.raises(QueryError) as error:
            store.query("SELECT * {\n ?s ?p }", timeout)
        assert "error at 2:" in error.value.message.en

    @pytest.mark.parametrize(
        "clause",
        [
            "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
            "service silent <http://127.0.0.1:9/> { ?s ?p ?o }",
            "SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o }",
            "SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o }",
            "SERVICE:x { ?s ?p ?o }",
            "SERVICEex:x { ?s ?p ?o }",
            "?s ?p ?o . SERVICE ?o { ?a ?b ?c }",
            "?s ?p 1SERVICE:x { ?a ?b ?c }",
            "?s ?p 'a'SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c }",
            "?s ?p '#' . # '\n SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }",
            "?s ?p <http://e/#> . SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }",
            "?s ex:a\\#b ?o . SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }",
            '?s ?p "\\u0022" . SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }',
            "?s ?p ?o FILTER (?o <?s) SERVICE<http://127.0.0.1:9/>{ ?a ?b ?c }",
        ],
    )
    def test_service_is_refused_before_it_runs(self, store: Store, clause: str) -> None:
        prefixes = "PREFIX : <http://127.0.0.1:9/> PREFIX ex: <http://127.0.0.1:9/> "
        assert (
            refusal(store, prefixes + f"SELECT * {{ {clause} }}").message.en == "SERVICE is refused: queries open no connection"
        )

    @pytest.mark.parametrize(
        "body",
        [
            "?service ?p 'SERVICE <http://e> { }'",
            "?s ?p ?o # SERVICE <http://127.0.0.1:9/> { }\n",
            "?s service:x ?o",
            "service:a service:b service:c",
            "GRAPH service:g { ?s ?p ?o }",
            "<http://127.0.0.1:9/SERVICE> ?p ?o",
            "?s ?p '''SERVICE <x> {'''",
            "?s ?p 'x'@service",
        ],
    )
    def test_the_word_service_in_names_texts_and_comments_is_no_service(self, store: Store, body: str) -> None:
        assert rows(store, f"PREFIX service: <http://example.org/none/> SELECT * {{ {body} }} LIMIT 0") == []

    @pytest.mark.parametrize(
        "update",
        [
            "LOAD <file:///etc/hostname>",
            "insert data { <a:b> <a:b> <a:b> }",
            "DELETE WHERE { ?s ?p ?o }",
            "CLEAR ALL",
            "DROP ALL",
        ],
    )
    def test_updates_are_refused(self, store: Store, update: str) -> None:
        assert refusal(store, update).message.en == f"{update.split()[0].upper()} is refused: queries only read"

    def test_from_opens_no_file(self, store: Store) -> None:
        assert rows(store, "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }") == []

    def test_quads_stand_in_named_graphs_only(self, store: Store) -> None:
        assert {graph.value for _, _, _, graph in store.quads()} == set(store.graphs())

    def test_there_is_no_blank_node(self, store: Store) -> None:
        assert [quad for quad in store.quads() if any(term.kind == "blank" for term in quad)] == []

    def test_a_dump_is_sorted_and_the_same_each_time(self, store: Store) -> None:
        first, second = io.BytesIO(), io.BytesIO()
        store.dump(first, "nq")
        store.dump(second, "nq")
        lines = first.getvalue().decode().splitlines()
        assert lines == sorted(lines)
        assert len(lines) == len(list(store.quads()))
        assert first.getvalue() == second.getvalue()

    def test_an_unknown_format_is_refused(self, store: Store) -> None:
        with pytest.raises(KgError) as error:
            store.dump(io.BytesIO(), "docx")
        assert error.value.hint.en == "use nq, trig, ttl, jsonld"
