"""What differs between two graphs, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.query.diff import Detail, Difference, Facts, differences
from kg.store.base import Term
from kg.vocab import terms as T

CASE = {T.TYPE: [T.CASE], T.TITLE: ["一个案例"], T.SUBJECT: ["甲"]}
GRAPH = {
    "甲": {T.TYPE: [T.UNIT, T.BRANCH], T.PREF_LABEL: ["甲院"]},
    "乙": {T.TYPE: [T.UNIT], T.PREF_LABEL: ["乙校"], T.UNIT_KIND_OF: [T.concept_iri("unit-kind", "school")]},
    "丙": {T.TYPE: [T.UNIT], T.PREF_LABEL: ["丙馆"]},
    "case": CASE,
    "proof": {T.QUOTE: ["甲院与乙校签约。"], T.START: ["0"]},
    "coop": {
        T.TYPE: [T.COOPERATION], T.PREF_LABEL: ["甲院 — 乙校"], T.INITIATOR: ["甲"], T.PARTICIPANT: ["乙"],
        T.REPORTED_IN: ["case"], T.EVIDENCE: ["proof"], T.STATUS: ["unreviewed"], T.RULE: ["r1"],
    },
    "outcome": {
        T.TYPE: [T.OUTCOME], T.PREF_LABEL: ["企业"], T.QUANTITY: ["30"], T.QUANTITY_BOUND: ["exactly"], T.UNIT_TEXT: ["家"],
        T.REPORTED_IN: ["case"],
    },
}  # fmt: skip
Graph = dict[str, dict[str, list[str]]]


def facts(graph: Graph) -> Facts:
    return Facts((Term(s), Term(p), Term(value)) for s, of in graph.items() for p, values in of.items() for value in values)


def with_(**subjects: dict[str, Sequence[str]] | None) -> Graph:
    """The graph with other subjects, or without those that are None."""
    changed = {**GRAPH, **subjects}
    return {iri: of for iri, of in changed.items() if of is not None}  # type: ignore[misc]


def diff(new: Graph) -> list[Difference]:
    return differences(facts(GRAPH), facts(new))


def test_a_graph_does_not_differ_from_itself() -> None:
    assert diff(GRAPH) == []


def test_where_a_sentence_stands_and_by_which_rule_it_was_read_is_no_difference() -> None:
    new = with_(proof={}, other={T.QUOTE: ["甲院与乙校签约。"], T.START: ["90"]})
    new["coop"] = {**GRAPH["coop"], T.EVIDENCE: ["other"], T.RULE: ["r2"]}
    assert diff(new) == []


def test_a_fact_that_goes_is_told_with_its_words_its_case_and_its_sentence() -> None:
    (gone,) = diff(with_(coop=None))
    assert gone == Difference("removed", T.COOPERATION, "coop", "甲院 — 乙校", "一个案例", ("甲院与乙校签约。",))


def test_a_fact_that_comes_is_told() -> None:
    mechanism = {T.TYPE: [T.MECHANISM], T.PREF_LABEL: ["“同心”平台"], T.OPERATED_BY: ["甲"], T.REPORTED_IN: ["case"]}
    (come,) = diff(with_(mechanism=mechanism))
    assert (come.change, come.kind, come.words, come.case) == ("added", T.MECHANISM, "“同心”平台 · 甲院", "一个案例")


def test_a_property_that_differs_is_told_with_both_values() -> None:
    new = with_(coop={**GRAPH["coop"], T.STATUS: ["accepted"], T.YEAR: ["2024"]})
    (changed,) = diff(new)
    assert (changed.change, changed.words) == ("changed", "甲院 — 乙校 · 2024")
    assert set(changed.details) == {Detail(T.STATUS, ("unreviewed",), ("accepted",)), Detail(T.YEAR, (), ("2024",))}


def test_another_figure_of_the_same_thing_is_a_changed_fact() -> None:
    new = with_(outcome=None, other={**GRAPH["outcome"], T.QUANTITY: ["86"], T.QUANTITY_BOUND: ["more than"]})
    (changed,) = diff(new)
    assert (changed.change, changed.iri, changed.words) == ("changed", "other", "企业 more than 86 家")
    assert Detail(T.QUANTITY, ("30",), ("86",)) in changed.details


def test_a_partner_more_is_a_changed_cooperation() -> None:
    more = {**GRAPH["coop"], T.PREF_LABEL: ["甲院 — 乙校、丙馆"], T.PARTICIPANT: ["乙", "丙"]}
    (changed,) = diff(with_(coop=None, more=more))
    assert changed.change == "changed"
    assert Detail(T.PARTICIPANT, ("乙校",), ("丙馆", "乙校")) in changed.details


def test_the_same_words_in_another_case_are_another_fact() -> None:
    new = with_(outcome=None, other={**GRAPH["outcome"], T.REPORTED_IN: ["case2"]}, case2={**CASE, T.TITLE: ["另一案例"]})
    assert sorted((one.change, one.kind) for one in diff(new)) == [
        ("added", T.CASE), ("added", T.OUTCOME), ("removed", T.OUTCOME),
    ]  # fmt: skip


@pytest.mark.parametrize("kinds", [(T.UNIT, T.UNIT), (T.UNIT, T.OUTCOME)])
def test_units_are_known_by_their_names_alone(kinds: tuple[str, str]) -> None:
    old, new = (facts({"甲" + kind: {T.TYPE: [kind], T.PREF_LABEL: ["甲"]}}) for kind in kinds)
    assert len(differences(old, new)) == (0 if kinds[0] == kinds[1] else 2)
