"""The one server that the user named, and how it may fail."""

from __future__ import annotations

import socket

import pytest

from kg.config import Llm
from kg.extract.llm.server import NoReply, Server
from tests.extract.llm.conftest import Answer, Stub


@pytest.fixture
def pauses() -> list[float]:
    return []


def asking(stub: Stub, pauses: list[float], *answers: Answer, key: str = "") -> Server:
    """A client of a server that gives these answers in turn, the last one for ever."""
    left = list(answers)
    stub.answer = lambda body: left.pop(0) if len(left) > 1 else left[0]
    return Server(stub.settings(), key, sleep=pauses.append)


def test_an_answer_comes_with_its_tokens_and_the_key_is_sent(stub: Stub, pauses: list[float]) -> None:
    reply = asking(stub, pauses, "甲", key="secret").ask(b'{"a": 1}')
    assert (reply.content, reply.tokens, stub.bodies) == ("甲", 7, [{"a": 1}])
    assert stub.headers[0]["Authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent(stub: Stub, pauses: list[float]) -> None:
    asking(stub, pauses, "甲").ask(b"{}")
    assert "Authorization" not in stub.headers[0]


def test_a_busy_server_is_asked_again_after_longer_and_longer_pauses(stub: Stub, pauses: list[float]) -> None:
    assert asking(stub, pauses, 503, 429, 500, "甲").ask(b"{}").content == "甲"
    assert pauses == [1.0, 2.0, 4.0]


def test_after_four_tries_it_is_given_up(stub: Stub, pauses: list[float]) -> None:
    with pytest.raises(NoReply, match="HTTP 503"):
        asking(stub, pauses, 503).ask(b"{}")
    assert (len(stub.bodies), len(pauses)) == (4, 3)


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_is_not_tried_again(stub: Stub, pauses: list[float], status: int) -> None:
    with pytest.raises(NoReply, match=f"HTTP {status}"):
        asking(stub, pauses, status).ask(b"{}")
    assert (len(stub.bodies), pauses) == (1, [])


def test_a_redirect_is_not_followed(stub: Stub, pauses: list[float]) -> None:
    with pytest.raises(NoReply, match="HTTP 302"):
        asking(stub, pauses, {"Location": "/elsewhere"}).ask(b"{}")
    assert stub.bodies == [{}]


OTHER = [b"", b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": 3}}]}', b"[" * 9999]


@pytest.mark.parametrize("content", OTHER)
def test_what_is_not_the_protocol_is_no_reply(stub: Stub, pauses: list[float], content: bytes) -> None:
    with pytest.raises(NoReply):
        asking(stub, pauses, content).ask(b"{}")


def test_an_answer_without_end_is_cut_off(stub: Stub, pauses: list[float]) -> None:
    with pytest.raises(NoReply, match="too large"):
        asking(stub, pauses, b" " * ((4 << 20) + 1)).ask(b"{}")


def test_a_server_that_is_not_there_is_told(pauses: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoReply, match="refused"):
        Server(Llm(f"http://127.0.0.1:{port}/v1", "m"), sleep=pauses.append).ask(b"{}")
    assert pauses == [1.0, 2.0, 4.0]
