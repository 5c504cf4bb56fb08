"""Every saved query stands as it is, asks what it says, and answers the fixture as expected."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from tests.ontology.graphs import FOLDER, PROLOGUE, ask, fixture_store

QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((FOLDER / "queries").glob("*.rq"))}
ANSWERS = Path(__file__).with_name("answers")
ASKED_FOR = """
    awards-by-level changes-between-years cooperation-links cross-level cross-region documents evidence mechanism-outcomes
    mechanisms-by-kind most-connected outcomes-by-kind partners-by-kind shared-mechanisms shared-partners units-without-outcomes
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return fixture_store()


@pytest.fixture(scope="module")
def labelled() -> Store:
    """The fixture beside the vocabularies, so that kinds have labels."""
    return fixture_store(*(FOLDER / "vocabulary").glob("*.ttl"))


def filled(name: str, /, **params: str) -> str:
    """A query with parameters put in, as the program does."""
    text = QUERIES[name]
    for param, term in params.items():
        text, count = re.subn(rf"(VALUES \?{param} \{{)[^}}]*\}}", rf"\1 {term} }}", text)
        assert count == 1
    return text


def column(store: Store, text: str, name: str) -> list[str]:
    columns, rows = ask(store, text)
    return [row[columns.index(name)] for row in rows]


def test_the_questions_of_an_analyst_are_there() -> None:
    assert set(ASKED_FOR.split()) - set(QUERIES) == set()


@pytest.mark.parametrize("name", QUERIES)
def test_a_saved_query_answers_the_fixture_as_expected(store: Store, name: str) -> None:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    columns, rows = ask(store, QUERIES[name])
    assert [columns, *rows] == expected


@pytest.mark.parametrize("name", QUERIES)
def test_a_saved_query_has_its_headers_in_both_languages(name: str) -> None:
    headers = [line for line in QUERIES[name].splitlines() if line.startswith("#")]
    assert [re.match(r"# (title|question|param \w+): .*\S \| \S", line) is not None for line in headers] == [True] * len(headers)
    assert [line.split(":")[0] for line in headers[:2]] == ["# title", "# question"]


@pytest.mark.parametrize("name", QUERIES)
def test_each_parameter_has_its_line(name: str) -> None:
    declared = re.findall(r"^# param (\w+): (.*?)\s*— ", QUERIES[name], re.MULTILINE)
    lines = dict(re.findall(r"VALUES \?(\w+) \{ (.*?) \}", QUERIES[name]))
    assert {param: default or "UNDEF" for param, default in declared} == {param: term.strip('"') for param, term in lines.items()}


@pytest.mark.parametrize("name", QUERIES)
def test_no_row_is_lost_for_want_of_a_label(store: Store, name: str) -> None:
    bare = fixture_store()
    bare.update(
        PROLOGUE + "DELETE { ?x ?p ?label } WHERE { ?x ?p ?label VALUES ?p { skos:prefLabel skos:altLabel dcterms:title } }"
    )
    lost = {"shared-mechanisms": 2}  # whose very question is about labels
    assert len(ask(bare, QUERIES[name])[1]) == len(ask(store, QUERIES[name])[1]) - lost.get(name, 0)


@pytest.mark.parametrize("name", QUERIES)
def test_further_labels_add_no_rows(store: Store, name: str) -> None:
    more = fixture_store()
    more.update(PROLOGUE + 'INSERT { ?x skos:prefLabel "x"@zh-Hant, "y", "z"@en } WHERE { ?x a coop:Unit }')
    assert len(ask(more, QUERIES[name])[1]) == len(ask(store, QUERIES[name])[1])


@pytest.mark.parametrize("name", QUERIES)
def test_rows_of_equal_labels_stand_in_a_fixed_order(name: str) -> None:
    text = QUERIES[name]
    order = text[text.rindex("ORDER BY") :]
    group = text[text.rindex("GROUP BY") : text.rindex("ORDER BY")]
    assert set(re.findall(r"\?\w+", group)) - set(re.findall(r"\?\w+", order)) == set()


def test_kinds_have_their_labels_where_the_vocabulary_is_loaded(labelled: Store) -> None:
    assert column(labelled, QUERIES["partners-by-kind"], "kindLabel") == ["中小学校", "企业", "群团组织", "高等院校", "高等院校"]


def test_labels_are_in_the_language_asked_for(labelled: Store) -> None:
    assert column(labelled, filled("most-connected", lang='"en"'), "unitLabel")[0] == "Second Branch, Qingchuan"
    assert column(labelled, filled("partners-by-kind", lang='"en"'), "kindLabel")[0] == "enterprise"
    assert column(labelled, filled("changes-between-years", lang='"en"'), "what")[0] == "cooperation"


@pytest.mark.parametrize("term", ['"青川县妇联"', "<https://example.org/id/unit/women>"])
def test_links_of_one_unit_are_found_by_name_and_by_iri(store: Store, term: str) -> None:
    assert column(store, filled("cooperation-links", name=term), "cooperation") == ["c:c3", "c:c1", "c:c1"]


def test_links_of_one_unit_are_found_by_another_name(store: Store) -> None:
    assert set(column(store, filled("cooperation-links", name='"第二党支部"'), "cooperation")) == {"c:c1", "c:c2"}


def test_links_of_an_unknown_unit_are_none(store: Store) -> None:
    assert ask(store, filled("cooperation-links", name='"无此单位"'))[1] == []


@pytest.mark.parametrize(
    ("name", "param", "term", "shown", "values"),
    [
        ("partners-by-kind", "of_kind", '"university"', "partner", ["u:university", "u:colleges"]),
        ("mechanisms-by-kind", "of_kind", '"platform"', "mechanism", ["m:m2"]),
        ("mechanisms-by-kind", "of_kind", "<https://w3id.org/coop-kg/ontology/mechanism-kind/brand>", "mechanism", ["m:m3"]),
        ("outcomes-by-kind", "of_kind", '"honour"', "outcome", ["o:honour"]),
        ("awards-by-level", "of_level", '"national"', "outcome", ["o:honour"]),
        ("awards-by-level", "of_level", '"county"', "outcome", []),
        ("mechanism-outcomes", "name", '"平台"', "outcome", ["o:talks24"]),
        ("evidence", "name", '"满意率"', "fact", ["o:rate"]),
        ("evidence", "name", "<https://example.org/id/cooperation/c5>", "fact", ["c:c5"]),
        ("unit-profile", "name", '"南浦小学"', "fact", ["c:c5"]),
        ("to-review", "below", "0.55", "fact", ["c:c5"]),
        ("changes-between-years", "to", "2025", "change", ["-1", "-1"]),
    ],
)
def test_a_parameter_narrows_the_answer(store: Store, name: str, param: str, term: str, shown: str, values: list[str]) -> None:
    assert column(store, filled(name, **{param: term}), shown) == values


@pytest.mark.parametrize("bound", ["exactly", "at least", "more than", "nearly", "about"])
def test_a_bound_is_shown_as_a_sign(bound: str) -> None:
    signs = {"exactly": "98%", "at least": "≥98%", "more than": ">98%", "nearly": "<98%", "about": "≈98%"}
    store = fixture_store()
    store.update(
        PROLOGUE + f'DELETE WHERE {{ o:rate coop:quantityBound ?b }}; INSERT DATA {{ o:rate coop:quantityBound "{bound}" }}'
    )
    assert column(store, filled("outcomes-by-kind", of_kind='"rate"'), "figure") == [signs[bound]]
