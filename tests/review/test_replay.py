"""What decisions make of candidates: they hold through new rules and new text in front, and tell when they cannot."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Candidate
from kg.review import Decision, replay
from kg.review.decisions import Words, about, grouped
from kg.review.identity import agreed, candidate_id
from kg.review.replay import GONE, OTHERWISE, UNFIT, UNKNOWN, WORDS
from tests.review.conftest import SENTENCES, TEXT, candidates, document


def of(found: list[Candidate], kind: str, word: str) -> list[Candidate]:
    """The candidates of a kind that a word is in."""
    return [c for c in found if c.kind == kind and any(word in slot.name for slot in c.slots)]


def names(found: list[Candidate], kind: str, role: str) -> list[str]:
    return [slot.name for c in found if c.kind == kind for slot in c.all(role)]


def decide(candidate: Candidate, action: str, at: str = "2026-05-01", **roles: tuple[Words, ...]) -> Decision:
    return replace(about(candidate, "a.txt", action, slots=roles), at=at)


def added(**more: str) -> Decision:
    slots = grouped([Words("participant", "丁厂"), Words("through", "“连心”机制")])
    return Decision("add", "", "a.txt", "cooperation", SENTENCES[2], "与丁厂建立", slots, at="2026-05-01", **more)


def test_without_decisions_nothing_changes(read: list[Candidate]) -> None:
    assert replay(document(), read, []).candidates == read


def test_a_rejected_candidate_is_gone(read: list[Candidate]) -> None:
    [wrong] = of(read, "cooperation", "乙局")
    after = replay(document(), read, [decide(wrong, "reject")])
    assert names(after.candidates, "cooperation", "participant") == ["丁厂", "戊会"]
    assert after.orphans == []


def test_a_mechanism_is_rejected_in_all_its_sentences(read: list[Candidate]) -> None:
    after = replay(document(), read, [decide(of(read, "mechanism", "同心")[0], "reject")])
    assert names(after.candidates, "mechanism", "name") == ["“连心”机制"]


def test_an_accepted_candidate_is_sure(read: list[Candidate]) -> None:
    [right] = of(read, "outcome", "走访群众")
    [after] = of(replay(document(), read, [decide(right, "accept")]).candidates, "outcome", "走访群众")
    assert (after.status, after.confidence) == ("accepted", 1.0)
    assert after.slots == right.slots


def test_an_edit_fills_roles_from_the_sentence(read: list[Candidate]) -> None:
    [wrong] = of(read, "cooperation", "乙局")
    edit = decide(wrong, "edit", participant=(Words("participant", "丙校"),))
    [after] = of(replay(document(), read, [edit]).candidates, "cooperation", "丙校")
    assert [(s.text, TEXT[s.start : s.end]) for s in after.all("participant")] == [("丙校", "丙校")]
    assert (after.status, [s.name for s in after.all("through")]) == ("edited", ["“同心”平台"])


def test_a_renamed_mechanism_keeps_its_cooperations_and_other_sentences(read: list[Candidate]) -> None:
    [wrong, _] = of(read, "mechanism", "同心")
    edit = decide(wrong, "edit", name=(Words("name", "“同心”"),))
    after = replay(document(), read, [edit]).candidates
    assert names(after, "mechanism", "name") == ["“同心”", "“连心”机制", "“同心”"]
    assert names(after, "cooperation", "through") == ["“同心”", "“连心”机制", "“同心”"]
    assert [c.one("name").kind for c in of(after, "mechanism", "同心")] == ["platform", "platform"]  # type: ignore[union-attr]


def test_another_subject_is_another_owner_everywhere(read: list[Candidate]) -> None:
    edit = decide(read[0], "edit", subject=(Words("subject", "甲院", "某市甲院"),))
    after = replay(document(), read, [edit]).candidates
    assert {*names(after, "outcome", "owner"), *names(after, "cooperation", "initiator")} == {"某市甲院"}


def test_a_rejected_case_takes_its_facts_along(read: list[Candidate]) -> None:
    assert replay(document(), read, [decide(read[0], "reject")]).candidates == []


def test_a_fact_added_by_hand_has_its_sentence_and_the_subject(read: list[Candidate]) -> None:
    others = [c for c in read if c.sentence.text != SENTENCES[2]]
    [fact] = of(replay(document(), others, [added()]).candidates, "cooperation", "丁厂")
    assert TEXT[fact.start : fact.end] == "与丁厂建立"
    assert [slot.name for slot in fact.all("initiator")] == ["某县甲院"]
    assert (fact.producer, fact.status, fact.case) == ("review", "accepted", 0)


def test_what_was_added_is_not_there_twice_when_a_rule_finds_it_too(read: list[Candidate]) -> None:
    after = replay(document(), read, [added()]).candidates
    assert [c.status for c in of(after, "cooperation", "丁厂")] == ["accepted"]
    assert len(after) == len(read)


def test_text_in_front_and_other_rules_change_nothing() -> None:
    moved = "新的一段。\n\n" + TEXT.replace("，", "， ")
    old = candidates()
    decisions = [
        decide(of(old, "cooperation", "乙局")[0], "reject"),
        decide(of(old, "outcome", "走访")[0], "edit", quantity=(Words("quantity", "300人次", "3"),)),
        decide(of(old, "mechanism", "连心")[0], "accept"),
    ]
    text = "新的一段。\n\n" + TEXT
    new = [replace(c, rule="r2", producer="llm", confidence=0.5) for c in candidates(text)]
    after = replay(document(text), new, decisions)
    assert after.orphans == []
    assert of(after.candidates, "cooperation", "乙局") == []
    assert [c.status for c in of(after.candidates, "mechanism", "连心")] == ["accepted"]
    assert names(after.candidates, "outcome", "quantity") == ["120", "3"]
    assert replay(document(moved), [], decisions).orphans[0].reason == UNFIT


def test_what_was_stated_holds_when_no_rule_reads_it_any_more(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    decisions = [decide(coop, "accept"), decide(of(read, "mechanism", "连心")[0], "edit", name=(Words("name", "“连心”"),))]
    after = replay(document(), [c for c in read if c.sentence.index != 2], decisions)
    assert after.orphans == []
    [again] = of(after.candidates, "cooperation", "丁厂")
    assert (again.start, again.end, again.status, again.rule) == (coop.start, coop.end, "accepted", "rule-cooperation")
    assert names(after.candidates, "mechanism", "name") == ["“同心”平台", "“同心”平台", "“连心”"]


def test_a_new_reading_of_what_was_edited_gives_way(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    edit = decide(coop, "edit", through=())
    other = replace(coop, slots=tuple(replace(s, text="“连心”", value="") if s.role == "through" else s for s in coop.slots))
    after = replay(document(), [other if c is coop else c for c in read], [edit])
    assert [(c.status, c.all("through")) for c in of(after.candidates, "cooperation", "丁厂")] == [("edited", ())]


def test_a_decision_without_its_sentence_is_an_orphan_with_the_nearest_candidate(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    text = TEXT.replace(SENTENCES[2], "该院与丁厂建立机制。")
    rest = [c for c in read if c.sentence.index != 2]
    near = replace(coop, sentence=replace(coop.sentence, text="该院与丁厂建立机制。"), slots=coop.slots[:1])
    for action in ("accept", "reject", "edit"):
        [orphan] = replay(document(text), [*rest, near], [decide(coop, action)]).orphans
        assert (orphan.decision.action, orphan.reason, orphan.nearest) == (action, GONE, near)
        assert 0.5 < orphan.likeness < 1


def test_a_rejection_holds_by_itself_when_nothing_like_it_is_read(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    assert replay(document(), [c for c in read if c is not coop], [decide(coop, "reject")]).orphans == []


def test_a_rejection_is_told_when_its_sentence_is_read_otherwise(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    other = replace(coop, slots=tuple(s for s in coop.slots if s.role != "through"))
    [orphan] = replay(document(), [other if c is coop else c for c in read], [decide(coop, "reject")]).orphans
    assert (orphan.reason, orphan.nearest) == (OTHERWISE, other)


def test_words_that_are_not_in_the_text_are_never_written(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    after = replay(document(), read, [decide(coop, "edit", participant=(Words("participant", "己社"),))])
    assert [orphan.reason for orphan in after.orphans] == [WORDS]
    assert after.candidates == read


def test_numbers_that_are_none_and_kinds_nobody_knows_are_told(read: list[Candidate]) -> None:
    [count] = of(read, "outcome", "走访")
    wrong = decide(count, "edit", quantity=(Words("quantity", "300人次", "many"),))
    assert [orphan.reason for orphan in replay(document(), read, [wrong]).orphans] == [UNFIT]
    [named, _] = of(read, "mechanism", "同心")
    unknown = decide(named, "edit", name=(Words("name", "“同心”平台", kind="spaceship"),))
    after = replay(document(), read, [unknown], frozenset({("mechanism-kind", "platform")}))
    assert [orphan.reason for orphan in after.orphans] == [UNKNOWN]
    assert after.candidates == read


def test_a_kind_that_the_vocabulary_lost_does_not_lose_the_decision(read: list[Candidate]) -> None:
    [named] = of(read, "mechanism", "连心")
    kinds = frozenset({("mechanism-kind", "system")})
    now = [replace(c, slots=tuple(replace(s, kind="") for s in c.slots)) for c in read]
    [kept] = of(replay(document(), now, [decide(named, "accept")], kinds).candidates, "mechanism", "连心")
    assert kept.status == "accepted"
    gone = [c for c in now if "连心" not in c.slots[0].name]
    after = replay(document(), gone, [decide(named, "accept")], kinds)
    assert after.orphans == [] and [c.slots[0].kind for c in of(after.candidates, "mechanism", "连心")] == [""]


def test_a_case_that_is_read_otherwise_is_told(read: list[Candidate]) -> None:
    other = replace(read[0], slots=(replace(read[0].slots[0], value="某市甲院"),))
    [orphan] = replay(document(), [other, *read[1:]], [decide(read[0], "accept")]).orphans
    assert (orphan.reason, orphan.nearest) == (OTHERWISE, other)


def test_the_later_of_two_decisions_holds_in_whatever_order_they_stand(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    first, second = decide(coop, "accept", "2026-05-01T08:00:00+08:00"), decide(coop, "reject", "2026-05-01T01:00:00Z")
    for decisions in ([first, second], [second, first]):
        assert of(replay(document(), read, decisions).candidates, "cooperation", "丁厂") == []


def test_readings_of_two_producers_that_agree_are_one_and_surer(read: list[Candidate]) -> None:
    [coop] = of(read, "cooperation", "丁厂")
    other = replace(coop, producer="llm", rule="model", confidence=0.5, start=coop.start + 1)
    [one] = of(agreed([*read, other]), "cooperation", "丁厂")
    assert (one.producer, one.confidence, one.start) == ("llm+rules", 0.9, coop.start)
    assert agreed(read) == read


def test_ids_are_made_of_what_is_stated() -> None:
    first, second = candidates(), candidates("前言。\n" + TEXT)
    assert [candidate_id(c) for c in first] == [candidate_id(c) for c in second]
    assert len({candidate_id(c) for c in first}) == len(first) - 1
