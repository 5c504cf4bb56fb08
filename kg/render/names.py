"""Names beside their nodes: the most important first, never one over another; what finds no room is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.network.geometry import Point
from kg.network.layout import LINES, PER_LINE, text_width
from kg.render.svg import INK, LINE_HEIGHT, rect, text, wrap

HUBS = 12  # so many names may cover nodes, where they find no place that covers none


class Spot(NamedTuple):
    """A node whose name is wanted."""

    label: str
    at: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Whether the two share more than a border."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def inside(self, other: Area) -> bool:
        """Whether it lies wholly in the other."""
        return self.left >= other.left and self.right <= other.right and self.top >= other.top and self.bottom <= other.bottom


class _Grid:
    """Rectangles that can be asked for by place, so that thousands of names are placed in a moment."""

    def __init__(self, cell: float) -> None:
        self.cell = cell
        self.cells: dict[tuple[int, int], list[Area]] = {}

    def add(self, area: Area) -> None:
        for key in self._keys(area):
            self.cells.setdefault(key, []).append(area)

    def meeting(self, area: Area) -> int:
        return len({id(other) for key in self._keys(area) for other in self.cells.get(key, ()) if area.meets(other)})

    def _keys(self, area: Area) -> Iterator[tuple[int, int]]:
        for column in range(int(area.left // self.cell), int(area.right // self.cell) + 1):
            for row in range(int(area.top // self.cell), int(area.bottom // self.cell) + 1):
                yield column, row


def placed(spots: Sequence[Spot], size: float, sight: Area) -> dict[int, tuple[Area, list[str]]]:
    """Where each name goes, by the number of its spot; those that find no room are missing.

    Args:
        spots: the most important first.
        size: of the letters.
        sight: no name leaves it.
    """
    discs, names = _Grid(size * 8), _Grid(size * 8)
    for spot in spots:
        reach = spot.radius * 0.8
        discs.add(Area(spot.at.x - reach, spot.at.y - reach, spot.at.x + reach, spot.at.y + reach))
    found: dict[int, tuple[Area, list[str]]] = {}
    for number, spot in enumerate(spots):
        lines = wrap(spot.label, PER_LINE, LINES)
        free = [area for area in _sides(spot, lines, size) if area.inside(sight) and not names.meeting(area)]
        covered = [discs.meeting(area) for area in free]
        if free and (number < HUBS or min(covered) == 0):
            best = free[covered.index(min(covered))]
            names.add(best)
            found[number] = (best, lines)
    return found


def drawn(places: Mapping[int, tuple[Area, list[str]]], size: float) -> Iterator[str]:
    """The names as SVG, on a veil that keeps lines from crossing the letters."""
    for area, _ in places.values():
        yield rect(area.left, area.top, area.right - area.left, area.bottom - area.top, "#FFFFFF", fill_opacity=0.8, rx=2)
    for area, lines in places.values():
        middle = (area.left + area.right) / 2
        for number, words in enumerate(lines):
            baseline = area.top + size * LINE_HEIGHT * number + size * 0.98
            yield text(words, middle, baseline, size, fill=INK, text_anchor="middle")


def _sides(spot: Spot, lines: Sequence[str], size: float) -> list[Area]:
    """The places a name may take: below, above, right, left, then the corners."""
    (x, y), far = spot.at, spot.radius
    width, height, gap = max(map(text_width, lines)) * size, len(lines) * size * LINE_HEIGHT, size * 0.2
    near = far * 0.7
    corners = [
        (x - width / 2, y + far + gap),
        (x - width / 2, y - far - gap - height),
        (x + far + gap, y - height / 2),
        (x - far - gap - width, y - height / 2),
        (x + near, y + near),
        (x - near - width, y + near),
        (x + near, y - near - height),
        (x - near - width, y - near - height),
    ]
    return [Area(left, top, left + width, top + height) for left, top in corners]
