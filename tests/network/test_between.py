"""Bridges, groups and brokers, weights and years."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import InputError
from kg.network import bridges, brokers, compare, from_tables, groups, mixing, pairs, regions, within, years
from kg.network.between import Brokerage, Mixing
from kg.network.compare import LinkChange, UnitChange
from kg.network.records import Network
from kg.vocab.gazetteer import Gazetteer, Place
from tests.demo_network import table

PLACES = Gazetteer(
    [
        Place("110000", "京城", "京", "provincial"),
        Place("110100", "北城区", "北城", "county", "110000"),
        Place("120000", "南省", "南", "provincial"),
        Place("120100", "东市", "东", "municipal", "120000"),
        Place("120101", "北城区", "北城", "county", "120100"),
    ],
    [],
)


def network(*links: tuple[object, ...], columns: str = "source target proof") -> Network:
    return from_tables(table(columns, *links))


def star(*ends: str) -> Any:
    return pairs(network(*((("b", end, end)) for end in ends)))


def test_a_bridge_is_a_link_without_which_the_network_falls_apart() -> None:
    links = [("a", "b", "1"), ("b", "c", "2"), ("c", "a", "3"), ("c", "d", "4"), ("d", "c", "5")]
    assert bridges(pairs(network(*links))) == [("c", "d")]


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        ("xxx", Brokerage(coordinator=1)),
        ("xyx", Brokerage(itinerant=1)),
        ("xxy", Brokerage(representative=1)),
        ("xyz", Brokerage(liaison=1)),
        ("xx ", Brokerage()),
    ],
)
def test_brokers_by_the_groups_of_the_three(kinds: str, wanted: Brokerage) -> None:
    one, own, other = kinds
    found = brokers(star("a", "c"), {"a": one.strip(), "b": own.strip(), "c": other.strip()})
    assert found["b"] == wanted and found["a"] == Brokerage()


def test_who_is_joined_already_needs_no_broker() -> None:
    graph = pairs(network(("b", "a", "1"), ("b", "c", "2"), ("a", "c", "3")))
    assert set(brokers(graph, dict.fromkeys("abc", "x")).values()) == {Brokerage()}


def test_links_between_groups_are_counted_with_their_weights() -> None:
    graph = pairs(network(("a", "b", "1"), ("b", "a", "2"), ("b", "c", "3")))
    assert mixing(graph, {"a": "x", "b": "y", "c": "y"}) == [Mixing("x", "y", 1, 2), Mixing("y", "y", 1, 1)]


@pytest.mark.parametrize(
    ("label", "region", "province"),
    [
        ("京城北城区法院", "京城北城区", "京城"),
        ("东市北城区法院", "南省东市北城区", "南省"),
        ("东市法院", "南省东市", "南省"),
        ("北城区法院", "", ""),  # two places have that name
        ("某法院", "", ""),
    ],
)
def test_a_region_is_the_place_a_name_begins_with(label: str, region: str, province: str) -> None:
    net = network(("u", label, "v", "p"), columns="source sourceLabel target proof")
    assert (regions(net, PLACES)["u"], regions(net, PLACES, largest=True)["u"]) == (region, province)


def test_a_grouping_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        groups(network(("a", "b", "1")), "taste", PLACES)
    assert caught.value.hint.en == "use one of kind, level, province, region, community, leiden"


def test_links_are_weighted_by_proofs_mechanisms_or_outcomes() -> None:
    columns = "source target proof mechanism outcome"
    rows = [("a", "b", "1", "平台", "甲"), ("b", "a", "2", "平台", "乙"), ("b", "c", "3", "", "甲"), ("a", "a", "4", "平台", "")]
    net = network(*rows, columns=columns)
    found = {weight: list(pairs(net, weight).edges(data="weight")) for weight in ("proofs", "mechanisms", "outcomes")}
    assert found == {
        "proofs": [("a", "b", 2), ("b", "c", 1)],
        "mechanisms": [("a", "b", 1)],
        "outcomes": [("a", "b", 2), ("b", "c", 1)],
    }
    with pytest.raises(InputError):
        pairs(net, "money")


def test_years_narrow_a_network_and_proofs_without_a_year_are_left_out() -> None:
    net = network(("a", "b", "1", 2020), ("b", "c", "2", 2022), ("c", "d", "3", ""), columns="source target proof year")
    assert years(net) == {2020: 1, 2022: 1, None: 1}
    assert [list(within(net, *span).nodes) for span in ((2020, 2021), (2021, None), (None, 2022))] == [
        ["a", "b"],
        ["b", "c"],
        ["a", "b", "c"],
    ]
    assert net.number_of_edges() == 3


def test_two_years_are_compared_by_unit_and_link() -> None:
    rows = [("a", "b", "1", 2020), ("a", "b", "2", 2021), ("a", "c", "3", 2020), ("a", "d", "4", 2021), ("d", "a", "5", 2021)]
    found = compare(network(*rows, columns="source target proof year"), 2020, 2021)
    assert found.links == (LinkChange("a", "d", 0, 2), LinkChange("a", "c", 1, 0), LinkChange("a", "b", 1, 1))
    assert [link.state for link in found.links] == ["new", "gone", "kept"]
    assert found.units[0] == UnitChange("d", 0, 1, 0, 2)
    assert found.overlap == pytest.approx(1 / 3, abs=1e-6)
