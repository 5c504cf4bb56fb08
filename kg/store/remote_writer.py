"""Puts a graph into a SPARQL service: built here first, sent in counted pieces into graphs beside, then put in place.

Building here makes the service's graph the same as that of a store on disk, derived links included, and leaves to the
service only what the standard says alike for all: the Graph Store Protocol, COUNT, ADD, MOVE and DROP.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from kg.errors import InputError, QueryError, Text
from kg.ids import DEFAULT_BASE
from kg.service import Service
from kg.store.dump import nt
from kg.store.embedded import EmbeddedStore
from kg.store.http import Client, Late, Lost
from kg.store.remote import BUILD, UNION, RemoteStore, graph_address, number
from kg.store.results import NTRIPLES
from kg.store.writer import StoreWriter

PIECE = 20_000  # triples sent at once: some megabytes, which every service takes
_TRIES = 4
_PAUSE = 0.5  # seconds before the second try; twice as many before each further one
_AT_ONCE = 500_000  # triples put in place by one update, where graphs are that small


class _Sent(NamedTuple):
    """A graph that was sent: where it stands meanwhile, where it belongs, how many triples it has."""

    beside: str
    name: str
    size: int


class RemoteWriter(StoreWriter):
    """Builds a store in a folder, then sends all of it. Until then, and if it fails, the service's graph stands.

    Args:
        service: needs `update` and `graphs`.
        target, base, ontology: as for `StoreWriter`.
        client: sends the requests; None takes the credentials of the environment.

    Raises:
        InputError: the service can only be read, does not answer, or its default graph holds the data of others.
    """

    def __init__(
        self,
        service: Service,
        target: Path,
        base: str = DEFAULT_BASE,
        ontology: Path | None = None,
        client: Client | None = None,
    ) -> None:
        if not (service.update and service.graphs):
            raise _read_only(service)
        self._remote = RemoteStore(service, base, client)
        self._before = self._remote.graphs()
        if service.union == "default" and not self._before and self._remote.query("ASK { ?s ?p ?o }"):
            raise _taken(service)
        super().__init__(target, base, ontology)

    def finish(self) -> None:
        """Derives, sends everything, and puts it in place.

        Raises:
            ConfigError: a rule or a vocabulary file is broken.
            InputError: the service keeps less than it was sent, again and again, or does not answer.
            QueryError: the service refuses an update.
        """
        super().finish()
        built = EmbeddedStore(self._folder)
        try:
            _Publication(self._remote, built, self._before).run()
        finally:
            built.close()


class _Publication:
    """The sending of one build."""

    def __init__(self, remote: RemoteStore, built: EmbeddedStore, old: tuple[str, ...]) -> None:
        self._remote, self._built, self._old = remote, built, old
        self._service = remote.service
        self._beside = f"{remote.base}{BUILD}{secrets.token_hex(6)}/"
        self._sent: list[_Sent] = []

    def run(self) -> None:
        try:
            for place, name in enumerate(self._built.graphs()):
                self._sent.append(_Sent(f"{self._beside}{place}", name, 0))
                self._sent[-1] = self._sent[-1]._replace(size=self._send(self._sent[-1]))
            union = self._unite()
            self._put_in_place(union)
        except BaseException:
            self._drop()
            raise

    def _send(self, graph: _Sent) -> int:
        """Sends a graph piece by piece; returns how many triples the service then has of it."""
        count = 0
        for lines in _pieces(self._built, graph.name):
            count += len(lines)
            self._send_piece(graph, "".join(lines).encode(), count)
        return count

    def _send_piece(self, graph: _Sent, piece: bytes, wanted: int) -> None:
        """Sends a piece until the service counts as many triples as were sent.

        Raises:
            InputError: it does not after some tries.
        """
        problem = ""
        for attempt in range(_TRIES):
            time.sleep(_PAUSE * 2 ** (attempt - 1) if attempt else 0)
            try:
                address = graph_address(self._service, graph.beside)
                self._remote.client.send("POST", address, {"Content-Type": NTRIPLES}, piece).body()
                kept = self._count(graph.beside)
            except (Late, Lost, QueryError) as error:
                problem = str(error)
                continue
            if kept == wanted:
                return
            problem = f"{kept} ≠ {wanted}"
        raise _short(graph.name, problem)

    def _count(self, name: str) -> int:
        return number(self._remote.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"))

    def _unite(self) -> _Sent | None:
        """Lets the service unite the graphs, each triple once, unless it does so by itself."""
        if self._service.union == "service":
            return None
        union = _Sent(f"{self._beside}union", "", number(self._built.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
        self._sent.append(union)
        for updates in _batches(self._sent[:-1], f"ADD GRAPH <{{0}}> TO GRAPH <{union.beside}>"):
            self._update(updates)
        kept = self._count(union.beside)
        if kept != union.size:
            raise _short("union", f"{kept} ≠ {union.size}")
        return union

    def _put_in_place(self, union: _Sent | None) -> None:
        """Moves every graph to its name and removes those that are gone; one update where that is small enough."""
        graphs = [graph for graph in self._sent if graph is not union]
        updates = _batches(graphs, "MOVE GRAPH <{0}> TO GRAPH <{1}>")
        gone = sorted(set(self._old) - {graph.name for graph in graphs})
        last = [f"DROP SILENT GRAPH <{name}>" for name in gone]
        if union:
            named = self._service.union != "default"
            target = f"GRAPH <{self._remote.base}{UNION}>" if named else "DEFAULT"
            last.append(f"MOVE GRAPH <{union.beside}> TO {target}")
        if len(updates) == 1 and (union is None or union.size <= _AT_ONCE):
            updates[0] += last
        else:
            updates.append(last)
        for update in updates:
            self._update(update)

    def _update(self, operations: list[str]) -> None:
        if not operations:
            return
        body = urlencode({"update": " ;\n".join(operations)}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            self._remote.client.send("POST", self._service.update, headers, body).body()
        except (Late, Lost) as error:
            raise _short("update", str(error)) from error

    def _drop(self) -> None:
        """Removes what was sent beside, as far as the service lets us."""
        for graph in self._sent:
            try:
                self._update([f"DROP SILENT GRAPH <{graph.beside}>"])
            except (InputError, QueryError):
                return


def _pieces(store: EmbeddedStore, name: str) -> Iterator[list[str]]:
    """The triples of a graph as lines of N-Triples, at most PIECE at once."""
    lines = (f"{nt(subject)} {nt(predicate)} {nt(value)} .\n" for subject, predicate, value in store.triples(name))
    while piece := list(islice(lines, PIECE)):
        yield piece


def _batches(graphs: Iterable[_Sent], operation: str) -> list[list[str]]:
    """One operation a graph, as many in an update as move at most _AT_ONCE triples."""
    batches: list[list[str]] = []
    weight = _AT_ONCE
    for graph in graphs:
        weight += graph.size
        if weight > _AT_ONCE:
            batches.append([])
            weight = graph.size
        batches[-1].append(operation.format(graph.beside, graph.name))
    return batches


def _read_only(service: Service) -> InputError:
    return InputError(
        Text(f"{service} can only be read: no address for updates is known", f"{service} 只能读取：不知道它的更新地址"),
        Text(
            "name query, update and graphs in a table [store] of kg.toml; see docs/scale.md",
            "请在 kg.toml 的 [store] 表中写明 query、update 和 graphs；见 docs/scale.md",
        ),
    )


def _taken(service: Service) -> InputError:
    return InputError(
        Text(f"the default graph of {service} holds other data", f"{service} 的默认图中有其他数据"),
        Text(
            'give kg a data set of its own, or set union = "graph" in [store] of kg.toml',
            '请为 kg 单独建一个数据集，或在 kg.toml 的 [store] 中设 union = "graph"',
        ),
    )


def _short(what: str, problem: str) -> InputError:
    return InputError(
        Text(f"the service did not keep what was sent ({what}): {problem}", f"服务没有完整保存所发送的内容（{what}）：{problem}"),
        Text(
            "the old graph stands; see the log and the limits of the service, then build again",
            "原有的图未改动；请查看该服务的日志和上限后重新构建",
        ),
    )
