"""Running a query: prefixes, parameters, forms, labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store as Oxigraph

from kg.errors import QueryError
from kg.query.run import missing_prefixes, run, substitute, term_of
from kg.query.table import Term
from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import Ontology
from kg.vocab.terms import XSD
from tests.store.graph import BRANCH, COURT, HILL, IDS

KIND = "SELECT ?u { VALUES ?kind { UNDEF } ?u coop:unitKind ?kind ; coop:level ?l } ORDER BY ?u"


def test_known_prefixes_may_be_left_out(store: EmbeddedStore) -> None:
    table = run(store, "SELECT ?u { ?u a coop:Branch ; skos:prefLabel ?l } ORDER BY ?u")
    assert table.columns == ("u",)
    assert table.values() == [(IDS.unit(BRANCH),), (IDS.unit(HILL),)]


def test_a_prefix_that_the_query_declares_is_its_own() -> None:
    assert missing_prefixes("prefix coop: <http://e/> SELECT * { ?s coop:a skos:b }") == (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )


def test_a_prefix_in_a_text_or_comment_is_not_declared() -> None:
    assert missing_prefixes("SELECT * { ?s ?p 'coop:x' } # skos:y") == ""


def test_ask_is_a_table_of_one_boolean(store: EmbeddedStore) -> None:
    table = run(store, "ASK { ?s a coop:Branch }")
    assert (table.form, table.columns, table.rows) == ("ask", ("answer",), ((Term("true", "literal", XSD + "boolean"),),))


def test_construct_is_a_table_of_triples_each_once(store: EmbeddedStore) -> None:
    table = run(store, "CONSTRUCT { <http://e/a> a coop:Unit } WHERE { ?s a coop:Unit }", timeout=20)
    assert (table.form, table.columns) == ("graph", ("subject", "predicate", "object"))
    assert len(table.rows) == 1


def test_a_parameter_fills_its_line(store: EmbeddedStore) -> None:
    iri = "https://w3id.org/coop-kg/ontology/unit-kind/court"
    assert run(store, KIND, {"kind": iri}).values() == [(IDS.unit(COURT),)]


def test_an_empty_parameter_leaves_the_line_open(store: EmbeddedStore) -> None:
    assert len(run(store, KIND, {"kind": ""}).rows) == 4


def test_an_unknown_parameter_is_refused_with_the_form_it_needs(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="the query has no parameter level") as error:
        run(store, KIND, {"level": "x"})
    assert error.value.hint.en == "a parameter is a line `VALUES ?level { UNDEF }` in it"


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("清河", Term("清河", "literal", XSD + "string")),
        ("<http://e/甲>", Term("http://e/甲", "iri")),
        ("https://e/甲", Term("https://e/甲", "iri")),
        ("coop:Branch", Term("https://w3id.org/coop-kg/ontology#Branch", "iri")),
        ("note:x", Term("note:x", "literal", XSD + "string")),
        ("2024", Term("2024", "literal", XSD + "integer")),
        ("0.5", Term("0.5", "literal", XSD + "decimal")),
        ("https://e/a b", Term("https://e/a b", "literal", XSD + "string")),
        ("<http://e/> } DROP ALL", Term("<http://e/> } DROP ALL", "literal", XSD + "string")),
    ],
)
def test_a_parameter_becomes_a_term(value: str, term: Term) -> None:
    assert term_of(value) == term


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.text(alphabet="\"'\\{}<>?#\n\r uU0041"))
def test_no_value_can_become_syntax(value: str) -> None:
    text = substitute("SELECT ?x { VALUES ?x { UNDEF } }", {"x": Term(value, "literal", XSD + "string")})
    assert [row["x"].value for row in Oxigraph().query(text)] == [value]  # type: ignore[union-attr,index]


def test_labels_stand_beside_iris(store: EmbeddedStore, ontology: Ontology) -> None:
    query = f"SELECT ?u ?k ?n {{ VALUES ?u {{ <{IDS.unit(COURT)}> }} ?u coop:unitKind ?k ; coop:generic ?n }}"
    table = run(store, query, ontology=ontology, labels=True, lang="en")
    assert table.columns == ("u", "uLabel", "k", "kLabel", "n")
    assert [table.values()[0][place] for place in (1, 3, 4)] == [COURT, "court", "false"]


def test_a_query_with_own_labels_gets_no_second_ones(store: EmbeddedStore) -> None:
    table = run(store, "SELECT ?u ?uLabel { ?u a coop:Branch ; skos:prefLabel ?uLabel }", labels=True)
    assert table.columns == ("u", "uLabel")


def test_terms_of_the_schema_have_labels(store: EmbeddedStore, ontology: Ontology) -> None:
    table = run(store, "SELECT DISTINCT ?c { ?s a ?c FILTER (?c = coop:Cooperation) }", ontology=ontology, labels=True, lang="en")
    assert table.values() == [("https://w3id.org/coop-kg/ontology#Cooperation", "cooperation")]


def test_a_stopped_query_says_so(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"stopped after 0\.2 seconds"):
        run(store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=0.2)
