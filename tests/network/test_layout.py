"""Positions of nodes."""

from __future__ import annotations

import math
import random
import time
from dataclasses import replace
from itertools import combinations

import pytest

from kg.network import from_tables, measure, pairs, positions
from kg.network.layout import box, radius
from kg.network.records import Network
from tests.demo_network import demo, table


def many(units: int, links: int) -> Network:
    """A random network whose units prefer some, with names of various lengths."""
    dice = random.Random(7)
    rows = [
        (f"单位{int(dice.random() ** 2 * units)}", f"单位{dice.randrange(units)}的第{'一' * (n % 12)}支部", str(n))
        for n in range(links)
    ]
    return from_tables(table("source target proof", *rows))


def overlaps(network: Network) -> list[tuple[str, str]]:
    measures = measure(network)
    places = positions(network, measures)
    boxes = {node: box(network.nodes[node]["label"], radius(measures[node].degree)) for node in network}
    found = []
    for one, other in combinations(network.nodes, 2):
        upper, lower = sorted((one, other), key=lambda node: places[node].y)
        across = boxes[one].half + boxes[other].half - abs(places[one].x - places[other].x)
        down = boxes[upper].below + boxes[lower].above - (places[lower].y - places[upper].y)
        if across > 0.5 and down > 0.5:
            found.append((one, other))
    return found


def test_no_nodes_or_labels_overlap_in_the_demo() -> None:
    assert overlaps(demo()) == []


@pytest.mark.parametrize("links", [1, 2, 40, 330])
def test_no_nodes_or_labels_overlap_in_random_networks(links: int) -> None:
    assert overlaps(many(links, links)) == []


@pytest.mark.parametrize(("units", "seconds"), [(300, 8), (1200, 12)])
def test_hundreds_of_units_take_seconds_at_most(units: int, seconds: float) -> None:
    network = many(units, units * 7 // 5)
    measures = measure(network)
    start = time.process_time()
    positions(network, measures)
    assert time.process_time() - start < seconds


def test_large_communities_keep_their_links_short() -> None:
    ring = [(f"{number:03}", f"{(number + step) % 200:03}", f"{number}-{step}") for number in range(200) for step in (1, 2)]
    network = from_tables(table("source target proof", *ring))
    one = {node: replace(each, community=0) for node, each in measure(network).items()}
    places = positions(network, one)
    joined = [math.dist(places[a], places[b]) for a, b in pairs(network).edges]
    every = [math.dist(places[a], places[b]) for a, b in combinations(places, 2)]
    assert sum(joined) / len(joined) < 0.4 * sum(every) / len(every)


def test_members_of_a_community_are_nearer_to_one_another_than_to_others() -> None:
    network = demo()
    measures = measure(network)
    places = positions(network, measures)
    pairs = list(combinations(places, 2))
    inside = [math.dist(places[a], places[b]) for a, b in pairs if measures[a].community == measures[b].community]
    across = [math.dist(places[a], places[b]) for a, b in pairs if measures[a].community != measures[b].community]
    assert sum(inside) / len(inside) < 0.6 * sum(across) / len(across)


def test_an_empty_network_has_no_positions() -> None:
    assert positions(from_tables(table("source target")), {}) == {}
