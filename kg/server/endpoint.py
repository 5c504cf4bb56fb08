"""The graph for programs: SPARQL 1.1 Protocol, Graph Store Protocol for reading, their description, and figures.

An answer is finished in a file of its own before its status is sent, and sent with its length: what a client gets is whole,
or an error. Errors are plain text in both languages: 400 wrong query, 422 stopped at a limit (`Kg-Limit` says which), 503 busy.
"""

from __future__ import annotations

import asyncio
import hmac
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import Text
from kg.graph import Graph
from kg.server.described import as_rdf, service
from kg.server.metrics import Metrics
from kg.server.offers import GRAPHS, SOLUTIONS, Choice, choose
from kg.server.problems import RefusedError
from kg.server.protocol import Operation, absolute, read_operation
from kg.server.queries import Queries, WholeAnswer
from kg.server.settings import Settings
from kg.store.embedded import EmbeddedStore
from kg.store.folder import BusyError
from kg.store.update import update
from kg.store.workers import Wanted

SPARQL, GRAPH_STORE, METRICS = "/sparql", "/graph", "/metrics"


def routes(graph: Graph, settings: Settings) -> list[BaseRoute]:
    """/sparql, /graph, /metrics."""
    metrics = Metrics()
    endpoint = Endpoint(graph, settings, Queries(settings, metrics))

    async def figures(request: Request) -> Response:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    return [
        Route(SPARQL, endpoint.sparql, methods=["GET", "POST"]),
        Route(GRAPH_STORE, endpoint.graph_store),
        Route(METRICS, figures),
    ]


class Endpoint:
    """Answers the requests of both protocols."""

    def __init__(self, graph: Graph, settings: Settings, queries: Queries) -> None:
        self._graph = graph
        self._settings = settings
        self._queries = queries
        self._writing = asyncio.Lock()

    @property
    def _store(self) -> EmbeddedStore:
        """The store, if it is asked here."""
        store = self._graph.store
        if isinstance(store, EmbeddedStore):
            return store
        raise RefusedError(
            501,
            Text("the graph is kept by a SPARQL service, which answers queries itself", "图谱由 SPARQL 端点保存，请直接向它查询"),
            Text("send the query to the address of that service", "请把查询发送到该服务的地址"),
        )

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol."""
        operation = await read_operation(request)
        if operation is None:
            return as_rdf(request, service(str(request.url.replace(query="")), self._settings.writable))
        if operation.kind == "update":
            return await self._update(request, operation)
        return await self._query(request, operation)

    async def _update(self, request: Request, operation: Operation) -> Response:
        """Changes the graph for whoever sends the token; one change after another."""
        self._check_token(request)
        limits, folder = self._settings, self._store.folder
        seconds = min(operation.seconds or limits.seconds, limits.seconds)
        async with self._writing:
            try:
                await asyncio.to_thread(update, folder, operation.text, seconds, limits.memory, operation.graphs)
            except BusyError as error:
                raise RefusedError(409, error.message, error.hint, {"Retry-After": "5"}) from error
        return Response(status_code=204)

    def _check_token(self, request: Request) -> None:
        if not self._settings.writable:
            raise RefusedError(
                403,
                Text("the graph is read-only here", "这里的图谱只能读取"),
                Text("start the server with `kg serve --writable`", "请用 `kg serve --writable` 启动"),
            )
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(given.encode("utf-8", "replace"), self._settings.token.encode())
        if scheme.lower() != "bearer" or not right:
            raise RefusedError(
                401,
                Text("the token is missing or wrong", "缺少令牌或令牌不对"),
                Text("send it as Authorization: Bearer TOKEN", "请以 Authorization: Bearer 令牌 发送"),
                {"WWW-Authenticate": "Bearer"},
            )

    async def _query(self, request: Request, operation: Operation) -> Response:
        if len(operation.text) > self._settings.text_limit:
            raise _too_long(self._settings.text_limit)
        accept = request.headers.get("accept", "")
        solutions, triples = (choose(offers, accept, operation.format) for offers in (SOLUTIONS, GRAPHS))
        wanted, store = self._wanted(solutions, triples, operation.seconds), self._store
        whole = await self._queries.run(request, lambda ticket: store.document(operation.text, operation.graphs, wanted, ticket))
        if whole is None:
            raise _unacceptable()
        types = {choice.name: choice.type for choice in (solutions, triples) if choice}
        return WholeAnswer(whole, types[whole.format])

    async def graph_store(self, request: Request) -> Response:
        """SPARQL 1.1 Graph Store HTTP Protocol, reading."""
        names, default = request.query_params.getlist("graph"), "default" in request.query_params
        if len(names) + default != 1:
            raise RefusedError(
                400, Text("name one graph", "请指定一个图"), Text("send ?default or ?graph=IRI", "请发送 ?default 或 ?graph=IRI")
            )
        triples = choose(GRAPHS, request.headers.get("accept", ""), request.query_params.get("format", ""))
        if triples is None:
            raise _unacceptable()
        iri = absolute(names[0], "graph") if names else ""
        ask = partial(self._store.graph_document, iri, self._wanted(None, triples, None))
        whole = await self._queries.run(request, ask)
        if whole is None:
            raise RefusedError(
                404, Text("there is no such graph", "没有这个图"), Text("list them: GRAPH ?g { }", "可用 GRAPH ?g { } 列出")
            )
        return WholeAnswer(whole, triples.type)

    def _wanted(self, solutions: Choice | None, triples: Choice | None, seconds: float | None) -> Wanted:
        limits = self._settings
        return Wanted(
            solutions and solutions.name,
            triples and triples.name,
            limits.rows,
            limits.size,
            limits.memory,
            min(seconds or limits.seconds, limits.seconds),
        )


def _too_long(limit: int) -> RefusedError:
    return RefusedError(
        413,
        Text(f"the query is longer than {limit} characters", f"查询超过 {limit} 个字符"),
        Text("put long lists of values into several queries", "请把较长的取值列表分成几次查询"),
    )


def _unacceptable() -> RefusedError:
    listed = ", ".join(offer.types[0] for offer in (*SOLUTIONS, *GRAPHS))
    return RefusedError(
        406,
        Text("no format that the request accepts fits the answer", "请求接受的格式都不适用于该结果"),
        Text(f"accept one of {listed}", f"可接受的格式：{listed}"),
    )
