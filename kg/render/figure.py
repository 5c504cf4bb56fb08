"""What all pictures share: size on paper, title, legend, the line below that says what was drawn and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.errors import InputError, Text
from kg.network.geometry import Point
from kg.network.layout import text_width
from kg.render.svg import INK, LINE_HEIGHT, SOFT, Fill, document, symbol, text, wrap

PX_PER_MM = 96 / 25.4
LEAST_MM, MOST_MM = 20.0, 2000.0
RIM, LEAST_DRAWN, FOOT_LINES = 14.0, 40.0, 9  # lines of one sentence of the foot
TITLE, SMALL, LEAST = 17.0, 12.0, 8.0  # sizes of letters; 8 px are 6 points, the least that is read on paper
ON_PAPER = 0.8  # letters of title, legend and foot where millimetres are given: 7 points and more


class Paper(NamedTuple):
    """Size of a picture in millimetres; None for what follows from the other or from the drawing."""

    width: float | None = None
    height: float | None = None

    def pixels(self) -> tuple[float | None, float | None]:
        """The same in CSS pixels.

        Raises:
            InputError: smaller than 20 mm or larger than 2 m.
        """
        for length in self:
            if length is not None and not LEAST_MM <= length <= MOST_MM:
                raise InputError(
                    Text(f"a picture cannot be {length:g} mm wide or high", f"图片的宽或高不能是 {length:g} 毫米"),
                    Text(f"give {LEAST_MM:g} to {MOST_MM:g} mm", f"请给出 {LEAST_MM:g} 到 {MOST_MM:g} 毫米"),
                )
        across, down = ((length * PX_PER_MM if length else None) for length in self)
        return across, down


AS_DRAWN = Paper()


class Entry(NamedTuple):
    """One entry of a legend; `shape` "" is a coloured field."""

    words: str
    shape: str
    fill: Fill
    dashed: bool = False


@dataclass(frozen=True)
class Words:
    """What is written around a drawing: `foot` holds a sentence a line; `about` is said inside the file only."""

    title: str = ""
    legend: Sequence[Entry] = ()
    foot: Sequence[str] = field(default_factory=tuple)
    about: str = ""


class Picture(NamedTuple):
    """An SVG, and its width and height in CSS pixels."""

    svg: bytes
    width: float
    height: float


class Drawn(NamedTuple):
    """The SVG of a drawing, sentences on what it left out, and how much of its room's height it took."""

    content: Sequence[str]
    left_out: Sequence[str]
    height: float


class Room(NamedTuple):
    """The rectangle that is left for the drawing."""

    left: float
    top: float
    width: float
    height: float


def figure(
    words: Words,
    paper: Paper,
    natural: tuple[float, float],
    draw: Callable[[Room], Drawn],
) -> Picture:
    """A whole picture as SVG: title, drawing, legend, foot.

    Args:
        natural: width and height that the drawing would like, in pixels.
        draw: makes the drawing in the room that it is given.

    Raises:
        InputError: the paper leaves no room for the drawing.
    """
    width, height = paper.pixels()
    if width is None:
        width = max(natural[0] + 2 * RIM, 480.0) if height is None else max(height * natural[0] / natural[1], 240.0)
    scale = max(min(width / 480, ON_PAPER if any(paper) else 1.0), LEAST / SMALL)
    head, top = _title(words.title, width, scale)
    legend, rows = _legend(words.legend, width, SMALL * scale)
    foot_lines = len(_foot(words.foot, width, SMALL * scale)) + 1  # one for what was left out
    below = rows + foot_lines * SMALL * scale * LINE_HEIGHT + RIM
    if height is None:
        height = top + max(natural[1] * min(1.0, (width - 2 * RIM) / natural[0]), LEAST_DRAWN) + below
    room = Room(RIM, top, width - 2 * RIM, height - top - below)
    if room.height < LEAST_DRAWN - 0.01:
        raise InputError(
            Text("the paper is too small for the title, the legend and a drawing", "纸面放不下标题、图例和图"),
            Text("make it higher, or wider", "请加大高度或宽度"),
        )
    drawing = draw(room)
    end = room.top + drawing.height + 6
    size = SMALL * scale
    foot = _foot([*words.foot, *drawing.left_out], width, size)
    start = end + rows + size
    height = height if paper.height else start + (len(foot) - 1) * size * LINE_HEIGHT + RIM
    lines = [text(said, RIM, start + number * size * LINE_HEIGHT, size, fill=SOFT) for number, said in enumerate(foot)]
    moved = f'<g transform="translate(0 {end:.2f})">{"".join(legend)}</g>' if legend else ""
    mm = (width / PX_PER_MM, height / PX_PER_MM) if any(paper) else None
    content = [*head, *drawing.content, moved, *lines]
    return Picture(document(content, width, height, (words.title, words.about), mm), width, height)


def _title(title: str, width: float, scale: float) -> tuple[list[str], float]:
    size = TITLE * scale
    lines = wrap(title, (width - 2 * RIM) / size, 2) if title else []
    drawn = [
        text(words, RIM, RIM + size * (0.9 + LINE_HEIGHT * number), size, fill=INK, font_weight="bold")
        for number, words in enumerate(lines)
    ]
    return drawn, RIM + size * LINE_HEIGHT * len(lines) + (6 if lines else 0)


def _legend(entries: Sequence[Entry], width: float, size: float) -> tuple[list[str], float]:
    """The entries one after another in rows, and the height they need."""
    x, y, drawn = RIM, size, []
    for entry in entries:
        needed = size * (text_width(entry.words) + 2.6)
        if x > RIM and x + needed > width - RIM:
            x, y = RIM, y + size * 1.6
        drawn.append(symbol(entry.shape, Point(x + size / 2, y - size * 0.36), size * 0.5, entry.fill, entry.dashed))
        drawn.append(text(entry.words, x + size * 1.4, y, size, fill=INK))
        x += needed
    return drawn, y + size * 0.6 + 6 if entries else 0.0


def _foot(sentences: Sequence[str], width: float, size: float) -> list[str]:
    return [part for said in sentences if said for part in wrap(said, (width - 2 * RIM) / size, FOOT_LINES, even=False)]
