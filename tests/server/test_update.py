"""Updates by the SPARQL 1.1 Protocol: only where the server is writable, only with the token, which no log holds."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from tests.server.conftest import TOKEN, Serve
from tests.store.graph import IDS, build

ADD = "INSERT DATA { <a:s> <a:p> 1 }"
SEEN = {"query": "ASK { <a:s> <a:p> 1 }"}
RIGHT = {"Authorization": f"Bearer {TOKEN}"}
DIRECT = {"Content-Type": "application/sparql-update"}


@pytest.fixture
def writable(serve: Serve, tmp_path: Path) -> httpx.Client:
    return serve(build(tmp_path / "store"), token=TOKEN)


def seen(client: httpx.Client) -> bool:
    return bool(client.get("/sparql", params=SEEN).json()["boolean"])


def test_a_read_only_server_refuses_whatever_is_sent(client: httpx.Client) -> None:
    for headers in ({}, RIGHT):
        answer = client.post("/sparql", data={"update": ADD}, headers=headers)
        assert (answer.status_code, "kg serve --writable" in answer.text) == (403, True)
    assert not seen(client)


def test_an_update_by_form_and_as_the_body_is_seen_at_once(writable: httpx.Client) -> None:
    assert writable.post("/sparql", data={"update": ADD}, headers=RIGHT).status_code == 204
    assert seen(writable)
    gone = writable.post("/sparql", content=b"DELETE DATA { <a:s> <a:p> 1 }", headers={**RIGHT, **DIRECT})
    assert (gone.status_code, seen(writable)) == (204, False)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer \xff"],
)
def test_a_wrong_token_is_refused(
    writable: httpx.Client, authorization: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    headers = {"Authorization": authorization.encode("latin-1")} if authorization else {}
    answer = writable.post("/sparql", data={"update": ADD}, headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert TOKEN not in answer.text
    said = capfd.readouterr()
    logged = [record for record in caplog.records if record.name.startswith(("uvicorn", "starlette", "kg", "asyncio"))]
    assert TOKEN not in said.out + said.err + "".join(record.getMessage() for record in logged)
    assert not seen(writable)


@pytest.mark.parametrize(
    ("update", "fields", "status"),
    [
        ("INSERT DATA {", {}, 400),
        ("LOAD <http://127.0.0.1:9/>", {}, 400),
        ("PREFIX e: <http://127.0.0.1:9/> LOADe:x", {}, 400),
        ("LOADSILENT<http://127.0.0.1:9/>", {}, 400),
        ("INSERT { <a:s> <a:p> 1 } USING <a:g> WHERE { }", {"using-graph-uri": "a:g"}, 400),
        (ADD, {"using-graph-uri": "g"}, 400),
    ],
)
def test_a_wrong_update_is_refused(writable: httpx.Client, update: str, fields: dict[str, str], status: int) -> None:
    assert writable.post("/sparql", data={"update": update, **fields}, headers=RIGHT).status_code == status
    assert not seen(writable)


def test_the_request_names_the_graphs_of_the_patterns(writable: httpx.Client) -> None:
    text = "INSERT { <a:s> <a:p> 1 } WHERE { ?s a coop:Cooperation ; coop:through ?m }"
    second, first = (IDS.document(name) for name in ("2白石.txt", "1清河.txt"))
    writable.post("/sparql", data={"update": text, "using-graph-uri": second}, headers=RIGHT)
    assert not seen(writable)
    writable.post("/sparql", data={"update": text, "using-graph-uri": first}, headers=RIGHT)
    assert seen(writable)


def test_a_page_of_another_site_cannot_use_the_token(writable: httpx.Client) -> None:
    headers = {**RIGHT, "Origin": "http://evil.example"}
    assert writable.post("/sparql", data={"update": ADD}, headers=headers).status_code == 403
    assert not seen(writable)
