"""Addresses of pages: an IRI of the data is the page below the server with the same path, any other is asked for by name."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

ROOMS = ("unit", "mechanism", "cooperation", "outcome", "case", "document", "evidence")
ELSEWHERE = "/thing"
_IRI = re.compile(r"[^<>\"{}|^`\\\x00-\x20]+")  # IRIREF of SPARQL 1.1, section 19.8


def is_iri(text: str) -> bool:
    """Whether a text can stand for a thing in a query.

    >>> is_iri("https://e.org/甲"), is_iri("https://e.org/> ?p ?o")
    (True, False)
    """
    return bool(_IRI.fullmatch(text))


def href(base: str, iri: str) -> str:
    """The address of a thing's page.

    >>> href("https://e.org/id/", "https://e.org/id/unit/甲院 50%2F")
    '/unit/%E7%94%B2%E9%99%A2%2050%252F'
    >>> href("https://e.org/id/", "https://e.org/id/unit/../x")
    '/thing?iri=https%3A%2F%2Fe.org%2Fid%2Funit%2F..%2Fx'
    """
    path = iri.removeprefix(base)
    steps = path.split("/")
    plain = path != iri and steps[0] in ROOMS and len(steps) > 1 and not {"", ".", ".."} & set(steps)
    return "/" + quote(path, safe="/") if plain else f"{ELSEWHERE}?{urlencode({'iri': iri})}"


def place(document: str, start: int) -> str:
    """The address of a place in a document, given the address of its page."""
    return f"{document}#c{start}"
