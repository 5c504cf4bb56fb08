"""A walk of WordprocessingML (ECMA-376, part 1) in document order, from elements to lines of text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.load.base import Kind
from kg.load.docx_numbers import Numbers
from kg.load.docx_styles import Styles
from kg.load.encoding import clean
from kg.load.ledger import LedgerEntry
from kg.load.styled import Line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHARACTERS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": "\t"}
_LEFT_OUT = {
    _W + name
    for name in (
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "softHyphen",
    )
}
_DELETED = {_W + "del", _W + "moveFrom"}
_COUNTED = {_W + "ins": "insertions", _W + "moveTo": "insertions", _W + "hyperlink": "hyperlinks", _W + "fldSimple": "fields"}
CELLS = " | "


@dataclass(slots=True)
class Walker:
    """Collects lines; `notes` are the references met: ("footnote" or "endnote", id)."""

    styles: Styles
    numbers: Numbers
    entry: LedgerEntry
    notes: list[tuple[str, str]] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _boxes: list[ET.Element] = field(default_factory=list)
    _carried: str = ""  # text of a paragraph whose end mark was deleted: it runs on into the next

    def finish(self) -> list[Line]:
        """The lines collected since the last call."""
        if self._carried:
            self._emit(self._carried, "paragraph", 0)
            self._carried = ""
        lines, self._lines = self._lines, []
        return lines

    def walk(self, element: ET.Element) -> None:
        """Collect the lines of a block-level element and of all within it."""
        for child in element:
            block = _BLOCKS.get(child.tag)
            if block:
                block(self, child)
            elif child.tag in _DELETED:
                self.entry.count("deletions_left_out")
            elif child.tag == _MC + "AlternateContent":
                self.walk(_choice(child))
            elif child.tag not in _LEFT_OUT:
                self._count(child)
                self.walk(child)

    def paragraph(self, element: ET.Element) -> None:
        """Collect a paragraph's lines, then those of the text boxes that are anchored in it."""
        kind, level = self.styles.of(element)
        text = self._inline(element)
        if text.strip() and not self._carried and (number := self.numbers.next(element)):
            self.entry.count("automatic_numbers")
            text = number + text.lstrip()
        text = self._carried + text
        self._carried = ""
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            self._carried = text
        else:
            self._emit(text, kind, level)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.entry.count("text_boxes")
            self.walk(box)

    def table(self, element: ET.Element) -> None:
        """Collect a table: a line for each row; a row of one cell, which only frames it, is read like the body."""
        self.entry.count("tables")
        for row in _rows(element):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.entry.count("deletions_left_out")
                continue
            cells = list(_cells(row))
            if len(cells) == 1:
                self.walk(cells[0])
            else:
                self._row(cells)

    def content_control(self, element: ET.Element) -> None:
        """Collect a content control's content, unless it still shows its placeholder."""
        if not _placeholder(element):
            self.entry.count("content_controls")
            self.walk(element)

    def _row(self, cells: list[ET.Element]) -> None:
        """One line for the cells; what stands in tables inside a cell follows as lines of its own."""
        outer, texts, inner = self._lines, [], []
        for cell in cells:
            self._lines = []
            self.walk(cell)
            texts.append(" ".join(line.text.strip() for line in self._lines if line.kind != "row"))
            inner += [line for line in self._lines if line.kind == "row"]
        self._lines = outer
        if words := CELLS.join(text for text in texts if text.strip()):
            self._lines.append(Line(words, "row"))
        self._lines += inner

    def _emit(self, text: str, kind: Kind, level: int) -> None:
        for line in clean(text, self.entry).replace("\t", " ").split("\n"):
            if line.strip():
                self._lines.append(Line(line.strip(), kind, level))

    def _inline(self, element: ET.Element) -> str:
        """The text of an inline element; text boxes in it are put aside."""
        return "".join(map(self._piece, element))

    def _piece(self, element: ET.Element) -> str:
        tag = element.tag
        if tag in (_W + "t", _M + "t"):
            return element.text or ""
        if tag in _CHARACTERS:
            return _CHARACTERS[tag]
        if tag in _INLINE:
            return _INLINE[tag](self, element)
        if tag in _LEFT_OUT:
            return ""
        self._count(element)
        return self._inline(element)

    def _deleted(self, element: ET.Element) -> str:
        if any(child.tag == _W + "r" for child in element.iter()):
            self.entry.count("deletions_left_out")
        return ""

    def _run(self, element: ET.Element) -> str:
        hidden = element.find(f"{_W}rPr/{_W}vanish")
        if hidden is not None and hidden.get(_W + "val", "1") not in ("0", "false"):
            self.entry.count("hidden_runs_left_out")
            return ""
        return self._inline(element)

    def _symbol(self, element: ET.Element) -> str:
        """A sign of a symbol font: its character where Unicode has one, else a bullet."""
        code = element.get(_W + "char", "")
        self.entry.count("symbols")
        private = not re.fullmatch("[0-9A-Fa-f]{4}", code) or re.fullmatch("[D-Fd-f].*", code) is not None
        return "●" if private else chr(int(code, 16))

    def _note(self, element: ET.Element) -> str:
        kind = element.tag.removeprefix(_W).removesuffix("Reference")
        self.notes.append((kind, element.get(_W + "id", "")))
        return ""

    def _box(self, element: ET.Element) -> str:
        self._boxes.append(element)
        return ""

    def _inline_control(self, element: ET.Element) -> str:
        if _placeholder(element):
            return ""
        self.entry.count("content_controls")
        return self._inline(element)

    def _field(self, element: ET.Element) -> str:
        if element.get(_W + "fldCharType") == "begin":
            self.entry.count("fields")
        return ""

    def _count(self, element: ET.Element) -> None:
        if element.tag in _COUNTED:
            self.entry.count(_COUNTED[element.tag])


def _choice(element: ET.Element) -> ET.Element:
    """Of the same content in several forms the first, so that nothing is read twice."""
    choices = [child for child in element if child.tag in (_MC + "Choice", _MC + "Fallback")]
    return choices[0] if choices else ET.Element("none")


def _rows(table: ET.Element) -> list[ET.Element]:
    """The rows of a table, also those inside content controls, insertions and the like, not those of tables inside."""
    return _within(table, _W + "tr")


def _cells(row: ET.Element) -> list[ET.Element]:
    return _within(row, _W + "tc")


def _within(element: ET.Element, tag: str) -> list[ET.Element]:
    found = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag not in _LEFT_OUT and child.tag not in _DELETED:
            found += _within(child, tag)
    return found


def _placeholder(control: ET.Element) -> bool:
    return control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


_BLOCKS: dict[str, Callable[[Walker, ET.Element], None]] = {
    _W + "p": Walker.paragraph,
    _W + "tbl": Walker.table,
    _W + "sdt": Walker.content_control,
}
_INLINE: dict[str, Callable[[Walker, ET.Element], str]] = {
    _W + "r": Walker._run,
    _W + "sym": Walker._symbol,
    _W + "footnoteReference": Walker._note,
    _W + "endnoteReference": Walker._note,
    _W + "txbxContent": Walker._box,
    _W + "sdt": Walker._inline_control,
    _W + "fldChar": Walker._field,
    _W + "del": Walker._deleted,
    _W + "moveFrom": Walker._deleted,
    _MC + "AlternateContent": lambda walker, element: walker._inline(_choice(element)),
}
