"""A graph in a SPARQL 1.1 service: asked over HTTP, with limits that hold on this side whatever the service does."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, TypeVar
from urllib.parse import quote, urlencode, urljoin

from kg.errors import KgError, QueryError, Text
from kg.service import Service
from kg.store.base import Answer, Solutions, Term, Triples
from kg.store.http import Client, Credentials, Late, Lost, Reply, unreachable
from kg.store.results import JSON, NTRIPLES, read_results, read_triples
from kg.store.sparql import Token, refuse_dangerous, syntax_error, tokens
from kg.store.stopped import stopped, wrong
from kg.vocab.terms import DOCUMENT, SHA256

UNION = "graph/union"  # below the base: the graph that holds the union where the service keeps no default graph apart
BUILD = "build/"  # below the base: graphs that a build is sending
_CUT = ("X-SPARQL-MaxRows", "X-SQL-State")  # by which Virtuoso says that an answer is not whole
_FRESH = 5.0  # seconds that the answer to `state` is taken for the present one
_FORMS = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
Item = TypeVar("Item")


class RemoteStore:
    """A store in a service; `kg.store.remote_writer` fills it.

    Args:
        service: its addresses.
        base: base of the IRIs of the data.
        client: sends the requests; None takes the credentials of the environment.
    """

    def __init__(self, service: Service, base: str, client: Client | None = None) -> None:
        self.service = service
        self._base = base
        self.client = client or Client(Credentials())
        self._state, self._stale = "", 0.0

    @property
    def base(self) -> str:
        """Base of the IRIs of the data."""
        return self._base

    def query(self, text: str, timeout: float | None = None) -> Answer:
        """The answer to a query over the union of the named graphs; see `kg.store.base.Store`.

        At its limit the connection is closed; whether the service goes on with the query is up to its own limits.
        """
        refuse_dangerous(text)
        problem = syntax_error(text, {}, self.base)
        if problem:
            raise wrong(problem)
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            answer = self._answer(self._asked(text), _form(text), deadline)
        except (Late, Lost, SyntaxError) as error:
            raise self._said(error, timeout) from error
        if isinstance(answer, Solutions):
            return Solutions(answer.variables, self._read(answer.rows, timeout))  # type: ignore[arg-type]  # read once
        if isinstance(answer, Triples):
            return Triples(self._read(answer.triples, timeout))  # type: ignore[arg-type]
        return answer

    def _asked(self, text: str) -> list[tuple[str, str]]:
        """What is sent for a query: where kg keeps the union in a graph, plain patterns are for that graph alone."""
        query, way = f"BASE <{self.base}> {text}", self.service.union
        if way not in {"graph", "virtuoso"} or _chooses_graphs(text):
            return [("query", query)]
        union, (variables, names) = self.base + UNION, _graphs_in(text, self.base)
        if variables and way == "virtuoso" and not names:  # there variables range over all graphs, where none is named
            query = f"BASE <{self.base}> {without_graph(text, union)}"
        elif variables:
            names = set(self._names())
        return [("query", query), ("default-graph-uri", union), *(("named-graph-uri", name) for name in sorted(names))]

    def _answer(self, asked: list[tuple[str, str]], form: str, deadline: float | None) -> Answer:
        graph = form in {"CONSTRUCT", "DESCRIBE"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": NTRIPLES if graph else JSON}
        reply = self.client.send("POST", self.service.query, headers, urlencode(asked).encode(), deadline)
        _refuse_cut(reply)
        return read_triples(reply.chunks()) if graph else read_results(reply.chunks())

    def _read(self, items: Iterator[Item], timeout: float | None) -> Iterator[Item]:
        try:
            yield from items
        except (Late, Lost, SyntaxError) as error:
            raise self._said(error, timeout) from error

    def _said(self, error: Late | Lost | SyntaxError, timeout: float | None) -> KgError:
        if isinstance(error, Late):
            return stopped("time", timeout or 0)
        return unreachable(self.service.query, error if isinstance(error, Lost) else Lost(str(error)))

    def documents(self) -> int:
        """How many documents the graph was built from."""
        return number(self.query(f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?d a <{DOCUMENT}> }}"))

    def state(self) -> str:
        """Names what the graph holds, as far as its documents say: others, or with other content, give another name.

        The service is asked once in some seconds.
        """
        if time.monotonic() > self._stale:
            answer = self.query(f"SELECT ?d ?s {{ ?d a <{DOCUMENT}> ; <{SHA256}> ?s }}")
            assert isinstance(answer, Solutions)
            self._state = hashlib.sha256(repr(sorted(map(tuple, answer.rows))).encode()).hexdigest()
            self._stale = time.monotonic() + _FRESH
        return self._state

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted; those that are not below the base are not ours."""
        return self._names()

    def _names(self) -> tuple[str, ...]:
        query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), {_text(self.base)})) }}"
        answer = self._answer([("query", query)], "SELECT", None)
        assert isinstance(answer, Solutions)
        names = {row[0].value for row in answer.rows if row[0]}
        return tuple(sorted(name for name in names if name != self.base + UNION and not name.startswith(self.base + BUILD)))

    def quads(self) -> Iterator[tuple[Term, Term, Term, Term]]:
        """Every quad of the named graphs, one graph after another."""
        for name in self.graphs():
            graph = Term(name, "iri")
            for subject, predicate, value in self._graph(name):
                yield subject, predicate, value, graph

    def _graph(self, name: str) -> Iterator[tuple[Term, Term, Term]]:
        """The triples of a graph: by the Graph Store Protocol, which services do not cut short, where there is one."""
        if not self.service.graphs:
            answer = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
            assert isinstance(answer, Triples)
            yield from answer.triples
            return
        try:
            reply = self.client.send("GET", graph_address(self.service, name), {"Accept": NTRIPLES})
            yield from read_triples(reply.chunks()).triples
        except (Late, Lost, SyntaxError) as error:
            raise self._said(error, None) from error

    def dump(self, out: BinaryIO, format: str) -> None:
        """Writes all graphs in a fixed order; see `kg.store.dump`."""
        from kg.store.dump import write_graphs

        write_graphs(self, out, format)

    def close(self) -> None:
        """Nothing is held open."""


