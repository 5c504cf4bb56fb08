"""Speaks to one OpenAI-compatible server, the one that the user named, and to no other: redirects are not followed."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kg.config import Llm

_TRIES = 4
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0
_LARGEST = 4 << 20  # bytes of an answer
_LOCAL = ("127.0.0.1", "localhost", "::1")


class Reply(NamedTuple):
    """What the model said, and how many tokens that took as far as the server tells."""

    content: str
    tokens: int


class NoReply(Exception):
    """The server gave no answer; says why."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Server:
    """One server and one model.

    Args:
        settings: its address and how long to wait.
        key: sent as a bearer token; "" sends none.
        pause: seconds before the second try; doubled before each further one.
        sleep: waits.
    """

    def __init__(self, settings: Llm, key: str = "", pause: float = 1.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self._url = settings.url.rstrip("/") + "/chat/completions"
        self._seconds, self._pause, self._sleep = settings.seconds, pause, sleep
        self._headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "kg"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        proxies = urllib.request.ProxyHandler({} if urlsplit(settings.url).hostname in _LOCAL else None)
        self._opener = urllib.request.build_opener(_NoRedirect, proxies)

    def ask(self, body: bytes) -> Reply:
        """The reply to a request; a busy server and a lost connection are tried again.

        Raises:
            NoReply: there was none, or it is not in the form of the protocol.
        """
        for attempt in range(_TRIES):
            try:
                return _reply(self._sent(body))
            except urllib.error.HTTPError as error:
                with error:
                    reason, wait = f"HTTP {error.code} {error.reason}", _retry_after(error.headers.get("Retry-After"))
                if error.code not in _AGAIN:
                    raise NoReply(reason) from error
            except (OSError, http.client.HTTPException) as error:
                reason, wait = str(getattr(error, "reason", None) or error) or type(error).__name__, 0.0
            if attempt + 1 < _TRIES:
                self._sleep(min(max(wait, self._pause * 2**attempt), _LONGEST_PAUSE))
        raise NoReply(reason)

    def _sent(self, body: bytes) -> bytes:
        request = urllib.request.Request(self._url, body, self._headers, method="POST")
        with self._opener.open(request, timeout=self._seconds) as answer:
            content: bytes = answer.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise NoReply("the answer is too large")
        return content


def _retry_after(value: str | None) -> float:
    return float(value) if value and value.isdecimal() else 0.0


def _reply(content: bytes) -> Reply:
    try:
        data = json.loads(content)
        text = data["choices"][0]["message"]["content"]
        tokens = (data.get("usage") or {}).get("total_tokens", 0)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NoReply("the answer is not in the form of the chat completions protocol") from None
    if not isinstance(text, str):
        raise NoReply("the answer holds no text")
    return Reply(text, tokens if isinstance(tokens, int) else 0)
