"""Networks from query results."""

from __future__ import annotations

import random

import pytest

from kg.errors import QueryError
from kg.network import from_tables, pairs
from tests.demo_network import Table, demo, edges, nodes, table


def test_parallel_and_opposite_edges_all_survive() -> None:
    links = table("source target proof", ("a", "b", "p1"), ("a", "b", "p2"), ("b", "a", "p3"))
    network = from_tables(links)
    assert sorted(network.edges(keys=True)) == [("a", "b", "p1"), ("a", "b", "p2"), ("b", "a", "p3")]
    assert pairs(network)["a"]["b"]["weight"] == 3


def test_rows_of_one_proof_become_one_edge_with_all_mechanisms_outcomes_and_sentences() -> None:
    links = table(
        "source target proof mechanism mechanismKind outcome quote exact",
        ("a", "b", "p", "联席会议", "https://example.org/mechanism-kind/system", "办案", "句一。", "句"),
        ("a", "b", "p", "平台", "platform", "办案", "句一。", "句"),
        ("a", "b", "p", "平台", "platform", "培训", "句二。", "句"),
    )
    proof = from_tables(links)["a"]["b"]["p"]["proof"]
    assert [(through.label, through.kind) for through in proof.mechanisms] == [("平台", "platform"), ("联席会议", "system")]
    assert proof.outcomes == ("办案", "培训")
    assert [quote.text for quote in proof.quotes] == ["句一。", "句二。"]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = list(edges().rows)
    random.Random(1).shuffle(rows)
    shuffled = from_tables(Table(edges().columns, rows), nodes())
    plain = from_tables(edges(), nodes())
    assert list(shuffled.nodes(data=True)) == list(plain.nodes(data=True))
    assert list(shuffled.edges(keys=True, data=True)) == list(plain.edges(keys=True, data=True))


def test_kinds_and_levels_are_kept_as_notations_and_aliases_without_the_label() -> None:
    units = table(
        "node label alt kind level generic",
        ("u", "甲院", "甲", "https://x.org/unit-kind/court", "county", "true"),
        ("u", "甲院", "甲院", "", "", ""),
    )
    network = from_tables(table("source target", ("u", "v")), units)
    assert network.nodes["u"] == {
        "label": "甲院", "aliases": ("甲",), "kind": "court", "level": "county", "generic": True, "parent": "", "findings": (),
    }  # fmt: skip


def test_a_node_without_edges_is_kept() -> None:
    assert list(from_tables(table("source target"), table("node label", ("u", "甲院"))).nodes) == ["u"]


def test_edges_are_named_by_mechanism_or_where_asked_by_relation() -> None:
    link = ("a", "b", "", "https://w3id.org/coop-kg/ontology#parentUnit", "联席会议", "system")
    links = table("source target proof relation mechanism mechanismKind", link)
    assert from_tables(links)["a"]["b"][""]["relation"] == "system"
    assert from_tables(links, by_relation=True)["a"]["b"][""]["relation"] == "parentUnit"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(QueryError, match="needs the column target; the query has source, partner"):
        from_tables(table("source partner", ("a", "b")))


def test_marked_words_are_found_in_their_sentence() -> None:
    quotes = [quote for *_, proof in demo().edges(data="proof") for quote in proof.quotes]
    assert all(quote.text[slice(*quote.span())] == quote.exact for quote in quotes)
    assert len(quotes) == 84
