"""The network as a picture: the positions of the page, set into the paper there is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from kg.errors import Text
from kg.network import Measures, Network, pairs, positions
from kg.network.geometry import Point, frame
from kg.network.layout import GLYPH, box, method, radius
from kg.render.figure import LEAST, Drawn, Entry, Picture, Room, Words, figure
from kg.render.looks import hollow, line_colour, looks
from kg.render.names import Area, Spot, drawn, placed
from kg.render.sheet import Sheet, counted
from kg.render.style import Styles
from kg.render.svg import Fill, line, symbol

# Symbols shrink with the paper, but not below this share; less where there are more nodes than this. More lines than that fade.
LEAST_SHARE, MANY_NODES, MANY_LINES = 0.3, 2000, 1500
GENERIC = Text(en="dashed: a kind of body, not named", zh="虚线：泛称，未点名")


def diagram(
    network: Network, measures: Mapping[str, Measures], styles: Styles, sheet: Sheet, sizes: Mapping[str, float] | None = None
) -> Picture:
    """The network drawn as SVG; `network` is not changed.

    Args:
        measures: of every node, as `measure` gives them.
        sizes: radius of every node; None lets them grow with the root of the degree.
    """
    radii = sizes or {node: radius(measures[node].degree) for node in network}
    drawing = _Diagram(network, measures, styles, sheet, radii)
    return figure(drawing.words(), sheet.paper, drawing.natural, drawing.draw)


class _Diagram:
    """One drawing while it is made."""

    def __init__(
        self, network: Network, measures: Mapping[str, Measures], styles: Styles, sheet: Sheet, radii: Mapping[str, float]
    ) -> None:
        self.network, self.sheet, self.radii = network, sheet, radii
        self.places = positions(network, measures, radii)
        self.method = method(measures)
        self.boxes = {node: box(network.nodes[node]["label"], radii[node]) for node in network}
        self.order = sorted(network, key=lambda node: (-radii[node], -measures[node].strength, node))
        kinds = (str(data["kind"]) for _, data in network.nodes(data=True))
        self.legend = styles.legend(kinds, network.graph.get("nodes_by", ()))
        self.looks = looks(self.legend, sheet.black)
        nodes = list(self.places)
        around = frame([self.places[node] for node in nodes], [self.boxes[node] for node in nodes]) if nodes else None
        self.corner = Point(around.left, around.top) if around else Point(0, 0)
        self.natural = (max(around.width, 1.0), max(around.height, 1.0)) if around else (400.0, 100.0)

    def words(self) -> Words:
        lang, generic = self.sheet.lang, any(data["generic"] for _, data in self.network.nodes(data=True))
        entries = [Entry(mark.label.say(lang), *self.looks[kind]) for kind, mark in self.legend.items()]
        if generic:
            entries.append(Entry(GENERIC.say(lang), "dot", Fill("#FFFFFF", line_colour(self.sheet.black)), True))
        return Words(self.sheet.title.say(lang), entries, [counted(self.network).say(lang)], self.method.say(lang))

    def draw(self, room: Room) -> Drawn:
        """Names stay readable at any size; nodes and lines shrink with the paper."""
        across, down = room.width / self.natural[0], room.height / self.natural[1]
        scale = min(across, down, 1.0)
        across, down = min(across, scale * 1.6), min(down, scale * 1.6)
        left = room.left + (room.width - self.natural[0] * across) / 2
        points = {
            node: Point(left + (point.x - self.corner.x) * across, room.top + (point.y - self.corner.y) * down)
            for node, point in self.places.items()
        }
        share = max(scale, LEAST_SHARE * min(1.0, math.sqrt(MANY_NODES / max(len(self.order), 1))))
        size = max(GLYPH * scale, LEAST)
        spots = [Spot(self.network.nodes[node]["label"], points[node], self.radii[node] * share) for node in self.order]
        sight = Area(room.left, room.top, room.left + room.width, room.top + room.height)
        names = placed(spots, size, sight)
        missing = len(spots) - len(names)
        left_out = Text(
            f"{missing} names found no room; on larger paper they do.", f"{missing} 个名称因版面不足未标出，放大版面即可显示。"
        )
        content = [*self._lines(points, share), *self._nodes(points, share), *drawn(names, size)]
        return Drawn(content, [left_out.say(self.sheet.lang)] if missing else [], room.height)

    def _lines(self, points: Mapping[str, Point], share: float) -> Iterator[str]:
        colour, graph = line_colour(self.sheet.black), pairs(self.network)
        count = graph.number_of_edges()
        faded = round(max(math.sqrt(MANY_LINES / count), 0.15), 2) if count > MANY_LINES else None
        for one, other, weight in graph.edges(data="weight"):
            width = min(0.8 + 0.7 * weight, 6.5) * share
            yield line(points[one], points[other], colour, width, stroke_linecap="round", stroke_opacity=faded)

    def _nodes(self, points: Mapping[str, Point], share: float) -> Iterator[str]:
        for node in reversed(self.order):
            data = self.network.nodes[node]
            shape, fill = self.looks[data["kind"]]
            filled = hollow(fill) if data["generic"] else fill
            yield symbol(shape, points[node], self.radii[node] * share, filled, data["generic"])
