"""Names that look alike are proposed with a reason, and only proposed."""

from __future__ import annotations

import pytest

from kg.model import Unit
from kg.resolve.proposals import proposals


def unit(name: str, *alts: str, kind: str = "court", generic: bool = False, **more: str) -> Unit:
    return Unit(name, name, alts, kind, generic=generic, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (unit("青川县检察院"), unit("青川县检查院"), "their names sound alike"),
        (unit("青川县中医医院"), unit("青川县中医院"), "one may be short for the other (without 医)"),
        (unit("青川大学附属医院", "大学附院"), unit("青川市第一医院", "大学附院"), "both are called 大学附院"),
    ],
)
def test_names_that_look_alike_are_proposed_with_the_reason(first: Unit, second: Unit, reason: str) -> None:
    for units in ([first, second], [second, first]):
        [proposal] = proposals(units)
        assert (proposal.reason.en, {proposal.keep, proposal.other}) == (reason, {first, second})
        assert len(proposal.keep.label) >= len(proposal.other.label)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (unit("青川县法院"), unit("青川县检察院", kind="procuratorate")),
        (unit("青川县第一小学"), unit("青川县第二小学")),
        (unit("青川县小学"), unit("青川县第一小学")),
        (unit("青川县法院", level="county"), unit("青川县东镇法院", level="town")),
        (unit("青川县东镇法院"), unit("青川县西镇法院")),
        (unit("青川县法院"), unit("青川县法院第一庭")),
        (unit("青川县检察院分院", parent="青川县检察院"), unit("青川县检察院")),
        (unit("高校", generic=True), unit("高小", generic=True)),
        (unit("法院"), unit("法园")),
        (unit("北京语言大学"), unit("北京大学")),
        (unit("丙县河长办公室", "河长办公室", place="1"), unit("丁县河长办公室", "河长办公室", place="2")),
    ],
)
def test_names_that_something_tells_apart_are_not(first: Unit, second: Unit) -> None:
    assert proposals([first, second]) == []


def test_what_many_units_are_called_says_nothing() -> None:
    assert proposals([unit(f"{place}县河长办公室", "河长办公室") for place in "丙丁戊"]) == []


def test_the_likeliest_pair_comes_first() -> None:
    units = [unit("青川县中医医院"), unit("青川县中医院"), unit("丙县检察院", kind="office"), unit("丙县检查院", kind="office")]
    assert [proposal.other.label for proposal in proposals(units)] == ["丙县检查院", "青川县中医院"]
    assert proposals(units) == proposals([*units, *reversed(units)])
