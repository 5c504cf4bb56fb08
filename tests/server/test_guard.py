"""Which requests come in at all, and what every answer carries."""

from __future__ import annotations

import httpx
import pytest

from kg.server.guard import HEADERS, HEADERS_LIMIT
from tests.server.conftest import Serve
from tests.server.raw import send, status


@pytest.mark.parametrize("address", ["/health", "/nothing", "/health?x=%00"])
def test_every_answer_carries_the_headers_that_protect(client: httpx.Client, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_no_script_runs_that_is_not_a_file_of_the_server() -> None:
    assert "script-src 'self';" in HEADERS["Content-Security-Policy"]
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_nothing_is_said_to_other_sites(client: httpx.Client) -> None:
    answer = client.get("/health", headers={"Origin": "http://elsewhere.example"})
    assert [name for name in answer.headers if name.startswith("access-control")] == []
    assert "server" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:8", "192.0.2.7"])
def test_addresses_of_numbers_and_localhost_are_ours(client: httpx.Client, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1", "a@localhost.b"]
)
def test_another_name_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/health", headers={"Host": host})
    assert (answer.status_code, "--allow-host" in answer.text) == (421, True)


def test_a_name_can_be_allowed(client: httpx.Client, serve: Serve, folder: object) -> None:
    other = serve(folder, hosts=frozenset(["graph.example"]))
    assert other.get("/health", headers={"Host": "Graph.example:80"}).status_code == 200


def test_a_page_of_another_site_cannot_post(client: httpx.Client) -> None:
    answer = client.post("/health", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    same = client.post("/health", headers={"Origin": str(client.base_url).rstrip("/")})
    assert same.status_code == 405


def test_a_body_that_says_to_be_too_large_is_refused(serve: Serve, folder: object) -> None:
    client = serve(folder, body_limit=1000)
    assert client.post("/health", content=b"x" * 1001).status_code == 413


def test_errors_are_said_in_both_languages_the_preferred_first(client: httpx.Client) -> None:
    english = client.get("/nothing", headers={"Accept-Language": "en;q=0.9, zh;q=0.8"}).text.splitlines()
    chinese = client.get("/nothing", headers={"Accept-Language": "zh-CN"}).text.splitlines()
    assert english == ["there is nothing at this address", "这个地址没有内容"]
    assert chinese == english[::-1]


def test_a_request_with_two_lengths_is_refused_and_the_connection_closed(client: httpx.Client) -> None:
    smuggled = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    answer = send(client, head + smuggled)
    assert (status(answer), answer.count(b"HTTP/1.1")) == (400, 1)


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: +5\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"X: a\x00b\r\n",
        b"Host: localhost\r\n",
        b"X: " + b"a" * HEADERS_LIMIT + b"\r\n",
    ],
    ids=["lengths", "plus", "encoding", "space", "nul", "hosts", "oversized"],
)
def test_broken_headers_end_the_connection(client: httpx.Client, lines: bytes) -> None:
    answer = send(client, b"POST /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + b"\r\nxxxxx")
    assert status(answer) in {400, 421, 431, 501}
