"""Points and boxes of a drawing: forces, turning, keeping boxes apart. Pure Python, no randomness: same input, same points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

WORK = 900_000
FEW = 150  # up to so many points each repels every other
GOLDEN = math.pi * (3 - math.sqrt(5))


class Point(NamedTuple):
    """A place in the drawing: x to the right, y downwards, in pixels at scale 1."""

    x: float
    y: float


class Box(NamedTuple):
    """What a node needs around its place: half its width, and room above and below."""

    half: float
    above: float
    below: float


class Frame(NamedTuple):
    """The rectangle around some boxes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def frame(points: Sequence[Point], boxes: Sequence[Box]) -> Frame:
    """The rectangle around all boxes at their points."""
    placed = list(zip(points, boxes, strict=True))
    return Frame(
        min(point.x - box.half for point, box in placed),
        min(point.y - box.above for point, box in placed),
        max(point.x + box.half for point, box in placed),
        max(point.y + box.below for point, box in placed),
    )


def sunflower(count: int, step: float) -> list[Point]:
    """`count` points spread evenly over a disc, the first in the middle (Vogel 1979)."""
    return [
        Point(step * math.sqrt(number) * math.cos(number * GOLDEN), step * math.sqrt(number) * math.sin(number * GOLDEN))
        for number in range(count)
    ]


