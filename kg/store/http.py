"""Sends requests to a SPARQL service: one connection each, credentials from the environment, deadlines that hold.

The standard library's client is enough for that, and lets a deadline be set before every read of the answer.
"""

from __future__ import annotations

import http.client
import os
import socket
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request, parse_http_list, parse_keqv_list

from kg.errors import InputError, QueryError, Text

CONNECT = 10.0  # seconds to reach a service
SILENCE = 600.0  # seconds without a byte after which a service counts as lost, where no limit was asked for
_READ = 1 << 16


class Lost(Exception):
    """The connection failed or ended before the answer did."""


class Late(Exception):
    """The deadline passed before the answer was whole."""


@dataclass(frozen=True)
class Credentials:
    """Who asks: a user with a password (Basic or Digest, as the service wants), or a token (Bearer).

    Attributes:
        user, password, token: from KG_STORE_USER, KG_STORE_PASSWORD and KG_STORE_TOKEN.
    """

    user: str = field(default_factory=lambda: os.environ.get("KG_STORE_USER", ""))
    password: str = field(default_factory=lambda: os.environ.get("KG_STORE_PASSWORD", ""), repr=False)
    token: str = field(default_factory=lambda: os.environ.get("KG_STORE_TOKEN", ""), repr=False)


class Reply:
    """An answer of a service: its head at once, its body as it comes."""

    def __init__(self, connection: http.client.HTTPConnection, sock: socket.socket, deadline: float | None) -> None:
        self._connection, self._sock, self._deadline = connection, sock, deadline
        self._raw = connection.getresponse()
        self.status, self.headers = self._raw.status, self._raw.headers

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces; the connection is closed at its end, or when the reader stops.

        Raises:
            Lost: it ended too early. Late: the deadline passed.
        """
        try:
            while True:
                self._sock.settimeout(seconds_left(self._deadline))
                chunk = self._raw.read1(_READ)
                if not chunk:
                    break
                yield chunk
            if self._raw.length:
                raise Lost(f"{self._raw.length} bytes are missing")
        except TimeoutError as error:
            raise Late from error
        except (http.client.HTTPException, OSError) as error:
            raise Lost(str(error)) from error
        finally:
            self.close()

    def close(self) -> None:
        """Ends the connection, whether or not the body was read."""
        self._raw.close()
        self._connection.close()

    def body(self) -> bytes:
        """The whole body."""
        return b"".join(self.chunks())


def seconds_left(deadline: float | None) -> float:
    """How long may still be waited for the next byte.

    Raises:
        Late: the deadline has passed.
    """
    if deadline is None:
        return SILENCE
    left = deadline - time.monotonic()
    if left <= 0:
        raise Late
    return left


Scheme = Callable[[str, str], str]  # method and address → the header Authorization


class Client:
    """Sends requests as somebody; may be used in several threads at once."""

    def __init__(self, credentials: Credentials) -> None:
        self._who = credentials
        self._schemes: dict[str, Scheme] = {}  # how each address wants the password; it is sent to no other

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None, deadline: float | None = None
    ) -> Reply:
        """The answer to a request.

        Raises:
            Lost: no connection, or it ended before the head of the answer. Late: the deadline passed.
            InputError: the service wants other credentials.
            QueryError: the service refuses or fails; says its words.
        """
        reply = self._once(method, address, headers, body, deadline)
        if reply.status == 401 and self._take_challenge(address, reply):
            reply.body()
            reply = self._once(method, address, headers, body, deadline)
        if 200 <= reply.status < 300:
            return reply
        raise _refusal(address, reply)

    def _once(self, method: str, address: str, headers: Mapping[str, str], body: bytes | None, deadline: float | None) -> Reply:
        parts = urlsplit(address)
        kind = http.client.HTTPSConnection if parts.scheme.lower() == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=min(CONNECT, seconds_left(deadline)))
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            connection.connect()
            connection.sock.settimeout(seconds_left(deadline))
            connection.request(method, path, body, {**headers, **self._authorization(method, address)})
            return Reply(connection, connection.sock, deadline)
        except TimeoutError as error:
            connection.close()
            if deadline is not None and time.monotonic() >= deadline:
                raise Late from error
            raise Lost("it does not answer") from error
        except (http.client.HTTPException, OSError) as error:
            connection.close()
            raise Lost(str(error)) from error

    def _authorization(self, method: str, address: str) -> dict[str, str]:
        if self._who.token:
            return {"Authorization": f"Bearer {self._who.token}"}
        answer = self._schemes.get(_without_query(address))
        return {"Authorization": answer(method, address)} if answer else {}

    def _take_challenge(self, address: str, reply: Reply) -> bool:
        """Learns how a service wants the password (Basic, or Digest: RFC 7616); False if it has had its answer already."""
        scheme, _, rest = reply.headers.get("WWW-Authenticate", "").partition(" ")
        place = _without_query(address)
        challenge = parse_keqv_list(list(filter(None, parse_http_list(rest))))
        again = place in self._schemes and challenge.get("stale", "false").lower() != "true"
        if not self._who.user or again or scheme.lower() not in {"basic", "digest"}:
            return False
        self._schemes[place] = self._basic if scheme.lower() == "basic" else self._digest(place, challenge)
        return True

    def _basic(self, _method: str, _address: str) -> str:
        return "Basic " + b64encode(f"{self._who.user}:{self._who.password}".encode()).decode()

    def _digest(self, place: str, challenge: dict[str, str]) -> Scheme:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, place, self._who.user, self._who.password)  # None: any realm
        handler = AbstractDigestAuthHandler(passwords)
        return lambda method, address: f"Digest {handler.get_authorization(Request(address, method=method), challenge)}"


def _without_query(address: str) -> str:
    return address.partition("?")[0]


def _refusal(address: str, reply: Reply) -> InputError | QueryError:
    said = " ".join(reply.body()[:2000].decode("utf-8", "replace").split())[:500]
    if reply.status in {401, 403}:
        return InputError(
            Text(f"{address} wants other credentials ({reply.status})", f"{address} 要求其他凭据（{reply.status}）"),
            Text(
                "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, in the environment",
                "请设置环境变量 KG_STORE_USER 和 KG_STORE_PASSWORD，或 KG_STORE_TOKEN",
            ),
        )
    return QueryError(
        Text(f"{address} answers {reply.status}: {said}", f"{address} 返回 {reply.status}：{said}"),
        Text("see what the service says; its log may say more", "请按服务的说明处理；其日志中可能有更多信息"),
    )


def unreachable(address: str, error: Lost) -> InputError:
    """The error for a service that does not answer."""
    return InputError(
        Text(f"{address} does not answer: {error}", f"{address} 没有应答：{error}"),
        Text("start the service, or correct its address in kg.toml", "请启动该服务，或改正 kg.toml 中的地址"),
    )
