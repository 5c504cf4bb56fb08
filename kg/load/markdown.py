"""Markdown: its marks are read and taken out, so that the text is what a reader sees; front matter becomes metadata."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.encoding import decode
from kg.load.ledger import LedgerEntry
from kg.load.lines import header_pairs, iso_date, metadata_of
from kg.load.text import add_line
from kg.model import Document

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
_RULE = re.compile(r"\s*+([-*_=])(?:\s*+\1){2,}+\s*$")
_TABLE_RULE = re.compile(r"\s*+\|?(?:\s*+:?-++:?\s*+\|)++\s*+(?::?-++:?\s*)?$")
_MARKS = (  # none looks further than the next mark of its kind, so that a long line takes no longer than it is long
    (re.compile(r"^\s*(?:>\s?)+"), ""),
    (re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"<!--[^<>]*-->|</?(?:b|i|em|strong|u|br|span|font|sup|sub)\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"(?<!\\)(?:\*{2,3}|__|~~|`+)"), ""),
    (re.compile(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])"), r"\1"),
)
_TERMS = {
    "dcterms:source": ("url", "source", "来源", "网址", "link"),
    "dcterms:issued": ("date", "issued", "published", "日期", "发布日期"),
    "dcterms:publisher": ("publisher", "site", "发布单位"),
}


class MarkdownLoader:
    """Reads .md files."""

    suffixes = (".md", ".markdown")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        lines = decode(read_bytes(path, entry, context), entry).rstrip("\n").split("\n")
        builder = TextBuilder()
        size = _front_matter_size(lines)
        for line in lines[:size]:
            builder.add_silent(line)
        title, metadata = _metadata(lines[1 : size - 1], entry)
        pairs = _add_body(builder, lines[size:])
        first = next((builder.text[block.start : block.end] for block in builder.blocks if block.kind == "heading"), "")
        return [builder.document(entry, path, title or first, metadata_of(pairs) | metadata)]


def _front_matter_size(lines: list[str]) -> int:
    """How many lines the front matter takes, its two rules included; 0 without one."""
    if lines[0].strip() != "---":
        return 0
    return next((index + 1 for index, line in enumerate(lines[1:200], 1) if line.strip() in ("---", "...")), 0)


def _metadata(lines: list[str], entry: LedgerEntry) -> tuple[str, dict[str, str]]:
    """Title and metadata from front matter; YAML that is broken or no mapping is noted and left."""
    import yaml

    try:
        data: Any = yaml.safe_load("\n".join(lines)) if lines else {}
    except yaml.YAMLError:
        data = None
    if not isinstance(data, dict):
        entry.note("the front matter is not valid YAML and was left out", "文首元数据不是有效的 YAML，已忽略")
        return "", {}
    values = {str(key).lower(): str(value) for key, value in data.items() if isinstance(value, (str, int, float, date))}
    found = {term: next((values[key] for key in keys if key in values), "") for term, keys in _TERMS.items()}
    found["dcterms:issued"] = iso_date(found["dcterms:issued"])
    return values.get("title", values.get("标题", "")), {term: value for term, value in found.items() if value}


def _add_body(builder: TextBuilder, lines: list[str]) -> list[tuple[str, str]]:
    """Add the lines without their marks; returns the pairs of header lines that stand before the first paragraph."""
    pairs: list[tuple[str, str]] = []
    at_top = True
    for line in lines:
        found = header_pairs(plain(line)) if at_top else None
        if found is not None:
            pairs += found
            builder.add_silent(plain(line))
        else:
            _add_line(builder, line)
            at_top = at_top and all(block.kind == "heading" for block in builder.blocks)
    return pairs


def _add_line(builder: TextBuilder, line: str) -> None:
    if heading := _HEADING.match(line):
        builder.add(plain(heading[2].rstrip(" #")), "heading", len(heading[1]))
    elif _RULE.match(line) or _TABLE_RULE.match(line) or line.lstrip().startswith("```"):
        builder.add_silent("")
    elif line.strip().startswith("|"):
        cells = [plain(cell).strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        builder.add(" | ".join(cell for cell in cells if cell), "row")
    else:
        add_line(builder, plain(line))


def plain(line: str) -> str:
    """A line of Markdown as a reader sees it.

    >>> plain("- **“千钧”**见[公告](http://example.org)")
    '“千钧”见公告'
    """
    for pattern, with_ in _MARKS:
        line = pattern.sub(with_, line)
    return line
