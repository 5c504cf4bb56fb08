"""Servers that answer SPARQL over the same graph, and clients that keep their connection."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.asking import service, services


@dataclass(frozen=True)
class Server:
    """A server that runs: where it answers queries, and its process."""

    port: int
    path: str
    process: int


class Client:
    """One connection that is kept open, as programs do."""

    def __init__(self, server: Server, patience: float = 120) -> None:
        self._server = server
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=patience)

    def ask(self, query: str, **more: str) -> tuple[int, bytes]:
        """Status and body of the answer to a query."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        self._connection.request("POST", self._server.path, urlencode({"query": query, **more}), headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def seconds(self, query: str, **more: str) -> float:
        """Time from the question to the end of its answer."""
        started = time.perf_counter()
        status, body = self.ask(query, **more)
        if status != 200:
            raise RuntimeError(f"{status}: {body[:200]!r}")
        return time.perf_counter() - started

    def close(self) -> None:
        """Leaves, whatever is still to come."""
        self._connection.close()


@contextmanager
def server(name: str, store: Path) -> Iterator[Server]:
    """A server over the graph of a store, by its name in `benchmarks.asking.services`."""
    command, path = services(store, store.parent)[name]
    with service(command) as (port, process):
        yield Server(port, path, process)
