"""Answers as documents in the W3C formats, written by Oxigraph itself and counted while they are written.

Runs in a worker process (`kg.store.worker`) and imports nothing of kg. A document is finished before anybody sees a part of
it: what passes a limit is no document, and a partial answer is never passed off as whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import IO, Any

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, serialize

INLINE = 1 << 18
"""Bytes that go back through the pipe; a longer document stays in the file that the request names."""

_SOLUTIONS = {name: getattr(QueryResultsFormat, name) for name in ("JSON", "XML", "CSV", "TSV")}
_GRAPHS = {name: getattr(RdfFormat, name) for name in ("TURTLE", "N_TRIPLES", "JSON_LD", "RDF_XML")}


class LimitError(Exception):
    """A limit was passed; `args[0]` says which: "rows" or "size"."""


def count_lines(piece: bytes, state: list[Any]) -> int:
    """Rows in a piece of TSV: line ends stand only between rows."""
    return piece.count(b"\n")


def count_csv(piece: bytes, state: list[Any]) -> int:
    """Rows in a piece of CSV: line ends outside quotes; `state` keeps whether a quote is open.

    >>> state = []
    >>> count_csv(b'a,b\\r\\n"1\\r', state), count_csv(b'\\n","2"\\r\\n', state)
    (1, 1)
    """
    opened = bool(state and state[0])
    parts = piece.split(b'"')
    found = sum(part.count(b"\n") for part in parts[opened::2])
    state[:] = [opened ^ (len(parts) % 2 == 0)]
    return found


def count_xml(piece: bytes, state: list[Any]) -> int:
    """Rows in a piece of XML; `state` keeps the end of the last piece, in which a tag may have been cut."""
    whole = (state[0] if state else b"") + piece
    state[:] = [whole[-7:]]
    return whole.count(b"<result>")


def count_json(piece: bytes, state: list[Any]) -> int:
    """Rows in a piece of JSON: "},{" and "[{" outside of texts; `state` keeps what was cut and whether a text is open.

    >>> state = []
    >>> count_json(b'[{"a":{"value":"},{"}},', state) + count_json(b'{"a":{"value":"x"}},{}]', state)
    3
    """
    left, opened = state or (b"", False)
    whole = left + piece
    cut = b"\\" * ((len(whole) - len(whole.rstrip(b"\\"))) % 2)  # half of an escape
    whole = whole[: len(whole) - len(cut)]
    parts = whole.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
    found = sum(part.count(b"},{") + part.count(b"[{") for part in parts[opened::2])
    opened ^= len(parts) % 2 == 0
    kept = cut if opened else parts[-1][-2:]
    state[:] = [kept, opened]
    return found - (0 if opened else kept.count(b"[{"))


_COUNTERS: dict[str, Callable[[bytes, list[Any]], int]] = {
    "JSON": count_json,
    "XML": count_xml,
    "CSV": count_csv,
    "TSV": count_lines,
}


class Sheet:
    """Takes a document as it is written: in memory first, then in a file; ends it at a limit.

    Args:
        path: file for what is longer than INLINE.
        rows, size: the most rows and bytes.
        counter: counts rows in a piece, None where the rows are counted elsewhere.
        head: line ends before the first row, which `counter` takes for rows.
    """

    def __init__(self, path: str, rows: int, size: int, counter: Callable[[bytes, list[Any]], int] | None, head: int) -> None:
        self._path, self._most, self._size, self._counter = path, rows, size, counter
        self._state: list[Any] = []
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None
        self.rows, self.length = -head, 0

    def write(self, data: bytes) -> int:
        """Called by Oxigraph with some kilobytes at a time."""
        piece = bytes(data)
        self.length += len(piece)
        if self._counter:
            self.rows += self._counter(piece, self._state)
        self.check()
        self._parts.append(piece)
        if self._file or self.length > INLINE:
            self._spill()
        return len(piece)

    def check(self) -> None:
        """Raises LimitError once there is too much."""
        if self.rows > self._most:
            raise LimitError("rows")
        if self.length > self._size:
            raise LimitError("size")

    def _spill(self) -> None:
        if self._file is None:
            self._file = open(self._path, "wb")  # noqa: SIM115 - closed in `body`
        self._file.writelines(self._parts)
        self._parts.clear()

    def flush(self) -> None:
        """Oxigraph asks for it."""

    def body(self) -> bytes | None:
        """The document, or None: it is in the file."""
        if self._file is None:
            return b"".join(self._parts)
        self._file.close()
        return None

    def discard(self) -> None:
        """Closes and removes the file."""
        if self._file is not None:
            self._file.close()
            os.unlink(self._path)


def write_answer(result: Any, wanted: dict[str, Any]) -> tuple[str, Any]:
    """Writes the result of a query; ("document", {…}), or ("unacceptable", form) if the client takes no format of that form.

    Args:
        wanted: solutions and graph (names of formats, or None), rows and size (limits), path (file for a long document).
    """
    is_table = isinstance(result, QuerySolutions | QueryBoolean)
    form = "solutions" if is_table else "graph"
    name = wanted[form]
    if name is None:
        return "unacceptable", form
    counted = isinstance(result, QuerySolutions)
    head = 1 if counted and name in {"CSV", "TSV"} else 0
    sheet = Sheet(wanted["path"], wanted["rows"], wanted["size"], _COUNTERS[name] if counted else None, head)

    output: Any = sheet

    def write() -> None:
        if is_table:
            result.serialize(output, format=_SOLUTIONS[name])
        else:
            serialize(_each_once(result, sheet), output, format=_GRAPHS[name])

    return _finished(sheet, write, name)


def write_graph(store: Store, graph: str, wanted: dict[str, Any]) -> tuple[str, Any]:
    """Writes a named graph ("": the union) as a document; ("absent", None) if the store does not hold it."""
    node = NamedNode(graph) if graph else DefaultGraph()
    if graph and not store.contains_named_graph(node):
        return "absent", None
    name = wanted["graph"]
    sheet = Sheet(wanted["path"], wanted["rows"], wanted["size"], None, 0)
    output: Any = sheet
    return _finished(sheet, lambda: store.dump(output, _GRAPHS[name], from_graph=node), name)


def _finished(sheet: Sheet, write: Callable[[], Any], name: str) -> tuple[str, Any]:
    try:
        write()
        body = sheet.body()
        sheet.check()
    except BaseException:
        sheet.discard()
        raise
    return "document", {"format": name, "rows": sheet.rows, "length": sheet.length, "body": body}


def _each_once(triples: Any, sheet: Sheet) -> Iterator[Any]:
    """The triples, counted as they come; CONSTRUCT may give one several times."""
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            sheet.rows += 1
            sheet.check()
            yield triple
