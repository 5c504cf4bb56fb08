"""What is read from any RDF file, however faulty, can be exported and read again, in every format, to the same graph."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

from kg.load import LedgerEntry, LoadContext, load_sources
from kg.store.base import Term
from kg.store.dump import FORMATS, write_graphs
from tests.hostile.samples import ROOT

SIGNS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=8)
ODD = st.sampled_from(
    ["a b", "甲[1]", "%zz", "http://e.org/甲 院", "http://e.org/{x}|", "../up", "#f", "", "mailto:a@b", "urn:x:y z", "//h/p"]
)
IRIS = st.one_of(ODD, SIGNS.map("http://e.org/".__add__)).map(lambda text: "<" + text.replace(">", "").replace("<", "") + ">")
WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
TAGS = st.sampled_from(["zh_CN", "zh-Hans-CN", "en", "EN-us", "x-y", "zh_", "toolonglanguage", "a1"])
TYPES = st.sampled_from(["date", "integer", "decimal", "boolean", "dateTime", "string", "gYear", "nothing"])
VALUES = st.one_of(WORDS, st.sampled_from(["2024-02-30", "1.50", "01", "TRUE", "2024", "-", "1e400", "true"]))


def quoted(text: str) -> str:
    return '"' + "".join(f"\\u{ord(sign):04X}" if sign in '"\\\n\r\t' or sign < " " else sign for sign in text) + '"'


LITERALS = st.one_of(
    VALUES.map(quoted),
    st.builds(lambda text, tag: f"{quoted(text)}@{tag}", WORDS, TAGS),
    st.builds(lambda text, kind: f"{quoted(text)}^^<http://www.w3.org/2001/XMLSchema#{kind}>", VALUES, TYPES),
)
BLANKS = st.sampled_from(["_:a", "_:b"])
STATEMENTS = st.builds(" ".join, st.tuples(IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS, st.just(".")))


@dataclass
class Graph:
    """The statements of a document, as an export sees a store."""

    nquads: bytes
    base: str = "https://w3id.org/coop-kg/id/"

    def quads(self) -> Iterator[tuple[Term, Term, Term, Term]]:
        graph = Term("http://e.org/graph", "iri")
        for quad in parse(self.nquads, format=RdfFormat.N_QUADS):
            yield _term(quad.subject), _term(quad.predicate), _term(quad.object), graph


def _term(term: object) -> Term:
    if isinstance(term, Literal):
        return Term(term.value, "literal", "" if term.language else term.datatype.value, term.language or "")
    assert not isinstance(term, BlankNode)
    return Term(term.value, "iri")  # type: ignore[attr-defined]


def load(name: str, content: bytes) -> tuple[LedgerEntry, bytes | None]:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        ((entry, documents),) = load_sources([path], LoadContext(Path(folder), ROOT / "ontology"))
    return entry, documents[0].nquads if documents else None


@pytest.fixture(scope="module", autouse=True)
def no_network() -> Iterator[None]:
    """Opening a connection fails, so that what is fetched would be seen."""

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@settings(max_examples=150, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=4).map("\n".join), st.sampled_from(["a.ttl", "a.nt", "a.trig"]))
def test_what_is_read_is_exported_and_read_again_to_the_same_graph(text: str, name: str) -> None:
    entry, nquads = load(name, text.encode())
    if nquads is None:
        assert entry.error and entry.error.message.zh and entry.error.hint.en
        return
    for form in FORMATS:
        out = io.BytesIO()
        write_graphs(Graph(nquads), out, form)
        again, read = load(f"b.{form}", out.getvalue())
        assert (form, read) == (form, nquads), (again.error, again.notes)
        assert "iris_mended" not in again.counts and "language_tags_mended" not in again.counts


def test_a_repair_of_each_kind_is_listed() -> None:
    entry, _ = load("a.ttl", '<http://e.org/a b> <http://e.org/p> "甲"@zh_CN ; <http://e.org/i[> <x y> .'.encode())
    assert (entry.counts["iris_mended"], entry.counts["language_tags_mended"]) == (3, 1)
    assert len(entry.notes) == 4


@pytest.mark.parametrize(
    "context", ['"http://127.0.0.1:9/c"', '[{"a": "b"}, "http://127.0.0.1:9/c"]', '{"@import": "http://127.0.0.1:9/c"}']
)
def test_a_remote_context_is_refused_and_not_fetched(context: str) -> None:
    entry, read = load("a.jsonld", f'{{"@context": {context}, "@id": "http://e.org/a", "p": 1}}'.encode())
    assert read is None and "is not fetched" in str(entry.error)


def test_imports_are_told_and_not_fetched() -> None:
    entry, read = load("a.ttl", b"<http://e.org/a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/b> .")
    assert read and entry.counts["imports_not_followed"] == 1
