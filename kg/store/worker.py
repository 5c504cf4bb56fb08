"""A process of its own that answers queries, so that one can be stopped: a running Oxigraph query cannot be interrupted.

It is run as a module and imports little, which lets it answer about 50 ms after it was started. Frames in both directions
are marshal objects (see `kg.store.frames`).
Requests are dictionaries: seconds, memory (bytes), query, base, dataset, or graph; with "document" (see
`kg.store.documents`) the answer is one document. Answers are (kind, payload) until kind is "end" or one of REFUSALS.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from kg.store.documents import LimitError, write_answer, write_graph
from kg.store.frames import receive, send

CHUNK = 500  # rows in a frame
REFUSALS = frozenset(["error", "limit", "unacceptable", "absent"])
WireTerm = tuple[str, str, str, str]  # the fields of kg.store.base.Term
Frames = Iterator[tuple[str, Any]]
Dataset = tuple[list[str], list[str]]
"""IRIs of the graphs that make the default graph, and of the named graphs."""


def wire(term: Any) -> WireTerm | None:
    """A term of Oxigraph as a tuple of strings."""
    kind = type(term)
    if kind is NamedNode:
        return term.value, "iri", "", ""
    if kind is Literal:
        return term.value, "literal", term.datatype.value, term.language or ""
    if term is None:
        return None
    if isinstance(term, BlankNode):
        return term.value, "blank", "", ""
    return str(term), "literal", "", ""  # a triple term of RDF 1.2: shown as text


def evaluate(store: Store, query: str, base: str, dataset: Dataset | None, prefixes: dict[str, str] | None = None) -> Any:
    """Oxigraph's result of a query.

    Args:
        dataset: what stands in for the query's own FROM clauses; None leaves them, or the union, as they are.
        prefixes: known without being declared.
    """
    more: dict[str, Any] = {"base_iri": base, "prefixes": prefixes}
    if dataset is None:
        return store.query(query, **more)
    default, named = dataset
    more["named_graphs"] = [NamedNode(iri) for iri in named]
    if len(default) < 2:
        return store.query(query, default_graph=[NamedNode(iri) for iri in default], **more)
    return _merged(store, default, named).query(query, default_graph=DefaultGraph(), **more)


def _merged(store: Store, default: list[str], named: list[str]) -> Store:
    """A copy of some graphs whose default graph holds each triple once: Oxigraph counts it once per FROM."""
    copy = Store()
    for iri in default:
        found = store.quads_for_pattern(None, None, None, NamedNode(iri))
        copy.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in found)
    for iri in named:
        copy.extend(store.quads_for_pattern(None, None, None, NamedNode(iri)))
    return copy


def answer(store: Store, query: str, base: str, dataset: Dataset | None = None) -> Frames:
    """The frames that answer a query; its default graph, unless `dataset` says otherwise, holds the union."""
    result = evaluate(store, query, base, dataset)
    if isinstance(result, QueryBoolean):
        yield "boolean", bool(result)
    elif isinstance(result, QuerySolutions):
        yield "variables", tuple(variable.value for variable in result.variables)
        yield from _chunks(tuple(map(wire, solution)) for solution in result)
    else:
        yield "triples", None
        yield from _chunks((wire(t.subject), wire(t.predicate), wire(t.object)) for t in result)
    yield "end", None


def _chunks(rows: Iterable[Any]) -> Frames:
    rows = iter(rows)
    size = 1  # the first row goes out at once
    while chunk := list(islice(rows, size)):
        yield "rows", chunk
        size = CHUNK


def respond(store: Store, request: dict[str, Any]) -> Frames:
    """The frames that answer one request."""
    wanted: Any = request.get("document")
    if "graph" in request:
        frames = [write_graph(store, request["graph"], wanted)]
    elif wanted:
        asked = (request[name] for name in ("query", "base", "dataset", "prefixes"))
        frames = [write_answer(evaluate(store, *asked), wanted)]
    else:
        yield from answer(store, request["query"], request["base"], request["dataset"])
        return
    yield from frames
    if frames[0][0] not in REFUSALS:
        yield "end", None


def guarded(store: Store, request: dict[str, Any]) -> Frames:
    """The same, errors turned into a last frame."""
    try:
        yield from respond(store, request)
    except LimitError as error:
        yield "limit", str(error)
    except MemoryError:
        yield "limit", "memory"
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        yield "error", str(error)


def together(frames: Frames) -> Iterator[list[tuple[str, Any]]]:
    """The frames as they are to be sent: the head of an answer with its first row, the last rows with the end.

    >>> [len(sent) for sent in together(iter([("variables", ()), ("rows", [1]), ("rows", [2]), ("end", None)]))]
    [2, 2]
    """
    kept: list[tuple[str, Any]] = []
    for frame in frames:
        kept.append(frame)
        if frame[0] == "rows" and (len(kept) > 1 or len(frame[1]) == CHUNK):
            yield kept
            kept = []
    if kept:
        yield kept


def end_after(seconds: float) -> Callable[[], object]:
    """Ends this process after so many seconds, whatever it does then, unless the function that is returned is called."""
    if sys.platform == "win32":
        timer = threading.Timer(seconds, os._exit, [1])
        timer.daemon = True
        timer.start()
        return timer.cancel
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)  # the system does it: no thread is needed
    return partial(signal.setitimer, signal.ITIMER_REAL, 0)


def half_of_memory() -> int:
    """Bytes that a query may take where nobody says so: half of the machine, so that it never takes it all."""
    if sys.platform == "win32":
        return 0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def limit_memory(size: int) -> None:
    """Keeps this process from taking more than `size` bytes, where the system can do that."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def main(folder: str) -> None:
    """Answers requests on standard input until it ends."""
    half = half_of_memory()
    store = Store.read_only(folder)
    while True:
        try:
            request = receive(sys.stdin.buffer)
        except EOFError:
            return
        limit_memory(request.get("memory") or half)
        stay = end_after(request["seconds"] + 1)  # the asker ends this one sooner, if it still lives
        for frames in together(guarded(store, request)):
            send(sys.stdout.buffer, *frames)
        stay()


if __name__ == "__main__":
    main(sys.argv[1])
