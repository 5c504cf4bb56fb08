"""The plain pages: they work without scripts, and each thing answers as HTML, Turtle or JSON-LD at one address."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError, Text
from kg.query.library import ask
from kg.query.run import run
from kg.query.table import Term
from kg.render import asking
from kg.render.page import json_in_html
from kg.server.endpoint import SPARQL
from kg.server.endpoints import PREFIX, Param, status_of
from kg.server.explorer import Explorer, Snapshot
from kg.server.formats import TYPES, cached, etag, unchanged, wanted_format
from kg.server.graph import DESCRIPTION, ENDPOINTS, drawn, known, part_of_view, path_in_view
from kg.server.html import error_page, page
from kg.server.index import CLASSES, SEARCHED, window
from kg.server.links import ELSEWHERE, ROOMS, href, is_iri, place
from kg.server.negotiate import language
from kg.server.start import start_page
from kg.server.texts import document_page
from kg.server.things import AT_ONCE, Names, thing_page
from kg.store.dump import jsonld, turtle

Answer = Callable[[Request, Snapshot], Response]
_FOUND = 30  # search results on a page
_OFFSET = Param("offset", Text("how many to pass over", "跳过几条"), 0, 1_000_000)
_TYPE = Param("type", Text("class of the answers", "结果的类"), "any", choices=(*CLASSES, "any"))


def page_routes(explorer: Explorer) -> list[BaseRoute]:
    """The routes of the pages."""
    things = [Route(f"/{room}/{{path:path}}", _page(explorer, _thing)) for room in ROOMS]
    return [
        Route("/", _page(explorer, _start)),
        Route("/search", _page(explorer, _search)),
        Route("/api", _page(explorer, _api)),
        Route("/view/{name}", _page(explorer, _view)),
        Route(ELSEWHERE, _page(explorer, _thing)),
        *things,
    ]


def _page(explorer: Explorer, answer: Answer) -> Callable[[Request], Response]:
    """A handler that answers from the present build, once a build, and says errors as pages."""

    def handle(request: Request) -> Response:
        try:
            now = explorer.now
            format = wanted_format(request.query_params.get("format", ""), request.headers.get("accept", ""))
            tag = etag(now.token, language(request), format or "none")
            found = unchanged(request, tag) or answer(request, now)
            found.headers.update(cached(tag) if found.status_code == 200 else {})
            return found
        except KgError as error:
            return error_page(request, status_of(error), error)

    return handle


def _start(request: Request, now: Snapshot) -> Response:
    lang = language(request)
    return page(request, "start", start=now.kept(("start", lang), lambda: start_page(now, lang)))


def _search(request: Request, now: Snapshot) -> Response:
    given = request.query_params
    names, type, offset = Names(now, language(request)), _TYPE.read(given.get("type") or None), _read_offset(request)
    types = SEARCHED if type == "any" else (str(type),)
    kind = given.get("kind", "")
    found = now.index.search(given.get("q", ""), types, kind)
    shown = [(entry, names.ref(entry.iri)) for entry in window(found, _FOUND, offset)]
    mark = now.styles.kinds.get(kind)
    return page(
        request,
        "search",
        found=shown,
        total=len(found),
        offset=offset,
        step=_FOUND,
        type=type,
        classes=CLASSES,
        name=names.name,
        kind=mark.label.say(names.lang) if mark else kind,
    )


def _read_offset(request: Request) -> int:
    return int(_OFFSET.read(request.query_params.get("offset") or None))


def _api(request: Request, now: Snapshot) -> Response:
    """What programs can ask; the description itself is at DESCRIPTION."""
    return page(request, "api", endpoints=ENDPOINTS, prefix=PREFIX, description=DESCRIPTION)


def _view(request: Request, now: Snapshot) -> Response:
    """The viewer with a part of a view: its most connected units, those around a unit (?unit=), or a path (?from=&to=)."""
    asked = {name: request.query_params.get(name, "") for name in ("unit", "from", "to")}
    values = {**asked, "view": request.path_params["name"], "lang": language(request)}
    part = path_in_view(now, values) if asked["from"] and asked["to"] else part_of_view(now, values)
    view = drawn(now, values["view"])
    server = {"home": "/", "view": f"/view/{view.view.id}", "search": f"{PREFIX}search", "total": len(view.network)}
    data = {**part, "server": server, "sparql": asking(now.ontology, SPARQL)}
    return page(request, "view", view=view.view, data=Markup(json_in_html(data)))


def _thing(request: Request, now: Snapshot) -> Response:
    """A thing in the format that is asked for."""
    iri = _iri(request, now)
    format = wanted_format(request.query_params.get("format", ""), request.headers.get("accept", ""))
    if not format:
        raise QueryError(
            Text("this format is not offered", "不提供这种格式"),
            Text(f"?format={' | '.join(TYPES)}", f"?format={' | '.join(TYPES)}"),
        )
    if format != "html":
        return _triples(now, iri, format)
    if iri.startswith(now.store.base + "evidence/"):
        return RedirectResponse(_where(now, iri), 303)
    entry, lang = known(now, iri), language(request)
    names = Names(now, lang)
    if entry.type == "Document":
        return page(request, "document", text=document_page(now, entry, lang), name=names.name)
    thing = thing_page(now, entry, lang, _read_offset(request))
    shown = [view for view in now.views if iri in now.view(view.id)]
    return page(request, "thing", thing=thing, name=names.name, step=AT_ONCE, views=shown)


def _iri(request: Request, now: Snapshot) -> str:
    """The IRI that an address stands for.

    Raises:
        NotFoundError: it is none, so that nothing can have it; what is asked of the store later is surely one IRI.
    """
    whole = request.url.path == ELSEWHERE
    iri = request.query_params.get("iri", "") if whole else now.store.base + request.scope["path"].removeprefix("/")
    if not is_iri(iri):
        known(now, iri)
    return iri


def _triples(now: Snapshot, iri: str, format: str) -> Response:
    """What the graph says of a thing, as RDF."""
    term = Term(iri, "iri")
    rows = ask(now.store, "described", dict.fromkeys(("s", "fact", "o", "graph"), term))
    triples = [(row["subject"], row["predicate"], row["object"]) for row in rows]
    if not triples:
        known(now, iri)
    text = turtle(triples, now.store.base) if format == "ttl" else jsonld(triples)
    return Response(text.encode("utf-8", "backslashreplace"), media_type=TYPES[format])


_PLACE = "SELECT ?document ?start { VALUES ?evidence { UNDEF } ?evidence coop:inDocument ?document ; coop:start ?start }"


def _where(now: Snapshot, evidence: str) -> str:
    """The place in a document's page where evidence stands."""
    rows = run(now.store, _PLACE, {"evidence": Term(evidence, "iri")}).rows
    if rows and rows[0][0] and rows[0][1]:
        return place(href(now.store.base, rows[0][0].value), int(rows[0][1].value))
    return href(now.store.base, known(now, evidence).iri)
