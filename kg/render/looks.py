"""How the kinds of a drawing look on paper, in colour or where there is only black."""

from __future__ import annotations

from collections.abc import Mapping

from kg.render.style import COLOURS, RAMP, SHAPES, Mark
from kg.render.svg import Fill

_BLACK = "#111111"
# Five fills that a copier keeps apart: black, white, grey, white with a dot, black with a dot.
_FILLS = ((_BLACK, ""), ("#FFFFFF", ""), ("#A3A3A3", ""), ("#FFFFFF", _BLACK), (_BLACK, "#FFFFFF"))
PLAIN = tuple(Fill(colour, _BLACK, core) for colour, core in _FILLS)
_GREYS = ("#E3E3E3", "#C2C2C2", "#959595", "#5A5A5A", "#111111")
_LINES = {True: "#6B6B6B", False: "#8A94A3"}


def looks(legend: Mapping[str, Mark], black: bool = False) -> dict[str, tuple[str, Fill]]:
    """Shape and fill of each kind; in black no two kinds share both while there are 35 or fewer.

    >>> from kg.errors import Text
    >>> two = {name: Mark(Text(name, name), colour, "dot") for name, colour in (("a", "#0072B2"), ("b", "#D55E00"))}
    >>> [shape + fill.colour for shape, fill in looks(two, black=True).values()]
    ['dot#111111', 'dot#FFFFFF']
    """
    if not black:
        return {kind: (mark.shape or "dot", Fill(mark.colour or COLOURS[-1])) for kind, mark in legend.items()}
    taken: set[tuple[str, Fill]] = set()
    found: dict[str, tuple[str, Fill]] = {}
    for kind, mark in legend.items():
        if mark.colour in RAMP:
            found[kind] = (mark.shape, ramp(black)[RAMP.index(mark.colour)])
            continue
        own = [(mark.shape or "dot", fill) for fill in PLAIN]
        others = [(shape, fill) for fill in PLAIN for shape in SHAPES]
        found[kind] = next((look for look in (*own, *others) if look not in taken), own[0])
        taken.add(found[kind])
    return found


def ramp(black: bool) -> tuple[Fill, ...]:
    """Five fills from light to dark."""
    return tuple(Fill(grey, _BLACK) for grey in _GREYS) if black else tuple(Fill(colour) for colour in RAMP)


def line_colour(black: bool) -> str:
    """Colour of the lines between nodes."""
    return _LINES[black]


def hollow(fill: Fill) -> Fill:
    """The same for a kind of body that is not named: its colour only as a rim."""
    return Fill("#FFFFFF", fill.colour if fill.rim == "#FFFFFF" else fill.rim, fill.core)
