"""Help with mistakes: line, column, cause, and what was probably meant."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query.help import correct_signs, near_terms
from kg.query.run import run
from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import Ontology


def mistake(store: EmbeddedStore, ontology: Ontology, text: str) -> QueryError:
    with pytest.raises(QueryError) as error:
        run(store, text, ontology=ontology, timeout=20)
    return error.value


@pytest.mark.parametrize(
    ("text", "place", "sign", "corrected"),
    [
        ("SELECT ？s { ?s ?p ?o }", "line 1, column 8", "？", "SELECT ?s { ?s ?p ?o }"),
        ("SELECT * {\n ?s skos:prefLabel “检察院” }", "line 2, column 20", "“", 'SELECT * {\n ?s skos:prefLabel "检察院" }'),
        ("SELECT * { ?s a coop:Unit ； ?p ?o }", "line 1, column 27", "；", "SELECT * { ?s a coop:Unit ; ?p ?o }"),
        ("SELECT （COUNT(*) AS ?n） { ?s ?p ?o }", "line 1, column 8", "（", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("SELECT * { ?s a coop：Unit }", "line 1, column 21", "：", "SELECT * { ?s a coop:Unit }"),
        ("SELECT * { ?s ?p 'a'，'b' }", "line 1, column 21", "，", "SELECT * { ?s ?p 'a','b' }"),
        ("ＳＥＬＥＣＴ * { ?s ?p ?o }", "line 1, column 1", "Ｓ", "SELECT * { ?s ?p ?o }"),
        ("SELECT * {　?s ?p ?o }", "line 1, column 11", "\u3000", "SELECT * { ?s ?p ?o }"),
        ("SELECT * { ?s ?p ?o FILTER(?o ＞ 3) }", "line 1, column 31", "＞", "SELECT * { ?s ?p ?o FILTER(?o > 3) }"),
        ("SELECT * { ?s ?p ‘甲；乙’ }", "line 1, column 18", "‘", "SELECT * { ?s ?p '甲；乙' }"),
    ],
)
def test_a_full_width_sign_is_named_and_the_corrected_query_offered(
    store: EmbeddedStore, ontology: Ontology, text: str, place: str, sign: str, corrected: str
) -> None:
    error = mistake(store, ontology, text)
    assert error.message.en.startswith(f"{place}: “{sign}” is a full-width sign")
    assert error.hint.en == f"corrected query:\n{corrected}"


def test_a_full_width_sign_is_told_in_chinese(store: EmbeddedStore, ontology: Ontology) -> None:
    error = mistake(store, ontology, "SELECT ？s { ?s ?p ?o }")
    assert error.message.zh == "第 1 行第 8 列：“？”是全角符号，SPARQL 须用半角 ?"


def test_what_is_wrong_besides_is_admitted(store: EmbeddedStore, ontology: Ontology) -> None:
    assert mistake(store, ontology, "SELECT ？s { ?s ?p").hint.en.startswith("corrected query (something else is wrong too):")


def test_full_width_signs_in_texts_comments_and_iris_are_no_mistake(store: EmbeddedStore, ontology: Ontology) -> None:
    query = "SELECT * { ?s ?p '“甲”，（乙）' . <http://e/“甲”> ?p ?o } # ？；"
    assert run(store, query, ontology=ontology).rows == ()


def test_signs_in_texts_are_not_corrected() -> None:
    assert correct_signs("？s '？' # ？\n<http://e/？> ？t") == "?s '？' # ？\n<http://e/？> ?t"


def test_a_full_width_service_is_not_run_to_see_whether_it_can_be_read(store: EmbeddedStore, ontology: Ontology) -> None:
    error = mistake(store, ontology, "SELECT * { ＳＥＲＶＩＣＥ <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert "something else is wrong too" in error.hint.en


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("SELECT * { ?s a cop:Branch }", "line 1, column 17: unknown prefix cop:", "did you mean coop:Branch?"),
        (
            "SELECT * { ?s a zzz:x }",
            "line 1, column 17: unknown prefix zzz:",
            "known prefixes: coop, dcterms, oa, org, owl, prov, rdf, rdfs, schema, sh, skos, xsd; or declare it with PREFIX",
        ),
        ("SELEC * { ?s ?p ?o }", "line 1, column 1: “SELEC” is no word of SPARQL", "did you mean SELECT?"),
        ("SELECT * { ?s ?p 甲 }", "line 1, column 18: “甲” is no word of SPARQL", 'a text is written "甲", a variable ?甲'),
        ("SELECT * { { ?s ?p ?o }", "line 1, column 24: } is missing", "add } there"),
        (
            "SELECT ?s (COUNT(?p) AS ?n) { ?s ?p ?o }",
            "a variable after SELECT is neither grouped nor counted",
            "name it in GROUP BY, or put it into COUNT(…) or SAMPLE(…)",
        ),
        ("", "the query is empty", "write SELECT …, ASK …, or CONSTRUCT …"),
        (
            "SELECT * {\n  ?s ?p ?o ?x }",
            "line 2, column 12: “?x” is not expected here",
            "a dot is missing before it: a triple has three parts",
        ),
        (
            "SELECT * { ?s skos:prefLabel }",
            "line 1, column 30: “}” is not expected here",
            "the triple before it is too short: it has three parts",
        ),
        (
            "SELECT * { ?s a coop:Unit ; coop:level/skos:broader* ?l , ?m FILTER (?l = ?m }",
            "line 1, column 78: ) is missing",
            "add ) there",
        ),
    ],
)
def test_a_mistake_is_explained(store: EmbeddedStore, ontology: Ontology, text: str, message: str, hint: str) -> None:
    error = mistake(store, ontology, text)
    assert (error.message.en, error.hint.en) == (message, hint)


def test_places_count_without_the_prefixes_that_were_added(store: EmbeddedStore, ontology: Ontology) -> None:
    error = mistake(store, ontology, "SELECT * { ?s a coop:Unit ?x ?y ?z }")
    assert error.message.en == "line 1, column 27: “?x” is not expected here"


def test_an_unknown_term_is_named_with_the_nearest(store: EmbeddedStore, ontology: Ontology) -> None:
    error = mistake(store, ontology, "SELECT * {\n ?s coop:partisipant ?o }")
    assert error.message.en == "line 2, column 5: there is no term coop:partisipant"
    assert error.hint.en.startswith("nearest: coop:participant（")


def test_an_unknown_term_in_chinese_is_found_by_its_label(ontology: Ontology) -> None:
    label = ontology.schema["https://w3id.org/coop-kg/ontology#Cooperation"].labels["zh"]
    assert near_terms(label, ontology)[0] == f"coop:Cooperation（{label}）"


def test_a_term_that_only_the_data_have_is_known(store: EmbeddedStore, ontology: Ontology) -> None:
    assert run(store, "SELECT * { ?s a coop:Unit ; coop:generic ?g } LIMIT 1", ontology=ontology).columns == ("s", "g")
