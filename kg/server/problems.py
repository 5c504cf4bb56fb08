"""What a client is told that cannot have what it asked for: a status, and plain text in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KgError, QueryError, Text
from kg.server.negotiate import language
from kg.store.stopped import StoppedError

_FOUND_OUT: Mapping[int, Text] = {
    404: Text("there is nothing at this address", "这个地址没有内容"),
    405: Text("this address does not take that method", "这个地址不接受这种请求"),
    500: Text("the server made a mistake; its log says which", "程序出错；详情见其日志"),
}


class RefusedError(KgError):
    """A request that is refused.

    Args:
        status: of HTTP.
        headers: more headers of the answer.
    """

    def __init__(self, status: int, message: Text, hint: Text, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, hint)
        self.status = status
        self.headers = dict(headers or {})


def problem(request: HTTPConnection, status: int, *texts: Text, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that says `texts` one a line, first in the language that the request prefers."""
    first = language(request)
    lines = [text.say(lang) for lang in (first, "en" if first == "zh" else "zh") for text in texts]
    kept_nowhere = {"Cache-Control": "no-store", **(headers or {})}
    return PlainTextResponse("\n".join(lines).encode("utf-8", "replace") + b"\n", status, kept_nowhere)


async def on_kg_error(request: Request, error: Exception) -> Response:
    """An error that a user can do something about: 400 where the question is wrong, 422 too heavy, 500 where the graph is."""
    assert isinstance(error, KgError)
    if isinstance(error, RefusedError):
        return problem(request, error.status, error.message, error.hint, headers=error.headers)
    if isinstance(error, StoppedError):
        return problem(request, 422, error.message, error.hint, headers={"Kg-Limit": error.limit})
    return problem(request, 400 if isinstance(error, QueryError) else 500, error.message, error.hint)


async def on_http_error(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses: an unknown address, a method."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return problem(request, error.status_code, _FOUND_OUT.get(error.status_code, Text(phrase, phrase)), headers=error.headers)


async def on_leaving(request: Request, error: Exception) -> Response:
    """A client that left before its body was there: nobody reads this."""
    return Response(status_code=400)


async def on_bug(request: Request, error: Exception) -> Response:
    """A bug: the client learns nothing of it, the log has its traceback."""
    return problem(request, 500, _FOUND_OUT[500])
