"""The network as a matrix: units by units in the order of their communities, a cell the number of proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from kg.errors import Text
from kg.network import Measures, Network, pairs
from kg.network.geometry import Point
from kg.network.layout import text_width
from kg.render.figure import LEAST, Drawn, Entry, Picture, Room, Words, figure
from kg.render.looks import ramp
from kg.render.sheet import Sheet, counted
from kg.render.svg import INK, line, rect, text, wrap

UNITS = 60  # more rows than this nobody reads
_CELL, _LEAST_CELL, _LETTER = 18.0, 9.0, 0.66
_NAME = 20.0  # the longest name, in Chinese characters
_GRID = "#D1D5DB"


def matrix(network: Network, measures: Mapping[str, Measures], sheet: Sheet) -> Picture:
    """The most connected units and the proofs between them as SVG; `network` is not changed."""
    graph = pairs(network)
    units = sorted((node for node in graph if graph.degree(node)), key=lambda node: (-measures[node].strength, node))
    drawing = _Matrix(network, graph, measures, sheet, units)
    count = min(len(units), UNITS)
    size = (_CELL * count + _CELL * _LETTER * (drawing.name + 3), _CELL * (count + 1.5))
    most = len(drawing.fills)
    entries = [Entry(f"{number}{'+' if number == most else ''}", "square", fill) for number, fill in enumerate(drawing.fills, 1)]
    said = Text("Shade: number of proofs between two units. Frame: a community.", "深浅为两单位之间的依据条数，粗框为一个社群。")
    words = Words(sheet.title.say(sheet.lang), entries, [said.say(sheet.lang), counted(network).say(sheet.lang)])
    return figure(words, sheet.paper, size, drawing.draw)


class _Matrix:
    """One matrix while it is drawn."""

    def __init__(
        self, network: Network, graph: Any, measures: Mapping[str, Measures], sheet: Sheet, units: Sequence[str]
    ) -> None:
        self.network, self.graph, self.measures, self.sheet, self.units = network, graph, measures, sheet, units
        self.fills = ramp(sheet.black)
        labels = [str(network.nodes[node]["label"]) for node in units[:UNITS]]
        self.name = min(max(map(text_width, labels), default=1.0), _NAME)

    def draw(self, room: Room) -> Drawn:
        """As many units as can be read in the room there is."""
        count = min(len(self.units), UNITS)
        while count and self._cell(room, count) < _LEAST_CELL:
            count -= 1
        cell = min(self._cell(room, count), _CELL) if count else _CELL
        order = sorted(self.units[:count], key=lambda node: (self.measures[node].community, -self.measures[node].strength, node))
        size = max(cell * _LETTER, LEAST)
        corner = Point(room.left + size * (self.name + 3), room.top + cell * 1.2)
        drawn = [*self._cells(order, corner, cell), *self._frames(order, corner, cell), *self._names(order, corner, cell, size)]
        return Drawn(drawn, [self._left_out(count)] if count < len(self.units) else [], cell * (count + 1.5))

    def _cell(self, room: Room, count: int) -> float:
        names = max(min(_CELL * _LETTER, room.height / (count + 1.5) * _LETTER), LEAST) * (self.name + 3)
        return min((room.width - names) / count, room.height / (count + 1.5))

    def _cells(self, order: Sequence[str], corner: Point, cell: float) -> Iterator[str]:
        for row, one in enumerate(order):
            for column, other in enumerate(order):
                weight = self.graph[one][other]["weight"] if self.graph.has_edge(one, other) else 0
                x, y = corner.x + column * cell, corner.y + row * cell
                fill = self.fills[min(weight, len(self.fills)) - 1] if weight else None
                if row == column:
                    yield line(Point(x, y), Point(x + cell, y + cell), _GRID, 1)
                if fill:
                    yield rect(x, y, cell, cell, fill.colour)
                if fill and cell >= LEAST * 1.3:
                    ink = "#FFFFFF" if fill in self.fills[3:] else INK
                    yield text(str(weight), x + cell / 2, y + cell * 0.68, cell * 0.55, fill=ink, text_anchor="middle")

    def _frames(self, order: Sequence[str], corner: Point, cell: float) -> Iterator[str]:
        reach = len(order) * cell
        for number in range(len(order) + 1):
            at = number * cell
            yield line(Point(corner.x, corner.y + at), Point(corner.x + reach, corner.y + at), _GRID, 0.5)
            yield line(Point(corner.x + at, corner.y), Point(corner.x + at, corner.y + reach), _GRID, 0.5)
        start = 0
        for _, group in groupby(order, key=lambda node: self.measures[node].community):
            long = len(list(group))
            place, side = start * cell, long * cell
            yield rect(corner.x + place, corner.y + place, side, side, "none", stroke=INK, stroke_width=1.2)
            start += long

    def _names(self, order: Sequence[str], corner: Point, cell: float, size: float) -> Iterator[str]:
        for number, node in enumerate(order):
            middle = corner.y + cell * (number + 0.5) + size * 0.36
            name = wrap(str(self.network.nodes[node]["label"]), self.name, 1)[0]
            yield text(name, corner.x - size * 2.2, middle, size, fill=INK, text_anchor="end")
            yield text(str(number + 1), corner.x - size * 0.4, middle, size, fill=INK, text_anchor="end")
            head = min(size, cell * 0.8)
            yield text(str(number + 1), corner.x + cell * (number + 0.5), corner.y - 3, head, fill=INK, text_anchor="middle")

    def _left_out(self, count: int) -> str:
        total = len(self.units)
        said = Text(f"The {count} most connected of {total} units are shown.", f"只列出 {total} 个单位中联系最多的 {count} 个。")
        return said.say(self.sheet.lang)
