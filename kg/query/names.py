"""Finds the thing that a person means: by label, by another name, by a part, by the initials of its pinyin."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import QueryError, Text
from kg.query.run import labels_of, run
from kg.store.base import Store
from kg.vocab.labels import label_or_name
from kg.vocab.terms import COOP, PREF_LABEL

_SIGNS = re.compile(r"[\s“”\"'‘’《》〈〉「」『』（）()·•・]")
_SHOWN = 8  # names in an error


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with the name to show."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A thing with all its names: those that are its labels, and others."""

    named: Named
    type: str
    labels: frozenset[str]
    others: frozenset[str]


def find_unit(store: Store, text: str, lang: str = "zh") -> Named:
    """The unit that `text` names; see `find`."""
    return find(store, text, ("Unit",), lang)


def find_thing(store: Store, text: str, lang: str = "zh") -> Named:
    """The unit, mechanism or outcome that `text` names; see `find`."""
    return find(store, text, ("Unit", "Mechanism", "Outcome"), lang)


def find(store: Store, text: str, types: Sequence[str], lang: str = "zh") -> Named:
    """The one thing that `text` names: its IRI, its label, another name, or a part of one that nothing else has.

    Args:
        types: local names of the classes that it may have; a name in an earlier class wins over one in a later.

    Raises:
        QueryError: none or several; the hint names them, or the nearest.
    """
    known = _known(store, types, lang)
    tries = [_tries([each for each in known if each.type == name], text) for name in types]
    for ways in zip(*tries, strict=True):
        found: list[Named] = next((found for found in ways if found), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(text, found)
    raise _unknown(store, text, known, types)


def _known(store: Store, types: Sequence[str], lang: str) -> list[_Known]:
    query = f"""SELECT ?thing ?type ?property ?label {{
        VALUES (?class ?type) {{ {" ".join(f"(coop:{name} '{name}')" for name in types)} }} ?thing a ?class .
        VALUES ?property {{ skos:prefLabel skos:altLabel }} ?thing ?property ?label }}"""
    names: dict[tuple[str, str], tuple[list[tuple[str, str]], set[str]]] = {}
    for thing, kind, which, label in run(store, query).rows:
        assert thing and kind and which and label
        labels, others = names.setdefault((thing.value, kind.value), ([], set()))
        if which.value == PREF_LABEL:
            labels.append((label.value, label.lang))
        else:
            others.add(fold(label.value))
    found = [
        _Known(
            Named(iri, label_or_name(labels, lang, iri)), kind, frozenset(fold(label) for label, _ in labels), frozenset(others)
        )
        for (iri, kind), (labels, others) in names.items()
    ]
    return sorted(found, key=lambda known: (known.named.label, known.named.iri))


def fold(text: str) -> str:
    """A name without the signs and the widths that people leave out."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _tries(known: list[_Known], text: str) -> Iterator[list[Named]]:
    """The things that fit, by one way after another, the surest first."""
    wanted = fold(text)
    yield [each.named for each in known if each.named.iri == text.strip("<>")]
    yield [each.named for each in known if wanted and wanted in each.labels]
    yield [each.named for each in known if wanted and wanted in each.others]
    yield [each.named for each in known if wanted and any(wanted in name for name in each.labels | each.others)]
    latin = re.fullmatch(r"[a-z0-9]+", wanted)
    yield [each.named for each in known if latin and any(wanted in _initials(name) for name in each.labels | each.others)]


def _initials(name: str) -> str:
    """First letters of the pinyin of each character.

    >>> _initials("北京西站")
    'bjxz'
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def _ambiguous(text: str, found: list[Named]) -> QueryError:
    names = "、".join(each.label for each in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    return QueryError(
        Text(f"“{text}” fits {len(found)} names", f"“{text}”对应 {len(found)} 个名称"),
        Text(f"say which: {names}", f"请指明是哪一个：{names}"),
    )


def _unknown(store: Store, text: str, known: list[_Known], types: Sequence[str]) -> QueryError:
    wanted = fold(text)

    def nearness(each: _Known) -> float:
        return max(difflib.SequenceMatcher(None, name, wanted).ratio() for name in (*each.labels, *each.others))

    near = "、".join(dict.fromkeys(each.named.label for each in sorted(known, key=nearness, reverse=True)[:3]))
    en, zh = (labels_of(store, [COOP + name for name in types], lang) for lang in ("en", "zh"))
    what = Text(" or ".join(en.get(COOP + name, name) for name in types), "或".join(zh.get(COOP + name, name) for name in types))
    return QueryError(
        Text(f"there is no {what.en} “{text}”", f"没有名为“{text}”的{what.zh}"),
        Text(f"nearest: {near}", f"相近的有：{near}") if near else Text("the store holds none", "图谱库中一个也没有"),
    )
