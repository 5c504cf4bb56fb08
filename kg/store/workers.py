"""Worker processes that answer queries under a time limit; at the limit the process is ended and the caller told."""

from __future__ import annotations

import marshal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import QueryError, Text
from kg.store import worker
from kg.store.base import Answer, Solutions, Term, Triples

Frame = tuple[str, Any]


class Workers:
    """Keeps processes ready for the next query; queries that run at the same time get one each."""

    _KEEP = 2

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._idle: list[_Process] = []
        self._database = self._base = ""

    def use(self, database: Path, base: str) -> None:
        """From now on queries are answered from this database."""
        self.close()
        self._database, self._base = str(database), base

    def query(self, text: str, timeout: float) -> Answer:
        """The answer, its rows read from the worker as they come, in whatever thread.

        Raises:
            QueryError: at once, or while rows are read: the query is wrong, or it was stopped.
        """
        frames = self._frames(text, timeout)
        kind, head = next(frames)
        if kind == "boolean":
            list(frames)
            return bool(head)
        rows = (tuple(term and Term._make(term) for term in row) for _, chunk in frames for row in chunk)
        return Solutions(head, rows) if kind == "variables" else Triples(rows)  # type: ignore[arg-type]

    def _frames(self, text: str, timeout: float) -> Iterator[Frame]:
        process = self._take()
        try:
            yield from process.ask((text, self._base, timeout), timeout)
        finally:
            self._give_back(process)

    def _take(self) -> _Process:
        with self._guard:
            while self._idle:
                process = self._idle.pop()
                if process.ready:
                    return process
                process.end()
        return _Process(self._database)

    def _give_back(self, process: _Process) -> None:
        with self._guard:
            if process.ready and process.database == self._database and len(self._idle) < self._KEEP:
                self._idle.append(process)
                return
        process.end()

    def close(self) -> None:
        """Ends the idle processes; one that is answering ends after its answer."""
        with self._guard:
            idle, self._idle, self._database = self._idle, [], ""
        for process in idle:
            process.end()


class _Process:
    """One worker: see `kg.store.worker`."""

    def __init__(self, database: str) -> None:
        self.database = database
        self._guard = threading.Lock()
        self._busy = self._stopped = False
        # -P: the script's folder is not searched for modules, so that none there hides one of the standard library
        self._child = subprocess.Popen(
            [sys.executable, "-P", worker.__file__, database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where it runs out of memory, Rust says so there; the caller is told by an error
        )

    @property
    def ready(self) -> bool:
        """Whether it lives and has nothing left to say."""
        return not self._busy and not self._stopped and self._child.poll() is None

    def ask(self, request: tuple[str, str, float], timeout: float) -> Iterator[Frame]:
        """The frames of the answer without "end"; a deadline ends the process whatever it does."""
        self._busy = True
        clock = threading.Timer(timeout, self._stop)
        clock.daemon = True
        clock.start()
        try:
            yield from self._frames(request)
        except (EOFError, OSError, ValueError) as error:
            raise too_long(timeout) if self._stopped else _died() from error
        finally:
            clock.cancel()

    def _frames(self, request: tuple[str, str, float]) -> Iterator[Frame]:
        assert self._child.stdin and self._child.stdout
        marshal.dump(request, self._child.stdin)
        self._child.stdin.flush()
        while True:
            kind, payload = marshal.load(self._child.stdout)
            if kind in {"end", "error"}:
                with self._guard:
                    self._busy = False
                if kind == "error":
                    raise wrong(payload)
                return
            yield kind, payload

    def _stop(self) -> None:
        with self._guard:
            if self._busy:
                self._stopped = True
                self._child.kill()

    def end(self) -> None:
        """Ends the process and waits for it."""
        self._child.kill()
        self._child.communicate()


def wrong(reason: str) -> QueryError:
    """The error for a query that Oxigraph refuses; `kg.query.help` makes more of it."""
    return QueryError(
        Text(f"the query cannot be read: {reason}", f"无法读懂查询：{reason}"), Text("correct it at that place", "请在该处修改")
    )


def too_long(timeout: float) -> QueryError:
    """The error for a query that was stopped at its limit."""
    return QueryError(
        Text(f"the query was stopped after {timeout:g} seconds", f"查询超过 {timeout:g} 秒，已停止"),
        Text(
            "connect all its patterns by shared variables, add LIMIT, or allow more time with --timeout",
            "请让各个三元组共用变量，加上 LIMIT，或用 --timeout 放宽时限",
        ),
    )


def _died() -> QueryError:
    return QueryError(
        Text("the query was stopped: its process ended (out of memory?)", "查询已中断：其进程已结束（内存不足？）"),
        Text(
            "ask for fewer rows: add LIMIT, or leave out ORDER BY and DISTINCT",
            "请加上 LIMIT，或去掉 ORDER BY、DISTINCT",
        ),
    )
