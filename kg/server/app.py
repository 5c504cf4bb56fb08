"""The web application: what every part shares, and the table of parts.

A part is a module of this folder with a function `routes(graph, settings) -> list[BaseRoute]`, entered in `PARTS` below; it
makes what it keeps in memory once, when it is called. Its handlers get requests that passed the guard (`kg.server.guard`)
and need not care for security headers, host names, other sites or the size of bodies. They may be plain functions, which run
in threads, or coroutines, which must not wait for the graph. A `KgError` that a handler lets through becomes a status and
text in both languages (`kg.server.problems`). Scripts and styles come from files: the policy allows nothing inline.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute

from kg.errors import KgError
from kg.graph import Graph
from kg.server import browse, described, endpoint, health, review
from kg.server.guard import Guard
from kg.server.problems import on_bug, on_http_error, on_kg_error, on_leaving
from kg.server.settings import Settings

PARTS: tuple[Callable[[Graph, Settings], list[BaseRoute]], ...] = (
    health.routes,
    endpoint.routes,
    described.routes,
    browse.routes,
    review.routes,
)


class App(Starlette):
    """A Starlette application with the guard before everything, its own error pages included."""

    def __init__(self, settings: Settings, **parts: Any) -> None:
        super().__init__(**parts)
        self._settings = settings

    def build_middleware_stack(self) -> Guard:
        """Starlette's layers inside the guard."""
        return Guard(super().build_middleware_stack(), self._settings.hosts, self._settings.body_limit)


def create_app(graph: Graph, settings: Settings) -> Starlette:
    """The application that serves a graph.

    Args:
        graph: an open graph; its owner closes it when the server has ended.
    """
    return App(
        settings,
        routes=[route for part in PARTS for route in part(graph, settings)],
        exception_handlers={
            KgError: on_kg_error,
            HTTPException: on_http_error,
            ClientDisconnect: on_leaving,
            Exception: on_bug,
        },
    )
