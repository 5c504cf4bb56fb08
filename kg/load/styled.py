"""Lines of documents that carry styles (Word, HTML): how they become blocks, title and metadata."""

from __future__ import annotations

from dataclasses import dataclass

from kg.load.base import Kind, TextBuilder
from kg.load.lines import header_pairs, heading_level, is_title


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document as its styles tell it."""

    text: str
    kind: Kind = "paragraph"
    level: int = 0


def add_styled(builder: TextBuilder, lines: list[Line]) -> tuple[str, list[tuple[str, str]]]:
    """Add lines that carry a style; what has none is judged by its numbering, like a line of a plain text."""
    title, pairs, at_top = "", [], True
    for line in lines:
        kind, level = line.kind, line.level
        found = header_pairs(line.text) if at_top and kind == "paragraph" else None
        if found is not None:
            pairs += found
            builder.add_silent(line.text)
            continue
        if kind == "paragraph" and at_top and not title and not builder.blocks and is_title(line.text):
            kind, level = "heading", 1
        elif kind == "paragraph" and (numbered := heading_level(line.text)) is not None:
            kind, level = "heading", numbered
        if kind == "heading" and level == 1 and not title and at_top:
            title = line.text.strip()
        at_top = at_top and (kind == "heading" or not line.text.strip())
        builder.add(line.text, kind, level)
    return title, pairs
