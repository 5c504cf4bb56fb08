"""Links, paths, everything about a thing, counts: with the sentences."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query.evidence import Count, _chains, links, paths, show, stats
from kg.query.names import Named, find_thing
from kg.store.embedded import EmbeddedStore
from tests.store.graph import BRANCH, COURT, HILL, IDS, SCHOOL, first, second

FIRST, EFFECT = first()[0].text.splitlines()
SECOND = second()[0].text.strip()


def test_links_name_everything_and_come_in_the_order_of_the_text(store: EmbeddedStore) -> None:
    one, two = links(store)
    assert one.initiators == (Named(IDS.unit(BRANCH), BRANCH),)
    assert [named.label for named in one.partners] == [COURT, SCHOOL]
    assert [named.label for named in (*one.mechanisms, *one.outcomes)] == ["“清源”平台", "帮助群众"]
    assert (one.sentence, one.document, one.rule, one.status, one.year) == (FIRST, "1清河", "frame.with", "unreviewed", "2024")
    assert (two.sentence, two.mechanisms, two.year) == (SECOND, (), "")


def test_links_of_a_unit_are_those_it_starts_or_takes_part_in(store: EmbeddedStore) -> None:
    assert [link.sentence for link in links(store, IDS.unit(COURT))] == [FIRST, SECOND]
    assert [link.sentence for link in links(store, IDS.unit(HILL))] == [SECOND]
    assert [named.label for named in links(store, IDS.unit(SCHOOL))[0].partners] == [COURT, SCHOOL]


def test_a_unit_without_links_has_none(store: EmbeddedStore) -> None:
    assert links(store, IDS.unit("清河检察院")) == []


def test_a_proof_gives_words_offsets_and_file(store: EmbeddedStore) -> None:
    (proof,) = links(store)[0].proofs
    assert (proof.exact, proof.start, proof.end, proof.file) == (FIRST[:-1], 0, 28, "1清河.txt")


def test_a_path_goes_step_by_step_with_sentences(store: EmbeddedStore) -> None:
    (steps,) = paths(store, IDS.unit(SCHOOL), IDS.unit(HILL))
    assert [(step.source.label, step.target.label) for step in steps] == [(SCHOOL, BRANCH), (BRANCH, COURT), (COURT, HILL)]
    assert [[link.sentence for link in step.links] for step in steps] == [[FIRST], [FIRST], [SECOND]]


def test_from_a_unit_to_itself_there_is_no_step(store: EmbeddedStore) -> None:
    assert paths(store, IDS.unit(COURT), IDS.unit(COURT), 3) == [[]]


def test_units_that_nothing_joins_are_named(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=f"no chain of cooperation joins {COURT} and 清河检察院"):
        paths(store, IDS.unit(COURT), IDS.unit("清河检察院"))


def test_all_about_a_unit_is_shown_with_sentences(store: EmbeddedStore) -> None:
    about = show(store, find_thing(store, BRANCH))
    said = {(fact.label, fact.value, tuple(proof.quote for proof in fact.proofs)) for fact in about.facts if fact.proofs}
    assert {(value, quotes) for _, value, quotes in said} == {("“清源”平台", (FIRST,)), ("帮助群众", (EFFECT,))}
    assert [link.sentence for link in about.links] == [FIRST]


def test_all_about_a_mechanism_comes_with_its_own_sentence(store: EmbeddedStore) -> None:
    about = show(store, find_thing(store, "清源"))
    assert [(proof.quote, proof.exact) for proof in about.proofs] == [(FIRST, "“清源”平台")]
    assert [link.label for link in about.links] == ["与清河法院、白石小学共建"]


def test_stats_count_classes_then_kinds(store: EmbeddedStore) -> None:
    counts = stats(store, "en")
    assert [(count.label, count.count) for count in counts[:9]] == [
        ("document", 2), ("case", 2), ("unit", 5), ("branch", 2), ("partner", 2),
        ("mechanism", 1), ("cooperation", 2), ("outcome", 1), ("evidence", 4),
    ]  # fmt: skip
    level = "https://w3id.org/coop-kg/ontology/level/county"
    assert Count("https://w3id.org/coop-kg/ontology#level", level, "county", 3) in counts


def test_ways_come_shortest_first_then_by_name_and_visit_no_unit_twice() -> None:
    joined = {"a": {"b", "c"}, "b": {"a", "c", "d"}, "c": {"a", "b", "d"}, "d": {"b", "c"}, "x": set()}
    assert _chains(joined, "a", "d", 9) == [["a", "b", "d"], ["a", "c", "d"], ["a", "b", "c", "d"], ["a", "c", "b", "d"]]
    assert _chains(joined, "a", "d", 1) == [["a", "b", "d"]]
    assert _chains(joined, "a", "x", 2) == []
