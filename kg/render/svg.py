"""SVG 1.1 in a few words: shapes, text that stays text, nothing that a document's words could turn into markup."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from kg.network.geometry import Point
from kg.network.layout import text_width
from kg.network.writing import xml_text

FONT = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',SimHei,"
    "'WenQuanYi Micro Hei',sans-serif"
)
INK, SOFT, LINE = "#1F2937", "#4B5563", "#8A94A3"
LINE_HEIGHT = 1.25
# What stays on one line: numbers and Latin words, closing marks with what they close, opening ones with what they open.
_WORD = re.compile(r"[“‘《（「【]*(?:[\x21-\x7e≥≤≈]{1,14}|.)[”’》）」】、，。；：！？…]*", re.DOTALL)


class Fill(NamedTuple):
    """How a symbol is filled: its colour, its rim, and the dot or bar that tells it apart where there is no colour."""

    colour: str
    rim: str = "#FFFFFF"
    core: str = ""


def element(name: str, *content: str, **attributes: object) -> str:
    """One element; `_` in the name of an attribute stands for `-`, what is None is left out.

    >>> element("text", escape("a<b"), x=1.50, font_size=12, fill=None)
    '<text x="1.5" font-size="12">a&lt;b</text>'
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    inside = "".join(f" {key}={quoteattr(_number(value))}" for key, value in pairs)
    return f"<{name}{inside}>{''.join(content)}</{name}>" if content else f"<{name}{inside}/>"


def text(words: str, x: float, y: float, size: float, **attributes: object) -> str:
    """One line of text whose baseline starts at x, y."""
    return element("text", escape(xml_text(words)), x=x, y=y, font_size=size, **attributes)


def line(start: Point, end: Point, colour: str, width: float, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=start.x, y1=start.y, x2=end.x, y2=end.y, stroke=colour, stroke_width=width, **attributes)


def rect(x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> str:
    """A rectangle by its left upper corner."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, **attributes)


def symbol(shape: str, at: Point, radius: float, fill: Fill, dashed: bool = False) -> str:
    """A node's outline as vis-network draws it, around `at`, with its dot or bar where it has one."""
    rim = max(0.6, min(1.5, radius / 6))
    look = {"fill": fill.colour, "stroke": fill.rim, "stroke_width": rim, "stroke_dasharray": "3 2" if dashed else None}
    corners = _CORNERS.get(shape)
    if corners is None:
        drawn = element("circle", cx=at.x, cy=at.y, r=radius, **look)
    else:
        points = " ".join(f"{_number(at.x + x * radius)},{_number(at.y + y * radius)}" for x, y in corners)
        drawn = element("polygon", points=points, stroke_linejoin="round", **look)
    return drawn + (element("circle", cx=at.x, cy=at.y, r=radius * 0.32, fill=fill.core) if fill.core else "")


def wrap(words: str, width: float, most: int, even: bool = True) -> list[str]:
    """Lines of at most `width` (in Chinese characters); what does not fit in `most` lines ends in an ellipsis.

    Two lines are made about as long as one another if `even`.

    >>> wrap("青榆市“同心”服务", 7, 2)
    ['青榆市“同', '心”服务']
    >>> wrap("一二三四五六七", 3, 2)
    ['一二三', '四五…']
    """
    lines: list[str] = []
    for word in _WORD.findall(" ".join(words.split())):
        if lines and text_width(lines[-1] + word) <= width:
            lines[-1] += word
        else:
            lines.append(word)
    if len(lines) > most:
        return [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return _balanced(words) if even and len(lines) == 2 else lines


def document(
    content: Iterable[str], width: float, height: float, said: tuple[str, str], mm: tuple[float, float] | None = None
) -> bytes:
    """A whole file on white; `said` is title and description, `mm` its size on paper (else a unit is a CSS pixel)."""
    across, down = (f"{_number(mm[0])}mm", f"{_number(mm[1])}mm") if mm else (_number(width), _number(height))
    notes = [element(name, escape(xml_text(words))) for name, words in zip(("title", "desc"), said, strict=True) if words]
    body = [*notes, rect(0, 0, width, height, "#FFFFFF"), *content]
    head = {"xmlns": "http://www.w3.org/2000/svg", "version": "1.1", "width": across, "height": down}
    box = f"0 0 {_number(width)} {_number(height)}"
    return (element("svg", "\n", "\n".join(body), "\n", **head, viewBox=box, font_family=FONT) + "\n").encode()


def _balanced(words: str) -> list[str]:
    """Two lines of about the same length look calmer than a long and a short one."""
    parts = _WORD.findall(" ".join(words.split()))
    splits = [("".join(parts[:at]).strip(), "".join(parts[at:]).strip()) for at in range(1, len(parts))]
    return list(min(splits, key=lambda split: max(map(text_width, split))))


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _star() -> Sequence[tuple[float, float]]:
    turns = [(1.15 if corner % 2 == 0 else 0.5, corner * math.pi / 5) for corner in range(10)]
    return [(reach * math.sin(turn), 0.1 - reach * math.cos(turn)) for reach, turn in turns]


def _hexagon() -> Sequence[tuple[float, float]]:
    return [(math.cos(corner * math.pi / 3), math.sin(corner * math.pi / 3)) for corner in range(6)]


_TRIANGLE = ((0.0, -1.1), (1.05, 0.75), (-1.05, 0.75))
_CORNERS: dict[str, Sequence[tuple[float, float]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "triangle": _TRIANGLE,
    "triangleDown": tuple((x, -y) for x, y in _TRIANGLE),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "hexagon": _hexagon(),
    "star": _star(),
}
