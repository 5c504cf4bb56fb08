"""How good the rules are, by what reviewers decided about what they read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.review.decisions import Decision, standing

_Z = 1.96  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of decisions.

    Attributes:
        right: accepted as read.
        edited: right in part.
        wrong: rejected.
        added: missed by the producers, stated by hand.
        open: not decided yet.
    """

    right: int = 0
    edited: int = 0
    wrong: int = 0
    added: int = 0
    open: int = 0

    @property
    def judged(self) -> int:
        """How many readings were decided about."""
        return self.right + self.edited + self.wrong

    @property
    def precision(self) -> float | None:
        """The share that is right as read; None before the first decision."""
        return self.right / self.judged if self.judged else None

    @property
    def at_least(self) -> float | None:
        """Lower bound of the precision: the interval of Wilson (1927) at 95 %."""
        if not self.judged:
            return None
        n, p = self.judged, self.right / self.judged
        middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + _Z**2 / n))

    @property
    def coverage(self) -> float | None:
        """The share of all readings that was decided about; None without any."""
        return self.judged / (self.judged + self.open) if self.judged + self.open else None

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.right + other.right,
            self.edited + other.edited,
            self.wrong + other.wrong,
            self.added + other.added,
            self.open + other.open,
        )


@dataclass(frozen=True, slots=True)
class Quality:
    """The report: figures by kind of fact, by rule, by producer, over all; and how many pairs of units wait."""

    by_kind: Mapping[str, Figures]
    by_rule: Mapping[str, Figures]
    by_producer: Mapping[str, Figures]
    total: Figures
    proposals: int = 0


_COUNTED = {
    "accept": Figures(right=1),
    "edit": Figures(edited=1),
    "reject": Figures(wrong=1),
    "add": Figures(added=1),
}
Open = tuple[str, str, str]  # kind, rule and producer of an undecided candidate


def quality(decisions: Iterable[Decision], undecided: Iterable[Open] = (), proposals: int = 0) -> Quality:
    """Counts the latest decision about each fact, and what is undecided."""
    latest = {(d.document, d.fact): d for d in standing(decisions) if d.about_fact}
    judged = [(d.kind, d.rule, d.producer, _COUNTED[d.action]) for d in latest.values()]
    waiting = [(*each, Figures(open=1)) for each in undecided]
    rows = judged + waiting
    return Quality(
        _summed(rows, lambda row: row[0]),
        _summed(rows, lambda row: row[1]),
        _summed(rows, lambda row: row[2]),
        sum((row[3] for row in rows), Figures()),
        proposals,
    )


Row = tuple[str, str, str, Figures]


def _summed(rows: Iterable[Row], name: Callable[[Row], str]) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for row in rows:
        if name(row):
            found[name(row)] = found.get(name(row), Figures()) + row[3]
    return dict(sorted(found.items(), key=lambda pair: (-(pair[1].judged + pair[1].open), pair[0])))


def rule_figures(decisions: Iterable[Decision]) -> dict[str, Figures]:
    """Only the figures by rule, for the order of the queue."""
    return dict(quality(decisions).by_rule)
