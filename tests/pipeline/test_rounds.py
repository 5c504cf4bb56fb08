"""The spreadsheet round trip: what colleagues fill in is decided, and what cannot be applied is told row by row."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.errors import InputError
from kg.pipeline.desk import Desk
from kg.pipeline.rounds import exported, imported
from tests.review.workspace import workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(workspace(tmp_path), by="李")


class Filled:
    """A workbook that somebody fills in."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(content))
        self.facts, self.units = self.book.worksheets

    def row(self, word: str, kind: str) -> int:
        """The row of a fact."""
        return next(
            number
            for number, cells in enumerate(self.facts.iter_rows(values_only=True), 1)
            if kind in cells and any(word in str(cell) for cell in cells[4:])
        )

    def set(self, row: int, heading: str, value: str, page: Worksheet | None = None) -> None:
        page = page or self.facts
        column = next(cell.column for cell in page[1] if cell.value == heading)
        page.cell(row, column, value)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def test_every_question_is_a_row_and_no_cell_is_a_formula(desk: Desk) -> None:
    sheet = Filled(exported(desk, "zh"))
    assert (sheet.facts.title, sheet.units.title) == ("事实", "单位")
    assert sheet.facts.max_row == len(desk.queue()) + 1 and sheet.units.max_row == 2
    types = {cell.data_type for page in sheet.book.worksheets for row in page.iter_rows() for cell in row if cell.value}
    assert types == {"s"}
    choices = [choice.formula1 for page in sheet.book.worksheets for choice in page.data_validations.dataValidation]
    assert choices == ['"确认,否决,修改"', '"同一单位,不同单位"']


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_filled_in_is_decided(desk: Desk, lang: str) -> None:
    sheet = Filled(exported(desk, lang))
    decision, accept, reject = ("决定", "确认", "否决") if lang == "zh" else ("decision", "accept", "reject")
    sheet.set(sheet.row("“同心”护企平台", "mechanism"), decision, accept)
    sheet.set(sheet.row("走访群众", "outcome"), decision, reject)
    partner = "合作方" if lang == "zh" else "partner"
    sheet.set(sheet.row("“暖心”服务站", "cooperation"), partner, "青川县财政局; 青川县中医医院=青川县卫健委")
    sheet.set(2, decision, "同一单位" if lang == "zh" else "one unit", sheet.units)
    sheet.set(2, "备注" if lang == "zh" else "note", "=cmd", sheet.units)
    open_before = len(desk.queue())
    applied = imported(desk, sheet.bytes())
    assert applied.refused == []
    assert applied.decisions == {"accept": 1, "reject": 1, "edit": 1, "merge": 1}
    assert applied.open == open_before - 3
    edit = next(decision for decision in desk.history() if decision.action == "edit")
    assert [words.name for words in edit.slots["participant"]] == ["青川县财政局", "青川县卫健委"]
    assert [(d.units, d.note) for d in desk.history() if d.action == "merge"] == [(("青川县中医医院", "青川县中医院"), "=cmd")]


def test_rows_that_cannot_be_applied_are_told_and_change_nothing(desk: Desk) -> None:
    sheet = Filled(exported(desk, "en"))
    rows = {
        sheet.row("“同心”护企平台", "mechanism"): ("decision", "perhaps", "unknown decision “perhaps”"),
        sheet.row("“暖心”服务站", "mechanism"): ("name", "“热心”服务站", "not in the document: “热心”服务站"),
        sheet.row("走访群众", "outcome"): ("id", "0" * 12, "nothing to decide with the id 000000000000"),
        sheet.row("服务群众", "outcome"): ("decision", "edit", "to be edited, but nothing was changed"),
        sheet.row("服务企业", "outcome"): ("what", "企业", "rejected, but its words were changed"),
    }
    for row, (heading, value, _) in rows.items():
        sheet.set(row, heading, value)
    sheet.set(sheet.row("走访群众", "outcome"), "decision", "accept")
    sheet.set(sheet.row("服务企业", "outcome"), "decision", "reject")
    sheet.set(2, "decision", "two units", sheet.units)
    sheet.set(2, "name to keep", "别的名称", sheet.units)
    applied = imported(desk, sheet.bytes())
    assert desk.history() == []
    told = {answer.number: str(error) for answer, error in applied.refused if answer.sheet == "facts"}
    assert told == {row: told[row] for row, (_, _, reason) in rows.items() if reason in told[row]}
    assert len(told) == len(rows)
    assert [str(error) for answer, error in applied.refused if answer.sheet == "units"] == ["the names were changed"]


def test_an_import_twice_tells_what_was_decided_meanwhile(desk: Desk) -> None:
    sheet = Filled(exported(desk, "en"))
    sheet.set(sheet.row("“同心”护企平台", "mechanism"), "decision", "accept")
    imported(desk, sheet.bytes())
    again = imported(desk, sheet.bytes())
    assert [str(error).partition(" with")[0] for _, error in again.refused] == ["nothing to decide"]
    assert len(desk.history()) == 1


def test_what_is_no_such_workbook_is_refused(desk: Desk) -> None:
    empty = io.BytesIO()
    Workbook().save(empty)
    lacking = Filled(exported(desk, "en"))
    lacking.facts["A1"] = "other"
    for content, complaint in (
        (b"id,decision", "is no workbook"),
        (empty.getvalue(), "has none of the sheets"),
        (lacking.bytes(), "lacks the column id"),
    ):
        with pytest.raises(InputError, match=complaint):
            imported(desk, content)


def test_signs_that_part_words_may_stand_in_words(desk: Desk) -> None:
    sheet = Filled(exported(desk, "en"))
    assert sheet.row("《先调；后诉=双赢合作协议》", "mechanism")
    assert imported(desk, sheet.bytes()).refused == []
    assert desk.history() == []
