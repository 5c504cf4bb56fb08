"""Writes a table in the W3C result formats, for spreadsheets and for documents."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import Text, UnsupportedError
from kg.query.table import Table, Term
from kg.store.dump import nt, turtle
from kg.vocab.terms import XSD

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


def _csv(table: Table, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results CSV, with formulas made harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([safe_cell(term) for term in row] for row in table.rows)
    out.write(text.getvalue().encode())


def _tsv(table: Table, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join(nt(term) if term else "" for term in row) for row in table.rows]
    out.write(("\n".join(lines) + "\n").encode())


def _json(table: Table, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results JSON."""
    if table.form == "ask":
        content: dict[str, object] = {"head": {}, "boolean": table.values() == [("true",)]}
    else:
        bindings = [{name: _binding(term) for name, term in zip(table.columns, row, strict=True) if term} for row in table.rows]
        content = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    out.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def _binding(term: Term) -> dict[str, str]:
    kind = {"iri": "uri", "blank": "bnode", "literal": "literal"}[term.kind]
    binding = {"type": kind, "value": term.value}
    if term.lang:
        binding["xml:lang"] = term.lang
    elif term.datatype not in {"", XSD + "string"}:
        binding["datatype"] = term.datatype
    return binding


def _xml(table: Table, out: BinaryIO) -> None:
    """SPARQL 1.1 Query Results XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if table.form == "ask":
        lines += ["<head/>", f"<boolean>{table.values()[0][0]}</boolean>"]
    else:
        lines += ["<head>", *(f"<variable name={quoteattr(name)}/>" for name in table.columns), "</head>", "<results>"]
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            lines.append("<result>" + "".join(_xml_binding(name, term) for name, term in cells if term) + "</result>")
        lines.append("</results>")
    out.write("\n".join([*lines, "</sparql>", ""]).encode())


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


def _xlsx(table: Table, out: BinaryIO) -> None:
    """A workbook: numbers as numbers, everything else as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("kg")
    sheet.freeze_panes = "A2"
    for row in [tuple(Term(name) for name in table.columns), *table.rows]:
        cells = []
        for term in row:
            cell = WriteOnlyCell(sheet)
            if term is not None:
                cell.value = _number(term) if term.datatype in _NUMBERS else _NOT_IN_XML.sub("\ufffd", term.value)[:32767]
                if isinstance(cell.value, str):
                    cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(out)


def _number(term: Term) -> int | float | str:
    """As a number where a spreadsheet holds it exactly (15 digits), else as text."""
    if not re.fullmatch(r"[+-]?[\d.]{1,15}", term.value):
        return term.value
    return float(term.value) if "." in term.value else int(term.value)


def _md(table: Table, out: BinaryIO) -> None:
    """A Markdown table (GitHub's)."""
    lines = [_md_row([*table.columns]), _md_row(["---"] * len(table.columns), escaped=True)]
    lines += [_md_row([term.value if term else "" for term in row]) for row in table.rows]
    out.write(("\n".join(lines) + "\n").encode())


def _md_row(cells: list[str], escaped: bool = False) -> str:
    return "| " + " | ".join(cells if escaped else [_md_cell(cell) for cell in cells]) + " |"


def _md_cell(text: str) -> str:
    """One line, shown as it is: no pipe ends the cell, no sign starts markup or HTML.

    >>> print(_md_cell("a|b <i>\\nc*"))
    a\\|b &lt;i&gt;<br>c\\*
    """
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", escape(text))
    return re.sub(r"\r\n?|\n", "<br>", text)


def _ttl(table: Table, out: BinaryIO) -> None:
    """The graph that CONSTRUCT or DESCRIBE gives."""
    triples = [(row[0], row[1], row[2]) for row in table.rows if row[0] and row[1] and row[2]]
    out.write(turtle(triples).encode())


_WRITERS: dict[str, Callable[[Table, BinaryIO], None]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "xlsx": _xlsx,
    "md": _md,
    "ttl": _ttl,
}
FORMATS = tuple(_WRITERS)


def write(table: Table, format: str, out: BinaryIO, *, bom: bool = False) -> None:
    """Writes a table as UTF-8.

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
