"""Writes a table in the W3C result formats, for spreadsheets and for documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import Text, UnsupportedError
from kg.query.table import Row, Stream, Table, Term
from kg.store.dump import nt, turtle
from kg.vocab.terms import XSD

Result = Table | Stream
_AT_ONCE = 1000  # rows that are turned into text at once
_SHEET = 1_048_576  # rows that a sheet may have
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"))
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BOM = b"\xef\xbb\xbf"


def safe_cell(term: Term | None) -> str:
    """The text of a cell; what a spreadsheet would run as a formula gets an apostrophe, numbers do not.

    >>> safe_cell(Term("=1+1")), safe_cell(Term("-5", "literal", "http://www.w3.org/2001/XMLSchema#integer"))
    ("'=1+1", '-5')
    """
    if term is None:
        return ""
    if term.kind == "blank":
        return f"_:{term.value}"
    return f"'{term.value}" if term.datatype not in _NUMBERS and _FORMULA.match(term.value) else term.value


def _csv(table: Result, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results CSV, with formulas made harmless."""

    def lines(rows: Iterable[Sequence[str]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode()

    out.write(lines([table.columns]))
    for rows in _pieces(table.rows):
        out.write(lines([safe_cell(term) for term in row] for row in rows))


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, some at once, so that a result of any size needs little memory."""
    rows = iter(rows)
    while piece := list(islice(rows, _AT_ONCE)):
        yield piece


def _write_lines(out: BinaryIO, rows: Iterable[Row], line: Callable[[Row], str]) -> None:
    for piece in _pieces(rows):
        out.write("".join(f"{line(row)}\n" for row in piece).encode())


def _tsv(table: Result, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    out.write(("\t".join(f"?{name}" for name in table.columns) + "\n").encode())
    _write_lines(out, table.rows, lambda row: "\t".join(nt(term) if term else "" for term in row))


def _json(table: Result, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results JSON, one row a line."""
    if table.form == "ask":
        out.write(json.dumps({"head": {}, "boolean": _boolean(table) == "true"}).encode() + b"\n")
        return
    head = json.dumps({"vars": list(table.columns)}, ensure_ascii=False)
    out.write(f'{{"head": {head}, "results": {{"bindings": ['.encode())
    before = "\n"
    for piece in _pieces(table.rows):
        out.write((before + ",\n".join(_json_row(table.columns, row) for row in piece)).encode())
        before = ",\n"
    out.write(b"\n]}}\n")


def _json_row(columns: Sequence[str], row: Row) -> str:
    return json.dumps({name: _binding(term) for name, term in zip(columns, row, strict=True) if term}, ensure_ascii=False)


def _boolean(table: Result) -> str:
    """The answer to ASK."""
    return next(term.value for row in table.rows for term in row if term)


def _binding(term: Term) -> dict[str, str]:
    kind = {"iri": "uri", "blank": "bnode", "literal": "literal"}[term.kind]
    binding = {"type": kind, "value": term.value}
    if term.lang:
        binding["xml:lang"] = term.lang
    elif term.datatype not in {"", XSD + "string"}:
        binding["datatype"] = term.datatype
    return binding


def _xml(table: Result, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results XML."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n')
    if table.form == "ask":
        out.write(f"<head/>\n<boolean>{_boolean(table)}</boolean>\n".encode())
    else:
        variables = "".join(f"<variable name={quoteattr(name)}/>" for name in table.columns)
        out.write(f"<head>{variables}</head>\n<results>\n".encode())
        _write_lines(out, table.rows, lambda row: f"<result>{_xml_row(table.columns, row)}</result>")
        out.write(b"</results>\n")
    out.write(b"</sparql>\n")


def _xml_row(columns: Sequence[str], row: Row) -> str:
    return "".join(_xml_binding(name, term) for name, term in zip(columns, row, strict=True) if term)


def _xml_binding(name: str, term: Term) -> str:
    value = escape(_NOT_IN_XML.sub("\ufffd", term.value), {"\r": "&#13;"})
    if term.kind == "literal":
        more = f" xml:lang={quoteattr(term.lang)}" if term.lang else ""
        if not term.lang and term.datatype not in {"", XSD + "string"}:
            more = f" datatype={quoteattr(term.datatype)}"
        inner = f"<literal{more}>{value}</literal>"
    else:
        inner = f"<uri>{value}</uri>" if term.kind == "iri" else f"<bnode>{value}</bnode>"
    return f"<binding name={quoteattr(name)}>{inner}</binding>"


def _xlsx(table: Result, out: BinaryIO) -> None:
    """A workbook: numbers as numbers, everything else as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("kg")
    sheet.freeze_panes = "A2"
    header: Row = tuple(Term(name) for name in table.columns)
    try:
        for number, row in enumerate(chain([header], table.rows)):
            if number == _SHEET:
                raise _too_many_rows()
            sheet.append([_cell(WriteOnlyCell(sheet), term) for term in row])
    finally:
        sheet.close()
    book.save(out)


def _cell(cell: Any, term: Term | None) -> Any:
    if term is not None:
        cell.value = _number(term) if term.datatype in _NUMBERS else _NOT_IN_XML.sub("\ufffd", term.value)[:32767]
        if isinstance(cell.value, str):
            cell.data_type = "s"
    return cell


def _too_many_rows() -> UnsupportedError:
    return UnsupportedError(
        Text(f"a sheet holds at most {_SHEET - 1:,} rows", f"一张工作表最多容纳 {_SHEET - 1:,} 行"),
        Text("write csv instead, or ask for fewer rows", "请改写成 csv，或减少行数"),
    )


def _number(term: Term) -> int | float | str:
    """As a number where a spreadsheet holds it exactly (15 digits), else as text."""
    if not re.fullmatch(r"[+-]?[\d.]{1,15}", term.value):
        return term.value
    return float(term.value) if "." in term.value else int(term.value)


def _md(table: Result, out: BinaryIO) -> None:
    """A Markdown table (GitHub's)."""
    out.write(f"{_md_row([*table.columns])}\n{_md_row(['---'] * len(table.columns), escaped=True)}\n".encode())
    _write_lines(out, table.rows, lambda row: _md_row([term.value if term else "" for term in row]))


def _md_row(cells: list[str], escaped: bool = False) -> str:
    return "| " + " | ".join(cells if escaped else [_md_cell(cell) for cell in cells]) + " |"


def _md_cell(text: str) -> str:
    """One line, shown as it is: no pipe ends the cell, no sign starts markup or HTML.

    >>> print(_md_cell("a|b <i>\\nc*"))
    a\\|b &lt;i&gt;<br>c\\*
    """
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", escape(text))
    return re.sub(r"\r\n?|\n", "<br>", text)


def _ttl(table: Result, out: BinaryIO) -> None:
    """The graph that CONSTRUCT or DESCRIBE gives."""
    triples = [(row[0], row[1], row[2]) for row in table.rows if row[0] and row[1] and row[2]]
    out.write(turtle(triples).encode())


_WRITERS: dict[str, Callable[[Result, BinaryIO], None]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "xlsx": _xlsx,
    "md": _md,
    "ttl": _ttl,
}
FORMATS = tuple(_WRITERS)


def write(table: Result, format: str, out: BinaryIO, *, bom: bool = False) -> None:
    """Writes a table as UTF-8; a stream row by row, in little memory whatever its size.

    Args:
        format: csv, tsv, json, xml, xlsx, md; "ttl" for the graph of CONSTRUCT and DESCRIBE.
        bom: begin csv with a byte order mark, by which Excel knows UTF-8.

    Raises:
        UnsupportedError: there is no such format, or Turtle was asked for what is no graph.
    """
    if format not in _WRITERS or (format == "ttl" and table.form != "graph"):
        raise UnsupportedError(
            Text(f"this result cannot be written as {format}", f"此结果不能写成 {format}"),
            Text(f"use {', '.join(FORMATS[:-1])}", f"可用：{'、'.join(FORMATS[:-1])}"),
        )
    if bom and format == "csv":
        out.write(_BOM)
    _WRITERS[format](table, out)
