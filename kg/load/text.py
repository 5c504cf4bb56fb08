"""Plain text: lines to blocks, a title where the first line is one, header lines to metadata."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.encoding import decode
from kg.load.ledger import LedgerEntry
from kg.load.lines import header_pairs, heading_level, is_title, metadata_of
from kg.model import Document

_HEADER_LINES = 12  # a header stands within this many lines after the title


class TextLoader:
    """Reads .txt files in any encoding that Chinese office software writes."""

    suffixes = (".txt", ".text")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        text = decode(read_bytes(path, entry, context), entry)
        builder = TextBuilder()
        title, metadata = add_lines(builder, text.rstrip("\n").split("\n"))
        return [builder.document(entry, path, title, metadata)]


def add_lines(builder: TextBuilder, lines: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Add the lines of a plain text; returns its title ("" without one) and its metadata.

    Header lines (source, date) right after the title stay in the text, but get no block, so that nothing is read from them.
    """
    rest = iter(lines)
    title, pairs = "", []
    for line in islice(rest, _HEADER_LINES):
        found = header_pairs(line)
        if found is not None:
            pairs += found
            builder.add_silent(line)
        elif not line.strip():
            builder.add(line)
        elif not title and not builder.blocks and is_title(line):
            title = line.strip()
            builder.add(line, "heading", 1)
        else:
            add_line(builder, line)
            break
    for line in rest:
        add_line(builder, line)
    return title, metadata_of(pairs)


def add_line(builder: TextBuilder, line: str) -> None:
    """Add a line as a heading if its numbering says so, else as a paragraph."""
    level = heading_level(line) if line else None
    if level is None:
        builder.add(line)
    else:
        builder.add(line, "heading", level)
