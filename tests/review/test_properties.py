"""What holds of every file of decisions (hypothesis)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Candidate
from kg.review import Decision, Naming, replay
from kg.review.decisions import Words, about, grouped
from kg.review.identity import candidate_id
from kg.review.units import apart, merging
from tests.review.conftest import SENTENCES, candidates, document

READ = candidates()
WORDS = {
    "participant": ("乙局", "丙校", "丁厂", "戊会", "己社"),
    "through": ("“同心”平台", "“连心”机制"),
    "name": ("“同心”", "“连心”", "“同心”平台"),
    "what": ("服务企业", "走访群众", "走访"),
    "subject": ("甲院", "乙局"),
}
OF = {"cooperation": ("participant", "through"), "mechanism": ("name",), "outcome": ("what",), "case": ("subject",)}
MOMENTS = st.sampled_from([f"2026-05-01T08:00:{second:02d}+00:00" for second in range(12)])


@st.composite
def on_candidate(draw: st.DrawFn) -> Decision:
    """A decision about one of the candidates, or about what an edit made of one."""
    candidate = draw(st.sampled_from(READ))
    action = draw(st.sampled_from(["accept", "reject", "edit"]))
    role = draw(st.sampled_from(OF[candidate.kind]))
    filled = draw(st.lists(st.sampled_from(WORDS[role]), min_size=role != "through", max_size=2, unique=True))
    slots = {role: tuple(Words(role, words) for words in filled)}
    edit = about(candidate, "a.txt", "edit", slots=slots)
    at, by = draw(MOMENTS), draw(st.sampled_from(["李", "王"]))
    if action == "edit":
        return replace(edit, at=at, by=by)
    if draw(st.booleans()):
        return replace(about(candidate, "a.txt", action), at=at, by=by)
    was = grouped(edit.roles)
    return replace(edit, action=action, id=edit.target, slots={}, was=was, at=at, by=by)


@st.composite
def by_hand(draw: st.DrawFn) -> Decision:
    index = draw(st.integers(1, 3))
    partner = draw(st.sampled_from([words for words in WORDS["participant"] if words in SENTENCES[index]]))
    slots = {"participant": (Words("participant", partner),)}
    return Decision("add", "", "a.txt", "cooperation", SENTENCES[index], partner, slots, at=draw(MOMENTS))


@st.composite
def books(draw: st.DrawFn) -> list[Decision]:
    """Decisions, some of which are undone, some of those again."""
    book = draw(st.lists(st.one_of(on_candidate(), by_hand()), max_size=6))
    for _ in range(draw(st.integers(0, 3)) if book else 0):
        undone = draw(st.sampled_from(book))
        book.append(Decision("undo", undone.key, at=draw(MOMENTS)))
    return book


def after(book: list[Decision], read: list[Candidate] = READ) -> list[Candidate]:
    return replay(document(), read, book).candidates


@settings(max_examples=100, deadline=None, derandomize=True)
@given(books())
def test_replaying_twice_is_replaying_once(book: list[Decision]) -> None:
    once = replay(document(), READ, book)
    assert replay(document(), READ, [*book, *book]) == once
    assert after(book, once.candidates) == once.candidates


@settings(max_examples=100, deadline=None, derandomize=True)
@given(books().flatmap(lambda book: st.tuples(st.just(book), st.permutations(book))))
def test_the_order_of_lines_means_nothing(both: tuple[list[Decision], list[Decision]]) -> None:
    book, shuffled = both
    assert replay(document(), READ, book) == replay(document(), READ, shuffled)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(on_candidate(), min_size=3, max_size=9), st.permutations(range(9)))
def test_independent_decisions_may_be_taken_in_any_order(drawn: list[Decision], days: list[int]) -> None:
    kept = {d.sentence if d.kind != "mechanism" else d.kind: d for d in drawn if d.kind != "case"}
    first = [replace(d, at=f"2026-05-1{day}") for day, d in enumerate(kept.values())]
    second = [replace(d, at=f"2026-05-1{day}") for day, d in zip(days, kept.values(), strict=False)]
    assert after(first) == after(second)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(books(), st.one_of(on_candidate(), by_hand()))
def test_undoing_restores_what_was(book: list[Decision], more: Decision) -> None:
    new = replace(more, note="more", at="2026-06-01")
    undo = Decision("undo", new.key, at="2026-06-02")
    assert replay(document(), READ, [*book, new, undo]) == replay(document(), READ, book)
    assert replay(document(), READ, [*book, new, undo, Decision("undo", undo.key)]) == replay(document(), READ, [*book, new])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(books())
def test_a_decision_survives_its_line(book: list[Decision]) -> None:
    import json

    assert [Decision.from_json(json.loads(decision.line)) for decision in book] == book


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.booleans(), st.permutations("甲乙丙丁").map(lambda p: p[:2]), st.integers(1, 9)), max_size=6))
def test_merges_come_to_one_name_in_whatever_order(said: list[tuple[bool, list[str], int]]) -> None:
    book = [replace((merging if one else apart)(*pair), at=f"2026-05-0{day}") for one, pair, day in said]
    naming = Naming.of(book)
    assert Naming.of([*book[::-1], *book]) == naming
    assert not set(naming.merged) & set(naming.merged.values())


def test_ids_of_candidates_and_of_what_states_them_agree() -> None:
    for candidate in READ:
        assert about(candidate, "a.txt", "accept").target == candidate_id(candidate)
