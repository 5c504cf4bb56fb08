"""The part of the server for reviewing: a page for people at this machine only, who decide by keys.

Who may decide: requests that come from this machine, not through a proxy, with the secret that the page of this very run
carries. Pages of other sites cannot read it (`kg.server.guard` refuses their requests, and foreign names, anyway).
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import secrets
import threading
from typing import Any

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError, Text
from kg.extract.normalise import normalise
from kg.extract.segment import sentences
from kg.graph import Graph
from kg.pipeline.desk import Desk
from kg.render.page import json_in_html
from kg.review.report import tables, waiting
from kg.server.html import page
from kg.server.negotiate import language
from kg.server.problems import RefusedError
from kg.server.questions import built, decide, questions, vocabulary
from kg.server.settings import Settings
from kg.vocab.terms import COOP

_KEPT_NOWHERE = {"Cache-Control": "no-store"}
_PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_CLASSES = {"mechanism": "Mechanism", "cooperation": "Cooperation", "outcome": "Outcome", "case": "Case"}


def routes(graph: Graph, settings: Settings) -> list[BaseRoute]:
    """/review is the page; below it are what it shows (queue, text), what it asks for (decide, build) and the quality report."""
    room = _Room(graph)
    return [
        Route("/review", room.page),
        Route("/review/queue", room.queue),
        Route("/review/text", room.text),
        Route("/review/quality", room.quality),
        Route("/review/decide", room.decide, methods=["POST"]),
        Route("/review/build", room.build, methods=["POST"]),
    ]


class _Room:
    """One desk for all who review at this machine; after a build it is laid anew."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._secret = secrets.token_urlsafe(32)
        self._desk: Desk | None = None
        self._build = ""
        self._one_at_a_time = threading.Lock()

    def page(self, request: Request) -> Response:
        _must_be_here(request)
        lang = language(request)
        words = Markup(json_in_html(vocabulary(self._kinds(lang), lang)))
        return page(request, "review", headers=_KEPT_NOWHERE, secret=self._secret, words=words)

    def queue(self, request: Request) -> Response:
        self._must_know(request)
        with self._one_at_a_time:
            return _json(questions(self._at_desk(), language(request)))

    def text(self, request: Request) -> Response:
        """The sentences of a document, for adding a fact to one of them."""
        self._must_know(request)
        with self._one_at_a_time:
            document = self._at_desk().document(request.query_params.get("document", ""))
        found = sentences(document, normalise(document.text))
        return _json({"document": document.id, "title": document.title, "sentences": [sentence.text for sentence in found]})

    def quality(self, request: Request) -> Response:
        _must_be_here(request)
        lang = language(request)
        with self._one_at_a_time:
            found = self._at_desk().quality()
        shown = list(tables(found, self._kinds(lang), lang))
        return page(request, "quality", headers=_KEPT_NOWHERE, tables=shown, waiting=waiting(found, lang))

    async def decide(self, request: Request) -> Response:
        self._must_know(request)
        try:
            asked = json.loads(await request.body())
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict):
            what = Text("the body is no JSON object", "请求正文不是 JSON 对象")
            raise QueryError(what, Text("load the page again", "请重新打开页面"))
        return await run_in_threadpool(self._decided, asked, language(request))

    def _decided(self, asked: dict[str, Any], lang: str) -> Response:
        with self._one_at_a_time:
            desk = self._at_desk()
            try:
                decide(desk, asked)
            except KgError as error:
                said = {"message": error.message.say(lang), "hint": error.hint.say(lang)}
                return _json({**said, **questions(desk, lang)}, 400)
            return _json(questions(desk, lang))

    def build(self, request: Request) -> Response:
        """Builds the graph with the decisions, from the files on the desk."""
        self._must_know(request)
        lang = language(request)
        with self._one_at_a_time:
            try:
                result = self._graph.build(self._at_desk().sources)
            except KgError as error:
                return _json({"message": error.message.say(lang), "hint": error.hint.say(lang)}, 400)
            return _json({**built(result, lang), **questions(self._at_desk(), lang)})

    def _at_desk(self) -> Desk:
        """The desk over the documents as they are since the last build."""
        try:
            build = self._graph.store.state()
        except KgError:
            build = "none"
        if self._desk is None or build != self._build:
            self._desk, self._build = Desk(self._graph.config, self._graph.location, by=_login()), build
        return self._desk

    def _kinds(self, lang: str) -> dict[str, str]:
        ontology = self._graph.ontology
        return {kind: ontology.label(COOP + name, lang) for kind, name in _CLASSES.items()}

    def _must_know(self, request: Request) -> None:
        _must_be_here(request)
        if not hmac.compare_digest(request.headers.get("x-kg-review", "").encode(), self._secret.encode()):
            raise _refused()


def _must_be_here(request: Request) -> None:
    """Refuses who is not at this machine, or comes through a proxy, which hides where one is.

    Raises:
        RefusedError: so it is.
    """
    host = request.client.host if request.client else ""
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if not here or any(name in request.headers for name in _PROXIED):
        raise _refused()


def _refused() -> RefusedError:
    return RefusedError(
        403,
        Text("reviewing is for people at this machine, from the page of this run", "只能在本机、从本次启动的页面进行审核"),
        Text("open the page again; elsewhere use `kg review export`", "请重新打开页面；在其他机器上可用 `kg review export`"),
    )


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _json(data: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(data, status, headers=_KEPT_NOWHERE)
