"""Saved queries: SPARQL files whose header lines say what they answer and which parameters they take.

    # title: 某类伙伴有哪些 | Partners by kind
    # question: 某一类的伙伴有哪些？ | Which partners are there, by kind?
    # param kind: court — 类别 | kind of unit
    SELECT … { VALUES ?kind { UNDEF } … }

A parameter's default (before the dash) may be empty: then the query's own VALUES line stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ConfigError, QueryError, Text, not_known

_HEADER = re.compile(r"#\s*(title|question|param)\b\s*([^:：]*?)\s*[:：]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a saved query; `default` "" leaves it open."""

    name: str
    default: str
    about: Text


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query of the ontology folder; `name` is its file's stem."""

    name: str
    title: Text
    question: Text
    params: tuple[Param, ...]
    text: str
    path: Path

    def defaults(self) -> dict[str, str]:
        """The parameters that have a default."""
        return {param.name: param.default for param in self.params if param.default}

    def filled(self, given: Mapping[str, str]) -> dict[str, str]:
        """Given parameters over the defaults.

        Raises:
            QueryError: one is not a parameter of this query.
        """
        known = [param.name for param in self.params]
        for name in given:
            if name not in known:
                raise QueryError(
                    Text(f"the query {self.name} has no parameter {name}", f"查询 {self.name} 没有参数 {name}"),
                    Text(f"its parameters: {', '.join(known) or 'none'}", f"它的参数：{'、'.join(known) or '无'}"),
                )
        return {**self.defaults(), **given}


def saved_queries(folder: Path) -> tuple[SavedQuery, ...]:
    """The saved queries of an ontology folder (or of its folder queries/), by name.

    Raises:
        ConfigError: a header is missing or cannot be read; names file and line.
    """
    inner = folder / "queries"
    return tuple(read_saved(path) for path in sorted((inner if inner.is_dir() else folder).glob("*.rq")))


def saved_query(folder: Path, name: str) -> SavedQuery:
    """The saved query with that name.

    Raises:
        QueryError: there is none; the hint names the nearest.
    """
    known = {query.name: query for query in saved_queries(folder)}
    if name in known:
        return known[name]
    raise not_known(Text("saved query", "已存查询"), name, sorted(known))


def read_saved(path: Path) -> SavedQuery:
    """Reads one file.

    Raises:
        ConfigError: title or question is missing, or a header cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    found: dict[str, Text] = {}
    params: list[Param] = []
    for line, kind, name, rest in _headers(text):
        if kind != "param":
            found[kind] = _both(rest, path, line)
            continue
        default, dash, about = rest.partition("—")
        if not dash or not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise _broken(path, line, "# param name: default — zh | en")
        params.append(Param(name, default.strip(), _both(about, path, line)))
    for kind in ("title", "question"):
        if kind not in found:
            raise _broken(path, 1, f"# {kind}: zh | en")
    return SavedQuery(path.stem, found["title"], found["question"], tuple(params), text, path)


def _headers(text: str) -> Iterator[tuple[int, str, str, str]]:
    for line, words in enumerate(text.splitlines(), start=1):
        if not words.startswith("#"):
            return
        if match := _HEADER.match(words):
            yield line, match[1], match[2], match[3]


def _both(words: str, path: Path, line: int) -> Text:
    zh, bar, en = words.partition("|")
    if not bar or not zh.strip() or not en.strip():
        raise _broken(path, line, "zh | en")
    return Text(en=en.strip(), zh=zh.strip())


def _broken(path: Path, line: int, form: str) -> ConfigError:
    return ConfigError(
        Text(f"{path}, line {line}: the header must read `{form}`", f"{path} 第 {line} 行：应写成 `{form}`"),
        Text("correct that line", "请改正该行"),
    )
