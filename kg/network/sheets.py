"""A network for spreadsheets: csv and xlsx. No cell can run as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kg.network.build import proofs
from kg.network.flat import Value, flat, plain
from kg.network.records import Network

_FORMULA = re.compile(r"^[\s]*[=+\-@]|^[\t\r]")
_EVIDENCE = ("edge", "source", "target", "sentence", "words", "document", "file", "address", "start", "rule", "status")


def _sheets(network: Network) -> dict[str, list[dict[str, Value]]]:
    copy = flat(network)
    labels = {node: data["label"] for node, data in copy.nodes(data=True)}
    edges = [
        {"edge": key, "source": labels[source], "target": labels[target], **data, "sourceIri": source, "targetIri": target}
        for source, target, key, data in copy.edges(keys=True, data=True)
    ]
    nodes = [{**data, "iri": node} for node, data in copy.nodes(data=True)]
    return {"nodes": nodes, "edges": edges, "evidence": list(_evidence(network))}


def _evidence(network: Network) -> Iterator[dict[str, Value]]:
    for number, (source, target, _, proof) in enumerate(proofs(network)):
        ends = (network.nodes[source]["label"], network.nodes[target]["label"])
        for quote in proof.quotes:
            where = (quote.text, quote.exact, quote.title, quote.source, quote.address, quote.start)
            yield plain(dict(zip(_EVIDENCE, (f"e{number}", *ends, *where, proof.rule, proof.status), strict=True)))


def _columns(rows: Sequence[Mapping[str, Value]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def as_csv(network: Network, path: Path) -> dict[Path, bytes]:
    """Edges, and beside them the nodes."""
    sheets = _sheets(network)
    return {
        path: _table(sheets["edges"], ["edge", "source", "target"]),
        path.with_suffix(".nodes.csv"): _table(sheets["nodes"], ["label"]),
    }


def _table(rows: Sequence[Mapping[str, Value]], first: list[str]) -> bytes:
    """A csv as spreadsheets read it: UTF-8 with a byte order mark, formulas made text."""
    out = io.StringIO()
    columns = list(dict.fromkeys([*first, *_columns(rows)]))
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(row.get(column, "")) for column in columns])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would run is shown instead.

    >>> _harmless("=1+1"), _harmless(-1)
    ("'=1+1", -1)
    """
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def as_xlsx(network: Network, path: Path) -> dict[Path, bytes]:
    """Nodes, edges and the sentences of each edge on three sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _sheets(network).items():
        sheet = book.create_sheet(name)
        columns = _columns(rows) or list(_EVIDENCE)
        sheet.append(columns)
        sheet.freeze_panes = "A2"
        for line, row in enumerate(rows, 2):
            for column, heading in enumerate(columns, 1):
                cell = sheet.cell(line, column, row.get(heading))
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # never a formula
    out = io.BytesIO()
    book.save(out)
    return {path: _timeless(out.getvalue())}


def _timeless(data: bytes) -> bytes:
    """The same zip with the moment of writing taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = (
                re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", old.read(name))
                if "core.xml" in name
                else old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
