"""From characters with their boxes on a page to lines in reading order, and from lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kg.load.lines import heading_level

_PAGE_NUMBER = re.compile(r"[-–—·•~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-–—·•~\s]*")
_LATIN = re.compile(r"[A-Za-z0-9.,;:!?%)\]]")
_EDGE = 0.12  # share of the printed height in which running heads and feet stand, above and below
_NARROW = 12  # a column of fewer characters is a list, whose lines are not joined
_REPEATED = 0.4  # share of the pages on which a running head stands


@dataclass(frozen=True, slots=True)
class Box:
    """Text on a page with its place in points, from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line in reading order; `edge` is the right and `start` the left border of its column."""

    box: Box
    start: float
    edge: float
    page: int


def segments(characters: Iterable[Box]) -> list[Box]:
    """Runs of characters that stand side by side, from characters in the order of the file."""
    found: list[Box] = []
    for box in characters:
        if found and _continues(found[-1], box):
            last = found[-1]
            gap = " " if box.left - last.right > 0.2 * box.height and _both_latin(last.text, box.text) else ""
            bottom, top = min(last.bottom, box.bottom), max(last.top, box.top)
            found[-1] = Box(last.text + gap + box.text, last.left, bottom, box.right, top)
        else:
            found.append(box)
    return [box for box in found if box.text.strip()]


def _continues(last: Box, box: Box) -> bool:
    overlap = min(last.top, box.top) - max(last.bottom, box.bottom)
    return overlap > 0.5 * min(last.height, box.height) and -0.6 * box.height < box.left - last.right < 1.6 * box.height


def _both_latin(before: str, after: str) -> bool:
    return bool(_LATIN.fullmatch(before[-1:]) and _LATIN.fullmatch(after[:1]))


def reading_order(boxes: Sequence[Box], width: float, page: int) -> list[PageLine]:
    """The lines of a page, from top to bottom; of two columns the left before the right, between lines over both."""
    gutter = _gutter(boxes, width)
    if gutter is None:
        return _column(boxes, page)
    left, right = _sides(boxes, gutter)
    beside = {id(box) for box in (*left, *right)}
    across = sorted((box for box in boxes if id(box) not in beside), key=lambda box: -box.top)
    lines: list[PageLine] = []
    above = float("inf")
    for border in [*dict.fromkeys(box.bottom for box in across), float("-inf")]:
        for side in (left, right):
            lines += _column([box for box in side if border <= box.bottom < above], page, side)
        lines += _column([box for box in across if box.bottom == border], page)
        above = border
    return lines


def _sides(boxes: Sequence[Box], x: float) -> tuple[list[Box], list[Box]]:
    return [box for box in boxes if box.right <= x], [box for box in boxes if box.left >= x]


def _gutter(boxes: Sequence[Box], width: float) -> float | None:
    """Where the space between two columns lies, or None on a page of one: with lines enough, and long ones, on both sides."""
    places: dict[float, int] = {}
    for x in (width * share / 100 for share in range(33, 68)):
        left, right = _sides(boxes, x)
        if min(len(left), len(right)) >= 5 and min(_usual_width(left), _usual_width(right)) > 0.2 * width:
            places[x] = len(left) + len(right)
    if not places:
        return None
    best = [x for x, beside in places.items() if beside == max(places.values())]
    return best[len(best) // 2]


def _usual_width(boxes: Sequence[Box]) -> float:
    return median(box.right - box.left for box in boxes)


def _column(boxes: Sequence[Box], page: int, column: Sequence[Box] = ()) -> list[PageLine]:
    """The lines of one column; `column` are all boxes of it where `boxes` are only a band."""
    start, edge = _borders(column or boxes)
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -(box.top + box.bottom)):
        if rows and _same_row(box, rows[-1][0]):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [PageLine(_joined(sorted(row, key=lambda box: box.left)), start, edge, page) for row in rows]


def _same_row(box: Box, other: Box) -> bool:
    return abs((box.top + box.bottom) - (other.top + other.bottom)) < 0.8 * min(box.height, other.height)


def _borders(boxes: Sequence[Box]) -> tuple[float, float]:
    """The left and right border that several lines share, so that a running head or a stray word does not widen the column."""
    if not boxes:
        return 0.0, 0.0
    enough = min(3, len(boxes))

    def shared(side: Sequence[float], near: float) -> float:
        return next((place for place in side if sum(abs(place - other) < near for other in side) >= enough), side[0])

    height = median(box.height for box in boxes)
    return (
        shared(sorted(box.left for box in boxes), 0.3 * height),
        shared(sorted((box.right for box in boxes), reverse=True), 1.2 * height),
    )


def _joined(row: Sequence[Box]) -> Box:
    return Box(
        " ".join(box.text.strip() for box in row),
        row[0].left,
        min(box.bottom for box in row),
        row[-1].right,
        max(box.top for box in row),
    )


def without_furniture(pages: Sequence[Sequence[Box]]) -> tuple[list[list[Box]], int, int]:
    """The boxes of pages without page numbers and running heads, and how many of each were left out."""
    seen = Counter(key for page in pages for key in {_pattern(box) for box in page if _at_edge(box, page)})
    repeated = {key for key, times in seen.items() if times >= max(2, _REPEATED * len(pages))}
    numbers = heads = 0
    kept: list[list[Box]] = []
    for page in pages:
        body = [box for box in page if not (_pattern(box) in repeated and _at_edge(box, page)) or _is_number(box)]
        plain = [box for box in body if not (_is_number(box) and _outermost(box, body))]
        heads += len(page) - len(body)
        numbers += len(body) - len(plain)
        kept.append(plain)
    return kept, numbers, heads


def _is_number(box: Box) -> bool:
    return _PAGE_NUMBER.fullmatch(box.text) is not None


def _at_edge(box: Box, page: Sequence[Box]) -> bool:
    """Whether a box stands in the outer part of what is printed on its page."""
    top, bottom = max(other.top for other in page), min(other.bottom for other in page)
    return box.top > top - _EDGE * (top - bottom) or box.bottom < bottom + _EDGE * (top - bottom)


def _outermost(box: Box, page: Sequence[Box]) -> bool:
    """Whether no box stands above or none below, and none beside."""
    beside = [other for other in page if other is not box and _same_row(box, other)]
    return not beside and (all(other.bottom >= box.bottom for other in page) or all(other.top <= box.top for other in page))


def _pattern(box: Box) -> str:
    """A box's words without their figures, with its height on the page."""
    return re.sub(r"\d+", "#", box.text) + f"@{round(box.bottom / 5)}"


