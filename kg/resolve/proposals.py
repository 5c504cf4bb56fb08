"""Units whose names look alike are proposed to reviewers with the reason; they are never merged by the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.errors import Text
from kg.model import Unit

_SHORTEST = 4  # shorter names are alike by chance
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百东西南北中前后上下新老")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two units that may be one.

    Attributes:
        keep: the name to keep: the fuller one.
        other: the name that would become another name of it.
        reason: why they may be one.
        sure: how likely that is, 0..1, by the kind of reason.
    """

    keep: Unit
    other: Unit
    reason: Text
    sure: float


def proposals(units: Iterable[Unit]) -> list[Proposal]:
    """The pairs of specific units that may be one, the likeliest first; of several reasons for a pair the best."""
    specific = _once(unit for unit in units if not unit.generic)
    best: dict[tuple[str, str], Proposal] = {}
    for proposal in (*_homophones(specific), *_shared_names(specific), *_shortened(specific)):
        pair = proposal.keep.iri, proposal.other.iri
        if pair not in best or proposal.sure > best[pair].sure:
            best[pair] = proposal
    return sorted(best.values(), key=lambda proposal: (-proposal.sure, proposal.keep.label, proposal.other.label))


def _once(units: Iterable[Unit]) -> list[Unit]:
    """Each unit once, with the other names that all its documents give it, in the order of the IRIs."""
    found: dict[str, Unit] = {}
    for unit in units:
        old = found.get(unit.iri, unit)
        found[unit.iri] = replace(old, alts=tuple(sorted({*old.alts, *unit.alts})))
    return [found[iri] for iri in sorted(found)]


def _homophones(units: Sequence[Unit]) -> Iterator[Proposal]:
    """Names that sound alike: one is a slip of the pen."""
    from pypinyin import lazy_pinyin

    by_sound: dict[str, list[Unit]] = {}
    for unit in (unit for unit in units if len(unit.label) >= _SHORTEST):
        by_sound.setdefault(" ".join(lazy_pinyin(unit.label)), []).append(unit)
    for group in by_sound.values():
        for first, second in combinations(group, 2):
            if _may_be_one(first, second):
                yield _proposal(first, second, Text("their names sound alike", "名称读音相同"), 0.8)


def _shared_names(units: Sequence[Unit]) -> Iterator[Proposal]:
    """Two units that texts call by one name; what more than two are called is the name of a kind of body."""
    by_name: dict[str, list[Unit]] = {}
    for unit in units:
        for name in {unit.label, *unit.alts}:
            if len(name) >= _SHORTEST:
                by_name.setdefault(name, []).append(unit)
    for name, group in by_name.items():
        if len(group) == 2 and _may_be_one(group[0], group[1]):
            yield _proposal(group[0], group[1], Text(f"both are called {name}", f"都被称为“{name}”"), 0.7)


def _shortened(units: Sequence[Unit]) -> Iterator[Proposal]:
    """A name that is left of another when one sign inside is taken out: it may be short for it."""
    alike: dict[tuple[str, str], list[Unit]] = {}
    for unit in units:
        if len(unit.label) >= _SHORTEST and unit.kind:
            alike.setdefault((unit.label[0], unit.kind), []).append(unit)
    for group in alike.values():
        for first, second in combinations(group, 2):
            short, long = sorted((first, second), key=lambda unit: len(unit.label))
            left = _left_out(short.label, long.label)
            if len(left) == 1 and _may_be_one(first, second) and not _NUMERALS.intersection(left):
                reason = Text(f"one may be short for the other (without {left})", f"可能是简称（少“{left}”）")
                yield _proposal(first, second, reason, round(0.6 * len(short.label) / len(long.label), 2))


def _left_out(short: str, long: str) -> str:
    """What is taken out of the inside of a longer name to get the short one; "" if that does not give it.

    >>> _left_out("甲县丙丙馆", "甲县丙丙乙馆"), _left_out("甲县馆", "甲县馆一部")
    ('乙', '')
    """
    if len(short) * 2 < len(long) or len(short) >= len(long) or short[-1] != long[-1]:
        return ""
    left, at = [], 0
    for sign in long:
        if at < len(short) and sign == short[at]:
            at += 1
        else:
            left.append(sign)
    return "".join(left) if at == len(short) else ""


def _may_be_one(first: Unit, second: Unit) -> bool:
    """Whether nothing that is known of two units tells them apart."""
    kin = first.iri == second.parent or second.iri == first.parent
    said = ((first.kind, second.kind), (first.level, second.level), (first.place, second.place))
    return not kin and all(a == b or not (a and b) for a, b in said)


def _proposal(first: Unit, second: Unit, reason: Text, sure: float) -> Proposal:
    keep, other = sorted((first, second), key=lambda unit: (-len(unit.label), unit.label))
    return Proposal(keep, other, reason, sure)
