"""Answers as documents: rows are counted right in every format, however the text is cut, and limits hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, Store

from kg.store import documents
from kg.store.documents import LimitError, write_answer, write_graph

WORDS = st.lists(st.text(alphabet="a\"\\{}[],:<>\n\r\t'é甲", max_size=12), max_size=6)
FORMATS = ("JSON", "XML", "CSV", "TSV")
ALL = "SELECT ?s ?o ?nothing { ?s <http://e/p> ?o }"


def filled(words: list[str]) -> Store:
    store = Store()
    for place, word in enumerate(words):
        store.add(Quad(NamedNode(f"http://e/{place}"), NamedNode("http://e/p"), Literal(word)))
        store.add(Quad(BlankNode(), NamedNode("http://e/p"), Literal(word, language="zh")))
    return store


def wanted(path: Path, **more: object) -> dict[str, object]:
    return {"solutions": "JSON", "graph": "N_TRIPLES", "rows": 1000, "size": 1 << 30, "path": str(path / "a"), **more}


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(words=WORDS, size=st.integers(1, 40))
def test_rows_are_counted_however_the_text_is_cut(form: str, words: list[str], size: int) -> None:
    text = filled(words).query(ALL).serialize(format=getattr(QueryResultsFormat, form))
    assert text is not None
    state: list[object] = []
    counter = documents._COUNTERS[form]
    found = sum(counter(text[start : start + size], state) for start in range(0, len(text), size))
    assert found - (form in {"CSV", "TSV"}) == 2 * len(words)


@pytest.mark.parametrize("form", FORMATS)
def test_as_many_rows_as_allowed_are_given_one_more_is_an_error(form: str, tmp_path: Path) -> None:
    store = filled(["a", "b"])
    kind, found = write_answer(store.query(ALL), wanted(tmp_path, solutions=form, rows=4))
    assert (kind, found["rows"]) == ("document", 4)
    with pytest.raises(LimitError, match="rows"):
        write_answer(store.query(ALL), wanted(tmp_path, solutions=form, rows=3))


def test_a_long_document_goes_to_a_file_a_refused_one_leaves_none(tmp_path: Path) -> None:
    store = filled(["x" * 1000] * 300)
    kind, found = write_answer(store.query(ALL), wanted(tmp_path))
    assert (kind, found["body"], (tmp_path / "a").stat().st_size) == ("document", None, found["length"])
    (tmp_path / "a").unlink()
    with pytest.raises(LimitError, match="size"):
        write_answer(store.query(ALL), wanted(tmp_path, size=300_000))
    assert list(tmp_path.iterdir()) == []


def test_the_truth_value_of_ask_is_no_row(tmp_path: Path) -> None:
    kind, found = write_answer(filled(["a"]).query("ASK { ?s ?p ?o }"), wanted(tmp_path, rows=0))
    assert (kind, found["rows"], found["body"]) == ("document", 0, b'{"head":{},"boolean":true}')


def test_triples_are_given_once(tmp_path: Path) -> None:
    result = filled(["a", "b"]).query("CONSTRUCT { <http://e/x> <http://e/y> <http://e/z> } { ?s ?p ?o }")
    assert write_answer(result, wanted(tmp_path))[1]["body"] == b"<http://e/x> <http://e/y> <http://e/z> .\n"


def test_a_form_that_nobody_wants_is_said(tmp_path: Path) -> None:
    assert write_answer(filled(["a"]).query(ALL), wanted(tmp_path, solutions=None)) == ("unacceptable", "solutions")


def test_a_graph_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert write_graph(filled(["a"]), "urn:none", wanted(tmp_path)) == ("absent", None)
    assert write_graph(filled(["a"]), "", wanted(tmp_path))[1]["body"].count(b"\n") == 2
