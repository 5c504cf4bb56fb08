"""Writes a graph to a file in a fixed order: the same bytes for the same graph, whatever the hash seed or the locale."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol

from kg.errors import InputError, Text, UnsupportedError
from kg.store.base import Store, Term
from kg.vocab.terms import PREFIXES, RDF, TYPE, XSD

Statement = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term]
Grouped = Iterator[tuple[Term, list[Statement]]]


class Readable(Protocol):
    """What is written: a store, or part of one."""

    @property
    def base(self) -> str:
        """Base of the IRIs of the data."""

    def quads(self) -> Iterable[Quad]:
        """Subject, predicate, object and graph of every statement."""


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_LOCAL = re.compile(r"[A-Za-z0-9_\u3400-\u9fff](?:[A-Za-z0-9_\u3400-\u9fff-]*)")  # a safe part of PN_LOCAL: no dots, no escapes
_BARE = {
    XSD + "integer": re.compile(r"-?\d+"),
    XSD + "decimal": re.compile(r"-?\d+\.\d+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_RUN = 100_000  # lines that are sorted in memory
_OF_DATA = ("unit", "case", "document", "mechanism", "cooperation", "outcome", "evidence", "graph")


def nt(term: Term) -> str:
    """A term as in canonical N-Triples.

    >>> nt(Term("a\\nb", "literal", "http://www.w3.org/2001/XMLSchema#string")), nt(Term("http://e/x", "iri"))
    ('"a\\\\nb"', '<http://e/x>')
    """
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind == "blank":
        return f"_:{term.value}"
    text = f'"{_TO_ESCAPE.sub(_escape, term.value)}"'
    if term.lang:
        return f"{text}@{term.lang}"
    return text if term.datatype in {"", XSD + "string"} else f"{text}^^<{term.datatype}>"


def _escape(sign: re.Match[str]) -> str:
    return _ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04X}"


class _Names:
    """Shortens IRIs with prefixes, and remembers which were used."""

    def __init__(self, base: str) -> None:
        self._spaces = {**PREFIXES, **{name: f"{base}{name}/" for name in _OF_DATA if base}}
        self._by_length = sorted(self._spaces.items(), key=lambda pair: -len(pair[1]))
        self.used: set[str] = set()

    def term(self, term: Term) -> str:
        if term.kind == "iri":
            return self._iri(term.value)
        if term.kind == "literal" and term.datatype in _BARE and _BARE[term.datatype].fullmatch(term.value):
            return term.value
        if term.kind == "literal" and not term.lang and term.datatype not in {"", XSD + "string"}:
            return f"{nt(Term(term.value))}^^{self._iri(term.datatype)}"
        return nt(term)

    def _iri(self, iri: str) -> str:
        for prefix, space in self._by_length:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def header(self) -> str:
        lines = [f"@prefix {name}: <{self._spaces[name]}> .\n" for name in sorted(self.used)]
        return "".join(lines) + ("\n" if lines else "")


def turtle(triples: Iterable[Statement], base: str = "") -> str:
    """Turtle with prefixes, sorted, each triple once; `base` of the data gives their IRIs prefixes."""
    names = _Names(base)
    body = "\n".join(_subjects(_sorted(triples), names, ""))
    return names.header() + body


def _sorted(triples: Iterable[Statement]) -> list[Statement]:
    return sorted(set(triples), key=lambda triple: (nt(triple[0]), triple[1].value != TYPE, nt(triple[1]), nt(triple[2])))


def jsonld(triples: Iterable[Statement]) -> str:
    """Expanded JSON-LD 1.1 of triples, sorted, each triple once; one node a line.

    >>> jsonld([(Term("http://e/a", "iri"), Term("http://e/p", "iri"), Term("甲", lang="zh"))])
    '[\\n{"@id": "http://e/a", "http://e/p": [{"@value": "甲", "@language": "zh"}]}\\n]\\n'
    """
    nodes = [_dumped(_node(subject, list(of))) for subject, of in groupby(_sorted(triples), key=lambda triple: triple[0])]
    return "[\n" + ",\n".join(nodes) + "\n]\n"


def _subjects(triples: Sequence[Statement], names: _Names, indent: str) -> Iterator[str]:
    """One block of text for each subject."""
    for subject, statements in groupby(triples, key=lambda triple: triple[0]):
        lines = []
        for predicate, same in groupby(statements, key=lambda triple: triple[1]):
            verb = "a" if predicate.value == TYPE else names.term(predicate)
            lines.append(f"{verb} {', '.join(names.term(triple[2]) for triple in same)}")
        yield f"{indent}{names.term(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


def _by_graph(store: Readable) -> dict[Term, list[Statement]]:
    graphs: dict[Term, list[Statement]] = {}
    for subject, predicate, value, graph in store.quads():
        graphs.setdefault(graph, []).append((subject, predicate, value))
    return {graph: graphs[graph] for graph in sorted(graphs, key=nt)}


def _nquads(store: Readable, out: BinaryIO) -> None:
    out.writelines(_sorted_lines(f"{' '.join(map(nt, quad))} .\n".encode() for quad in store.quads()))


def _sorted_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in order, which is that of their characters; what does not fit into memory is sorted by way of the disk."""
    lines = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(lines, _RUN)):
            if len(run) < _RUN:
                runs.append(run)
                break
            file = stack.enter_context(TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield from merge(*runs)


def _trig(store: Readable, out: BinaryIO) -> None:
    names = _Names(store.base)
    blocks = []
    for graph, triples in _by_graph(store).items():
        inner = "\n".join(_subjects(_sorted(triples), names, "    "))
        blocks.append(f"{names.term(graph)} {{\n{inner}}}\n")
    out.write((names.header() + "\n".join(blocks)).encode())


def _turtle(store: Readable, out: BinaryIO) -> None:
    out.write(turtle((quad[:3] for quad in store.quads()), store.base).encode())


def _jsonld(store: Readable, out: BinaryIO) -> None:
    """Expanded JSON-LD 1.1: whole IRIs, so that no name can be mistaken for a prefix; one node a line."""
    out.write(b"[\n")
    for count, (graph, triples) in enumerate(_by_graph(store).items()):
        nodes = [_dumped(_node(subject, list(of))) for subject, of in groupby(_sorted(triples), key=lambda triple: triple[0])]
        head = ",\n" if count else ""
        out.write(f'{head}{{"@id": {_dumped(graph.value)}, "@graph": [\n'.encode())
        out.write(",\n".join(nodes).encode() + b"\n]}")
    out.write(b"\n]\n")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _node(subject: Term, triples: list[Statement]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _id(subject)}
    for predicate, same in groupby(triples, key=lambda triple: triple[1]):
        values = [triple[2] for triple in same]
        if predicate.value == TYPE and all(value.kind != "literal" for value in values):
            node["@type"] = [_id(value) for value in values]
        else:
            node[predicate.value] = [_json(value) for value in values]
    return node


def _id(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _json(term: Term) -> Mapping[str, str]:
    if term.kind != "literal":
        return {"@id": _id(term)}
    if term.lang:
        return {"@value": term.value, "@language": term.lang}
    if term.datatype in {"", XSD + "string", RDF + "langString"}:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype}


_WRITERS: dict[str, Callable[[Readable, BinaryIO], None]] = {"nq": _nquads, "trig": _trig, "ttl": _turtle, "jsonld": _jsonld}
FORMATS = tuple(_WRITERS)


def write_graphs(store: Readable, out: BinaryIO, format: str) -> None:
    """Writes the named graphs of a store; Turtle, which has no graphs, gets their union.

    Args:
        format: one of FORMATS.

    Raises:
        UnsupportedError: any other format.
    """
    if format not in _WRITERS:
        raise UnsupportedError(
            Text(f"there is no graph format {format!r}", f"没有名为“{format}”的图谱格式"),
            Text(f"use {', '.join(FORMATS)}", f"可用：{'、'.join(FORMATS)}"),
        )
    _WRITERS[format](store, out)


def export(store: Store, path: Path) -> None:
    """Writes the file whose ending names the format: beside it first, so that it is whole or not there.

    Raises:
        InputError: the file cannot be written.
        UnsupportedError: the ending is none of FORMATS.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as out:
            write_graphs(store, out, path.suffix[1:].lower())
        os.replace(beside, path)
    except OSError as error:
        raise InputError(
            Text(f"cannot write {path}: {error.strerror}", f"无法写入 {path}：{error.strerror}"),
            Text("choose another place with -o", "请用 -o 指定其他位置"),
        ) from error
    finally:
        beside.unlink(missing_ok=True)
