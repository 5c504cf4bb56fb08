"""The words of a SPARQL text, told apart from what stands in comments, strings, IRIs and names; refusal of what must not run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

from kg.errors import QueryError, Text
from kg.vocab.terms import PREFIXES

# Section 19.8 of SPARQL 1.1 (terminals); \w stands for PN_CHARS, which is never narrower than the standard's set.
_TOKEN = re.compile(
    r"""
      (?P<space>[\ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$][\w·]+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:\w[\w.\-·]{0,200})?:(?:[\w.\-·:%]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<word>\w+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset(["LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"])


class Token(NamedTuple):
    """A piece of a query; `kind` is a group of the terminals above."""

    kind: str
    text: str
    start: int


@lru_cache(maxsize=8)  # a query is looked at from several sides
def tokens(text: str) -> tuple[Token, ...]:
    """Every piece of the text in order, with spaces and comments.

    >>> [token.text for token in tokens("?s <x#y> 'a b' # c") if token.kind != "space"]
    ['?s', '<x#y>', "'a b'", '# c']
    """
    return tuple(Token(match.lastgroup or "sign", match[0], match.start()) for match in _TOKEN.finditer(text))


def _significant(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind not in {"space", "comment"}]


@lru_cache(maxsize=64)
def refuse_dangerous(text: str) -> None:
    """Refuses what reaches out of the store or changes it, before anything runs.

    Raises:
        QueryError: the text asks for SERVICE, or is an update (LOAD, INSERT, …).
    """
    significant = _significant(text)
    _refuse_service(significant)
    words = (token.text.upper() for token in significant if token.kind == "word")
    verb = next((word for word in words if word not in {"PREFIX", "BASE"}), "")
    if verb in _UPDATES:
        raise QueryError(
            Text(f"{verb} is refused: queries only read", f"不允许使用 {verb}：查询只能读取"),
            Text("use SELECT, ASK, CONSTRUCT or DESCRIBE", "请使用 SELECT、ASK、CONSTRUCT 或 DESCRIBE"),
        )


def refuse_dangerous_update(text: str) -> None:
    """Refuses an update that reaches out of the store.

    Oxigraph asks for no space after a keyword, so LOADSILENT<x> and LOADx:e load too; names that begin so are refused.

    Raises:
        QueryError: the text asks for LOAD or SERVICE.
    """
    significant = _significant(text)
    _refuse_service(significant)
    names = (token.text.partition(":")[0].upper() for token in significant if token.kind in {"word", "name"})
    if any(name.startswith("LOAD") for name in names):
        raise QueryError(
            Text("LOAD is refused: updates open no connection", "不允许使用 LOAD：更新不会打开任何网络连接"),
            Text(
                "read the file with `kg build`; a prefix may not begin with “load” in an update",
                "请用 `kg build` 读取该文件；更新中的前缀不能以“load”开头",
            ),
        )


def _refuse_service(significant: list[Token]) -> None:
    edge = [Token("sign", "", 0)]
    if any(map(_is_service, edge + significant, significant, significant[1:] + edge)):
        raise QueryError(
            Text("SERVICE is refused: queries open no connection", "不允许使用 SERVICE：查询不会打开任何网络连接"),
            Text("load the other data with `kg build` and query the one store", "请用 `kg build` 载入那些数据，再查询本图谱库"),
        )


def _is_service(before: Token, token: Token, after: Token) -> bool:
    """Whether the parser may read a SERVICE clause here: Oxigraph asks for no space around the word.

    So SERVICESILENT<x> is one, and SERVICE:x { } too where it is not the name of a graph.
    """
    if token.kind == "word":
        return "SERVICE" in token.text.upper()
    if token.kind == "name" and "SERVICE" in token.text.partition(":")[0].upper():
        return after.text == "{" and before.text.upper() not in {"GRAPH", "FROM", "NAMED"}
    return False


def declared_prefixes(text: str) -> dict[str, str]:
    """The prefixes that the text declares itself, with their IRIs."""
    words = _significant(text)
    return {
        name.text[:-1]: iri.text[1:-1]
        for keyword, name, iri in zip(words, words[1:], words[2:], strict=False)
        if keyword.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def shared_dataset(text: str, base: str) -> tuple[list[str], list[str]] | None:
    """The graphs of a query that makes its default graph of several, and its named graphs; else None.

    Oxigraph counts a triple once per FROM clause, so such a default graph has to be made before it is asked.

    >>> shared_dataset("PREFIX e: <http://e/> SELECT * FROM e:a FROM <b> FROM NAMED <c> { ?s ?p ?o }", "http://x/")
    (['http://e/a', 'http://x/b'], ['http://x/c'])
    """
    if text.upper().count("FROM") < 2:
        return None
    words = _significant(text)
    base = next((urljoin(base, iri.text[1:-1]) for word, iri in pairwise(words) if word.text.upper() == "BASE"), base)
    prefixes = {**PREFIXES, **declared_prefixes(text)}
    default: list[str] = []
    named: list[str] = []
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        if first.kind == "word" and first.text.upper() == "FROM":
            is_named = second.kind == "word" and second.text.upper() == "NAMED"
            (named if is_named else default).append(_resolved(third if is_named else second, prefixes, base))
    return (list(dict.fromkeys(default)), named) if len(set(default)) > 1 else None


def _resolved(token: Token, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a token stands for."""
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return urljoin(base, prefixes.get(prefix, "")) + re.sub(r"\\(.)", r"\1", local)


def syntax_error(text: str, prefixes: Mapping[str, str], base: str | None = None) -> str | None:
    """What is wrong with a query, or None if it can be read; nothing is asked of any store."""
    from pyoxigraph import Store

    try:
        refuse_dangerous(text)
        if any(token.kind == "word" and token.text.upper() == "ASK" for token in tokens(text)):
            return None  # Oxigraph would answer it at once, however long that takes; other forms wait until rows are read
        Store().query(text, base_iri=base, prefixes=dict(prefixes))
    except (SyntaxError, ValueError, QueryError) as error:
        return str(error)
    return None
