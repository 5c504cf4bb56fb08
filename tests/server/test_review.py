"""Who may review through the server, and what it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.graph import Graph
from kg.review import DecisionLog
from kg.server.app import create_app
from kg.server.settings import Settings
from tests.review.workspace import workspace
from tests.server.conftest import in_own_loop, serving

SECRET = re.compile(r'data-secret="([^"]+)"')


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    monkeypatch.chdir(tmp_path)
    with Graph(workspace(tmp_path)) as graph:
        graph.build()
        yield graph


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Graph]]:
    """A server of a workspace in which no test decides anything."""
    folder = tmp_path_factory.mktemp("still")
    with pytest.MonkeyPatch.context() as patched, Graph(workspace(folder)) as graph:
        patched.chdir(folder)
        graph.build()
        with serving(graph, Settings()) as client:
            yield client, graph


@pytest.fixture
def client(graph: Graph) -> Iterator[httpx.Client]:
    with serving(graph, Settings()) as client:
        yield client


def secret(client: httpx.Client) -> dict[str, str]:
    found = SECRET.search(client.get("/review").text)
    assert found
    return {"X-KG-Review": found[1]}


def decided(graph: Graph) -> int:
    return len(DecisionLog(graph.config.decisions).read())


def test_the_page_carries_the_secret_and_the_words_of_its_language(still: tuple[httpx.Client, Graph]) -> None:
    client, _ = still
    page = client.get("/review?lang=zh")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "合作方" in page.text and len(secret(client)["X-KG-Review"]) > 40
    assert "unsafe" not in page.headers["content-security-policy"]


def test_with_the_secret_what_waits_is_told_and_decisions_are_taken(client: httpx.Client, graph: Graph) -> None:
    headers = secret(client)
    queue = client.get("/review/queue?lang=en", headers=headers).json()
    item = next(item for item in queue["items"] if item["kind"] == "mechanism")
    assert item["roles"]["name"] == [item["sentence"][slice(*item["exact"])]]
    body = {"action": "accept", "document": item["document"], "id": item["id"]}
    after = client.post("/review/decide?lang=en", json=body, headers=headers).json()
    assert after["left"]["facts"] == queue["left"]["facts"] - 1
    assert [decision["action"] for decision in after["decided"]] == ["accept"]
    assert decided(graph) == 1
    again = client.post("/review/decide?lang=en", json=body, headers=headers)
    assert (again.status_code, again.json()["message"].partition(" with")[0]) == (400, "nothing to decide")
    assert decided(graph) == 1


def test_the_sentences_of_a_document_are_given_and_only_those(still: tuple[httpx.Client, Graph]) -> None:
    client, _ = still
    headers = secret(client)
    found = client.get("/review/text", params={"document": "reports/b.txt"}, headers=headers).json()
    assert found["sentences"][2] == "青川县中医院与青川大学建立协作机制。"
    assert client.get("/review/text", params={"document": "../kg.toml"}, headers=headers).status_code >= 400


def test_a_build_puts_the_decisions_into_the_graph_and_tells_those_that_find_no_place(
    client: httpx.Client, graph: Graph, tmp_path: Path
) -> None:
    headers = secret(client)
    items = client.get("/review/queue", headers=headers).json()["items"]
    item = next(item for item in items if item["kind"] == "outcome" and "走访" in item["sentence"])
    body = {"action": "reject", "document": item["document"], "id": item["id"]}
    client.post("/review/decide", json=body, headers=headers)
    report = tmp_path / item["document"]
    report.write_text(report.read_text(encoding="utf-8").replace("走访群众300", "接待群众300"), encoding="utf-8")
    done = client.post("/review/build?lang=en", headers=headers).json()
    [orphan] = done["built"]["orphans"]
    assert (orphan["action"], orphan["reason"]) == ("reject", "its sentence is no longer in the document")
    assert orphan["nearest"] == "该院与青川县财政局建立协作机制，接待群众300人次。"
    assert done["built"]["documents"] == 2 and any("接待" in item["sentence"] for item in done["items"])


def test_the_quality_report_is_a_page(still: tuple[httpx.Client, Graph]) -> None:
    client, _ = still
    assert "<caption>kind</caption>" in client.get("/review/quality?lang=en").text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-KG-Review": "guess"},
        {"X-KG-Review": "\xe9"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_without_the_secret_from_elsewhere_or_through_a_proxy_nothing_is_decided(
    still: tuple[httpx.Client, Graph], headers: dict[str, str]
) -> None:
    client, graph = still
    known = {} if "X-KG-Review" in headers or not headers else secret(client)
    coded = {name: value.encode("latin-1") for name, value in {**known, **headers}.items()}
    answer = client.post("/review/decide", json={"action": "merge", "units": ["甲", "乙"]}, headers=coded)
    assert (answer.status_code, decided(graph)) == (403, 0)


def test_other_machines_get_neither_the_page_nor_the_queue(still: tuple[httpx.Client, Graph]) -> None:
    _, graph = still
    app = create_app(graph, Settings())
    transport = httpx.ASGITransport(app, client=("192.0.2.7", 40000))

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.get(path) for path in ("/review", "/review/queue", "/review/quality", "/review/text")]

    answers = in_own_loop(ask)
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert "data-secret" not in answers[0].text


def test_the_secret_of_one_run_is_worth_nothing_in_the_next(still: tuple[httpx.Client, Graph]) -> None:
    client, graph = still
    old = secret(client)
    with serving(Graph(graph.config), Settings()) as next_run:
        assert next_run.get("/review/queue", headers=old).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        "no json",
        "[1]",
        {"action": "bless"},
        {"action": "accept", "id": 7},
        {"action": "merge", "units": ["甲"]},
        {"action": "add", "kind": "star", "roles": {}},
        {"action": "add", "kind": "case", "document": "reports/b.txt", "sentence": "没有", "roles": {"subject": ["甲"]}},
        {"action": "add", "kind": "case", "document": "reports/b.txt", "sentence": "没有", "roles": {"star": ["甲"]}},
        {"action": "edit", "document": "none.txt", "id": "0", "roles": {}},
        {"action": "undo", "key": "0" * 12},
    ],
)
def test_what_the_page_would_not_send_is_refused(still: tuple[httpx.Client, Graph], body: Any) -> None:
    client, graph = still
    sent = {"content": body} if isinstance(body, str) else {"json": body}
    answer = client.post("/review/decide?lang=en", headers=secret(client), **sent)
    assert (answer.status_code, decided(graph)) == (400, 0)


def test_nothing_is_decided_by_opening_an_address(still: tuple[httpx.Client, Graph]) -> None:
    client, _ = still
    assert client.get("/review/decide", headers=secret(client)).status_code == 405
