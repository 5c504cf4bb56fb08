"""How well a graph agrees with a hand-made reference ("gold"): precision, recall and F1 for each kind of fact.

A gold file is JSON: `source` (file name of the text), `sector` (what kind of bodies it is about; may be missing) and `cases`,
each with `subject` and lists of `mechanisms` (name, alt, text), `partners` (text, alt), `cooperations` (with, through) and
`outcomes` (what, value); `optional_mechanisms`, `optional_partners` and `optional_outcomes` are neither asked for nor
counted against.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import InputError, Text
from kg.evaluate.found import FoundCase, FoundCooperation, FoundOutcome
from kg.evaluate.names import Names, alike, known_as, plain

KINDS = ("cases", "mechanisms", "partners", "cooperations", "outcomes")
Wanted = TypeVar("Wanted")
Found = TypeVar("Found")


@dataclass
class Figure:
    """Counts for one kind of fact, with every miss and false find in words.

    >>> figure = Figure(hits=3, missed=["x"], extra=[])
    >>> figure.precision, figure.recall, round(figure.f1, 3)
    (1.0, 0.75, 0.857)
    """

    hits: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + len(self.extra)) if self.hits or self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits or self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Figure) -> None:
        self.hits += other.hits
        self.missed += other.missed
        self.extra += other.extra

    def to_json(self) -> dict[str, Any]:
        rounded = {name: round(getattr(self, name), 3) for name in ("precision", "recall", "f1")}
        return {**rounded, "hit": self.hits, "missed": self.missed, "extra": self.extra}


Score = dict[str, Figure]


@dataclass(frozen=True)
class Gold:
    """A reference for one text; `cases` as in the file."""

    path: Path
    source: str
    cases: tuple[Mapping[str, Any], ...]
    sector: str = ""

    @classmethod
    def read(cls, path: Path) -> Gold:
        """Reads a gold file.

        Raises:
            InputError: the file is missing, is no JSON, or lacks a part.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8-sig"))
            cases = tuple(_checked(case) for case in content["cases"])
            return cls(path, str(content["source"]), cases, str(content.get("sector", "")))
        except OSError as error:
            reason = Text(str(error.strerror), str(error.strerror))
        except KeyError as error:
            reason = Text(f"it has no {error}", f"缺少 {error}")
        except (ValueError, TypeError, AttributeError) as error:
            reason = Text(str(error), str(error))
        raise InputError(
            Text(f"{path} is no reference to compare with: {reason.en}", f"{path} 不能用作对照的标注文件：{reason.zh}"),
            Text("Give a JSON file with “source” and “cases”.", "请给出含有“source”和“cases”的 JSON 文件。"),
        )


def _checked(case: Mapping[str, Any]) -> Mapping[str, Any]:
    for part in ("subject", *KINDS[1:]):
        if part not in case:
            raise KeyError(part)
    return case


def gold_files(paths: Iterable[Path]) -> list[Gold]:
    """The gold files named, and those in the folders named, in order of name."""
    files = chain.from_iterable(sorted(path.rglob("*.json")) if path.is_dir() else [path] for path in paths)
    return [Gold.read(file) for file in files]


def total(scores: Iterable[Score]) -> Score:
    """The sum of several scores."""
    summed = {kind: Figure() for kind in KINDS}
    for score in scores:
        for kind in KINDS:
            summed[kind].add(score[kind])
    return summed


def by_sector(golds: Iterable[Gold], scores: Iterable[Score]) -> dict[str, Score]:
    """The sum for each sector that references name, in order of name."""
    parts: dict[str, list[Score]] = {}
    for gold, score in zip(golds, scores, strict=True):
        if gold.sector:
            parts.setdefault(gold.sector, []).append(score)
    return {sector: total(parts[sector]) for sector in sorted(parts)}


def total_of(score: Score) -> Figure:
    """All kinds of facts counted together."""
    together = Figure()
    for figure in score.values():
        together.add(figure)
    return together


def score(gold: Gold, found: Iterable[FoundCase]) -> Score:
    """Compares what was found with the reference, case by case."""
    pool = list(found)
    scores = [_score_case(case, _take(pool, case["subject"])) for case in gold.cases]
    summed = total(scores)
    summed["cases"].extra += [left.subject[0] for left in pool]
    return summed


def _take(pool: list[FoundCase], subject: str) -> FoundCase | None:
    """Takes the case about `subject` out of the pool: the same name before a similar one."""
    same = (case for case in pool if plain(subject) in map(plain, case.subject))
    similar = (case for case in pool if known_as((subject,), case.subject))
    case = next(chain(same, similar), None)
    if case is not None:
        pool.remove(case)
    return case


