"""The formats in which the graph answers programs, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.server.negotiate import weight_of, weights


class Offer(NamedTuple):
    """A format: its name in `kg.store.documents`, short name (`?format=`), and media types, the proper one first."""

    name: str
    short: str
    types: tuple[str, ...]


SOLUTIONS = (
    Offer("JSON", "json", ("application/sparql-results+json", "application/json")),
    Offer("XML", "xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Offer("CSV", "csv", ("text/csv",)),
    Offer("TSV", "tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Offer("TURTLE", "ttl", ("text/turtle", "application/x-turtle")),
    Offer("N_TRIPLES", "nt", ("application/n-triples", "text/plain")),
    Offer("JSON_LD", "jsonld", ("application/ld+json", "application/json")),
    Offer("RDF_XML", "rdf", ("application/rdf+xml", "application/xml")),
)


class Choice(NamedTuple):
    """A format and the media type under which the client wants it."""

    name: str
    type: str


def choose(offers: Sequence[Offer], accept: str, short: str = "") -> Choice | None:
    """What a client wants most (RFC 9110, section 12.5.1), of equals the first; None if it wants nothing of this.

    Args:
        accept: its Accept header; "" takes anything.
        short: `?format=`, which wins over the header.

    >>> choose(SOLUTIONS, "text/csv;q=0.5, application/xml;q=0.9"), choose(GRAPHS, "text/*"), choose(GRAPHS, "image/png")
    (Choice(name='XML', type='application/xml'), Choice(name='TURTLE', type='text/turtle'), None)
    """
    if short:
        return next((Choice(offer.name, offer.types[0]) for offer in offers if offer.short == short), None)
    ranges = weights(accept) or [("*/*", 1.0)]
    kinds = [Choice(offer.name, type) for offer in offers for type in offer.types]
    best = max(kinds, key=lambda choice: weight_of(choice.type, ranges))  # of equals the first
    return best if weight_of(best.type, ranges) > 0 else None