def paragraphs(lines: Iterable[PageLine]) -> list[str]:
    """Paragraphs: a line that fills its column runs on into the next that is not indented; no hyphen, no blank in Chinese."""
    found: list[str] = []
    last: PageLine | None = None
    for line in lines:
        if last is not None and _runs_on(last, line):
            found[-1] = _glue(found[-1], line.box.text)
        else:
            found.append(line.box.text.strip())
        last = line
    return found


def _runs_on(last: PageLine, line: PageLine) -> bool:
    height = last.box.height
    same_size = abs(height - line.box.height) < 0.2 * height
    prose = last.edge - last.start > _NARROW * height
    full = prose and last.box.right > last.edge - 2.2 * height
    indented = line.box.left > line.start + 0.8 * line.box.height
    near = last.page != line.page or line.box.bottom > last.box.bottom or last.box.bottom - line.box.top < 1.8 * height
    return same_size and full and near and not indented and heading_level(line.box.text) is None


def _glue(before: str, after: str) -> str:
    """
    >>> _glue("全年走访", "商户86家"), _glue("know-", "ledge"), _glue("rule", "of law")
    ('全年走访商户86家', 'knowledge', 'rule of law')
    """
    before, after = before.rstrip(), after.lstrip()
    if re.search(r"[A-Za-z]-$", before) and re.match(r"[a-z]", after):
        return before[:-1] + after
    return before + (" " if _both_latin(before, after) else "") + after
