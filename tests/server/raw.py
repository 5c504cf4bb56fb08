"""Requests as bytes, for what no client library would send."""

from __future__ import annotations

import socket
from contextlib import suppress

import httpx


def send(client: httpx.Client, request: bytes) -> bytes:
    """What the server sends back until it closes the connection."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        with suppress(ConnectionResetError):  # it closed before it had read all
            while piece := connection.recv(65536):
                answer += piece
    return answer


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])