def force(start: Sequence[Point], weights: Mapping[tuple[int, int], float], step: float, work: int = WORK) -> list[Point]:
    """Points moved by attraction along weighted pairs and repulsion between all (Fruchterman & Reingold 1991).

    `step` is the distance two joined nodes tend to. `work` bounds how many pairs are looked at (25 rounds at least); above FEW
    points only near ones repel each other (their grid variant).
    """
    points, count = list(start), len(start)
    if count < 2:
        return points
    repel, pairs = (_repel, count * count) if count <= FEW else (_repel_near, count * 24)
    rounds = max(25, min(200, work // pairs))
    for turn in range(rounds):
        moves = repel(points, step)
        for (one, other), weight in weights.items():
            _attract(points, moves, one, other, weight, step)
        heat = step * 0.9 * (1 - turn / rounds) + 0.5
        points = [_moved(point, move, heat) for point, move in zip(points, moves, strict=True)]
    return points


def _repel(points: Sequence[Point], step: float) -> list[list[float]]:
    moves = [[0.0, 0.0] for _ in points]
    square = step * step
    for one, (x1, y1) in enumerate(points):
        move = moves[one]
        for other in range(one):
            dx, dy = x1 - points[other].x, y1 - points[other].y
            push = square / max(dx * dx + dy * dy, 1.0)
            move[0] += dx * push
            move[1] += dy * push
            moves[other][0] -= dx * push
            moves[other][1] -= dy * push
    return moves


def _repel_near(points: Sequence[Point], step: float) -> list[list[float]]:
    """The same between points at most two steps apart, found by the cells of a grid."""
    moves = [[0.0, 0.0] for _ in points]
    square, reach = step * step, 2 * step
    cells: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(points):
        cells.setdefault((int(x // reach), int(y // reach)), []).append(number)
    for (column, row), own in cells.items():
        beside = [other for key in _AHEAD for other in cells.get((column + key[0], row + key[1]), ())]
        for place, one in enumerate(own):
            x1, y1 = points[one]
            for other in (*own[:place], *beside):
                dx, dy = x1 - points[other].x, y1 - points[other].y
                apart = dx * dx + dy * dy
                if apart < reach * reach:
                    push = square / max(apart, 1.0)
                    moves[one][0] += dx * push
                    moves[one][1] += dy * push
                    moves[other][0] -= dx * push
                    moves[other][1] -= dy * push
    return moves


_AHEAD = ((1, 0), (-1, 1), (0, 1), (1, 1))


def _attract(points: Sequence[Point], moves: Sequence[list[float]], one: int, other: int, weight: float, step: float) -> None:
    dx, dy = points[one].x - points[other].x, points[one].y - points[other].y
    pull = math.hypot(dx, dy) / step * weight
    moves[one][0] -= dx * pull
    moves[one][1] -= dy * pull
    moves[other][0] += dx * pull
    moves[other][1] += dy * pull


def _moved(point: Point, move: Sequence[float], heat: float) -> Point:
    length = math.hypot(move[0], move[1]) or 1.0
    share = min(length, heat) / length
    # A weak pull to the middle keeps parts together that nothing joins.
    return Point((point.x + move[0] * share) * 0.995, (point.y + move[1] * share) * 0.995)


def pack(radii: Sequence[float], pulls: Mapping[tuple[int, int], float], ratio: float) -> list[Point]:
    """Centres of discs set close together, the largest first, each touching one that stands already.

    Of the places without overlap each takes the one that keeps the whole small in the wished `ratio` (width over height)
    and its pulled pairs short.
    """
    placed: dict[int, Point] = {}
    for number in sorted(range(len(radii)), key=lambda number: (-radii[number], number)):
        free = [place for place in _touching(placed, radii, radii[number]) if _fits(place, radii[number], placed, radii)]
        placed[number] = min(
            free, key=lambda place: _cost({**placed, number: place}, radii, pulls, number, ratio), default=Point(0, 0)
        )
    return [placed[number] for number in range(len(radii))]


def _touching(placed: Mapping[int, Point], radii: Sequence[float], radius: float) -> Iterator[Point]:
    for other, (x, y) in placed.items():
        reach = (radii[other] + radius) * 1.001
        for turn in range(24):
            angle = turn * math.pi / 12
            yield Point(x + reach * math.cos(angle), y + reach * math.sin(angle))


def _fits(place: Point, radius: float, placed: Mapping[int, Point], radii: Sequence[float]) -> bool:
    return all(math.hypot(place.x - x, place.y - y) >= radius + radii[other] for other, (x, y) in placed.items())


def _cost(
    placed: Mapping[int, Point], radii: Sequence[float], pulls: Mapping[tuple[int, int], float], last: int, ratio: float
) -> float:
    discs = [Box(radii[number], radii[number], radii[number]) for number in placed]
    around = frame(list(placed.values()), discs)
    ends = [(weight, *(pair if pair[1] == last else pair[::-1])) for pair, weight in pulls.items() if last in pair]
    lengths = [weight * math.dist(placed[other], placed[last]) for weight, other, _ in ends if other in placed]
    total = sum(weight for weight, other, _ in ends if other in placed)
    middle = math.hypot(around.left + around.right, around.top + around.bottom) / 2
    return round(max(around.width / ratio, around.height) + (sum(lengths) / total if total else 0) * 0.6 + middle * 0.1, 3)


def spread(points: Sequence[Point], boxes: Sequence[Box], wider: float) -> list[Point]:
    """Points scaled until few boxes overlap, x by `wider` more than y, and then separated: scaling keeps the figure."""
    scale = 0.3
    while scale < 100:
        scaled = [Point(point.x * scale * wider, point.y * scale) for point in points]
        if not _crowded(scaled, boxes, len(boxes) * 0.3):
            break
        scale *= 1.06
    return separate(scaled, boxes)


def _crowded(points: Sequence[Point], boxes: Sequence[Box], most: float) -> bool:
    """Whether more than `most` pairs of boxes overlap."""
    order = sorted(range(len(points)), key=lambda number: (points[number].x - boxes[number].half, number))
    count = 0
    for index, one in enumerate(order):
        for other in order[index + 1 :]:
            if points[other].x - boxes[other].half >= points[one].x + boxes[one].half:
                break
            upper, lower = (one, other) if points[one].y <= points[other].y else (other, one)
            count += boxes[upper].below + boxes[lower].above > points[lower].y - points[upper].y
        if count > most:
            return True
    return False


def separate(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """Points moved apart until no two boxes overlap; order and neighbourhood stay about the same.

    Overlapping boxes push each other along the axis that needs less; where that does not settle, all is spread a little.
    """
    places = [list(point) for point in points]
    for turn in range(2000):
        if not _push_apart(places, boxes):
            break
        if turn % 30 == 29:
            places = [[x * 1.04, y * 1.04] for x, y in places]
    return [Point(x, y) for x, y in places]


def _push_apart(places: list[list[float]], boxes: Sequence[Box]) -> bool:
    """One sweep from left to right; true if anything overlapped."""
    order = sorted(range(len(places)), key=lambda number: (places[number][0] - boxes[number].half, number))
    moved = False
    for index, one in enumerate(order):
        for other in order[index + 1 :]:
            if places[other][0] - boxes[other].half >= places[one][0] + boxes[one].half:
                break
            moved |= _push_pair(places, boxes, one, other)
    return moved


def _push_pair(places: list[list[float]], boxes: Sequence[Box], one: int, other: int) -> bool:
    (x1, y1), (x2, y2) = places[one], places[other]
    upper, lower = (boxes[one], boxes[other]) if y1 <= y2 else (boxes[other], boxes[one])
    across = boxes[one].half + boxes[other].half - abs(x1 - x2)
    down = upper.below + lower.above - abs(y1 - y2)
    if across <= 0.01 or down <= 0.01:
        return False
    axis, push, first = (0, across, x1 <= x2) if across < down else (1, down, y1 <= y2)
    half = (push + 0.02) / 2 * (1 if first else -1)
    places[one][axis] -= half
    places[other][axis] += half
    return True


def turned(points: Sequence[Point], angle: float, mirrored: bool) -> list[Point]:
    """Points turned about the origin by `angle` (radians), mirrored first where asked."""
    cos, sin, sign = math.cos(angle), math.sin(angle), -1 if mirrored else 1
    return [Point(x * sign * cos - y * sin, x * sign * sin + y * cos) for x, y in points]


def centred(points: Sequence[Point]) -> list[Point]:
    """Points moved so that their mean is the origin."""
    x = sum(point.x for point in points) / len(points)
    y = sum(point.y for point in points) / len(points)
    return [Point(point.x - x, point.y - y) for point in points]


def shelves(frames: Sequence[Frame], gap: float, ratio: float) -> list[Point]:
    """Where the top left corner of each frame goes when they are set close together, the tallest first.

    `ratio` is the wished width over height of the whole.
    """
    widest = max((item.width for item in frames), default=0.0) + gap
    limits = [widest * (1 + step / 8) for step in range(25)]
    return min((_shelve(frames, gap, limit) for limit in limits), key=lambda corners: _extent(corners, frames, ratio))


def _shelve(frames: Sequence[Frame], gap: float, limit: float) -> list[Point]:
    """Each frame as high up as it goes, then as far left (a skyline: what stands is known by its lower edge)."""
    corners = [Point(0, 0)] * len(frames)
    skyline = [(0.0, limit, 0.0)]  # from, to, how far down it is taken
    for number in sorted(range(len(frames)), key=lambda number: (-frames[number].height, number)):
        width = min(frames[number].width + gap, limit)
        y, x = min((_lowest(skyline, left, left + width), left) for left, _, _ in skyline if left + width <= limit + 0.001)
        corners[number] = Point(x, y)
        skyline = _covered(skyline, x, x + width, y + frames[number].height + gap)
    return corners


def _lowest(skyline: Sequence[tuple[float, float, float]], left: float, right: float) -> float:
    return max(down for start, end, down in skyline if start < right and left < end)


def _covered(
    skyline: Sequence[tuple[float, float, float]], left: float, right: float, down: float
) -> list[tuple[float, float, float]]:
    before = [(start, min(end, left), depth) for start, end, depth in skyline if start < left]
    after = [(max(start, right), end, depth) for start, end, depth in skyline if end > right]
    return [*before, (left, right, down), *after]


def _extent(corners: Sequence[Point], frames: Sequence[Frame], ratio: float) -> float:
    """Height of the smallest picture of the wished ratio that holds all frames."""
    placed = list(zip(corners, frames, strict=True))
    return max((max(corner.y + item.height, (corner.x + item.width) / ratio) for corner, item in placed), default=0.0)
