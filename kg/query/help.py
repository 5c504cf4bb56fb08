"""Says what is wrong with a query in the typist's words: where, why, and what was probably meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import QueryError, Text
from kg.query.dots import fault
from kg.store.base import Store
from kg.store.sparql import Token, declared_prefixes, syntax_error, tokens
from kg.vocab.terms import COOP, PREFIXES

if TYPE_CHECKING:
    from kg.vocab.reader import Ontology

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_QUOTES = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "、": ",", "。": ".", "【": "[", "】": "]", "《": "<", "》": ">"}
_CURLY = re.compile(r"[“”„＂]([^“”„＂\"\r\n]*)[“”„＂]|[‘’＇]([^‘’＇'\r\n]*)[‘’＇]")


def explain(error: QueryError, text: str, prologue: int) -> QueryError:
    """A better error for a query that could not be read; any other error is given back as it is.

    Args:
        error: what the store said.
        text: the query as typed.
        prologue: characters that were put before it on its first line.
    """
    match = _PLACE.search(error.message.en)
    if not match:
        return error
    line, column, reason = int(match[1]), int(match[2]), match[3]
    place = _offset(text, line, column - (prologue if line == 1 else 0))
    found = _full_width(text) or _unknown_prefix(text) or _misspelt(text) or _unclosed(text)
    return found or _unexpected(text, place, reason)


def _offset(text: str, line: int, column: int) -> int:
    """Position of a line and column, both counted from 1."""
    lines = text.split("\n")
    return min(len(text), sum(len(words) + 1 for words in lines[: line - 1]) + max(0, column - 1))


def _where(text: str, offset: int) -> Text:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Text(f"line {line}, column {column}", f"第 {line} 行第 {column} 列")


def _full_width(text: str) -> QueryError | None:
    """The error for signs that a Chinese input method typed."""
    wrong = list(_wrong_signs(text))
    if not wrong:
        return None
    offset, sign, right = wrong[0]
    where = _where(text, offset)
    corrected = correct_signs(text)
    more = syntax_error(corrected, PREFIXES)
    note = Text(" (something else is wrong too)", "（其中还有别的错误）") if more else Text("", "")
    return QueryError(
        Text(
            f"{where.en}: “{sign}” is a full-width sign; SPARQL needs {right}",
            f"{where.zh}：“{sign}”是全角符号，SPARQL 须用半角 {right}",
        ),
        Text(f"corrected query{note.en}:\n{corrected}", f"改正后的查询{note.zh}：\n{corrected}"),
    )


def _outside(text: str) -> Iterator[Token]:
    """The pieces that are neither string, comment nor IRI; a text in curly quotes is one piece."""
    start = 0
    for match in _curly_strings(text):
        yield from _plain(text[start : match.start()], start)
        yield Token("curly", match[0], match.start())
        start = match.end()
    yield from _plain(text[start:], start)


def _curly_strings(text: str) -> Iterator[re.Match[str]]:
    covered = [
        (token.start, token.start + len(token.text)) for token in tokens(text) if token.kind in {"string", "comment", "iri"}
    ]
    for match in _CURLY.finditer(text):
        if not any(start <= match.start() < end for start, end in covered):
            yield match


def _plain(text: str, start: int) -> Iterator[Token]:
    for token in tokens(text):
        if token.kind not in {"string", "comment", "iri"}:
            yield Token(token.kind, token.text, token.start + start)


def _wrong_signs(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, sign, what it should be) of each."""
    for token in _outside(text):
        if token.kind == "curly":
            yield token.start, token.text[0], '"' if token.text[0] in "“”„＂" else "'"
            continue
        for place, sign in enumerate(token.text):
            if (right := _half(sign)) != sign:
                yield token.start + place, sign, right


def _half(sign: str) -> str:
    """The ASCII sign for a full-width one; letters of other scripts stay.

    >>> _half("？"), _half("Ａ"), _half("检")
    ('?', 'A', '检')
    """
    if sign in _QUOTES:
        return _QUOTES[sign]
    if sign == "\u3000" or "\uff01" <= sign <= "\uff5e":
        return unicodedata.normalize("NFKC", sign)
    return sign


def correct_signs(text: str) -> str:
    """The query with half-width signs wherever SPARQL needs them; strings, comments and IRIs stay.

    >>> correct_signs("SELECT ？s｛ ？s ?p “北京，甲” ；？q '；' ｝")
    'SELECT ?s{ ?s ?p "北京，甲" ;?q \\'；\\' }'
    """
    signs = list(text)
    for token in _outside(text):
        if token.kind == "curly":
            quote = '"' if token.text[0] in "“”„＂" else "'"
            signs[token.start] = signs[token.start + len(token.text) - 1] = quote
        else:
            signs[token.start : token.start + len(token.text)] = [_half(sign) for sign in token.text]
    return "".join(signs)


def _unknown_prefix(text: str) -> QueryError | None:
    known = {*PREFIXES, *declared_prefixes(text), "_", ""}
    for token in tokens(text):
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix in known:
            continue
        where = _where(text, token.start)
        near = difflib.get_close_matches(prefix, sorted(known - {"_", ""}), 1, 0.4)
        meant = f"{near[0]}:{local}" if near else ""
        names = ", ".join(sorted(known - {"_", ""}))
        return QueryError(
            Text(f"{where.en}: unknown prefix {prefix}:", f"{where.zh}：未知的前缀 {prefix}:"),
            Text(f"did you mean {meant}?", f"是否想写 {meant}？")
            if meant
            else Text(f"known prefixes: {names}; or declare it with PREFIX", f"已知前缀：{names}；或用 PREFIX 声明"),
        )
    return None


_CLOSED_BY = {"{": "}", "(": ")", "[": "]"}


