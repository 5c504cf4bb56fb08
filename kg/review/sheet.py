"""A queue as a workbook that colleagues fill in: a row a question, the answer in a cell; no cell can run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile

from kg.errors import InputError, Text

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32767  # signs that a cell holds
_FIRST_ROW = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be written.

    Attributes:
        title: its name.
        columns: key of each column with its heading and its width in signs.
        rows: the cells of each row by the keys of their columns.
        answers: what may be chosen in the column "decision".
    """

    title: Text
    columns: Mapping[str, tuple[Text, int]]
    rows: Sequence[Mapping[str, str]]
    answers: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Answer:
    """A row that was read: the sheet it stands in, its number there, its cells by the keys of their columns."""

    sheet: str
    number: int
    cells: Mapping[str, str]


def workbook(sheets: Iterable[Sheet], lang: str) -> bytes:
    """The sheets as an xlsx file with headings in `lang` ("zh" or "en"); answers are chosen from a list."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.title.say(lang))
        page.freeze_panes = "A2"
        for at, (key, (heading, width)) in enumerate(sheet.columns.items(), 1):
            letter = get_column_letter(at)
            page.column_dimensions[letter].width = width
            for line, text in enumerate([heading.say(lang), *(row.get(key, "") for row in sheet.rows)], 1):
                cell = page.cell(line, at, _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST])
                cell.data_type = "s"  # never a formula
                cell.alignment = Alignment(wrap_text=width > 20, vertical="top")
                cell.font = Font(bold=line == 1)
            if key == "decision" and sheet.rows:
                choice = DataValidation("list", formula1='"' + ",".join(answer.say(lang) for answer in sheet.answers) + '"')
                page.add_data_validation(choice)
                choice.add(f"{letter}{_FIRST_ROW}:{letter}{len(sheet.rows) + 1}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answers(content: bytes, sheets: Mapping[str, Sheet]) -> list[Answer]:
    """The rows of a workbook that `workbook` wrote, in whichever language, after people filled it in.

    Args:
        content: the file.
        sheets: by key, the sheets that it may hold (their rows do not matter).

    Raises:
        InputError: it is no workbook, or lacks the sheets or columns.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
    except (BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise _unusable(Text("is no workbook (.xlsx)", "不是工作簿（.xlsx）")) from None
    found: list[Answer] = []
    known = {title: key for key, sheet in sheets.items() for title in sheet.title}
    pages = [page for page in book.worksheets if page.title in known]
    if not pages:
        names = ", ".join(sheet.title.en for sheet in sheets.values())
        raise _unusable(Text(f"has none of the sheets {names}", f"没有所需的工作表（{names}）"))
    for page in pages:
        key = known[page.title]
        rows = [[_text(value) for value in row] for row in page.iter_rows(values_only=True)]
        keys = _keys(rows[0] if rows else [], sheets[key])
        for number, row in enumerate(rows[1:], _FIRST_ROW):
            cells = {name: text for name, text in zip(keys, row, strict=False) if name}
            if any(cells.values()):
                found.append(Answer(key, number, cells))
    return found


def _keys(headings: Sequence[str], sheet: Sheet) -> list[str]:
    by_heading = {words: key for key, (heading, _) in sheet.columns.items() for words in heading}
    keys = [by_heading.get(words, "") for words in headings]
    for needed in ("id", "decision"):
        if needed not in keys:
            name = sheet.columns[needed][0]
            raise _unusable(Text(f"lacks the column {name.en}", f"缺少“{name.zh}”一列"))
    return keys


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _unusable(what: Text) -> InputError:
    return InputError(
        Text(f"the file {what.en}", f"该文件{what.zh}"),
        Text(
            "Fill in what `kg review export` wrote, and leave its headings.",
            "请在 `kg review export` 导出的文件中填写，并保留表头。",
        ),
    )
