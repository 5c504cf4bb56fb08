"""The network over the years: a row a unit, a disc as large as the proofs of a year."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from kg.errors import Text
from kg.network import Measures, Network, years
from kg.network.build import proofs
from kg.network.geometry import Point
from kg.network.layout import text_width
from kg.render.figure import LEAST, SMALL, Drawn, Entry, Picture, Room, Words, figure
from kg.render.looks import looks
from kg.render.sheet import Sheet, counted
from kg.render.style import Styles
from kg.render.svg import INK, SOFT, Fill, element, line, symbol, text, wrap

UNITS = 40
_AROUND = 130.0  # height of title, legend and foot, about
_ROW, _LEAST_ROW, _COLUMN, _NAME = 24.0, 10.5, 56.0, 20.0
_GRID = "#E5E7EB"
_ALL = Text(en="all units", zh="全部单位")


def timeline(network: Network, measures: Mapping[str, Measures], styles: Styles, sheet: Sheet) -> Picture:
    """The units with most dated proofs and in which years they stand, as SVG; `network` is not changed."""
    drawing = _Timeline(network, measures, styles, sheet)
    rows = drawing.most + 1
    size = (_COLUMN * max(len(drawing.years), 1) + SMALL * (drawing.name + 2.4), _ROW * (rows + 1.2))
    return figure(drawing.words(), sheet.paper, size, drawing.draw)


class _Timeline:
    """One timeline while it is drawn."""

    def __init__(self, network: Network, measures: Mapping[str, Measures], styles: Styles, sheet: Sheet) -> None:
        self.network, self.sheet = network, sheet
        self.totals = years(network)
        dated = [year for year in self.totals if year is not None]
        self.years = list(range(min(dated), max(dated) + 1)) if dated else []
        self.counts = _counts(network)
        order = {node: (-sum(counts.values()), -measures[node].strength, node) for node, counts in self.counts.items()}
        self.units = sorted(order, key=lambda node: order[node])
        self.most = min(len(self.units), UNITS)
        if height := sheet.paper.pixels()[1]:
            self.most = min(self.most, max(int((height - _AROUND) / _LEAST_ROW - 2.2), 1))
        kinds = (str(network.nodes[node]["kind"]) for node in self.units[: self.most])
        self.legend = styles.legend(kinds, network.graph.get("nodes_by", ()))
        self.looks = looks(self.legend, sheet.black)
        labels = [str(network.nodes[node]["label"]) for node in self.units[: self.most]]
        self.name = min(max([*map(text_width, labels), text_width(_ALL.say(sheet.lang))]), _NAME)

    def words(self) -> Words:
        lang, undated = self.sheet.lang, self.totals.get(None, 0)
        entries = [Entry(mark.label.say(lang), *self.looks[kind]) for kind, mark in self.legend.items()]
        said = Text("A disc is the number of proofs in a year.", "圆的大小和数字为当年依据条数。")
        rest = Text(f"{undated} proofs have no year.", f"另有 {undated} 条依据没有年份。")
        return Words(
            self.sheet.title.say(lang), entries,
            [said.say(lang), rest.say(lang) if undated else "", counted(self.network).say(lang)],
        )  # fmt: skip

    def draw(self, room: Room) -> Drawn:
        """As many units as can be read in the room there is."""
        count = max(min(self.most, int(room.height / _LEAST_ROW - 2.2)), 0)
        row = min(_ROW, room.height / (count + 2.2))
        size = max(min(SMALL, row * 0.7), LEAST)
        start = room.left + size * (self.name + 2.4)
        column = min((room.left + room.width - start) / max(len(self.years), 1), _COLUMN * 2)
        order = sorted(self.units[:count], key=lambda node: (min(self.counts[node]), self.units.index(node)))
        corner, most = Point(start, room.top + row * 1.2), max((max(self.counts[node].values()) for node in order), default=1)
        content = [*self._grid(corner, row, column, count + 1, size), *self._head(corner, row, column, size)]
        for number, node in enumerate(order, 1):
            at = Point(corner.x, corner.y + row * number)
            content += self._unit(node, at, row, column, size, most)
        missing = len(self.units) - count
        total = len(self.units)
        said = Text(f"The {count} units with most proofs, of {total}.", f"只列出 {total} 个单位中依据最多的 {count} 个。")
        return Drawn(content, [said.say(self.sheet.lang)] if missing else [], row * (count + 2.4))

    def _grid(self, corner: Point, row: float, column: float, rows: int, size: float) -> Iterator[str]:
        bottom, every = corner.y + row * rows, max(1, math.ceil(size * 2.8 / column))
        for number, year in enumerate(self.years):
            x = corner.x + column * (number + 0.5)
            yield line(Point(x, corner.y), Point(x, bottom), _GRID, 1)
            if number % every == 0:
                yield text(str(year), x, corner.y - row * 0.3, size, fill=INK, text_anchor="middle")
        for number in range(rows + 1):
            y = corner.y + row * number
            yield line(Point(corner.x, y), Point(corner.x + column * len(self.years), y), _GRID, 0.6)

    def _head(self, at: Point, row: float, column: float, size: float) -> Iterator[str]:
        """The first row: how many proofs a year has, as numbers."""
        baseline, name = at.y + row / 2 + size * 0.36, _ALL.say(self.sheet.lang)
        yield text(name, at.x - size * 1.9, baseline, size, fill=INK, text_anchor="end", font_weight="bold")
        for number, year in enumerate(self.years):
            if count := self.totals.get(year):
                x = at.x + column * (number + 0.5)
                yield text(str(count), x, baseline, size, fill=INK, text_anchor="middle", font_weight="bold")

    def _unit(self, node: str, at: Point, row: float, column: float, size: float, most: int) -> Iterator[str]:
        data = self.network.nodes[node]
        shape, fill = self.looks[data["kind"]]
        middle = at.y + row / 2
        name = wrap(str(data["label"]), self.name, 1)[0]
        yield text(name, at.x - size * 1.9, middle + size * 0.36, size, fill=INK, text_anchor="end")
        yield symbol(shape, Point(at.x - size * 0.9, middle), size * 0.45, fill)
        places = [at.x + column * (self.years.index(year) + 0.5) for year in sorted(self.counts[node])]
        if len(places) > 1:
            yield line(Point(places[0], middle), Point(places[-1], middle), SOFT, 1)
        for x, (_, count) in zip(places, sorted(self.counts[node].items()), strict=True):
            yield from _disc(Point(x, middle), count, most, row, size, fill, self.sheet.black)


def _disc(at: Point, count: int, most: int, row: float, size: float, fill: Fill, black: bool) -> Iterator[str]:
    radius = row * (0.2 + 0.26 * math.sqrt(count / most))
    rim = "#111111" if black else fill.colour
    yield element("circle", cx=at.x, cy=at.y, r=radius, fill="#FFFFFF", stroke=rim, stroke_width=1.6)
    letter = min(size, radius * 1.5)
    if count > 1:
        yield text(str(count), at.x, at.y + letter * 0.36, letter, fill=INK, text_anchor="middle")


def _counts(network: Network) -> dict[str, dict[int, int]]:
    """Node → year → its proofs."""
    found: dict[str, dict[int, int]] = {}
    for source, target, _, proof in proofs(network):
        if proof.year is None:
            continue
        for node in {source, target}:
            counts = found.setdefault(node, {})
            counts[proof.year] = counts.get(proof.year, 0) + 1
    return found
