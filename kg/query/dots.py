"""Finds the triple that is too long or too short: where Oxigraph tells only the end of the whole group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.store.sparql import Token

_TERMS = frozenset({"variable", "iri", "name", "string"})
_JOINING = frozenset("/|^*+?!")  # a path is one term
_SKIPPED = frozenset(["FILTER", "BIND", "VALUES", "HAVING", "BY", "LIMIT", "OFFSET", "PREFIX", "BASE"])


class Fault(NamedTuple):
    """A token at which a triple cannot go on (`missing` a dot) or end (missing a term)."""

    token: Token
    missing: str


def fault(pieces: Iterable[Token]) -> Fault | None:
    """The first fault inside braces, or None; `pieces` are tokens without spaces and comments.

    >>> from kg.store.sparql import tokens
    >>> found = fault(piece for piece in tokens("{ ?s a coop:Unit ?x a coop:Case }") if piece.kind != "space")
    >>> found.token.text, found.missing
    ('?x', '.')
    """
    count, wanted, joined = 0, 3, False
    for token in _flat(pieces):
        if token.text in {"/", "|"} or (token.text in _JOINING and token.kind == "sign"):
            joined = token.text in {"/", "|"}
        elif token.kind in _TERMS or token.kind == "word":
            count += 0 if joined else 1
            joined = False
            if count > wanted:
                return Fault(token, ".")
        elif token.text in {".", ";", ",", "}"}:
            if 0 < count < wanted:
                return Fault(token, "term")
            count, wanted = 0, {";": 2, ",": 1}.get(token.text, 3)
        elif token.text in {"{", "reset"}:
            count, wanted = 0, 3
    return None


def _flat(pieces: Iterable[Token]) -> Iterator[Token]:
    """The tokens that make triples; brackets and lists as one term, keywords with what belongs to them as "reset"."""
    tokens = [token for token in pieces if token.kind != "tag"]
    start = next((place for place, token in enumerate(tokens) if token.text == "{"), len(tokens))
    place = start
    while place < len(tokens):
        token = tokens[place]
        if token.text in {"(", "["}:
            place = _after(tokens, place)
            yield token._replace(kind="name")
            continue
        if token.kind == "word" and token.text.upper() in _SKIPPED:
            yield token._replace(kind="sign", text="reset")
            place = _after(tokens, next((at for at in range(place, len(tokens)) if tokens[at].text in {"(", "{"}), place))
            continue
        if token.kind == "word" and token.text.isupper() and not token.text.isnumeric():
            yield token._replace(kind="sign", text="reset")
            place += 2 if token.text == "GRAPH" else 1
            continue
        if token.text == "^" and place + 1 < len(tokens) and tokens[place + 1].text == "^":
            place += 3  # ^^ and the datatype
            continue
        yield token
        place += 1


def _after(tokens: list[Token], place: int) -> int:
    """The place behind the bracket that closes the one at `place`."""
    depth = 0
    for at in range(place, len(tokens)):
        depth += (tokens[at].text in {"(", "[", "{"}) - (tokens[at].text in {")", "]", "}"})
        if depth <= 0:
            return at + 1
    return len(tokens)
