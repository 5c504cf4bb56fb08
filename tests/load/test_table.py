"""Tables: csv and workbooks."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kg.errors import ConfigError
from kg.load.mapping import mapping_of, read_mappings
from kg.load.sheets import delimiter_of
from kg.model import Document

COOPERATION = "单位,合作单位,机制,机制类型,成果,数量,计量单位,年份,依据\n"


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]], merge: str = "", percent: str = "") -> bytes:
    book = openpyxl.Workbook()
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    del book["Sheet"]
    first = book.worksheets[0]
    if merge:
        first.merge_cells(merge)
    if percent:
        first[percent].number_format = "0.0%"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cells(document: Document) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.cells.items()} for row in document.rows]


def test_a_csv_becomes_rows_with_offsets(read: Callable) -> None:
    _, (document,) = read("a.csv", COOPERATION + "甲院,乙局；丙校,联席会议,机制,走访企业,86,家,2024,走访企业86家。\n")
    assert (document.table, document.text.splitlines()[1]) == (
        "cooperation",
        "甲院 | 乙局；丙校 | 联席会议 | 机制 | 走访企业 | 86 | 家 | 2024 | 走访企业86家。",
    )
    row = document.rows[0]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in row.cells.values())
    assert document.text[row.start : row.end] == document.text.splitlines()[1]


def test_a_mapping_gives_the_values_of_a_role(read: Callable, root: Path) -> None:
    _, (document,) = read("a.csv", COOPERATION + "甲院,乙局；丙校 、丁行,,,,,,,\n")
    mapping = mapping_of(document.table, read_mappings(root / "ontology"))
    found = mapping.cells(document.rows[0], "participant")
    assert [cell.text for cell in found] == ["乙局", "丙校", "丁行"]
    assert [document.text[cell.start : cell.end] for cell in found] == ["乙局", "丙校", "丁行"]
    assert mapping.cells(document.rows[0], "year") == ()


def test_english_headers_are_known(read: Callable) -> None:
    _, (document,) = read("a.csv", "Name,Aliases,Kind,Level,Parent,Place\n甲院,市院,procuratorate,municipal,,北京市\n")
    assert (document.table, document.rows[0].cells["Aliases"].text) == ("units", "市院")


def test_headers_are_known_in_full_width_and_with_blanks(read: Callable) -> None:
    assert read("a.csv", " 名 称*,类型：\n甲院,检察院\n")[1][0].table == "units"


def test_a_language_tag_in_a_header_is_mended_and_told(read: Callable) -> None:
    entry, (document,) = read("a.csv", "名称@zh_CN,名称@en,类型\n甲院,Court A,法院\n")
    assert cells(document) == [{"名称@zh-CN": "甲院", "名称@en": "Court A", "类型": "法院"}]
    assert [note.en for note in entry.notes] == ["language tag mended: zh_CN → zh-CN"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "gb18030"), ("\t", "utf-16"), ("，", "gbk"), ("|", "utf-8")]
)
def test_delimiter_and_encoding_are_recognised(read: Callable, delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (("名称", "类型"), ("第1小学", "学校"), ("第2小学", "学校")))
    assert cells(read("a.csv", text.encode(encoding))[1][0]) == [
        {"名称": "第1小学", "类型": "学校"},
        {"名称": "第2小学", "类型": "学校"},
    ]


def test_a_delimiter_inside_quotes_does_not_mislead() -> None:
    assert delimiter_of('名称;别名\n甲院;"a,b,c"\n乙院;"d,e,f"\n') == ";"


def test_a_quoted_newline_stays_in_its_cell(read: Callable) -> None:
    assert cells(read("a.csv", '名称,类型\n"甲\n院",检察院\n')[1][0]) == [{"名称": "甲 院", "类型": "检察院"}]


def test_a_quote_that_is_never_closed_is_an_error_with_its_line(read: Callable) -> None:
    entry, documents = read("a.csv", '名称,类型\n甲院,检察院\n"乙院,法院\n丙院,法院\n')
    assert (documents, str(entry.error)) == ([], f"{entry.source}, line 3: a quoted cell is never closed")


def test_text_after_a_closing_quote_is_read_and_noted(read: Callable) -> None:
    entry, (document,) = read("a.csv", '名称,类型\n甲院,检察院\n"乙"院,法院\n')
    assert [row["名称"] for row in cells(document)] == ["甲院", "乙院"]
    assert entry.notes[0].en.startswith("line 3: text after a closing quote")


def test_rows_without_a_required_cell_are_left_out_with_their_numbers(read: Callable) -> None:
    entry, (document,) = read("a.csv", "名称,类型\n甲院,检察院\n,法院\n\n乙院,法院\n,学校\n")
    assert [row["名称"] for row in cells(document)] == ["甲院", "乙院"]
    assert entry.counts == {"tables": 1, "rows": 2, "rows_skipped": 2}
    assert [note.en for note in entry.notes] == ["rows left out because 名称 is empty: 3, 6"]


def test_a_table_without_known_columns_is_an_error_that_names_both(read: Callable) -> None:
    entry, documents = read("a.csv", "品名,价格\n笔,1\n")
    assert (documents, str(entry.error)) == ([], f"{entry.source}: no table with known columns; found: 品名, 价格")
    assert "单位,合作单位" in entry.error.hint.zh
    assert "名称,别名" in entry.error.hint.zh


def test_a_workbook_shows_values_as_the_spreadsheet_does(read: Callable) -> None:
    rows = [
        ["单位", "合作单位", "数量", "年份", "成果"],
        ["甲院", "乙局", 3.0, datetime.date(2024, 5, 6), 0.1 + 0.2],
        ["甲院", "丙局", 0.605, 2024, True],
    ]
    _, (document,) = read("a.xlsx", workbook(("表", rows), percent="C3"))
    assert cells(document) == [
        {"单位": "甲院", "合作单位": "乙局", "数量": "3", "年份": "2024-05-06", "成果": "0.3"},
        {"单位": "甲院", "合作单位": "丙局", "数量": "60.5%", "年份": "2024", "成果": "TRUE"},
    ]


def test_a_cell_merged_over_rows_is_read_in_each(read: Callable) -> None:
    rows = [["单位", "合作单位"], ["甲院", "乙局"], [None, "丙局"]]
    entry, (document,) = read("a.xlsx", workbook(("表", rows), merge="A2:A3"))
    assert [row["单位"] for row in cells(document)] == ["甲院", "甲院"]
    assert entry.counts["merged_cells"] == 1


def test_a_table_may_begin_away_from_the_corner(read: Callable) -> None:
    rows = [[], [], [None, None, "单位", "合作单位", "数量"], [None, None, "甲院", "乙局", 0.5], [None, None, None, "丙局", 1]]
    _, (document,) = read("a.xlsx", workbook(("表", rows), merge="C4:C5", percent="E4"))
    assert cells(document) == [
        {"单位": "甲院", "合作单位": "乙局", "数量": "50.0%"},
        {"单位": "甲院", "合作单位": "丙局", "数量": "1"},
    ]


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """A package with a replacement made in one of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            copy.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return out.getvalue()


