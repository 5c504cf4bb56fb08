"""The part of the server for looking at a graph: pages for people, JSON for the viewer and for programs, their files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.graph import Graph
from kg.server.explorer import Explorer
from kg.server.graph import api_routes
from kg.server.pages import page_routes
from kg.server.settings import Settings


def routes(graph: Graph, settings: Settings) -> list[BaseRoute]:
    """Everything below /api/, the pages, and /static."""
    explorer = Explorer(graph)
    with suppress(KgError):  # a store that is not there yet may come
        _ = explorer.now
    files = Mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    return [*api_routes(explorer), *page_routes(explorer), files]
