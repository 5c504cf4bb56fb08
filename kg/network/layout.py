"""Positions of nodes, computed here so that every page opens at once and looks the same on every build.

Each community is drawn by forces, communities are set apart as discs, turned so that links between them are short,
then labels are given room; parts that nothing joins are packed on shelves.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from kg.errors import Text
from kg.network.geometry import FEW, WORK, Box, Frame, Point, centred, force, frame, pack, shelves, spread, sunflower, turned
from kg.network.measures import Measures
from kg.network.project import pairs
from kg.network.records import Network

GLYPH, LINE, PER_LINE, LINES = 12.5, 16.0, 10, 3  # a CJK character's width, a line's height, its characters, lines of a label
GAP, RATIO = 46.0, 1.15
FULL = 400  # above so many nodes the work spent on a community falls, so that time grows with nodes and no faster
WIDER = 1.5  # labels are wider than high, so the drawing is stretched by as much


def positions(network: Network, measures: Mapping[str, Measures], sizes: Mapping[str, float] | None = None) -> dict[str, Point]:
    """Where each node goes: no two nodes or labels overlap at scale 1; `network` is not changed.

    Args:
        network: nodes with `label`.
        measures: of every node, as `measure` gives them.
        sizes: radius of every node; None lets them grow with the root of the degree.
    """
    import networkx

    graph = pairs(network)
    sizes = sizes or {node: radius(measures[node].degree) for node in graph}
    boxes = {node: box(str(network.nodes[node].get("label", node)), sizes[node]) for node in graph}
    parts = sorted((sorted(part) for part in networkx.connected_components(graph)), key=lambda part: (-len(part), part))
    placed = [_place_part(graph, part, boxes, measures) for part in parts]
    frames = [_frame(points, boxes) for points in placed]
    corners = shelves(frames, GAP, RATIO)
    found: dict[str, Point] = {}
    for points, around, corner in zip(placed, frames, corners, strict=True):
        for node, point in points.items():
            found[node] = Point(round(point.x - around.left + corner.x, 1), round(point.y - around.top + corner.y, 1))
    return {node: found[node] for node in graph}


def method(measures: Mapping[str, Measures]) -> Text:
    """How `positions` places nodes with these measures, in words."""
    sizes: dict[int, int] = {}
    for each in measures.values():
        sizes[each.community] = sizes.get(each.community, 0) + 1
    if max(sizes.values(), default=0) <= FEW:
        return Text("Positions: communities by forces between all their units.", "布局：社群内各单位两两施力。")
    return Text(
        f"Positions: communities by forces, in those of over {FEW} units between near ones only.",
        f"布局：社群内施力，超过 {FEW} 个单位的社群只在邻近单位间施力。",
    )


def radius(degree: int) -> float:
    """Size of a node: its area grows with its degree, √degree with its radius.

    >>> radius(0), radius(16)
    (7.0, 19.0)
    """
    return round(7 + 3 * math.sqrt(degree), 1)


def text_width(words: str) -> float:
    """Width of a line in Chinese characters, about; other letters are half as wide.

    >>> text_width("某院"), round(text_width("2024"), 2)
    (2.0, 2.24)
    """
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in words)


def box(label: str, size: float) -> Box:
    """Room for a node of radius `size` and the label below it, as many lines as LINES at most."""
    width = text_width(label)
    lines = min(LINES, math.ceil(width / (PER_LINE - 1))) if width > PER_LINE else 1
    return Box(
        max(size, min(width, PER_LINE) * GLYPH / 2) + 4,
        size + 3,
        size + lines * LINE + 5,
    )


def _frame(points: Mapping[str, Point], boxes: Mapping[str, Box]) -> Frame:
    return frame(list(points.values()), [boxes[node] for node in points])


def _place_part(graph: Any, part: Sequence[str], boxes: Mapping[str, Box], measures: Mapping[str, Measures]) -> dict[str, Point]:
    """Positions inside one connected part."""
    groups: dict[int, list[str]] = {}
    for node in sorted(part, key=lambda node: (-measures[node].strength, node)):
        groups.setdefault(measures[node].community, []).append(node)
    clusters = [_place_group(graph, group, boxes) for group in groups.values()]
    points = _join(graph, clusters, boxes) if len(clusters) > 1 else clusters[0]
    apart = spread(list(points.values()), [boxes[node] for node in points], WIDER)
    return dict(zip(points, apart, strict=True))


def _place_group(graph: Any, group: Sequence[str], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Positions inside one community, around the origin."""
    number = {node: index for index, node in enumerate(group)}
    weights: dict[tuple[int, int], float] = {}
    for one, other, data in graph.subgraph(group).edges(data=True):
        ends = sorted((number[one], number[other]))
        weights[ends[0], ends[1]] = 1 + math.log(data["weight"])
    room = [boxes[node] for node in group]
    step = 0.75 * math.sqrt(sum(2 * item.half * (item.above + item.below) for item in room) / len(room))
    leaves = [number[node] for node in group if graph.degree(node) == 1]
    for rank, leaf in enumerate(leaves):  # leaves of one hub stand on two rings, so that labels find room
        for pair in weights:
            if leaf in pair:
                weights[pair] *= 1.3 if rank % 2 else 0.5
    work = WORK * FULL // max(len(graph), FULL)
    points = force(sunflower(len(group), step), dict(sorted(weights.items())), step, work)
    return dict(zip(group, spread(centred(points), room, 1.0), strict=True))


def _join(graph: Any, clusters: Sequence[dict[str, Point]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Communities as discs: set apart by forces, then each turned towards its neighbours."""
    home = {node: index for index, cluster in enumerate(clusters) for node in cluster}
    between: dict[tuple[int, int], float] = {}
    for one, other in graph.edges(home):
        if home[one] != home[other]:
            key = (min(home[one], home[other]), max(home[one], home[other]))
            between[key] = between.get(key, 0.0) + 1.0
    discs = [_disc(cluster, boxes) for cluster in clusters]
    centres = pack(discs, dict(sorted(between.items())), RATIO / WIDER)
    placed = [_moved(cluster, centre) for cluster, centre in zip(clusters, centres, strict=True)]
    for _ in range(2):
        for index, cluster in enumerate(clusters):
            placed[index] = _turn(graph, cluster, centres[index], placed, home)
    return {node: point for cluster in placed for node, point in cluster.items()}


def _disc(cluster: Mapping[str, Point], boxes: Mapping[str, Box]) -> float:
    """Radius of the disc a community needs, about."""
    around = _frame(cluster, boxes)
    return math.sqrt(around.width * around.height) / 2 + GAP / 2


def _moved(cluster: Mapping[str, Point], centre: Point) -> dict[str, Point]:
    return {node: Point(point.x + centre.x, point.y + centre.y) for node, point in cluster.items()}


def _turn(
    graph: Any, cluster: Mapping[str, Point], centre: Point, placed: Sequence[Mapping[str, Point]], home: Mapping[str, int]
) -> dict[str, Point]:
    """The cluster turned so that its links to others are shortest."""
    links = [(node, placed[home[other]][other]) for node in cluster for other in sorted(graph[node]) if other not in cluster]
    choices = [(eighth * math.pi / 8, mirrored) for mirrored in (False, True) for eighth in range(16)]
    best = min(
        (
            _moved(dict(zip(cluster, turned(list(cluster.values()), angle, mirrored), strict=True)), centre)
            for angle, mirrored in choices
        ),
        key=lambda points: round(sum(math.hypot(points[node].x - end.x, points[node].y - end.y) for node, end in links), 3),
    )
    return best
