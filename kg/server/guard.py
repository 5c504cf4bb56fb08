"""What stands before every part of the server: which requests come in at all, and what every answer carries."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import Text
from kg.server.problems import RefusedError, problem

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer carries: only the server's own scripts and styles run, nobody frames it, other sites read nothing.

There is no CORS: no answer has an Access-Control header."""

HEADERS_LIMIT = 64 << 10
"""Bytes that the address and the headers of a request may have together."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses requests that a page of another site may have sent, and bodies that are too large.

    A page elsewhere reaches this server under its own name when its name is made to lead here (DNS rebinding), so the name
    in Host must be ours; an address of numbers is always ours. It can also send forms here, so what changes something must
    come from our own pages, or from a program, which names no Origin.

    Args:
        hosts: names that the server answers to besides localhost, in small letters.
        body_limit: bytes that a body may have.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], body_limit: int) -> None:
        self._app = app
        self._hosts = hosts | {"localhost"}
        self._limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def carrying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            self._check(scope, Headers(scope=scope))
        except RefusedError as error:
            answer = problem(HTTPConnection(scope), error.status, error.message, error.hint, headers=error.headers)
            await answer(scope, receive, carrying)
            return
        await self._app(scope, self._limited(receive), carrying)

    def _check(self, scope: Scope, headers: Headers) -> None:
        """Refuses by what the headers say."""
        pairs = sum(len(name) + len(value) for name, value in headers.raw)
        if pairs + len(scope["raw_path"]) + len(scope["query_string"]) > HEADERS_LIMIT:
            raise _long_head()
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            raise _other_host()
        origin = headers.get("origin")
        if scope["method"] not in _SAFE and origin is not None and urlsplit(origin).netloc.lower() != hosts[0].lower():
            raise _other_site()
        if "content-length" in headers and "transfer-encoding" in headers:
            raise _two_lengths()
        if int(headers.get("content-length", "0")) > self._limit:
            raise _too_large(self._limit)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in self._hosts:
                return True
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _limited(self, receive: Receive) -> Receive:
        """Counts a body whose length nobody named."""
        taken = 0

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise _too_large(self._limit)
            return message

        return counting


_CLOSE = {"Connection": "close"}


def _other_host() -> RefusedError:
    return RefusedError(
        421,
        Text("this server does not go by that name", "这里不使用这个主机名"),
        Text("allow the name: kg serve --allow-host NAME", "如需使用，请允许该主机名：kg serve --allow-host 主机名"),
    )


def _other_site() -> RefusedError:
    return RefusedError(
        403,
        Text("a page of another site may change nothing here", "其他网站的页面不能在此修改内容"),
        Text("send it from a page of this server, or from a program", "请从这里的页面或从程序发送"),
    )


def _long_head() -> RefusedError:
    return RefusedError(
        431,
        Text(f"address and headers are longer than {HEADERS_LIMIT} bytes", f"地址和请求头超过 {HEADERS_LIMIT} 字节"),
        Text("send a long query in the body of a POST", "较长的查询请用 POST 放在正文中发送"),
        _CLOSE,
    )


def _two_lengths() -> RefusedError:
    return RefusedError(
        400,
        Text("the request has Content-Length and Transfer-Encoding", "请求同时带有 Content-Length 和 Transfer-Encoding"),
        Text("send one of the two", "请只用其中一个"),
        _CLOSE,
    )


def _too_large(limit: int) -> RefusedError:
    return RefusedError(
        413,
        Text(f"the body is larger than {limit} bytes", f"请求正文超过 {limit} 字节"),
        Text("send less at a time; files are read by `kg build`", "请分批发送；文件请用 `kg build` 读取"),
        _CLOSE,
    )
