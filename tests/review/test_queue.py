"""What is asked first, and how good the rules are by what was answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Candidate
from kg.review import Decision, replay
from kg.review.decisions import about
from kg.review.quality import Figures, quality
from kg.review.queue import items, ordered
from kg.review.report import page, report_json, tables
from tests.review.conftest import document


def test_each_fact_is_asked_about_once(read: list[Candidate]) -> None:
    found = items(document(), read)
    assert [(item.candidate.kind, item.sentences) for item in found if item.candidate.kind == "mechanism"] == [
        ("mechanism", 2),
        ("mechanism", 1),
    ]
    assert len(found) == len(read) - 1


def test_what_is_decided_or_comes_from_a_table_is_not_asked_about(read: list[Candidate]) -> None:
    decided = replay(document(), read, [about(read[1], "a.txt", "accept"), about(read[2], "a.txt", "reject")]).candidates
    left = items(document(), decided)
    assert {item.candidate.kind for item in left} == {"case", "mechanism", "cooperation", "outcome"}
    assert len(left) == len(read) - 3
    assert items(document(), [replace(c, producer="table", confidence=1.0) for c in read]) == []


def test_the_least_sure_comes_first_and_decisions_about_its_rule_count(read: list[Candidate]) -> None:
    weak = replace(read[5], confidence=0.5)
    found = items(document(), [*read[:5], weak, *read[6:]])
    assert ordered(found, {})[0].candidate == weak
    by_rule = quality(about(c, "a.txt", "reject") for c in read if c.kind == "outcome").by_rule
    assert [item.candidate.kind for item in ordered(items(document(), read), by_rule)][:2] == ["outcome", "outcome"]


def test_what_producers_disagree_about_comes_before_all(read: list[Candidate]) -> None:
    coop = next(c for c in read if c.kind == "cooperation" and c.sentence.index == 3)
    other = replace(coop, producer="llm", slots=coop.slots[:2], confidence=0.99)
    first, second, *_ = ordered(items(document(), [*read, other]), {})
    assert {first.candidate.producer, second.candidate.producer} == {"rules", "llm"}
    assert (first.rivals, second.rivals) in [((other,), (coop,)), ((coop,), (other,))]


def decided(read: list[Candidate]) -> list[Decision]:
    actions = ("accept", "accept", "reject", "edit")
    return [about(c, "a.txt", action) for c, action in zip(read[1:5], actions, strict=True)]


def test_figures_are_counted_by_kind_rule_and_producer(read: list[Candidate]) -> None:
    by_hand = Decision("add", "", "a.txt", "cooperation", "句。", "", {}, by="李")
    found = quality([*decided(read), by_hand, *decided(read)], [("outcome", "act", "rules")], proposals=3)
    assert found.by_kind["mechanism"] == Figures(right=1, edited=1)
    assert found.by_kind["cooperation"] == Figures(right=1, added=1)
    assert found.by_kind["outcome"] == Figures(wrong=1, open=1)
    assert found.by_rule["rule-outcome"] == Figures(wrong=1)
    assert found.by_producer["rules"] == Figures(2, 1, 1, 0, 1)
    assert (found.total.precision, found.total.coverage, found.proposals) == (0.5, 0.8, 3)


def test_a_decision_that_was_taken_back_does_not_count(read: list[Candidate]) -> None:
    first = about(read[1], "a.txt", "accept")
    assert quality([first, Decision("undo", first.key)]).total == Figures()


@pytest.mark.parametrize(("right", "wrong", "expected"), [(0, 0, None), (1, 0, 0.2065), (90, 10, 0.8256), (0, 5, 0.0)])
def test_the_lower_bound_is_wilsons(right: int, wrong: int, expected: float | None) -> None:
    assert Figures(right=right, wrong=wrong).at_least == pytest.approx(expected, abs=1e-4)


def test_the_report_is_tables_data_and_a_page(read: list[Candidate]) -> None:
    found = quality(decided(read), [("outcome", "<b>", "rules")], proposals=1)
    kinds, rules, producers = tables(found, {"mechanism": "Mechanism"}, "en")
    assert [row[0] for row in kinds.rows] == ["Mechanism", "outcome", "cooperation", "total"]
    assert kinds.rows[-1][1:] == ["50.0%", "15.0%", "2", "1", "1", "0", "1", "80.0%"]
    assert report_json(found)["total"]["precision"] == 0.5
    html = page(found, {}, "zh")
    assert "<b>" not in html and "&lt;b&gt;" in html and "待审核：1 条事实、1 对单位。" in html
    assert (rules.title, producers.title) == ("rule", "producer")
