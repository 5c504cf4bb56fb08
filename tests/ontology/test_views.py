"""Every view is said in both languages, and its queries give the columns that a network is made from."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from kg.vocab.terms import SCHEMES
from tests.ontology.graphs import FOLDER, PROLOGUE, ask, fixture_store

VIEWS: dict[str, Any] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "views").glob("*.yaml"))
}
SENTENCE = "quote exact start document title file address rule producer status confidence"
COLUMNS = {
    "edges": f"source target sourceLabel targetLabel proof label relation mechanism mechanismKind outcome year {SENTENCE}",
    "nodes": "node label alt kind level generic parent",
    "findings": f"node proof type label kind amount year {SENTENCE}",
}
NEEDED = {"edges": ["source", "target"], "nodes": ["node"], "findings": ["node", "proof", "type"]}
QUERIES = [(view, part) for view in VIEWS for part in COLUMNS if part in VIEWS[view]]


def rows(view: str, part: str) -> list[dict[str, str]]:
    columns, answer = ask(fixture_store(), PROLOGUE + VIEWS[view][part])
    return [dict(zip(columns, row, strict=True)) for row in answer]


def test_the_views_of_the_contract_are_there() -> None:
    assert set(VIEWS) >= {"cooperation", "mechanisms", "outcomes"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_named_as_its_file_and_said_in_both_languages(view: str) -> None:
    assert VIEWS[view]["id"] == view
    assert set(VIEWS[view]["title"]) == set(VIEWS[view]["description"]) == {"zh", "en"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_names_schemes_that_exist(view: str) -> None:
    assert {*VIEWS[view]["nodes_by"], VIEWS[view]["edges_by"]} - {*SCHEMES, ""} == set()


@pytest.mark.parametrize(("view", "part"), QUERIES)
def test_a_query_gives_columns_that_a_network_knows(view: str, part: str) -> None:
    columns, _ = ask(fixture_store(), PROLOGUE + VIEWS[view][part])
    assert set(NEEDED[part]) <= set(columns) <= set(COLUMNS[part].split())


@pytest.mark.parametrize("view", VIEWS)
def test_both_ends_of_every_edge_are_nodes(view: str) -> None:
    nodes = {row["node"] for row in rows(view, "nodes")}
    assert {row[end] for row in rows(view, "edges") for end in ("source", "target")} - nodes == set()


@pytest.mark.parametrize("view", VIEWS)
def test_every_edge_shows_its_sentence(view: str) -> None:
    assert [row for row in rows(view, "edges") if row["exact"] not in row["quote"] or not row["exact"]] == []


def test_cooperation_joins_initiators_and_partners() -> None:
    assert {(row["source"], row["target"]) for row in rows("cooperation", "edges")} == {
        ("u:branch1", "u:women"),
        ("u:branch1", "u:university"),
        ("u:branch1", "u:colleges"),
        ("u:branch2", "u:women"),
        ("u:branch2", "u:company"),
        ("u:branch3", "u:school"),
    }


def test_mechanisms_are_joined_with_owners_and_partners() -> None:
    ends = {(row["source"], row["target"]) for row in rows("mechanisms", "edges")}
    assert {("u:branch1", "m:m1"), ("m:m1", "u:women"), ("m:m1", "u:university"), ("u:branch2", "m:m5")} <= ends
    assert len(ends) == 10


def test_outcomes_are_joined_with_who_achieved_and_who_recognised_them() -> None:
    ends = {(row["source"], row["target"]) for row in rows("outcomes", "edges")}
    assert {("u:branch1", "o:honour"), ("o:honour", "u:supreme"), ("o:adopted", "u:high")} <= ends
    assert len(ends) == 6


def test_two_counts_of_one_thing_can_be_told_apart() -> None:
    assert {row["label"] for row in rows("outcomes", "nodes")} >= {"宣讲 12场", "宣讲 >30场"}


def test_findings_list_mechanisms_and_outcomes_of_a_unit() -> None:
    found = {(row["type"], row["proof"], row["amount"]) for row in rows("cooperation", "findings") if row["node"] == "u:branch1"}
    assert found == {
        ("mechanism", "m:m1", ""),
        ("mechanism", "m:m2", ""),
        ("outcome", "o:talks23", "12场"),
        ("outcome", "o:talks24", ">30场"),
        ("outcome", "o:honour", ""),
        ("outcome", "o:rate", "≥98%"),
    }
