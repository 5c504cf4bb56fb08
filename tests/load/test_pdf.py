"""PDF files, made of text at places on pages in a font that every reader knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from kg.load.pdf_layout import Box, paragraphs, reading_order

Placed = tuple[float, float, float, str]  # x, y, size, text

FULL = "甲院与乙局共同建立联席会议机制并明确牵头部门和联络员全年走访企业"
REST = "八十六家，发放手册2册。"


def pdf(*pages: Sequence[Placed]) -> bytes:
    """A PDF of A4 pages with the text at its places."""
    font = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
    objects = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [2 0 R] >>",
        font + b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    tree = 3 + 2 * len(pages)
    for page in pages:
        shown = "".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, size, text in page
        ).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 1 0 R >> >> /Contents %d 0 R >>"
            % (tree, len(objects))
        )
    kids = b" ".join(b"%d 0 R" % number for number in range(4, tree, 2))
    objects += [b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)), b"<< /Type /Catalog /Pages %d 0 R >>" % tree]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), len(out))
    return out + end + trailer


def body(y: float, lines: Sequence[str], x: float = 72) -> list[Placed]:
    return [(x, y - 20 * index, 12, line) for index, line in enumerate(lines)]


def test_line_ends_are_joined_without_hyphen_or_blank(read: Callable) -> None:
    page = [(220, 790, 18, "某院党支部"), (96, 740, 12, FULL), *body(720, [FULL + "两家", FULL + "三家", REST])]
    _, (document,) = read("a.pdf", pdf(page))
    assert document.text.splitlines() == ["某院党支部", FULL + FULL + "两家" + FULL + "三家" + REST]
    assert document.title == "某院党支部"


def test_an_indented_line_begins_a_paragraph(read: Callable) -> None:
    lines = [(96, 740, 12, FULL), *body(720, [FULL + "两家", FULL + "两家"]), (96, 680, 12, FULL), *body(660, [REST])]
    _, (document,) = read("a.pdf", pdf(lines))
    assert document.text.splitlines() == [FULL + FULL + "两家" + FULL + "两家", FULL + REST]


def test_page_numbers_and_running_heads_are_taken_out(read: Callable) -> None:
    pages = [
        [(200, 810, 9, f"某地工作简报 第{n}期"), *body(740, [f"第{word}段话。" for word in words]), (280, 30, 10, f"— {n} —")]
        for n, words in ((1, "甲乙丙"), (2, "丁戊己"), (3, "庚辛壬"))
    ]
    entry, (document,) = read("a.pdf", pdf(*pages))
    assert document.text.splitlines() == [f"第{word}段话。" for word in "甲乙丙丁戊己庚辛壬"]
    assert entry.counts == {"pages": 3, "page_numbers_left_out": 3, "running_heads_left_out": 3}


def test_a_paragraph_runs_on_over_the_page(read: Callable) -> None:
    pages = [[*body(740, [FULL, FULL, FULL]), (290, 30, 10, "1")], [*body(780, [REST]), (290, 30, 10, "2")]]
    _, (document,) = read("a.pdf", pdf(*pages))
    assert document.text.splitlines() == [FULL * 3 + REST]


def test_two_columns_are_read_one_after_the_other(read: Callable) -> None:
    left = [f"左栏第{word}行文字说明情况如下所示。" for word in "一二三四五六"]
    right = [f"右栏第{word}行文字说明情况如下所示。" for word in "一二三四五六"]
    mixed = [placed for pair in zip(body(700, left, 60), body(700, right, 320), strict=True) for placed in pair]
    _, (document,) = read("a.pdf", pdf([(150, 780, 14, "横跨两栏的标题横跨两栏的标题横跨"), *mixed]))
    text = document.text.replace("\n", "")
    assert text == "横跨两栏的标题横跨两栏的标题横跨" + "".join(left) + "".join(right)


def test_a_scanned_file_is_reported_with_the_way_out(read: Callable) -> None:
    entry, documents = read("a.pdf", pdf([], []))
    assert (documents, "no page holds text" in str(entry.error), "OCR" in entry.error.hint.zh) == ([], True, True)


def test_single_pages_without_text_are_noted(read: Callable) -> None:
    entry, _ = read("a.pdf", pdf(body(740, [REST]), []))
    assert (entry.counts["pages_without_text"], entry.notes[0].en) == (1, "pages without text (pictures?): 2")


def test_radicals_become_the_characters_they_look_like(read: Callable) -> None:
    entry, (document,) = read("a.pdf", pdf(body(740, ["\u2f42化馆联合乙局。"])))
    assert (document.text, entry.counts["radicals_mended"]) == ("文化馆联合乙局。\n", 1)


@pytest.mark.parametrize("content", [b"no pdf", b"%PDF-1.5\n%%EOF"])
def test_a_damaged_file_is_refused(read: Callable, content: bytes) -> None:
    entry, documents = read("a.pdf", content)
    assert (documents, "damaged or not what its ending says" in str(entry.error)) == ([], True)


def test_a_heading_by_its_number_begins_a_line_of_its_own() -> None:
    boxes = [
        Box(FULL, 72, 700, 480, 712),
        Box(FULL, 72, 680, 480, 692),
        Box("一、主要做法", 72, 660, 144, 672),
        Box(FULL, 72, 640, 480, 652),
    ]
    assert paragraphs(reading_order(boxes, 595, 0)) == [FULL * 2, "一、主要做法", FULL]
