"""What a request asks for: a language, a format."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import HTTPConnection


def weights(header: str) -> list[tuple[str, float]]:
    """The values of an Accept or Accept-Language header with their weights (RFC 9110, section 12.4.2), in their order.

    >>> weights("text/turtle;q=0.5, text/html")
    [('text/turtle', 0.5), ('text/html', 1.0)]
    """
    found = []
    for part in header.split(","):
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        if value:
            found.append((value, _number(weight)))
    return found


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def weight_of(type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The weight of the range that names a media type most closely; 0 if none does."""
    closeness = {type: 3, type.partition("/")[0] + "/*": 2, "*/*": 1}
    fitting = [(closeness[name], weight) for name, weight in ranges if name in closeness]
    return max(fitting)[1] if fitting else 0.0


def language(request: HTTPConnection) -> str:
    """ "zh" or "en": as ?lang= says, else as Accept-Language says, else Chinese."""
    asked = request.query_params.get("lang", "")
    if asked in ("zh", "en"):
        return asked
    best, chosen = 0.0, "zh"
    for tag, weight in weights(request.headers.get("accept-language", "")):
        primary = tag.partition("-")[0]
        if primary in ("zh", "en") and weight > best:
            best, chosen = weight, primary
    return chosen
