"""Word documents: the XML is walked in document order, so that tables, text boxes and tracked changes are not lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kg.load.archive import broken, open_package, parse_xml
from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.docx_styles import Styles, read_styles
from kg.load.docx_walk import Line, Walker
from kg.load.ledger import LedgerEntry
from kg.load.lines import header_pairs, heading_level, is_title, metadata_of
from kg.model import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOTES = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))


class DocxLoader:
    """Reads .docx files: paragraphs, headings, tables, text boxes, content controls, insertions, notes; not deletions."""

    suffixes = (".docx", ".dotx")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        read_bytes(path, entry, context)
        with open_package(path, entry, context) as package:
            lines = _lines(package, entry)
        builder = TextBuilder()
        title, pairs = add_styled(builder, lines)
        return [builder.document(entry, path, title, metadata_of(pairs))]


def _lines(package: zipfile.ZipFile, entry: LedgerEntry) -> list[Line]:
    """All lines of the body, then those of the notes in the order of their references."""
    names = set(package.namelist())
    if "word/document.xml" not in names:
        raise broken(entry.source, "no word/document.xml")
    styles = read_styles(parse_xml(package.read("word/styles.xml"), entry.source)) if "word/styles.xml" in names else Styles({})
    walker = Walker(styles, entry)
    walker.walk(parse_xml(package.read("word/document.xml"), entry.source))
    lines = walker.finish()
    for kind, part in _NOTES:
        wanted = [number for what, number in walker.notes if what == kind]
        if wanted and part in names:
            root = parse_xml(package.read(part), entry.source)
            notes = {note.get(_W + "id", ""): note for note in root}
            for number in dict.fromkeys(wanted):
                if number in notes:
                    walker.walk(notes[number])
                    lines += [Line(line.text, "note") for line in walker.finish()]
                    entry.count(f"{kind}s")
    return lines


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
