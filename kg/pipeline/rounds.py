"""The spreadsheet round trip: the queue of a desk as a workbook, and what colleagues filled in as decisions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import InputError, KgError, Text
from kg.extract.typed import MEANS
from kg.model import Candidate, Evidence
from kg.pipeline.desk import Desk
from kg.pipeline.pairs import Pair
from kg.review.decisions import Words
from kg.review.labels import ACTIONS, ASKED, ROLES
from kg.review.queue import Item
from kg.review.sheet import Answer, Sheet, answers, workbook

AND = "；"
_AND = re.compile("[;；\n]")
SAME, DIFFERENT = Text("one unit", "同一单位"), Text("two units", "不同单位")
_ASKED = tuple(dict.fromkeys(role for roles in ASKED.values() for role in roles))
_DECISION, _NOTE = Text("decision", "决定"), Text("note", "备注")
_FACTS = {
    "id": (Text("id", "编号"), 14),
    "document": (Text("document", "文档"), 18),
    "kind": (Text("kind", "种类"), 12),
    "sentence": (Text("sentence", "原句"), 60),
    "exact": (Text("words", "依据词句"), 30),
    **{role: (ROLES[role], 24) for role in _ASKED},
    "rule": (Text("rule", "规则"), 14),
    "sure": (Text("sure", "把握"), 8),
    "decision": (_DECISION, 10),
    "note": (_NOTE, 20),
}
_UNITS = {
    "id": (Text("id", "编号"), 14),
    "keep": (Text("name to keep", "保留的名称"), 30),
    "other": (Text("other name", "另一名称"), 30),
    "reason": (Text("why", "理由"), 24),
    "keep_proof": (Text("sentence with the first", "前者的原句"), 50),
    "other_proof": (Text("sentence with the other", "后者的原句"), 50),
    "decision": (_DECISION, 10),
    "note": (_NOTE, 20),
}
SHEETS = {
    "facts": Sheet(Text("facts", "事实"), _FACTS, (), (ACTIONS["accept"], ACTIONS["reject"], ACTIONS["edit"])),
    "units": Sheet(Text("units", "单位"), _UNITS, (), (SAME, DIFFERENT)),
}


@dataclass
class Applied:
    """What an import did.

    Attributes:
        decisions: how many of each action.
        open: rows that say nothing.
        refused: rows that could not be applied: their sheet and number, what they are about, and why.
    """

    decisions: Counter[str] = field(default_factory=Counter)
    open: int = 0
    refused: list[tuple[Answer, KgError]] = field(default_factory=list)


def exported(desk: Desk, lang: str) -> bytes:
    """The queue as an xlsx file: a sheet of facts, a sheet of units that may be one."""
    facts, units = SHEETS["facts"], SHEETS["units"]
    rows = [_fact_row(item) for item in desk.queue()]
    pairs = [
        {
            "id": pair.id,
            "keep": pair.proposal.keep.label,
            "other": pair.proposal.other.label,
            "reason": pair.proposal.reason.say(lang),
            "keep_proof": _quotes(pair.keep_proofs),
            "other_proof": _quotes(pair.other_proofs),
        }
        for pair in desk.pairs()
    ]
    sheets = (Sheet(facts.title, facts.columns, rows, facts.answers), Sheet(units.title, units.columns, pairs, units.answers))
    return workbook(sheets, lang)


def _quotes(proofs: tuple[Evidence, ...]) -> str:
    return "\n".join(dict.fromkeys(proof.quote for proof in proofs))


def _fact_row(item: Item) -> dict[str, str]:
    candidate = item.candidate
    start = candidate.sentence.start
    return {
        "id": item.id,
        "document": item.document,
        "kind": candidate.kind,
        "sentence": candidate.sentence.text,
        "exact": candidate.sentence.text[candidate.start - start : candidate.end - start],
        **{role: AND.join(said) for role, said in as_typed(candidate).items()},
        "rule": candidate.rule,
        "sure": f"{item.sure:.2f}",
    }


def as_typed(candidate: Candidate) -> dict[str, list[str]]:
    """What fills the roles that reviewers see, as a person would type it: the words, and what they stand for if it differs."""
    slots = [Words.of(slot) for slot in candidate.slots]
    return {role: [_said(words) for words in slots if words.role == role] for role in ASKED[candidate.kind]}


def _said(words: Words) -> str:
    is_number = words.role in ("quantity", "year")
    return words.text + (f"{MEANS}{words.value}" if words.value and not is_number else "")


def imported(desk: Desk, content: bytes) -> Applied:
    """Decides what the rows of a workbook say; a row that cannot be applied is told and changes nothing.

    Raises:
        InputError: it is no such workbook.
    """
    applied = Applied()
    pairs = {pair.id: pair for pair in desk.pairs()}
    for row in answers(content, SHEETS):
        try:
            action = _unit_row(desk, pairs, row) if row.sheet == "units" else _decide(desk, row)
        except KgError as error:
            applied.refused.append((row, error))
            continue
        applied.open += not action
        applied.decisions.update([action] if action else [])
    return applied


def _decide(desk: Desk, row: Answer) -> str:
    """Decides about a fact; "" where the row leaves it open."""
    said, note = row.cells.get("decision", ""), row.cells.get("note", "")
    action = next((name for name in ("accept", "reject", "edit") if said.lower() in ACTIONS[name]), "")
    if said and not action:
        raise _wrong(Text(f"unknown decision “{said}”", f"决定“{said}”无法识别"), SHEETS["facts"])
    document, name = row.cells.get("document", ""), row.cells["id"]
    if not said and not any(item.id == name for item in desk.open_in(document)):
        return ""
    item = desk.item(document, name)
    changed = dict(_changed(item, row.cells))
    if changed and action != "reject":
        desk.edit(item, changed, note=note)
        return "edit"
    if changed or action == "edit":
        what = Text("rejected, but its words were changed", "已否决，却又改动了内容")
        if not changed:
            what = Text("to be edited, but nothing was changed", "要求修改，却没有改动内容")
        raise _wrong(what, SHEETS["facts"])
    if action:
        (desk.accept if action == "accept" else desk.reject)(item, note)
    return action


def _changed(item: Item, cells: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The roles whose cells are filled otherwise than they were written."""
    for role, said in as_typed(item.candidate).items():
        if role in cells and _one_line(cells[role]) != _one_line(AND.join(said)):
            yield role, [part.strip() for part in _AND.split(cells[role]) if part.strip()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unit_row(desk: Desk, pairs: Mapping[str, Pair], row: Answer) -> str:
    """Decides whether two units are one; "" where the row leaves it open."""
    said, note = row.cells.get("decision", ""), row.cells.get("note", "")
    if not said:
        return ""
    if said.lower() not in (*SAME, *DIFFERENT):
        raise _wrong(Text(f"unknown decision “{said}”", f"决定“{said}”无法识别"), SHEETS["units"])
    pair, keep, other = pairs.get(row.cells["id"]), row.cells.get("keep", ""), row.cells.get("other", "")
    if pair is None:
        raise InputError(
            Text("this pair is not open (any more)", "这一对单位不在待审核之列"),
            Text("it was decided meanwhile, or the names changed", "可能已有决定，或名称已变"),
        )
    if {keep, other} != {pair.proposal.keep.label, pair.proposal.other.label}:
        raise _wrong(Text("the names were changed", "名称被改动"), SHEETS["units"])
    (desk.merge if said.lower() in SAME else desk.apart)(keep, other, note)
    return "merge" if said.lower() in SAME else "reject"


def _wrong(what: Text, sheet: Sheet) -> InputError:
    known = Text(", ".join(answer.en for answer in sheet.answers), "、".join(answer.zh for answer in sheet.answers))
    return InputError(what, Text(f"Choose one of: {known.en}; or leave it empty.", f"可选：{known.zh}；也可留空。"))
