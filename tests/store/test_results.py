"""Reading what services answer, piece by piece, whatever the pieces are."""

from __future__ import annotations

import json

import pytest

from kg.store.base import Solutions, Term
from kg.store.http import Lost
from kg.store.results import read_results, read_triples
from kg.vocab.terms import RDF, XSD

ROW = {
    "x": {"type": "uri", "value": "http://e/甲"},
    "bindings": {"type": "literal", "value": 'a"]}}{', "xml:lang": "zh"},
    "n": {"type": "typed-literal", "value": "1.50", "datatype": XSD + "decimal"},
}
ANSWER = {"head": {"vars": ["x", "bindings", "n", "no"]}, "results": {"distinct": False, "bindings": [ROW, {}, ROW]}}
READ = (
    Term("http://e/甲", "iri"),
    Term('a"]}}{', "literal", RDF + "langString", "zh"),
    Term("1.50", "literal", XSD + "decimal"),
    None,
)


def pieces(size: int, text: str) -> list[bytes]:
    data = text.encode()
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("indent", [None, 2])
def test_rows_are_read_from_pieces_of_any_size(size: int, indent: int | None) -> None:
    answer = read_results(pieces(size, json.dumps(ANSWER, ensure_ascii=False, indent=indent)))
    assert isinstance(answer, Solutions)
    assert answer.variables == ("x", "bindings", "n", "no")
    assert list(answer.rows) == [READ, (None,) * 4, READ]


@pytest.mark.parametrize("text", ['{"head": {}, "boolean": true}', '{"boolean":true}\n'])
def test_ask_is_a_boolean(text: str) -> None:
    assert read_results(pieces(3, text)) is True


@pytest.mark.parametrize("end", range(60, 400, 7))
def test_an_answer_that_ends_too_early_is_no_answer(end: int) -> None:
    text = json.dumps(ANSWER)
    assert end < len(text)
    with pytest.raises(Lost):
        answer = read_results(pieces(50, text[:end]))
        assert isinstance(answer, Solutions)
        list(answer.rows)


def test_what_is_no_answer_is_none() -> None:
    with pytest.raises(Lost):
        read_results([b"<html>welcome</html>"])


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_triples_are_read_by_lines(size: int) -> None:
    text = '<http://e/a> <http://e/b> "x\\ny"@zh .\n<http://e/甲> <http://e/b> "1"^^<http://e/t> .'
    assert list(read_triples(pieces(size, text)).triples) == [
        (Term("http://e/a", "iri"), Term("http://e/b", "iri"), Term("x\ny", "literal", RDF + "langString", "zh")),
        (Term("http://e/甲", "iri"), Term("http://e/b", "iri"), Term("1", "literal", "http://e/t")),
    ]
