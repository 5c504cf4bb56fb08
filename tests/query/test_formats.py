"""Result formats."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Literal

import pytest
from openpyxl import load_workbook
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import UnsupportedError
from kg.query.formats import write
from kg.query.table import Stream, Table, Term
from kg.vocab.terms import XSD

TEXT = XSD + "string"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "－1"]
TABLE = Table(
    ("name", "n", "iri"),
    (
        (Term("甲|“乙”\n<b>", "literal", TEXT), Term("-5", "literal", XSD + "integer"), Term("http://e/甲", "iri")),
        (Term("丙", "literal", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "zh"), None, Term("b0", "blank")),
    ),
)
ASK = Table(("answer",), ((Term("true", "literal", XSD + "boolean"),),), "ask")


def written(table: Table, form: str, bom: bool = False) -> bytes:
    out = io.BytesIO()
    write(table, form, out, bom=bom)
    return out.getvalue()


def texts(values: list[str]) -> Table:
    return Table(("x",), tuple((Term(value, "literal", TEXT),) for value in values))


@pytest.mark.parametrize(
    ("form", "known"), [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML), ("tsv", QueryResultsFormat.TSV)]
)
def test_w3c_formats_are_read_by_another_program(form: str, known: QueryResultsFormat) -> None:
    found = parse_query_results(written(TABLE, form), format=known)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == ["name", "n", "iri"]
    rows = [[term and term.value for term in solution] for solution in found]
    assert rows == [["甲|“乙”\n<b>", "-5", "http://e/甲"], ["丙", None, "b0"]]


@pytest.mark.parametrize(("form", "known"), [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)])
def test_ask_in_w3c_formats(form: str, known: QueryResultsFormat) -> None:
    found = parse_query_results(written(ASK, form), format=known)
    assert isinstance(found, QueryBoolean)
    assert bool(found)


def test_json_names_language_and_datatype() -> None:
    first, second = json.loads(written(TABLE, "json"))["results"]["bindings"]
    assert first["n"] == {"type": "literal", "value": "-5", "datatype": XSD + "integer"}
    assert second == {"name": {"type": "literal", "value": "丙", "xml:lang": "zh"}, "iri": {"type": "bnode", "value": "b0"}}


def test_xml_holds_no_sign_that_xml_forbids() -> None:
    root = ET.fromstring(written(texts(["a\x00\x0bb\ufffe", "c\rd"]), "xml"))
    assert [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "a\ufffd\ufffdb\ufffd",
        "c\rd",
    ]


def test_csv_has_a_header_and_crlf() -> None:
    assert written(TABLE, "csv").decode() == 'name,n,iri\r\n"甲|“乙”\n<b>",-5,http://e/甲\r\n丙,,_:b0\r\n'


def test_csv_begins_with_a_bom_on_request() -> None:
    assert written(TABLE, "csv", bom=True)[:7] == b"\xef\xbb\xbfname"


def test_a_blank_node_is_known_as_one_in_csv() -> None:
    assert written(TABLE, "csv").decode().splitlines()[-1].endswith(",_:b0")


def test_formulas_are_made_harmless_in_csv() -> None:
    cells = [row[0] for row in csv.reader(io.StringIO(written(texts(FORMULAS), "csv").decode(), newline=""))][1:]
    assert cells == [f"'{value}" for value in FORMULAS]


def test_a_negative_number_stays_a_number_in_csv() -> None:
    assert "\r\n-5\r\n" in written(Table(("n",), ((Term("-5", "literal", XSD + "decimal"),),)), "csv").decode()


def test_a_workbook_holds_texts_and_numbers_but_no_formula() -> None:
    values = [*FORMULAS, "甲\x01"]
    sheet = load_workbook(io.BytesIO(written(texts(values), "xlsx"))).active
    assert sheet is not None
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [*FORMULAS, "甲\ufffd"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_numbers_of_a_workbook_are_numbers_where_they_fit() -> None:
    numbers = [("15000", "integer"), ("2.5", "decimal"), ("12345678901234567890", "integer")]
    table = Table(("n",), tuple((Term(value, "literal", XSD + kind),) for value, kind in numbers))
    sheet = load_workbook(io.BytesIO(written(table, "xlsx"))).active
    assert sheet is not None
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == [15000, 2.5, "12345678901234567890"]


def test_a_column_name_is_no_formula_either() -> None:
    sheet = load_workbook(io.BytesIO(written(Table(("=x",), ()), "xlsx"))).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=x", "s")


def test_markdown_escapes_pipes_markup_and_lines() -> None:
    assert written(TABLE, "md").decode().splitlines() == [
        "| name | n | iri |",
        "| --- | --- | --- |",
        "| 甲\\|“乙”<br>&lt;b&gt; | -5 | http://e/甲 |",
        "| 丙 |  | b0 |",
    ]


def test_a_graph_is_written_as_turtle() -> None:
    iri = Term("http://e/甲", "iri")
    table = Table(("subject", "predicate", "object"), ((iri, iri, Term("x", "literal", TEXT)),), "graph")
    assert written(table, "ttl").decode() == '<http://e/甲> <http://e/甲> "x" .\n'


@pytest.mark.parametrize(("form", "table"), [("ttl", TABLE), ("docx", TABLE)])
def test_what_cannot_be_written_is_refused(form: Literal["ttl", "docx"], table: Table) -> None:
    with pytest.raises(UnsupportedError) as error:
        written(table, form)
    assert error.value.hint.en == "use csv, tsv, json, xml, xlsx, md"


class Counted:
    """Rows that are made when they are asked for; knows how many were."""

    def __init__(self, count: int) -> None:
        self.left, self.made = count, 0

    def __iter__(self) -> Iterator[tuple[Term]]:
        while self.left > self.made:
            self.made += 1
            yield (Term(str(self.made), "literal", TEXT),)


class Watching(io.BytesIO):
    """Notes how many rows were made when the first and the last bytes were written."""

    def __init__(self, rows: Counted) -> None:
        super().__init__()
        self.rows, self.seen = rows, []

    def write(self, data: object) -> int:
        self.seen.append(self.rows.made)
        return super().write(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md"])
def test_a_stream_is_written_while_it_is_read(form: str) -> None:
    rows = Counted(5000)
    out = Watching(rows)
    write(Stream(("x",), rows), form, out)
    assert [out.seen[0], out.seen[-1]] == [0, 5000]
    assert {1000, 2000, 3000, 4000} < set(out.seen)
    table = Table(("x",), tuple(Counted(5000)))
    assert out.getvalue() == written(table, form)


def test_a_sheet_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.formats._SHEET", 3)
    written(texts(["a", "b"]), "xlsx")
    with pytest.raises(UnsupportedError, match="a sheet holds at most 2 rows"):
        written(texts(["a", "b", "c"]), "xlsx")
