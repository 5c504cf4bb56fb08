"""Cells of csv files and workbooks as text, before anything is known about what the columns mean."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, Text
from kg.load.ledger import LedgerEntry
from kg.load.limits import ROWS, at_most
from kg.load.percent import Decimals, as_percent

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_DELIMITERS = ",\t;|，"
_SNIFFED_ROWS = 20
csv.field_size_limit(1 << 30)  # the limit of a file bounds its cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid of cells as text; `rows` holds (row number as the user's program shows it, cells), blank rows left out."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def csv_sheet(text: str, entry: LedgerEntry) -> Sheet:
    """The cells of a csv text; the delimiter is the one that splits the first rows most evenly.

    Raises:
        InputError: a quote is never closed (names the line), or there are too many rows.
    """
    rows = tuple(islice(_csv_rows(text, delimiter_of(text), entry), ROWS + 1))
    check_rows(len(rows), entry)
    return Sheet("", rows)


def check_rows(number: int, entry: LedgerEntry) -> None:
    """Refuse a table with too many rows."""
    at_most(number, ROWS, Text(en="rows", zh="行"), entry.source)


def delimiter_of(text: str) -> str:
    """The sign between the cells.

    >>> delimiter_of("单位;合作单位\\n甲院;“乙,丙”\\n")
    ';'
    """
    head = "".join(text[: 1 << 16].splitlines(keepends=True)[: 4 * _SNIFFED_ROWS])

    def evenness(delimiter: str) -> tuple[float, int]:
        rows = [row for row in csv.reader(StringIO(head), delimiter=delimiter) if any(row)][:_SNIFFED_ROWS]
        widths = [len(row) for row in rows]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(common) / len(widths) if common > 1 else 0.0), common

    return max(_DELIMITERS, key=evenness)


def _csv_rows(text: str, delimiter: str, entry: LedgerEntry) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows with the line on which each begins; a quote inside an unquoted cell is taken as it stands."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" in str(error):
                entry.note(
                    f"line {reader.line_num}: text after a closing quote; the quotes are left out",
                    f"第 {reader.line_num} 行：引号之后还有文字，引号已去除",
                )
                yield from _loose_rows(text, delimiter, begins)
                return
            raise _open_quote(entry.source, begins) from error
        if any(cell.strip() for cell in row):
            yield begins, tuple(map(one_line, row))
        begins = reader.line_num + 1


def _loose_rows(text: str, delimiter: str, begins: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    rest = "".join(text.splitlines(keepends=True)[begins - 1 :])
    reader = csv.reader(StringIO(rest, newline=""), delimiter=delimiter)
    line = begins
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, tuple(map(one_line, row))
        line = begins + reader.line_num


def _open_quote(source: str, line: int) -> InputError:
    return InputError(
        Text(en=f"{source}, line {line}: a quoted cell is never closed", zh=f"{source} 第 {line} 行：单元格的引号没有闭合"),
        Text(
            en='close it with a second ", or write "" for a quote inside a quoted cell',
            zh='请补上另一个 "；引号内的引号应写成 ""',
        ),
    )


def workbook_sheets(path: Path, entry: LedgerEntry, percents: Mapping[str, Decimals]) -> list[Sheet]:
    """The sheets of an xlsx, xls or ods file; a cell merged over rows is read in each of them.

    Args:
        percents: by sheet, the cells that show percentages (`percent_cells`).

    Raises:
        InputError: the file is damaged, protected, or no workbook.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    from kg.load.archive import broken

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return [_sheet(book, name, percents.get(name, {}), entry) for name in names]
    except (CalamineError, ValueError) as error:
        raise broken(entry.source, str(error)) from error


def _sheet(book: CalamineWorkbook, name: str, percents: Decimals, entry: LedgerEntry) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    left = sheet.start[1] if sheet.start else 0  # rows are counted from the first of the sheet, columns from the first used
    covered = _covered(sheet, entry)
    under, tops = {row for row, _ in covered}, set(covered.values())
    values: dict[tuple[int, int], str] = {}
    rows = []
    for number, cells in enumerate(sheet.iter_rows()):
        if number not in under and cells.count("") == len(cells):
            continue
        texts = [shown(value, percents.get((number, column))) for column, value in enumerate(cells, left)]
        for column in range(left, left + len(texts)):
            if top := covered.get((number, column)):
                texts[column - left] = values.get(top, "")
            elif (number, column) in tops:
                values[number, column] = texts[column - left]
        if any(texts):
            rows.append((number + 1, tuple(texts)))
    check_rows(len(rows), entry)
    return Sheet(name, tuple(rows))


def _covered(sheet: CalamineSheet, entry: LedgerEntry) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells that are merged into one above: (row, column) from 0 → that of the cell above."""
    last = sheet.end[0] if sheet.end else 0
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        entry.count("merged_cells", int(bottom > top))
        at_most(len(found) + min(bottom, last) - top, ROWS, Text(en="merged cells", zh="合并单元格"), entry.source)
        found |= {(row, left): (top, left) for row in range(top + 1, min(bottom, last) + 1)}
    return found


def one_line(text: str) -> str:
    """A cell's text on one line.

    >>> one_line(" 甲院\\n乙局 ")
    '甲院 乙局'
    """
    return " ".join(text.split())


def shown(value: object, percent: int | None = None) -> str:
    """A cell's value as the spreadsheet program shows it: no needless ".0", dates as ISO 8601.

    Args:
        percent: for a cell that shows a percentage, the digits after its point.

    >>> shown(3.0), shown(0.1 + 0.2), shown(datetime.datetime(2024, 5, 6)), shown(True)
    ('3', '0.3', '2024-05-06', 'TRUE')
    """
    if value == "":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)) and percent is not None:
        return as_percent(value, percent)
    if isinstance(value, float):
        return format(value, ".15g").replace("e+", "E+").replace("e-", "E-")
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return one_line(str(value))
