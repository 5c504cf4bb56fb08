"""What colour and size of nodes say: their kind and degree, or whatever else is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from kg.errors import InputError, Text
from kg.network import GROUPINGS, MEASURES, Network, groups, pairs, values
from kg.render.style import COLOURS, RAMP, SHAPES, Mark, Styles
from kg.vocab.gazetteer import Gazetteer

GROUPS = 12  # more colours and outlines than this nobody tells apart; the rest is one group
NUMBERED = tuple(name for name in MEASURES if name not in ("community", "leiden"))
COLOURINGS = (*GROUPINGS, *NUMBERED)
_SMALLEST, _LARGEST = 6.0, 26.0
_REST = Text(en="others", zh="其他")
_UNKNOWN = Text(en="not known", zh="未知")


def coloured(network: Network, styles: Styles, by: str, gazetteer: Gazetteer) -> tuple[Network, Styles]:
    """The network whose nodes have as `kind` what is to be seen by colour and outline, and marks for it.

    Args:
        by: one of GROUPINGS, or a measure, whose values are then put into five classes.

    Raises:
        InputError: it is none of these.
    """
    if by == "kind":
        return network, styles
    if by not in COLOURINGS:
        raise _unknown(by, COLOURINGS)
    if by in NUMBERED:
        found, marks = _classes(values(pairs(network), [by])[by], by)
    else:
        found, marks = _groups(groups(network, by, gazetteer), by, styles)
    copy = network.copy()
    copy.graph["nodes_by"] = (by,)
    for node, group in found.items():
        copy.nodes[node]["kind"] = group
    return copy, replace(styles, kinds={**styles.kinds, **marks})


def sized(network: Network, by: str) -> dict[str, float]:
    """Radius of every node; its area grows with the measure.

    Raises:
        InputError: it is no measure, or one that only numbers groups.
    """
    if by not in NUMBERED:
        raise _unknown(by, NUMBERED)
    found = values(pairs(network), [by])[by]
    most = max(found.values(), default=0.0) or 1.0
    span = _LARGEST - _SMALLEST
    return {node: round(_SMALLEST + span * math.sqrt(max(value, 0.0) / most), 1) for node, value in found.items()}


def _groups(found: Mapping[str, str], by: str, styles: Styles) -> tuple[dict[str, str], dict[str, Mark]]:
    """The largest groups with a mark each; the others together, so that the legend can be read."""
    counts: dict[str, int] = {}
    for group in found.values():
        counts[group] = counts.get(group, 0) + 1
    ranked = sorted((group for group in counts if group), key=lambda group: (-counts[group], len(group), group))
    shown, rest = ranked[:GROUPS], set(ranked[GROUPS:])
    marks = {}
    for place, group in enumerate(shown):
        turn, number = divmod(place, len(COLOURS) - 1)
        look = COLOURS[number], SHAPES[(turn * 3 + number) % len(SHAPES)]
        marks[f"{by}:{group}"] = Mark(_named(group, by, styles), *look, place, by)
    marks[f"{by}:*"] = Mark(_REST, COLOURS[-1], "dot", GROUPS, by)
    marks[f"{by}:"] = Mark(_UNKNOWN, COLOURS[-1], "square", GROUPS + 1, by)
    return {node: f"{by}:{'*' if group in rest else group}" for node, group in found.items()}, marks


def _classes(found: Mapping[str, float], by: str) -> tuple[dict[str, str], dict[str, Mark]]:
    """Five classes of equal width from nothing to the largest value, light to dark."""
    most, count = max(found.values(), default=0.0) or 1.0, len(RAMP)
    place = {node: min(int(max(value, 0.0) / most * count), count - 1) for node, value in found.items()}
    whole = all(isinstance(value, int) for value in found.values())
    marks = {}
    for number in range(count):
        low, high = most * number / count, most * (number + 1) / count
        said = _whole(low, high, number + 1 == count) if whole else f"{low:.3g}–{high:.3g}"
        marks[f"{by}:{number}"] = Mark(Text(said, said), RAMP[number], SHAPES[0], number, by)
    return {node: f"{by}:{number}" for node, number in place.items()}, marks


def _whole(low: float, high: float, last: bool) -> str:
    """The whole numbers from `low` up to `high`, which only the last class holds.

    >>> _whole(2.2, 4.4, False), _whole(4.4, 6, True), _whole(0, 1, False)
    ('3–4', '5–6', '0')
    """
    first, end = math.ceil(low), math.floor(high) if last else math.ceil(high) - 1
    return f"{first}–{end}" if first < end else str(first)


def _named(group: str, by: str, styles: Styles) -> Text:
    if by in ("community", "leiden"):
        return Text(f"{group} and others", f"{group}等")
    known = styles.others.get(group)
    return known.label if known else Text(group, group)


def _unknown(word: str, known: tuple[str, ...]) -> InputError:
    return InputError(
        Text(f"nodes cannot be told apart by {word}", f"不能按 {word} 区分单位"),
        Text(f"use one of {', '.join(known)}", f"可用：{'、'.join(known)}"),
    )
