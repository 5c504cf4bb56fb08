"""Decisions about which units are one: names that reviewers merged, and names that mean another unit in one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kg.errors import Text
from kg.ids import digest
from kg.review.decisions import UNITS, Decision, standing
from kg.review.identity import plain
from kg.review.replay import Orphan

NO_UNIT = Text("no unit has this name now", "现在没有叫这个名称的单位")


@dataclass(frozen=True, slots=True)
class Naming:
    """What names stand for besides what they say.

    Attributes:
        merged: a name → the name of the unit that it belongs to.
        split: (`Document.id`, a name) → the name that it has in that document.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Naming:
        """The names after all decisions in force; in a chain of merges the name that the latest one keeps is kept."""
        about = [decision for decision in standing(decisions) if decision.units]
        split = {(d.document, d.units[0]): d.units[1] for d in about if d.action == "split"}
        return cls(_merged(list(_latest(d for d in about if d.action != "split"))), split)


def pair_id(first: str, second: str) -> str:
    """Id of the question whether two names are one unit, whichever is named first."""
    return digest(UNITS, *sorted((plain(first), plain(second))))


def merging(keep: str, other: str) -> Decision:
    """The decision that two names are one unit."""
    return Decision("merge", pair_id(keep, other), units=(keep, other))


def apart(first: str, second: str) -> Decision:
    """The decision that two names are two units."""
    return Decision("reject", pair_id(first, second), units=(first, second))


def _latest(decisions: Iterable[Decision]) -> Iterable[Decision]:
    """Of several about the same pair the latest, in the order of time; only those that merge."""
    by_pair: dict[str, Decision] = {}
    for decision in decisions:
        name = pair_id(*decision.units[:2])
        by_pair.pop(name, None)
        by_pair[name] = decision
    return [decision for decision in by_pair.values() if decision.action == "merge"]


def _merged(merges: Iterable[Decision]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}  # name → all names of its unit, the one to keep first
    for decision in merges:
        together = [name for unit in decision.units for name in groups.get(unit, [unit])]
        names = list(dict.fromkeys([decision.units[0], *together]))
        groups |= dict.fromkeys(names, names)
    return {name: names[0] for name, names in groups.items() if name != names[0]}


def unit_orphans(decisions: Iterable[Decision], names: Iterable[str]) -> list[Orphan]:
    """The decisions about units of which a name is none of `names` (all names of a build), each with the one most like it."""
    known = {plain(name): name for name in sorted(names)}
    orphans: list[Orphan] = []
    for decision in standing(decisions):
        asked = decision.units[:1] if decision.action == "split" else decision.units
        missing = next((name for name in asked if plain(name) not in known), None)
        if missing is not None and decision.action != "reject":
            orphans.append(_orphan(decision, missing, known.values()))
    return orphans


def _orphan(decision: Decision, missing: str, names: Iterable[str]) -> Orphan:
    ratios = ((SequenceMatcher(None, name, missing, autojunk=False).ratio(), name) for name in names)
    likeness, near = max(ratios, default=(0.0, ""))
    reason = Text(f"{NO_UNIT.en}: {missing}", f"{NO_UNIT.zh}：{missing}")
    return Orphan(decision, reason, None, round(likeness, 3), near)
