"""Whether the server can answer, for people and for what watches over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg import __version__
from kg.errors import KgError
from kg.graph import Graph
from kg.server.settings import Settings


def routes(graph: Graph, settings: Settings) -> list[BaseRoute]:
    """/health: 200 while the store can be read, else 503 and why."""

    def health(request: Request) -> Response:
        try:
            documents = graph.store.documents()
        except KgError as error:
            return JSONResponse({"status": "failing", "message": error.message._asdict(), "hint": error.hint._asdict()}, 503)
        return JSONResponse({"status": "ok", "version": __version__, "documents": documents, "writable": settings.writable})

    return [Route("/health", health)]
