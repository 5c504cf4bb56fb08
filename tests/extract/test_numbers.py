"""Numbers with a measure word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.numbers import find_numbers
from kg.vocab.outcome_lexicon import OutcomeLexicon, read_outcome_lexicon


@pytest.fixture(scope="module")
def lexicon(root: Path) -> OutcomeLexicon:
    return read_outcome_lexicon(root / "ontology")


@pytest.mark.parametrize(
    ("text", "value", "measure", "bound"),
    [
        ("走访商户1,286户", "1286", "户", "exactly"),
        ("走访商户1，286户", "1286", "户", "exactly"),
        ("发放手册１２００册", "1200", "册", "exactly"),
        ("补种2.3万株", "23000", "株", "exactly"),
        ("两百余件", "200", "件", "more than"),
        ("三百五十六个", "356", "个", "exactly"),
        ("一千零五人", "1005", "人", "exactly"),
        ("近百名", "100", "名", "nearly"),
        ("上千人", "1000", "人", "at least"),
        ("数百名", "100", "名", "more than"),
        ("20余场次", "20", "场次", "more than"),
        ("3万余人次", "30000", "人次", "more than"),
        ("200多万元", "2000000", "元", "more than"),
        ("1.2亿元", "120000000", "元", "exactly"),
        ("约40户", "40", "户", "about"),
        ("至少5场", "5", "场", "at least"),
        ("超过300家", "300", "家", "more than"),
        ("不足30件", "30", "件", "nearly"),
        ("百分之六十", "60", "%", "exactly"),
        ("60％以上", "60", "%", "at least"),
        ("千分之三", "0.003", "", "exactly"),
        ("四分之三", "0.75", "", "exactly"),
        ("八成以上", "80", "%", "at least"),
        ("5.2个百分点", "5.2", "个百分点", "exactly"),
        ("3至5天", "3", "天", "exactly"),
        ("3-5万元", "30000", "元", "exactly"),
        ("10天左右", "10", "天", "about"),
    ],
)
def test_a_number_is_read_with_value_measure_word_and_bound(
    lexicon: OutcomeLexicon, text: str, value: str, measure: str, bound: str
) -> None:
    (number,) = find_numbers(text, lexicon)
    assert (number.plain, number.measure, number.bound) == (value, measure, bound)


@pytest.mark.parametrize(
    "text",
    [
        "第3支队和第一小组",
        "“1+4项”之外还有A3个",
        "2024年12月",
        "拨打12345",
        "落实“两个责任”，从3个方面着手",
        "千家万户",
        "网址a.b1个",
        "三五成群",
    ],
)
def test_names_dates_and_set_phrases_are_no_numbers(lexicon: OutcomeLexicon, text: str) -> None:
    assert find_numbers(text, lexicon) == []


def test_bound_words_belong_to_the_span_and_the_core_does_not_hold_them(lexicon: OutcomeLexicon) -> None:
    text = "覆盖近三百户以上"
    (number,) = find_numbers(text, lexicon)
    assert (text[number.start : number.end], text[number.core : number.after]) == ("近三百户以上", "三百户")


def test_numbers_that_follow_one_another_are_told_apart(lexicon: OutcomeLexicon) -> None:
    assert [(number.plain, number.measure) for number in find_numbers("12件18人", lexicon)] == [("12", "件"), ("18", "人")]
