"""Makes networks of any size for measuring the viewer: communities, most links inside them, a sentence for each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.network import Network, from_tables

SEED = 20251125
INSIDE = 0.85  # share of links that stay in their community
BASE = "https://example.org/id/"
_COLUMNS = "source sourceLabel target targetLabel proof label mechanism mechanismKind year quote exact start document title file"


@dataclass(frozen=True)
class _Term:
    value: str


@dataclass(frozen=True)
class _Table:
    columns: Sequence[str]
    rows: Sequence[Sequence[_Term]]


def pairs(units: int, links: int) -> list[tuple[int, int]]:
    """Which units are linked, by number; every unit has a link, the same ones at each call.

    >>> pairs(4, 4) == pairs(4, 4), {end for pair in pairs(40, 40) for end in pair} == set(range(40))
    (True, True)
    """
    chance = random.Random(SEED)
    home = [chance.randrange(max(2, round(units**0.5 / 2))) for _ in range(units)]
    members: dict[int, list[int]] = {}
    for unit, community in enumerate(home):
        members.setdefault(community, []).append(unit)
    found = []
    for number in range(links):
        one = number if number < units else chance.randrange(units)
        other = chance.choice(members[home[one]]) if chance.random() < INSIDE else chance.randrange(units)
        found.append((one, other if other != one else (one + 1) % units))
    return found


def network(units: int, links: int) -> Network:
    """A network whose every link has a year, a mechanism and a sentence of its own."""
    rows = [[_Term(value) for value in _row(number, *pair)] for number, pair in enumerate(pairs(units, links))]
    return from_tables(_Table(_COLUMNS.split(), rows))


def _row(number: int, one: int, other: int) -> list[str]:
    ends = [f"{BASE}unit/{one}", f"第{one}号示例单位", f"{BASE}unit/{other}", f"第{other}号示例单位"]
    year, mechanism = str(2015 + number % 10), f"“示例{number % 90}”协作平台"
    quote = f"{year}年，{ends[1]}与{ends[3]}通过{mechanism}开展联合活动，全年共举办{number % 40 + 2}次，参加人员来自双方各部门。"
    words = f"{ends[1]}与{ends[3]}"
    where = [f"{BASE}document/{number % 30}", f"示例材料{number % 30}", f"reports/{number % 30}.txt"]
    return [*ends, f"{BASE}proof/{number}", words, mechanism, "platform", year, quote, words, str(number * 60), *where]
