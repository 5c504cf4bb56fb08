"""RDF in six formats, its usual faults, and what is never fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.load import LoadContext, load_sources

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/"'
LABEL = '<http://e.org/a> <http://e.org/label> "甲院"@zh-CN .\n'
LABELLED = '<e:label xml:lang="zh_CN">甲院</e:label>'
XML = f'<rdf:RDF {RDF}><rdf:Description rdf:about="http://e.org/a">{LABELLED}</rdf:Description></rdf:RDF>'
DOCUMENT = "https://w3id.org/coop-kg/id/document/"


def statements(read: Callable, name: str, content: bytes | str) -> str:
    entry, documents = read(name, content)
    assert entry.error is None, entry.error
    return documents[0].nquads.decode()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", '@prefix e: <http://e.org/> . e:a e:label "甲院"@zh_CN .'),
        ("a.trig", '@prefix e: <http://e.org/> . e:g { e:a e:label "甲院"@zh_CN . }'),
        ("a.nt", '<http://e.org/a> <http://e.org/label> "甲院"@zh_CN .'),
        ("a.nq", '<http://e.org/a> <http://e.org/label> "甲院"@zh_CN <http://e.org/g> .'),
        ("a.rdf", XML),
        ("a.owl", XML),
        ("a.jsonld", '{"@id": "http://e.org/a", "http://e.org/label": {"@value": "甲院", "@language": "zh_CN"}}'),
    ],
)
def test_each_format_is_read_with_a_mark_and_a_wrong_language_tag(read: Callable, name: str, content: str, mark: bytes) -> None:
    entry, (document,) = read(name, mark + content.encode())
    assert document.nquads.decode() == LABEL
    assert [note.en for note in entry.notes] == ["language tag mended: zh_CN → zh-CN"]
    assert entry.counts["language_tags_mended"] == 1


def test_literals_keep_the_form_of_the_source(read: Callable) -> None:
    decimal, integer = "<http://www.w3.org/2001/XMLSchema#decimal>", "<http://www.w3.org/2001/XMLSchema#integer>"
    assert statements(read, "a.ttl", "<http://e.org/a> <http://e.org/p> 1.50, 01 .") == (
        f'<http://e.org/a> <http://e.org/p> "01"^^{integer} .\n<http://e.org/a> <http://e.org/p> "1.50"^^{decimal} .\n'
    )


def test_signs_that_no_iri_may_hold_are_encoded_and_listed(read: Callable) -> None:
    entry, (document,) = read("a.ttl", '<http://e.org/甲 院[1]> <http://e.org/p> "<b c>" . # <d e>')
    assert document.nquads.decode() == '<http://e.org/甲%20院%5B1%5D> <http://e.org/p> "<b c>" .\n'
    assert [note.en for note in entry.notes] == ["IRI mended: http://e.org/甲 院[1] → http://e.org/甲%20院%5B1%5D"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rdf", XML.replace('/a"', '/a b"').replace("zh_CN", "zh")),
        (
            "a.jsonld",
            '{"@context": {"id": "@id", "label": {"@id": "http://e.org/label", "@language": "zh"}}, '
            '"id": "http://e.org/a b", "label": "甲院"}',
        ),
    ],
)
def test_iris_with_blanks_are_mended_in_xml_and_json(read: Callable, name: str, content: str) -> None:
    assert statements(read, name, content) == '<http://e.org/a%20b> <http://e.org/label> "甲院"@zh .\n'


@pytest.mark.parametrize("name", ["a.ttl", "a.nt"])
def test_relative_iris_stand_below_the_document(read: Callable, name: str) -> None:
    assert statements(read, name, "<甲> <http://e.org/p> <#b> .") == f"<{DOCUMENT}甲> <http://e.org/p> <{DOCUMENT}{name}#b> .\n"


def test_blank_nodes_get_the_same_iris_on_every_reading(read: Callable) -> None:
    content = "<http://e.org/a> <http://e.org/p> [ <http://e.org/q> _:x ] ."
    first = statements(read, "a.ttl", content)
    assert first == (
        f"<http://e.org/a> <http://e.org/p> <{DOCUMENT}a.ttl#node-1> .\n"
        f"<{DOCUMENT}a.ttl#node-1> <http://e.org/q> <{DOCUMENT}a.ttl#node-2> .\n"
    )
    assert statements(read, "a.ttl", content) == first


def test_graph_names_are_left_out_and_counted(read: Callable) -> None:
    entry, (document,) = read(
        "a.nq",
        "<http://e.org/a> <http://e.org/p> <http://e.org/b> <http://e.org/g> .\n"
        "<http://e.org/a> <http://e.org/p> <http://e.org/b> <http://e.org/h> .\n",
    )
    assert document.nquads == b"<http://e.org/a> <http://e.org/p> <http://e.org/b> .\n"
    assert entry.counts == {"statements": 1, "graph_names_left_out": 2}


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.ttl", '@prefix e: <http://e.org/> .\ne:a q:b "x" .\n', "line 2, column 5"),
        ("a.nt", '<http://e.org/a> <http://e.org/p> "x\n', "line 1"),
        ("a.rdf", XML.replace("><e", ">\n<e").replace("</e:label>", "</e:name>"), "line 2, column 3"),
        ("a.rdf", XML.replace("http://e.org/a", "http://e.org:x/"), "line 1"),
        ("a.jsonld", '{"@id": "http://e.org/a"\n"b": 1}', "line 2, column 1"),
        ("a.ttl", XML, "line 1"),
    ],
)
def test_a_syntax_error_names_the_place(read: Callable, name: str, content: str, place: str) -> None:
    entry, documents = read(name, content)
    assert (documents, f"{entry.source}, {place}" in str(entry.error)) == ([], True)
    assert "save the file again" in entry.error.hint.en


@pytest.mark.parametrize(
    "content",
    [
        '{"@context": "https://schema.org/", "@id": "http://e.org/a"}',
        '{"@context": [{"a": "http://e.org/a"}, "ctx.jsonld"], "a": 1}',
        '{"@context": {"@import": "https://e.org/c.jsonld"}, "a": 1}',
        '{"http://e.org/p": {"@context": "https://e.org/c.jsonld", "a": 1}}',
    ],
)
def test_a_context_outside_the_file_is_refused(read: Callable, content: str) -> None:
    entry, documents = read("a.jsonld", content)
    assert (documents, "lies outside the file and is not fetched" in str(entry.error), entry.error.exit) == ([], True, 3)


def test_what_json_ld_would_drop_in_silence_is_told(read: Callable) -> None:
    entry, _ = read("a.jsonld", '{"@id": "http://e.org/a", "name": "甲", "http://e.org/p": {"@id": "http://e.org:x/"}}')
    assert entry.counts["keys_without_meaning_left_out"] == 1
    assert entry.counts["iris_refused"] == 1
    assert any("http://e.org:x/" in note.en for note in entry.notes)


def test_imports_are_not_followed(read: Callable) -> None:
    entry, _ = read("a.ttl", "<http://e.org/a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/> .")
    assert entry.counts["imports_not_followed"] == 1


def test_namespace_entities_are_read(read: Callable) -> None:
    content = '<!DOCTYPE rdf:RDF [<!ENTITY e "http://e.org/">]>' + XML.replace('"http://e.org/a"', '"&e;a"')
    assert statements(read, "a.rdf", content) == LABEL


@pytest.mark.parametrize(
    "entity", ['x SYSTEM "file:///etc/hostname"', 'a "&b;&b;"', '% p "x"', 'x PUBLIC "a" "http://127.0.0.1:9/"']
)
def test_other_entities_are_refused(read: Callable, entity: str) -> None:
    entry, documents = read("a.rdf", f"<!DOCTYPE rdf:RDF [<!ENTITY {entity}>]>" + XML)
    assert (documents, "line 1: XML entities" in str(entry.error)) == ([], True)


def test_xml_in_a_declared_gbk_is_read(read: Callable) -> None:
    assert statements(read, "a.rdf", ('<?xml version="1.0" encoding="GBK"?>' + XML).encode("gbk")) == LABEL


def test_a_file_without_statements_is_noted(read: Callable) -> None:
    entry, (document,) = read("a.ttl", "# nothing yet\n")
    assert (document.nquads, [note.en for note in entry.notes]) == (b"", ["the file holds no statement"])


def test_the_reference_files_are_loaded(shared: Path | None, context: LoadContext) -> None:
    for name in ("bom.nt", "bom.jsonld", "lang_tag.ttl") if shared else ():
        ((entry, (document,)),) = load_sources([shared / "cases" / name], context)  # type: ignore[operator]
        assert (entry.error, "甲院" in document.nquads.decode()) == (None, True)
