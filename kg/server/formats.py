"""Which format of a thing a request wants, and whether it has the answer of this build already."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from kg.server.negotiate import weight_of, weights

TYPES = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json"}


def wanted_format(asked: str, accept: str, offered: Sequence[str] = tuple(TYPES)) -> str:
    """The format to answer in: `asked` (?format=) wins; "" where nothing that is offered is wanted.

    >>> wanted_format("", "application/ld+json, text/html;q=0.8"), wanted_format("ttl", "text/html"), wanted_format("", "*/*")
    ('jsonld', 'ttl', 'html')
    """
    if asked:
        return asked if asked in offered else ""
    ranges = weights(accept or "*/*")
    best = [(weight_of(TYPES[name], ranges), -place, name) for place, name in enumerate(offered)]
    weight, _, name = max(best)
    return name if weight > 0 else ""


def etag(token: str, *variant: str) -> str:
    """Names one form of an answer of one build."""
    return f'W/"{"-".join((token, *variant))}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """304 where the asker has this answer already (RFC 9110, section 13.1.2)."""
    known = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers=cached(tag)) if tag in known or "*" in known else None


def cached(tag: str) -> dict[str, str]:
    """Headers of an answer that may be kept, and is asked for again each time with its tag."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Language"}