def _score_case(gold: Mapping[str, Any], found: FoundCase | None) -> Score:
    got = found or FoundCase(())
    cases = Figure(hits=1) if found else Figure(missed=[gold["subject"]])
    optional = {kind: list(gold.get(f"optional_{kind}", ())) for kind in KINDS}
    return {
        "cases": cases,
        "mechanisms": _things(gold["mechanisms"], got.mechanisms.values(), optional["mechanisms"]),
        "partners": _things(gold["partners"], got.partners.values(), optional["partners"]),
        "cooperations": _cooperations(gold, got.cooperations.values(), optional["partners"]),
        "outcomes": _outcomes(gold["outcomes"], got.outcomes.values(), optional["outcomes"]),
    }


def _pair(
    wanted: Iterable[Wanted], found: Iterable[Found], same: Callable[[Wanted, Found], bool]
) -> tuple[int, list[Wanted], list[Found]]:
    """Pairs greedily, one to one: how many pairs, what is missed, what is left over."""
    left = list(found)
    missed: list[Wanted] = []
    pairs = 0
    for item in wanted:
        place = next((place for place, other in enumerate(left) if same(item, other)), None)
        if place is None:
            missed.append(item)
        else:
            del left[place]
            pairs += 1
    return pairs, missed, left


def _names(thing: str | Mapping[str, Any]) -> Names:
    if isinstance(thing, str):
        return (thing,)
    return (*(thing[key] for key in ("name", "text") if key in thing), *thing.get("alt", ()))


def _things(wanted: Iterable[Mapping[str, Any]], found: Iterable[Names], optional: Sequence[str]) -> Figure:
    pairs, missed, left = _pair(map(_names, wanted), sorted(found), known_as)
    extra = [names for names in left if not known_as(tuple(optional), names)]
    return Figure(pairs, [names[0] for names in missed], [names[0] for names in extra])


def _cooperations(case: Mapping[str, Any], found: Iterable[FoundCooperation], optional: Sequence[str]) -> Figure:
    known = {thing[key]: _names(thing) for kind, key in (("partners", "text"), ("mechanisms", "name")) for thing in case[kind]}

    def all_in(names: Iterable[str], things: Iterable[Names]) -> bool:
        return all(any(known_as(known.get(name, (name,)), thing) for thing in things) for name in names)

    def same(wanted: Mapping[str, Any], got: FoundCooperation) -> bool:
        fits = all_in(wanted["with"], got.partners) and all_in(wanted["through"], got.through)
        return fits and len(got.partners) <= len(wanted["with"]) + 1

    ordered = sorted(found, key=lambda item: (sorted(item.partners), sorted(item.through)))
    pairs, missed, left = _pair(case["cooperations"], ordered, same)
    extra = [item for item in left if not all(known_as(tuple(optional), partner) for partner in item.partners)]
    say_missed = [_arrow(item["with"], item["through"]) for item in missed]
    return Figure(pairs, say_missed, [_arrow(_first(item.partners), _first(item.through)) for item in extra])


def _first(things: Iterable[Names]) -> list[str]:
    return sorted(names[0] for names in things)


def _arrow(partners: Iterable[str], through: Iterable[str]) -> str:
    return "、".join(partners) + " → " + "、".join(through)


def _outcomes(wanted: Iterable[Mapping[str, Any]], found: Iterable[FoundOutcome], optional: Sequence[str]) -> Figure:
    pairs, missed, left = _pair(wanted, sorted(found, key=lambda outcome: outcome.label), _same_outcome)
    extra = [item for item in left if not any(_holds(name, item.label) or _holds(item.label, name) for name in optional)]
    say = [f"{item['what']} {item.get('value', '')}".strip() for item in missed]
    return Figure(pairs, say, [f"{item.label} {'' if item.value is None else f'{item.value:g}'}".strip() for item in extra])


def _holds(long: str, short: str) -> bool:
    return plain(short) in plain(long)


def _same_outcome(wanted: Mapping[str, Any], got: FoundOutcome) -> bool:
    what, value = wanted["what"], wanted.get("value")
    named = _holds(got.label, what) or alike(what, got.label)
    if value is None:
        return named
    close = got.value is not None and abs(got.value - value) < 1e-6 * max(1, abs(value))
    return close and (named or _holds(what, got.label))
