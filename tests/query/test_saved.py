"""Saved queries and their headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError, QueryError, Text
from kg.query.run import run
from kg.query.saved import Param, SavedQuery, read_saved, saved_queries, saved_query
from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import Ontology
from tests.store.graph import ONTOLOGY

HEADER = "# title: 某类伙伴 | Partners of a kind\n# question: 有哪些？ | Which are there?\n"
GOOD = (
    HEADER + "# param kind: court — 类别 | kind\n# param name: — 名称 | name\nSELECT ?u { ?u a ?kind }\n# param x: in the text\n"
)


def saved(folder: Path, text: str, name: str = "partners") -> SavedQuery:
    path = folder / f"{name}.rq"
    path.write_text(text, encoding="utf-8")
    return read_saved(path)


def test_a_header_gives_title_question_and_parameters(tmp_path: Path) -> None:
    query = saved(tmp_path, GOOD)
    assert (query.name, query.title, query.question) == (
        "partners",
        Text("Partners of a kind", "某类伙伴"),
        Text("Which are there?", "有哪些？"),
    )
    assert query.params == (Param("kind", "court", Text("kind", "类别")), Param("name", "", Text("name", "名称")))
    assert query.text == GOOD


def test_given_parameters_win_over_defaults(tmp_path: Path) -> None:
    query = saved(tmp_path, GOOD)
    assert query.filled({}) == {"kind": "court"}
    assert query.filled({"kind": "bank", "name": "甲"}) == {"kind": "bank", "name": "甲"}


def test_a_parameter_that_a_query_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as error:
        saved(tmp_path, GOOD).filled({"year": "2024"})
    assert error.value.message.en == "the query partners has no parameter year"
    assert error.value.hint.en == "its parameters: kind, name"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT * {}", 1),
        ("# title: 甲 | a\nSELECT * {}", 1),
        ("# title: only one\n# question: 甲 | a\n", 1),
        (HEADER + "# param kind: no dash\n", 3),
        (HEADER + "# param two words: x — 甲 | a\n", 3),
        (HEADER + "# param kind: x — 甲\n", 3),
    ],
)
def test_a_broken_header_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=rf"partners\.rq, line {line}: the header must read"):
        saved(tmp_path, text)


def test_queries_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        saved(tmp_path, GOOD, name)
    assert [query.name for query in saved_queries(tmp_path)] == ["a", "b", "c"]


def test_an_unknown_query_is_answered_with_the_nearest(tmp_path: Path) -> None:
    saved(tmp_path, GOOD)
    with pytest.raises(QueryError) as error:
        saved_query(tmp_path, "partner")
    assert (error.value.message.en, error.value.hint.en) == ("there is no saved query 'partner'", "there are: partners")


@pytest.mark.parametrize("query", saved_queries(ONTOLOGY), ids=lambda query: query.name)
def test_every_query_that_ships_runs_with_each_of_its_parameters(
    store: EmbeddedStore, ontology: Ontology, query: SavedQuery
) -> None:
    columns = run(store, query.text, query.filled({}), ontology=ontology).columns
    for param in query.params:
        assert run(store, query.text, query.filled({param.name: "甲"}), ontology=ontology).columns == columns
