"""Reads the answers of a SPARQL service while they come: results in JSON, triples in N-Triples."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pyoxigraph import RdfFormat, parse

from kg.store.base import Answer, Row, Solutions, Term, Triples
from kg.store.embedded import as_term
from kg.store.http import Lost
from kg.vocab.terms import RDF, XSD

JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
_ROWS = re.compile(r'"results"\s*:\s*\{[^{}]*?"bindings"\s*:\s*\[')
_BOOLEAN = re.compile(r'"boolean"\s*:\s*(true|false)')
_BETWEEN = re.compile(r"[\s,]*")
_ASKED = ("__ASK_RETVAL",)  # the variable of the table that Virtuoso gives for ASK
_KINDS: dict[str, Any] = {"uri": "iri", "bnode": "blank"}
_DECODER = json.JSONDecoder()


def read_results(chunks: Iterable[bytes]) -> Answer:
    """The answer to SELECT or ASK (SPARQL 1.1 Query Results JSON); rows are read as they come.

    Raises:
        Lost: at once, or while rows are read: what comes is no such answer, or ends too early.
    """
    text = _Text(chunks)
    while not (found := _ROWS.search(text.buffer)):
        if boolean := _BOOLEAN.search(text.buffer):
            return boolean[1] == "true"
        text.more()
    variables = _variables(text.buffer[: found.start()])
    text.skip(found.end())
    rows = _rows(text, variables)
    if variables == _ASKED:
        return any(row[0] and row[0].value in {"1", "true"} for row in list(rows))
    return Solutions(variables, rows)


def _variables(head: str) -> tuple[str, ...]:
    found = re.search(r'"vars"\s*:\s*(\[[^\]]*\])', head)
    return tuple(json.loads(found[1])) if found else ()


def _rows(text: _Text, variables: tuple[str, ...]) -> Iterator[Row]:
    while True:
        text.skip(_BETWEEN.match(text.buffer, text.place).end())  # type: ignore[union-attr]  # it matches nothing too
        if text.buffer[text.place : text.place + 1] == "]":
            return text.finish()
        try:
            binding, end = _DECODER.raw_decode(text.buffer, text.place)
        except ValueError:
            text.more()
            continue
        text.skip(end)
        yield tuple(_term(binding[name]) if name in binding else None for name in variables)


def _term(binding: dict[str, str]) -> Term:
    kind = _KINDS.get(binding["type"], "literal")
    if kind != "literal":
        return Term(binding["value"], kind)
    lang = binding.get("xml:lang", "")
    datatype = RDF + "langString" if lang else binding.get("datatype", XSD + "string")
    return Term(binding["value"], "literal", datatype, lang)


class _Text:
    """The part of an answer that is being read; what was read is let go."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._pieces = codecs.iterdecode(iter(chunks), "utf-8")
        self.buffer, self.place = "", 0

    def skip(self, place: int) -> None:
        self.place = place

    def more(self) -> None:
        """Adds the next piece.

        Raises:
            Lost: there is none.
        """
        try:
            piece = next(self._pieces)
        except (StopIteration, UnicodeDecodeError) as error:
            raise Lost("the answer ends too early") from error
        self.buffer, self.place = self.buffer[self.place :] + piece, 0

    def finish(self) -> None:
        """Reads the end behind the rows, which must be there."""
        rest = self.buffer[self.place + 1 :] + "".join(self._pieces)
        if not re.fullmatch(r"\s*\}\s*\}\s*", rest):
            raise Lost("the answer ends too early")


def read_triples(chunks: Iterable[bytes]) -> Triples:
    """The answer to CONSTRUCT or DESCRIBE, or a graph (N-Triples), as it comes."""
    pieces = iter(chunks)
    first = next(pieces, b"")  # at once, so that what is wrong is told at once
    return Triples(_triples(chain([first], pieces)))


def _triples(chunks: Iterable[bytes]) -> Iterator[tuple[Term, Term, Term]]:
    for lines in _whole_lines(chunks):
        for quad in parse(lines, format=RdfFormat.N_TRIPLES):
            yield as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)


def _whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    kept = b""
    for chunk in chunks:
        whole, newline, rest = chunk.rpartition(b"\n")
        if newline:
            yield kept + whole + newline
            kept = rest
        else:
            kept += chunk
    if kept.strip():
        yield kept