def test_a_cell_in_the_last_corner_does_not_fill_the_memory(read: Callable) -> None:
    data = workbook(("表", [["名称", "类型"], ["甲院", "检察院"]]))
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    entry, documents = read("a.xlsx", changed(data, "xl/worksheets/sheet1.xml", "</sheetData>", corner))
    assert (documents, "1048576 rows × 16384 columns" in str(entry.error)) == ([], True)


def test_a_row_repeated_without_end_does_not_fill_the_memory(read: Callable) -> None:
    table, out = "urn:oasis:names:tc:opendocument:xmlns:table:1.0", BytesIO()
    cell = '<t:table-cell t:number-columns-repeated="9000"><p>x</p></t:table-cell>'
    with zipfile.ZipFile(out, "w") as package:
        row = f'<t:table-row t:number-rows-repeated="9000">{cell}</t:table-row>'
        package.writestr("content.xml", f'<d xmlns:t="{table}">{row}</d>')
    entry, documents = read("a.ods", out.getvalue())
    assert (documents, "9000 rows × 9000 columns" in str(entry.error)) == ([], True)


def test_broken_xml_inside_a_workbook_is_refused(read: Callable) -> None:
    data = workbook(("表", [["名称", "类型"], ["甲院", 0.5]]), percent="B2")
    entry, documents = read("a.xlsx", changed(data, "xl/worksheets/sheet1.xml", "</row>", "</x>"))
    assert (documents, "damaged" in str(entry.error)) == ([], True)


def test_a_title_may_stand_above_the_header(read: Callable) -> None:
    _, (document,) = read("a.xlsx", workbook(("表", [["2024年合作情况表"], [], ["单位", "合作单位"], ["甲院", "乙局"]])))
    assert cells(document) == [{"单位": "甲院", "合作单位": "乙局"}]


def test_each_sheet_is_a_document_and_unknown_ones_are_noted(read: Callable) -> None:
    data = workbook(
        ("单位", [["名称", "类型"], ["甲院", "检察院"]]),
        ("合作", [["单位", "合作单位"], ["甲院", "乙局"]]),
        ("说明", [["填表说明"]]),
    )
    entry, documents = read("a.xlsx", data)
    assert [(document.id, document.title, document.table) for document in documents] == [
        ("a.xlsx/单位", "单位", "units"),
        ("a.xlsx/合作", "合作", "cooperation"),
    ]
    assert [note.en for note in entry.notes] == ["sheet 说明: left out, its columns are not known: 填表说明"]


def test_repeated_headers_are_told_apart(read: Callable) -> None:
    assert cells(read("a.csv", "名称,类型,备注,备注\n甲院,检察院,x,y\n")[1][0]) == [
        {"名称": "甲院", "类型": "检察院", "备注": "x", "备注 (2)": "y"}
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_what_is_no_workbook_is_refused(read: Callable, name: str) -> None:
    entry, documents = read(name, b"no workbook at all")
    assert (documents, "damaged or not what its ending says" in str(entry.error)) == ([], True)


def test_a_broken_mapping_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.yaml").write_text("title: {en: a, zh: b}\nfact: [\n", "utf-8")
    with pytest.raises(ConfigError, match=r"ontology/tables/mine\.yaml, line 3"):
        read_mappings(tmp_path)
