"""A network as files for other tools: GraphML, GEXF, csv, xlsx. Same network, same bytes.

Their readers know only text and numbers, so by rule: None is left out, several values are joined by "; ", characters
that XML and spreadsheets do not allow are dropped, and no cell can run as a formula.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import Text, UnsupportedError
from kg.network.build import proofs
from kg.network.measures import Measures, measure
from kg.network.records import Network, Proof
from kg.network.writing import write_whole, xml_text

Value = str | int | float | bool

_FORMULA = re.compile(r"^[\s]*[=+\-@]|^[\t\r]")
_EVIDENCE = ("edge", "source", "target", "sentence", "words", "document", "file", "address", "start", "rule", "status")


def export(network: Network, path: Path) -> tuple[Path, ...]:
    """Write the network in the format that the ending of `path` names; returns the files written.

    A csv holds the edges; the nodes go to a second file beside it (links.csv → links.nodes.csv).

    Raises:
        UnsupportedError: another ending. InputError: the place cannot be written.
    """
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        known = " ".join(sorted(_FORMATS))
        raise UnsupportedError(
            Text(f"A network cannot be written as {path.suffix or path.name}", f"网络不能写成 {path.suffix or path.name} 格式"),
            Text(f"use one of {known}", f"可用的格式：{known}"),
        )
    files = make(network, path)
    for place, data in files.items():
        write_whole(place, data)
    return tuple(files)


def flat(network: Network) -> Network:
    """A copy that holds plain values only, with measures on the nodes and one edge a proof."""
    import networkx

    measures = measure(network)
    copy: Network = networkx.MultiDiGraph()
    for node in sorted(network.nodes):
        copy.add_node(xml_text(node), **_node(network.nodes[node], measures[node]))
    for number, (source, target, _, proof) in enumerate(proofs(network)):
        copy.add_edge(xml_text(source), xml_text(target), key=f"e{number}", **_edge(proof))
    return copy


def _plain(values: Mapping[str, object]) -> dict[str, Value]:
    plain: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, str):
            plain[name] = xml_text(value)
        elif isinstance(value, int | float):
            plain[name] = value
        elif value is not None:
            plain[name] = xml_text("; ".join(str(part) for part in value))  # type: ignore[attr-defined]
    return plain


def _node(data: Mapping[str, object], measures: Measures) -> dict[str, Value]:
    names = ("label", "aliases", "kind", "level", "generic", "parent")
    numbers = ("degree", "strength", "betweenness", "community")
    return _plain({name: data.get(name) for name in names} | {name: getattr(measures, name) for name in numbers})


def _edge(proof: Proof) -> dict[str, Value]:
    return _plain(
        {
            "iri": proof.iri,
            "label": proof.label,
            "relation": proof.kind,
            "year": proof.year,
            "mechanisms": [through.label for through in proof.mechanisms],
            "outcomes": proof.outcomes,
            "sentences": [quote.text for quote in proof.quotes],
            "documents": dict.fromkeys(quote.title or quote.source for quote in proof.quotes),
            "status": proof.status,
            "confidence": proof.confidence,
        }
    )


def _graphml(network: Network, path: Path) -> dict[Path, bytes]:
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(flat(network), out, named_key_ids=True)
    return {path: out.getvalue()}


def _gexf(network: Network, path: Path) -> dict[Path, bytes]:
    import networkx

    out = io.BytesIO()
    copy = flat(network)
    for _, _, data in copy.edges(data=True):
        data["weight"] = 1.0
    networkx.write_gexf(copy, out, version="1.2draft")
    return {path: re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())}


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
            yield _plain(dict(zip(_EVIDENCE, (f"e{number}", *ends, *where, proof.rule, proof.status), strict=True)))


def _columns(rows: Sequence[Mapping[str, Value]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _csv(network: Network, path: Path) -> dict[Path, bytes]:
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


def _xlsx(network: Network, path: Path) -> dict[Path, bytes]:
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


_FORMATS: dict[str, Callable[[Network, Path], dict[Path, bytes]]] = {
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _csv,
    ".xlsx": _xlsx,
}
