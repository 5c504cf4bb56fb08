"""The application as a whole: health, errors that parts let through."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kg import __version__
from kg.config import Config
from kg.errors import InputError, QueryError, Text
from kg.graph import Graph
from kg.server.app import create_app
from kg.server.settings import Settings
from tests.server.conftest import TOKEN, Serve, in_own_loop


def test_a_server_that_can_answer_says_so(client: httpx.Client) -> None:
    said = {"status": "ok", "version": __version__, "documents": 2, "writable": False}
    assert client.get("/health").json() == said


def test_a_server_without_a_store_says_why(serve: Serve, tmp_path: Path) -> None:
    answer = serve(tmp_path / "none").get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["message"]["en"].startswith("there is no store at")


def asked(transport: httpx.ASGITransport) -> httpx.Response:
    """What the application answers at /fails."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/fails")

    return in_own_loop(ask)


@pytest.mark.parametrize(
    ("error", "status"),
    [(QueryError(Text("wrong", "错"), Text("so", "这样")), 400), (InputError(Text("gone", "无"), Text("", "")), 500)],
)
def test_errors_of_parts_become_a_status_and_words(error: Exception, status: int, tmp_path: Path) -> None:
    app = create_app(Graph(Config(tmp_path)), Settings())

    def fails(request: object) -> None:
        raise error

    app.add_route("/fails", fails)
    answer = asked(httpx.ASGITransport(app))
    assert (answer.status_code, str(error) in answer.text) == (status, True)


def test_a_bug_says_nothing_of_itself_to_the_client(tmp_path: Path) -> None:
    app = create_app(Graph(Config(tmp_path)), Settings())

    def fails(request: object) -> None:
        raise ZeroDivisionError("secret")

    app.add_route("/fails", fails)
    answer = asked(httpx.ASGITransport(app, raise_app_exceptions=False))
    assert (answer.status_code, "secret" in answer.text, "nosniff" in answer.headers["x-content-type-options"]) == (
        500,
        False,
        True,
    )


def test_the_settings_do_not_show_the_token() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))