def _unclosed(text: str) -> QueryError | None:
    """The error for brackets that were opened and not closed."""
    wanted: list[str] = []
    for token in tokens(text):
        if token.text in _CLOSED_BY:
            wanted.append(_CLOSED_BY[token.text])
        elif token.text in _CLOSED_BY.values() and wanted and token.text != (sign := wanted.pop()):
            return _missing(_where(text, token.start), sign)
    return _missing(_where(text, len(text)), "".join(reversed(wanted))) if wanted else None


def _missing(where: Text, sign: str) -> QueryError:
    return QueryError(
        Text(f"{where.en}: {sign} is missing", f"{where.zh}：缺少 {sign}"),
        Text(f"add {sign} there", f"请在该处补上 {sign}"),
    )


# Keywords and built-in functions of SPARQL 1.1 (sections 19.8 and 17.4).
_SPARQL = """a abs add all as asc ask avg base bind bnode bound by ceil coalesce concat construct contains count datatype day
    desc describe distinct encode_for_uri exists false filter floor from graph group group_concat having hours if in iri isblank
    isiri isliteral isnumeric istriple isuri lang langmatches lcase limit max md5 min minus minutes month named not now object
    offset optional order predicate prefix rand reduced regex replace round sameterm sample seconds select separator sha1 sha256
    sha384 sha512 str strafter strbefore strdt strends strlang strlen strstarts struuid subject substr sum timezone triple true
    tz ucase undef union uri uuid values where year"""
_WORDS = frozenset(_SPARQL.split())


def _misspelt(text: str) -> QueryError | None:
    """The error for a bare word that SPARQL does not have."""
    for token in tokens(text):
        if token.kind != "word" or token.text.lower() in _WORDS or token.text[0].isdecimal() or token.text[0] == "_":
            continue
        where = _where(text, token.start)
        near = difflib.get_close_matches(token.text.lower(), _WORDS, 1, 0.6)
        quoted = Text(
            f'a text is written "{token.text}", a variable ?{token.text}', f'文本写作 "{token.text}"，变量写作 ?{token.text}'
        )
        return QueryError(
            Text(f"{where.en}: “{token.text}” is no word of SPARQL", f"{where.zh}：“{token.text}”不是 SPARQL 的词"),
            Text(f"did you mean {near[0].upper()}?", f"是否想写 {near[0].upper()}？") if near else quoted,
        )
    return None


def _unexpected(text: str, place: int, reason: str) -> QueryError:
    """The error for anything else: what stands at the place where reading stopped."""
    if "variable that is unbound" in reason:
        return QueryError(
            Text("a variable after SELECT is neither grouped nor counted", "SELECT 中有变量既没有分组也没有聚合"),
            Text(
                "name it in GROUP BY, or put it into COUNT(…) or SAMPLE(…)", "请把它写进 GROUP BY，或放进 COUNT(…) 或 SAMPLE(…)"
            ),
        )
    pieces = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    if not pieces:
        return QueryError(
            Text("the query is empty", "查询为空"),
            Text("write SELECT …, ASK …, or CONSTRUCT …", "请写 SELECT …、ASK … 或 CONSTRUCT …"),
        )
    found = fault(pieces)
    token = found.token if found else next((each for each in pieces if each.start + len(each.text) > place), pieces[-1])
    where = _where(text, token.start)
    shown = token.text if len(token.text) <= 40 else token.text[:40] + "…"
    return QueryError(
        Text(f"{where.en}: “{shown}” is not expected here", f"{where.zh}：此处不应出现“{shown}”"),
        _HINTS[found.missing if found else ""],
    )


_HINTS = {
    ".": Text("a dot is missing before it: a triple has three parts", "其前少了句点：三元组只有三个部分"),
    "term": Text("the triple before it is too short: it has three parts", "其前的三元组不完整：应有三个部分"),
    "": Text(
        "look just before that place: a dot, a bracket or a quote may be missing", "请检查该处之前：可能少了句点、括号或引号"
    ),
}


def refuse_unknown_terms(store: Store, text: str, ontology: Ontology) -> None:
    """Refuses terms of the ontology's namespace that neither the ontology nor the data know: they would find nothing.

    Raises:
        QueryError: names the place, the term and the nearest terms.
    """
    for iri, token in _terms(text):
        if iri in ontology.schema or store.query(f"ASK {{ {{ ?s <{iri}> ?o }} UNION {{ ?s ?p <{iri}> }} }}"):
            continue
        where = _where(text, token.start)
        near = ", ".join(near_terms(iri.removeprefix(COOP), ontology))
        raise QueryError(
            Text(f"{where.en}: there is no term {token.text}", f"{where.zh}：没有术语 {token.text}"),
            Text(f"nearest: {near}", f"相近的有：{near}"),
        )


@lru_cache(maxsize=64)
def _terms(text: str) -> tuple[tuple[str, Token], ...]:
    """The terms of the ontology's namespace in a query, with their places."""
    prefixes = {**PREFIXES, **declared_prefixes(text)}
    names = [token for token in tokens(text) if token.kind == "name"]
    split = [(*token.text.partition(":")[::2], token) for token in names]
    return tuple((COOP + local, token) for prefix, local, token in split if local and prefixes.get(prefix) == COOP)


def near_terms(word: str, ontology: Ontology, count: int = 3) -> list[str]:
    """Terms whose name, or label in any language, is nearest to a word, as "coop:term（label）"."""
    scores = []
    for term in ontology.schema.values():
        names = [term.name, *term.labels.values()]
        score = max(difflib.SequenceMatcher(None, word.lower(), name.lower()).ratio() for name in names)
        scores.append((-score, term.name, term.labels.get("zh", "")))
    return [f"coop:{name}（{label}）" if label else f"coop:{name}" for _, name, label in sorted(scores)[:count]]
