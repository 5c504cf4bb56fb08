"""JSON-LD before it is parsed: what a processor would drop in silence is mended, listed or refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.errors import InputError, Text, UnsupportedError
from kg.load.archive import broken
from kg.load.rdf_repair import SCHEME, Repairs


@dataclass(slots=True)
class _Terms:
    """What the contexts of a file define, taken together."""

    ids: set[str] = field(default_factory=lambda: {"@id"})
    types: set[str] = field(default_factory=lambda: {"@type"})
    languages: set[str] = field(default_factory=lambda: {"@language"})
    links: set[str] = field(default_factory=set)  # terms whose plain strings are IRIs
    language_maps: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    vocabulary: bool = False


def mend_jsonld(text: str, repairs: Repairs) -> str:
    """The JSON with mended ids and language tags.

    Raises:
        InputError: it is not JSON; names line and column.
        UnsupportedError: a context lies outside the file (it is never fetched).
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        source = repairs.entry.source
        raise InputError(
            Text(
                en=f"{source}, line {error.lineno}, column {error.colno}: not valid JSON: {error.msg}",
                zh=f"{source} 第 {error.lineno} 行第 {error.colno} 列：不是有效的 JSON：{error.msg}",
            ),
            Text(
                en="mend that place, or save the file again with the program that wrote it",
                zh="请修正该处，或用生成它的程序重新保存",
            ),
        ) from error
    except ValueError as error:  # a number with thousands of digits
        raise broken(repairs.entry.source, str(error)) from error
    terms = _Terms()
    for context in _contexts(data):
        _learn(context, terms, repairs)
    mended = _mend(data, terms, repairs, "")
    return json.dumps(mended, ensure_ascii=False)


def _contexts(data: Any) -> Iterator[Any]:
    if isinstance(data, list):
        for item in data:
            yield from _contexts(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "@context":
                yield from value if isinstance(value, list) else [value]
            yield from _contexts(value)


def _learn(context: Any, terms: _Terms, repairs: Repairs) -> None:
    if isinstance(context, str) or (isinstance(context, dict) and "@import" in context):
        address = context if isinstance(context, str) else context["@import"]
        raise UnsupportedError(
            Text(
                en=f"{repairs.entry.source}: the context {address} lies outside the file and is not fetched",
                zh=f"{repairs.entry.source}：上下文 {address} 在文件之外，不会联网获取",
            ),
            Text(
                en="write the context itself into the file in place of its address, or save as Turtle (.ttl)",
                zh="请把上下文内容写入文件，代替其地址，或另存为 Turtle（.ttl）",
            ),
        )
    if not isinstance(context, dict):
        return
    terms.vocabulary = terms.vocabulary or bool(context.get("@vocab"))
    for term, meaning in context.items():
        _learn_term(term, meaning, terms)


def _learn_term(term: str, meaning: Any, terms: _Terms) -> None:
    terms.known.add(term)
    about = meaning if isinstance(meaning, dict) else {"@id": meaning}
    for keyword, names in (("@id", terms.ids), ("@type", terms.types), ("@language", terms.languages)):
        if about.get("@id") == keyword:
            names.add(term)
    if about.get("@type") == "@id":
        terms.links.add(term)
    if "@language" in str(about.get("@container", "")):
        terms.language_maps.add(term)


def _mend(data: Any, terms: _Terms, repairs: Repairs, key: str) -> Any:
    if isinstance(data, list):
        return [_mend(item, terms, repairs, key) for item in data]
    if isinstance(data, str):
        return _mend_string(data, terms, repairs, key)
    if not isinstance(data, dict):
        return data
    if key in terms.language_maps:
        return {repairs.tag(tag): value for tag, value in data.items()}
    return {_key(name, terms, repairs, key): _mend(value, terms, repairs, name) for name, value in data.items()}


def _mend_string(text: str, terms: _Terms, repairs: Repairs, key: str) -> str:
    if key in terms.languages:
        return repairs.tag(text)
    if key in terms.ids | terms.types | terms.links and not text.startswith("@"):
        return _iri(text, repairs)
    return text


def _key(name: str, terms: _Terms, repairs: Repairs, inside: str) -> str:
    """A key, mended when it is an IRI; one that means nothing is noted, because a processor drops it in silence."""
    if inside == "@context" or name.startswith("@") or name in terms.known:
        return name
    if ":" in name:
        return _iri(name, repairs)
    if not terms.vocabulary:
        repairs.entry.count("keys_without_meaning_left_out")
        repairs.entry.note(
            f'the key "{name}" is not defined by the context and was left out', f"键“{name}”未在上下文中定义，已忽略"
        )
    return name


def _iri(text: str, repairs: Repairs) -> str:
    from pyoxigraph import NamedNode

    iri = repairs.iri(text)
    if SCHEME.match(iri) and not iri.startswith("_:"):
        try:
            NamedNode(iri)
        except ValueError as error:
            repairs.refused[text] = str(error)
    return iri
