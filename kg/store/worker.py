"""A process of its own that answers queries, so that one can be stopped: a running Oxigraph query cannot be interrupted.

It is run as a script and imports nothing of kg, which lets it answer about 50 ms after it was started. Frames in both
directions are marshal objects: requests (query, base, seconds); answers (kind, payload) until kind is "end" or "error".
"""

from __future__ import annotations

import marshal
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store

CHUNK = 500  # rows in a frame
WireTerm = tuple[str, str, str, str]  # the fields of kg.store.base.Term


def wire(term: Any) -> WireTerm | None:
    """A term of Oxigraph as a tuple of strings."""
    if term is None:
        return None
    if isinstance(term, Literal):
        return term.value, "literal", term.datatype.value, term.language or ""
    if isinstance(term, NamedNode):
        return term.value, "iri", "", ""
    if isinstance(term, BlankNode):
        return term.value, "blank", "", ""
    return str(term), "literal", "", ""  # a triple term of RDF 1.2: shown as text


def answer(store: Store, query: str, base: str) -> Iterator[tuple[str, Any]]:
    """The frames that answer a query over the default graph, which holds the union."""
    result = store.query(query, base_iri=base)
    if isinstance(result, QueryBoolean):
        yield "boolean", bool(result)
    elif isinstance(result, QuerySolutions):
        yield "variables", tuple(variable.value for variable in result.variables)
        yield from _chunks(tuple(map(wire, solution)) for solution in result)
    else:
        yield "triples", None
        yield from _chunks((wire(t.subject), wire(t.predicate), wire(t.object)) for t in result)
    yield "end", None


def _chunks(rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    rows = iter(rows)
    size = 1  # the first row goes out at once
    while chunk := list(islice(rows, size)):
        yield "rows", chunk
        size = CHUNK


def limit_memory() -> None:
    """Keeps a query from taking the memory of the whole machine: half of it, where the system can say so."""
    if sys.platform == "win32":
        return
    import resource

    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    resource.setrlimit(resource.RLIMIT_AS, (half, resource.getrlimit(resource.RLIMIT_AS)[1]))


def main(folder: str) -> None:
    """Answers requests on standard input until it ends."""
    limit_memory()
    store = Store.read_only(folder)
    requests = sys.stdin.buffer
    while True:
        try:
            query, base, seconds = marshal.load(requests)
        except EOFError:
            return
        orphan = threading.Timer(seconds + 1, os._exit, [1])  # the asking process ends this one sooner, if it still lives
        orphan.daemon = True
        orphan.start()
        try:
            for frame in answer(store, query, base):
                _send(frame)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            _send(("error", str(error)))
        orphan.cancel()


def _send(frame: tuple[str, Any]) -> None:
    marshal.dump(frame, sys.stdout.buffer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
