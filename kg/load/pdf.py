"""PDF: text in reading order, without page numbers and running heads, lines joined to paragraphs."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from kg.errors import InputError, Text
from kg.load.archive import broken, protected
from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.encoding import clean
from kg.load.ledger import LedgerEntry
from kg.load.pdf_layout import Box, paragraphs, reading_order, segments, without_furniture
from kg.load.text import add_lines
from kg.model import Document

# Kangxi and CJK radicals, which many fonts name in place of the characters that look the same.
_RADICALS = range(0x2E80, 0x2FE0)


class PdfLoader:
    """Reads .pdf files that hold text; pages that are only pictures are told."""

    suffixes = (".pdf",)

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        read_bytes(path, entry, context)
        width, pages = _pages(path, entry)
        kept, numbers, heads = without_furniture(pages)
        entry.count("page_numbers_left_out", numbers)
        entry.count("running_heads_left_out", heads)
        ordered = (line for index, page in enumerate(kept) for line in reading_order(page, width, index))
        lines = [_usual_characters(clean(text, entry), entry) for text in paragraphs(ordered)]
        builder = TextBuilder()
        title, metadata = add_lines(builder, lines)
        return [builder.document(entry, path, title, metadata)]


def _pages(path: Path, entry: LedgerEntry) -> tuple[float, list[list[Box]]]:
    """The usual width of a page, and the runs of text on each.

    Raises:
        InputError: the file is damaged, protected, or has no text on any page.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise protected(entry.source) if "password" in str(error).lower() else broken(entry.source, str(error)) from error
    try:
        widths, pages = [], []
        for page in document:
            widths.append(page.get_width())
            pages.append(_boxes(page))
            page.close()
    except pypdfium2.PdfiumError as error:
        raise broken(entry.source, str(error)) from error
    finally:
        document.close()
    if not pages:
        raise broken(entry.source, "no pages")
    entry.count("pages", len(pages))
    _tell_blank([index for index, page in enumerate(pages, 1) if not page], len(pages), entry)
    return median(widths), pages


def _boxes(page: Any) -> list[Box]:
    text = page.get_textpage()
    try:
        return segments(_characters(text))
    finally:
        text.close()


def _characters(text: Any) -> Iterator[Box]:
    """The characters of a page with their boxes as high as their font; line ends and control codes are left out."""
    from pypdfium2 import raw

    rect = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rect)):
            yield Box(chr(code), rect.left, rect.bottom, rect.right, rect.top)


def _tell_blank(blank: list[int], pages: int, entry: LedgerEntry) -> None:
    if not blank:
        return
    if len(blank) == pages:
        raise InputError(
            Text(
                en=f"{entry.source}: no page holds text; they are pictures, as from a scanner",
                zh=f"{entry.source}：所有页面都没有文字，可能是扫描件",
            ),
            Text(
                en="run text recognition (OCR) and save as a PDF with text, or as docx",
                zh="请先做文字识别（OCR），再存为带文字的 PDF 或 docx",
            ),
        )
    entry.count("pages_without_text", len(blank))
    listed = ", ".join(map(str, blank[:20]))
    entry.note(f"pages without text (pictures?): {listed}", f"没有文字的页面（可能是图片）：{listed}")


def _usual_characters(text: str, entry: LedgerEntry) -> str:
    """Radicals as the characters that they stand for."""
    import unicodedata

    found = {char for char in text if ord(char) in _RADICALS}
    entry.count("radicals_mended", sum(text.count(char) for char in found))
    return text.translate({ord(char): unicodedata.normalize("NFKC", char) for char in found})
