"""The store on disk: Oxigraph in a folder, read-only, with the union of all graphs as its default graph."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import NamedNode
from pyoxigraph import Store as Oxigraph

from kg.errors import InputError, Text
from kg.store.base import Answer, Solutions, Term, Triples, as_rows
from kg.store.folder import Meta
from kg.store.sparql import refuse_dangerous, shared_dataset
from kg.store.stopped import wrong
from kg.store.worker import Dataset, answer, wire
from kg.store.workers import Ticket, Wanted, Whole, Workers

_TRIES = 5  # a build may remove the database between reading meta.json and opening it


class EmbeddedStore:
    """A store that was built in a folder; it follows the folder: after a build it answers from the new database.

    The default graph holds every triple of the named graphs once, so that counts are right: Oxigraph's own union
    counts a triple once per graph.

    Raises:
        InputError: the folder is missing, is no store, or holds a store of another version.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self._workers = Workers()
        self._guard = threading.RLock()
        self._open()

    def _open(self) -> None:
        for attempt in range(_TRIES):
            self._stamp = self._current_stamp()
            self._meta = Meta.read(self.folder)
            try:
                self._database = self._load(self.folder / self._meta.database)
                break
            except (OSError, RuntimeError) as error:
                if attempt == _TRIES - 1:
                    raise _damaged(self.folder, error) from error
        self._workers.use(self.folder / self._meta.database, self._meta.base)

    @property
    def meta(self) -> Meta:
        """What the folder says of the present build."""
        self._follow()
        return self._meta

    def _load(self, database: Path) -> Oxigraph:
        return Oxigraph.read_only(str(database))

    @property
    def base(self) -> str:
        """Base of the IRIs of the data."""
        return self._meta.base

    def _current_stamp(self) -> tuple[int, int]:
        try:
            status = (self.folder / "meta.json").stat()
        except OSError:
            return (0, 0)
        return status.st_mtime_ns, status.st_ino

    def _follow(self) -> None:
        """Opens the database of a build that ended since."""
        with self._guard:
            if self._current_stamp() != self._stamp:
                self._open()

    def query(self, text: str, timeout: float | None = None) -> Answer:
        """The answer to a query over the union of the named graphs; see `kg.store.base.Store`.

        With a timeout the query runs in a process of its own, and its rows can be read while they come, in any thread.
        """
        refuse_dangerous(text)
        self._follow()
        dataset = shared_dataset(text, self.base)
        if timeout is not None:
            return self._workers.query(text, timeout, dataset)
        try:
            return _whole(answer(self._database, text, self.base, dataset))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise wrong(str(error)) from error

    def document(self, text: str, dataset: Dataset | None, wanted: Wanted, ticket: Ticket) -> Whole | None:
        """The answer to a query as a whole document; None if no format of its form is wanted.

        Args:
            dataset: what stands in for the query's own FROM clauses, if given.

        Raises:
            QueryError: the query is wrong, asks for LOAD or SERVICE, or passed a limit.
        """
        refuse_dangerous(text)
        self._follow()
        return self._workers.document(text, dataset or shared_dataset(text, self.base), wanted, ticket)

    def graph_document(self, iri: str, wanted: Wanted, ticket: Ticket) -> Whole | None:
        """A named graph, or with "" the union, as a document; None if there is no such graph."""
        self._follow()
        return self._workers.graph(iri, wanted, ticket)

    @property
    def database(self) -> Oxigraph:
        """The Oxigraph database as of now, for adapters; its default graph holds the union."""
        self._follow()
        return self._database

    def documents(self) -> int:
        """How many documents the graph was built from."""
        return len(self.meta.documents)

    def state(self) -> str:
        """Names what the graph holds: the database of the present build."""
        return self.meta.database

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self.database.named_graphs()))

    def quads(self) -> Iterator[tuple[Term, Term, Term, Term]]:
        """Every quad of the named graphs; read it in one thread."""
        database = self.database
        for graph in database.named_graphs():
            name = as_term(graph)
            for subject, predicate, value in _triples(database, graph):
                yield subject, predicate, value, name

    def triples(self, graph: str) -> Iterator[tuple[Term, Term, Term]]:
        """The triples of one named graph; read it in one thread."""
        return _triples(self.database, NamedNode(graph))

    def dump(self, out: BinaryIO, format: str) -> None:
        """Writes all graphs in a fixed order; see `kg.store.dump`."""
        from kg.store.dump import write_graphs

        write_graphs(self, out, format)

    def close(self) -> None:
        """Ends the worker processes."""
        self._workers.close()


def _triples(database: Oxigraph, graph: Any) -> Iterator[tuple[Term, Term, Term]]:
    try:
        for quad in database.quads_for_pattern(None, None, None, graph):
            yield as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)
    except (OSError, RuntimeError) as error:
        raise wrong(str(error)) from error


def as_term(node: object) -> Term:
    """A term of Oxigraph as one of ours."""
    fields = wire(node)
    assert fields is not None
    return Term(*fields)  # type: ignore[arg-type]


def _whole(frames: Iterator[tuple[str, object]]) -> Answer:
    """Reads an answer to its end: an Oxigraph result that is read on in another thread aborts the process."""
    kind, head = next(frames)
    if kind == "boolean":
        return bool(head)
    rows = [row for what, chunk in frames if what == "rows" for row in as_rows(chunk)]  # type: ignore[arg-type]
    return Solutions(head, rows) if kind == "variables" else Triples(rows)  # type: ignore[arg-type]


def _damaged(folder: Path, error: Exception) -> InputError:
    return InputError(
        Text(f"the database of {folder} cannot be opened: {error}", f"无法打开 {folder} 的数据库：{error}"),
        Text("build it from its sources again: `kg build --fresh`", "请从来源文件重新构建：`kg build --fresh`"),
    )
