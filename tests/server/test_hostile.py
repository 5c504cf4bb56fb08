"""What hostile requests try: files outside, lines in headers, requests inside requests, names that lead elsewhere."""

from __future__ import annotations

import httpx
import pytest

from tests.server.raw import send, status
from tests.store.graph import IDS

FIRST = IDS.document("1清河.txt")
UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%255c", "%c0%ae%c0%ae/", "....//", "%00../", "/", "%2f"]


def ask(client: httpx.Client, target: str, lines: str = "") -> bytes:
    """The answer to a request whose target is sent as it is: client libraries tidy it up."""
    return send(client, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n".encode())


@pytest.mark.parametrize("place", ["/static/", "/", "/graph/", "/api/"])
@pytest.mark.parametrize("up", UP)
def test_no_path_leads_to_a_file_outside(client: httpx.Client, place: str, up: str) -> None:
    for goal in ("etc/passwd", "app.py", "pyproject.toml"):
        answer = ask(client, f"{place}{up * 8}{goal}")
        assert status(answer) in {400, 404, 405}
        assert b"root:" not in answer
        assert b"import" not in answer


@pytest.mark.parametrize(
    "target",
    [
        "/sparql?query=ASK%20%7B%7D&format=json%0d%0aX-Mine:%201",
        "/sparql?query=ASK%20%7B%7D&format=csv%0aSet-Cookie:%20a=b",
        "/sparql?timeout=1%0d%0aX-Mine:%201&query=ASK%20%7B%7D",
        "/graph?graph=urn:a%0d%0aX-Mine:%201",
        "/graph?default&format=%0d%0aX-Mine:%201",
        "/nothing%0d%0aX-Mine:%201",
        "/health?lang=en%0d%0aX-Mine:%201",
        "/.well-known/void?format=ttl%0d%0aX-Mine:%201",
    ],
)
def test_no_parameter_becomes_a_line_of_the_head(client: httpx.Client, target: str) -> None:
    head = ask(client, target).split(b"\r\n\r\n")[0].lower()
    assert b"x-mine" not in head
    assert b"set-cookie" not in head


@pytest.mark.parametrize(
    "header", ["Accept", "Accept-Language", "If-None-Match", "Origin", "X-Forwarded-Host", "X-Forwarded-For"]
)
def test_no_header_of_a_request_comes_back_in_the_head(client: httpx.Client, header: str) -> None:
    head = ask(client, "/sparql", f"{header}: text/turtle;mine-and-only-mine\r\n").split(b"\r\n\r\n")[0]
    assert b"mine-and-only-mine" not in head


def test_a_name_in_a_forwarded_header_is_not_believed(client: httpx.Client) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    assert "evil.example" not in client.get("/sparql", headers=headers).text


def test_errors_are_plain_text_whatever_is_in_the_address(client: httpx.Client) -> None:
    for target in ("/<script>alert(1)</script>", "/sparql?query=<script>alert(1)</script>", "/graph?graph=<script>"):
        answer = client.get(target)
        assert answer.status_code in {400, 404}
        assert answer.headers["content-type"].startswith("text/plain") or "<script>alert" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x5\r\n\r\nhello",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5, 6\r\n\r\nhello",
        b"GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /health HTTP/1.1\r\n\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["negative-chunk", "two-codings", "hex-length", "two-lengths", "absolute", "no-host", "connect", "tls"],
)
def test_a_request_within_a_request_is_not_answered(client: httpx.Client, request_: bytes) -> None:
    answer = send(client, request_ + b"\r\n" * 2)
    assert b"HTTP/1.1 200" not in answer


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "DELETE", "PROPFIND", "OPTIONS"])
def test_other_methods_are_refused(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/sparql")
    assert answer.status_code == 405
    assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_a_graph_is_only_looked_up_in_the_store(client: httpx.Client) -> None:
    for iri in ("file:///etc/passwd", "http://127.0.0.1:9/", "file:///etc/hostname"):
        assert client.get("/graph", params={"graph": iri}).status_code == 404
    assert client.get("/graph", params={"graph": FIRST}).status_code == 200
