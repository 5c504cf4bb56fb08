"""Word documents: the XML is walked in document order, so that tables, text boxes and tracked changes are not lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from kg.load.archive import broken, open_package, parse_xml
from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.docx_numbers import read_numbers
from kg.load.docx_styles import read_styles
from kg.load.docx_walk import Walker
from kg.load.ledger import LedgerEntry
from kg.load.lines import metadata_of
from kg.load.styled import Line, add_styled
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
    styles, numbering = (_part(package, f"word/{name}.xml", entry) for name in ("styles", "numbering"))
    walker = Walker(read_styles(styles), read_numbers(numbering, styles), entry)
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


def _part(package: zipfile.ZipFile, name: str, entry: LedgerEntry) -> ET.Element | None:
    return parse_xml(package.read(name), entry.source) if name in package.namelist() else None
