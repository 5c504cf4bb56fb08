"""How large the used area of a workbook is, before a reader unfolds it: one cell in the last corner makes 17 billion."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile

from kg.errors import InputError, Text
from kg.load.archive import XML_FAULTS, broken

_MOST_CELLS = 20_000_000
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,4000})")
_AREA = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?\bref\s*=\s*[\"'](?:[^\"':]*:)?([A-Z]{1,3})(\d{1,4000})")
_OTHER_PARTS = ("xl/sharedStrings", "xl/media/", "xl/theme/", "docProps/")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def check_area(package: zipfile.ZipFile, source: str) -> None:
    """Refuse a workbook (xlsx or ods) with a sheet whose used area is more than 20 million cells.

    Raises:
        InputError: names the area and says how to make it smaller.
    """
    for part in package.namelist():
        if part == "content.xml":
            _check(*_unfolded(package, part, source), source)
        elif not part.startswith(_OTHER_PARTS):  # a sheet may have any name
            _check(*_corner(package.read(part)), source)


def column_number(letters: str) -> int:
    """
    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _corner(data: bytes) -> tuple[int, int]:
    """The last row and column that an xlsx sheet names, in a cell or as its used area, for which a reader sets memory aside."""
    row, columns = 0, {b"A"}
    for letters, number in [*_CELL.findall(data), *_AREA.findall(data)]:
        columns.add(letters)
        row = max(row, int(number))
    return row, max(column_number(letters.decode()) for letters in columns)


def _unfolded(package: zipfile.ZipFile, part: str, source: str) -> tuple[int, int]:
    """Rows and columns with content in the sheets of an ods file, repeated ones counted as often as they are repeated."""
    rows = columns = 0
    try:
        with package.open(part) as file:
            for _, element in ET.iterparse(file):
                if element.tag == _TABLE + "table-row":
                    width = _width(element)
                    columns = max(columns, width)
                    rows += _times(element, "number-rows-repeated") if width else 0
                    element.clear()
    except XML_FAULTS as error:
        raise broken(source, str(error)) from error
    return rows, columns


def _width(row: ET.Element) -> int:
    """The columns of a row up to the last cell with content."""
    width = seen = 0
    for cell in row:
        seen += _times(cell, "number-columns-repeated")
        width = seen if len(cell) else width
    return width


def _times(element: ET.Element, name: str) -> int:
    value = element.get(_TABLE + name, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def _check(rows: int, columns: int, source: str) -> None:
    if rows * columns > _MOST_CELLS:
        raise InputError(
            Text(
                en=f"{source}: a sheet with {rows} rows × {columns} columns is too large",
                zh=f"{source}：有工作表达到 {rows} 行 × {columns} 列，过大",
            ),
            Text(
                en="delete the blank rows below and the blank columns beside the table, then save",
                zh="请删除表格下方的空行和右侧的空列后重新保存",
            ),
        )