def graph_address(service: Service, name: str) -> str:
    """The address of a graph by the Graph Store Protocol (indirect identification)."""
    return f"{service.graphs}{'&' if '?' in service.graphs else '?'}graph={quote(name, safe='')}"


def number(answer: Answer) -> int:
    """The number that a query of one row and one column gives."""
    assert isinstance(answer, Solutions)
    return sum(int(row[0].value) for row in answer.rows if row[0])


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _form(text: str) -> str:
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word in _FORMS), "SELECT")


def _chooses_graphs(text: str) -> bool:
    """Whether a query says itself which graphs it is for."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text))


def _graphs_in(text: str, base: str) -> tuple[bool, set[str]]:
    """Whether variables stand for graphs in a query, and the IRIs of the graphs that it names.

    >>> variables, iris = _graphs_in("PREFIX g: <http://e/> SELECT * { GRAPH ?g { } GRAPH g:a { } graph <b> { } }", "http://d/")
    >>> variables, sorted(iris)
    (True, ['http://d/b', 'http://e/a'])
    """
    words = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    prefixes = {name.text: iri.text[1:-1] for name, iri in pairwise(words) if iri.kind == "iri" and name.text.endswith(":")}
    named = [after for word, after in pairwise(words) if word.kind == "word" and word.text.upper() == "GRAPH"]
    iris = {urljoin(base, token.text[1:-1]) for token in named if token.kind == "iri"}
    for token in named:
        prefix, _, local = token.text.partition(":")
        if token.kind == "name":
            iris.add(urljoin(base, prefixes.get(f"{prefix}:", "") + local))
    return any(token.kind == "variable" for token in named), iris


def without_graph(text: str, graph: str) -> str:
    """The query with the graph left out wherever a variable stands for any graph.

    >>> without_graph("SELECT * { GRAPH ?g { ?s ?p '}' } }", "http://e/u")
    "SELECT * { { GRAPH ?g { ?s ?p '}' } FILTER (?g != <http://e/u>) } }"
    """
    pieces = list(tokens(text))
    words = [place for place, token in enumerate(pieces) if token.kind not in {"space", "comment"}]
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        word, variable, brace = pieces[first], pieces[second], pieces[third]
        if word.text.upper() == "GRAPH" and variable.kind == "variable" and brace.text == "{":
            end = _closing(pieces, third)
            pieces[first] = word._replace(text="{ " + word.text)
            pieces[end] = pieces[end]._replace(text=f"{pieces[end].text} FILTER ({variable.text} != <{graph}>) }}")
    return "".join(token.text for token in pieces)


def _closing(pieces: list[Token], start: int) -> int:
    """The place of the brace that closes the one at `start`; the query can be read, so there is one."""
    depth = 0
    for place in range(start, len(pieces)):
        if pieces[place].kind == "sign":
            depth += {"{": 1, "}": -1}.get(pieces[place].text[0], 0)
            if depth == 0:
                return place
    raise ValueError("a brace is not closed")


def _refuse_cut(reply: Reply) -> None:
    """A part of an answer is not passed off as whole.

    Raises:
        QueryError: the service says that it left something out.
    """
    said = next((f"{name}: {reply.headers[name]}" for name in _CUT if name in reply.headers), None)
    if said:
        reply.close()
        raise QueryError(
            Text(f"the service gives only a part of the answer ({said})", f"服务只返回了部分结果（{said}）"),
            Text("ask for fewer rows, or raise the limits of the service", "请减少查询的行数，或放宽服务的上限"),
        )
