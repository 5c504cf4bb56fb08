"""Pages from templates: every text is escaped, and every address inside a page keeps the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError
from kg.network.geometry import Point
from kg.render.svg import Fill, symbol
from kg.server.negotiate import language
from kg.server.words import say

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = Path(__file__).parent / "templates"
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.globals["symbol"] = lambda mark: Markup(symbol(mark.shape, Point(10, 10), 8, Fill(mark.colour)))
    return made


def page(request: Request, template: str, code: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:
    """The template of that name, filled in for a request.

    Templates know besides `values`: `lang`; `say(name)`, the words of `kg.server.words`; `at(address)`, an address that keeps
    the language; `here(name=value)`, this address with parameters exchanged; `symbol(mark)`, SVG.
    """
    lang = language(request)
    html = (
        _templates()
        .get_template(f"{template}.html.jinja")
        .render(
            lang=lang,
            say=partial(say, lang=lang),
            at=partial(_at, request),
            here=partial(_here, request),
            query=request.query_params.get("q", ""),
            **values,
        )
    )
    return Response(html.encode("utf-8", "backslashreplace"), code, headers, media_type="text/html")


def error_page(request: Request, status: int, error: KgError) -> Response:
    """What is wrong and the way out, as a page with the search box."""
    lang = language(request)
    texts = {"message": error.message.say(lang), "hint": error.hint.say(lang)}
    return page(request, "problem", status, {"Cache-Control": "no-store"}, status=status, **texts)


def _at(request: Request, address: str) -> str:
    """An address of this server that keeps the language where the present one names it."""
    asked = request.query_params.get("lang", "")
    if asked not in ("zh", "en") or not address.startswith("/"):
        return address
    path, mark, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}lang={asked}{mark}{anchor}"


def _here(request: Request, **changed: object) -> str:
    """The present address with other parameters; "" takes one away."""
    kept = {name: request.query_params[name] for name in request.query_params}
    parameters = {name: str(value) for name, value in {**kept, **changed}.items() if value != ""}
    return "?" + urlencode(parameters, errors="replace")
