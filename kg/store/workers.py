"""A pool of worker processes that answer queries under limits; one that passes a limit is ended and replaced."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.store.base import Answer, Solutions, Triples, as_rows
from kg.store.process import Frame, Process
from kg.store.stopped import stopped, wrong
from kg.store.worker import Dataset
from kg.vocab.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an answer as a document is to be.

    Attributes:
        solutions: format of the answer to SELECT and ASK (JSON, XML, CSV, TSV), None if that is not wanted.
        graph: format of triples (TURTLE, N_TRIPLES, JSON_LD, RDF_XML), None likewise.
        rows, size: the most rows and bytes; more is no answer.
        memory: bytes that its process may have.
        seconds: until it is stopped.
    """

    solutions: str | None
    graph: str | None
    rows: int
    size: int
    memory: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer as a document: in `body`, or if that is None in the file `path`, which is the caller's to remove."""

    format: str
    length: int
    body: bytes | None
    path: Path


class Ticket:
    """Lets whoever asked give up: `leave` ends the query at once, wherever it is."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._process: Process | None = None
        self._left = False

    def hold(self, process: Process | None) -> None:
        """Says which process answers now.

        Raises:
            StoppedError: the asker has left already.
        """
        with self._guard:
            self._process = process
            if process and self._left:
                raise stopped("left")

    def leave(self) -> None:
        """Stops the query."""
        with self._guard:
            self._left = True
            if self._process:
                self._process.stop("left")


class Workers:
    """Keeps processes ready for the next query; queries that run at the same time get one each."""

    _KEEP = 16

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._idle: list[Process] = []
        self._database = self._base = ""
        self._spool: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0

    def use(self, database: Path, base: str) -> None:
        """From now on queries are answered from this database."""
        self._end_idle(str(database))
        self._base = base

    def query(self, text: str, timeout: float, dataset: Dataset | None = None) -> Answer:
        """The answer, its rows read from the worker as they come, in whatever thread.

        Raises:
            QueryError: at once, or while rows are read: the query is wrong, or it was stopped.
        """
        frames = self._frames({"query": text, "base": self._base, "dataset": dataset}, timeout, Ticket())
        kind, head = next(frames)
        if kind == "boolean":
            list(frames)
            return bool(head)
        rows = (row for _, chunk in frames for row in as_rows(chunk))
        return Solutions(head, rows) if kind == "variables" else Triples(rows)  # type: ignore[arg-type]

    def document(self, text: str, dataset: Dataset | None, wanted: Wanted, ticket: Ticket) -> Whole | None:
        """The answer as a document, known prefixes left out or not; None if no format of its form is wanted.

        Raises:
            QueryError: the query is wrong, or passed a limit.
        """
        question = {"query": text, "base": self._base, "dataset": dataset, "prefixes": PREFIXES}
        return self._whole(question, wanted, ticket)

    def graph(self, iri: str, wanted: Wanted, ticket: Ticket) -> Whole | None:
        """A named graph, or with "" the union, as a document; None if there is no such graph."""
        return self._whole({"graph": iri}, wanted, ticket)

    def _whole(self, question: Mapping[str, Any], wanted: Wanted, ticket: Ticket) -> Whole | None:
        path = self._new_path()
        document = {name: getattr(wanted, name) for name in ("solutions", "graph", "rows", "size")} | {"path": str(path)}
        asked = {**question, "memory": wanted.memory, "document": document}
        try:
            answers = list(self._frames(asked, wanted.seconds, ticket, wanted))
        except BaseException:
            path.unlink(missing_ok=True)  # a process that was ended leaves half a document
            raise
        kind, found = answers[0]
        return Whole(found["format"], found["length"], found["body"], path) if kind == "document" else None

    def _new_path(self) -> Path:
        with self._guard:
            if self._spool is None:
                self._spool = tempfile.TemporaryDirectory(prefix="kg-answers-", ignore_cleanup_errors=True)
            self._count += 1
            return Path(self._spool.name, str(self._count))

    def _frames(
        self, question: Mapping[str, Any], seconds: float, ticket: Ticket, wanted: Wanted | None = None
    ) -> Iterator[Frame]:
        process = self._take()
        try:
            ticket.hold(process)
            for kind, payload in process.ask({**question, "seconds": seconds}, seconds):
                if kind == "error":
                    raise wrong(payload)
                if kind == "limit":
                    raise stopped(payload, getattr(wanted, payload, 0))
                yield kind, payload
        finally:
            ticket.hold(None)
            self._give_back(process)

    def _take(self) -> Process:
        with self._guard:
            while self._idle:
                process = self._idle.pop()
                if process.claim():
                    return process
                process.end()
        process = Process("kg.store.worker", self._database)
        process.claim()
        return process

    def _give_back(self, process: Process) -> None:
        with self._guard:
            if process.ready and process.database == self._database and len(self._idle) < self._KEEP:
                self._idle.append(process)
                return
            if self._database and not self._idle:  # the next query finds one that has started already
                self._idle.append(Process("kg.store.worker", self._database))
        process.end()

    def close(self) -> None:
        """Ends the idle processes; one that is answering ends after its answer."""
        self._end_idle("")
        with self._guard:
            spool, self._spool = self._spool, None
        if spool:
            spool.cleanup()

    def _end_idle(self, database: str) -> None:
        with self._guard:
            idle, self._idle, self._database = self._idle, [], database
        for process in idle:
            process.end()
