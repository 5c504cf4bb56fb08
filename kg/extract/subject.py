"""Whom a single report is about: the unit that the title and the first sentence name first and the text names most often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from kg.extract.lines import is_aside, is_running
from kg.extract.units import COUNTED, NOT_MEANT, PLACE_ACTS, SYSTEM
from kg.model import Document, Mention
from kg.vocab.case_words import CaseWords

Key = Callable[[str], str]

NOT_SUBJECT = (COUNTED, SYSTEM, NOT_MEANT)
# How much more than once more it counts to be named …
_SPEAKER = 10  # before a colon at the head of the title
_TITLE = 5  # first in the title
_LEAD = 3  # first in the first running line
_PLACE = 0.4  # a village or town is often only where something happens
_PART = 0.5  # what a part of a body does speaks for the body
_ACTS = 0.5  # begins a clause and no list, so that it does what the clause says
_SHORTEST_RELATIVE = 2
_LONGEST_RELATIVE = 12  # a longer name goes down to a part of the body, and is one of its own
_REACH = 4  # signs before a name that say whether it acts


def find_subject(
    document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords, key: Key, blocks: range
) -> Mention | None:
    """The mention that names the unit most fully, None if the text names no unit.

    Args:
        blocks: numbers of the blocks that make up the report.
        plain: normalised text.
        units: the unit mentions of each block.
        key: what the spellings of a name share.
    """
    votes = _Votes(words, key)
    titled = led = False
    for number in blocks:
        block = document.blocks[number]
        if is_aside(block, plain, words):
            continue
        named = [m for m in units[number] if _may_act(m, plain, words)]
        running = is_running(block, plain, words)
        first, bonus = named[0] if named else None, 0.0
        if first and not words.not_actor_after.search(plain, max(block.start, first.start - _REACH), first.start):
            bonus = _bonus(plain, first, words, titled or led) if not running else 0 if led else _LEAD
        votes.add(named, first, bonus, [m for m in named if _acts(m, plain, words)])
        titled = titled or (not running and bool(named))
        led = led or (running and bool(named))
    return votes.winner()


def _bonus(plain: str, first: Mention, words: CaseWords, late: bool) -> float:
    """What being first in a line that is no sentence counts; `late`: not the first such line before the text."""
    if late:
        return 0
    return _SPEAKER if words.speaker.match(plain, first.end) else _TITLE


def _may_act(mention: Mention, plain: str, words: CaseWords) -> bool:
    """Whether a mention can be whom a report is about: a named unit that does not just report the news."""
    if mention.rule in (COUNTED, NOT_MEANT) or (mention.rule == SYSTEM and not _acts(mention, plain, words)):
        return False
    named = bool(mention.name) and (not mention.generic or _is_relative(mention, words))
    quoted = plain[max(0, mention.start - 1)] == "“"
    return named and not quoted and not words.reporter.match(plain, mention.end)


def _acts(mention: Mention, plain: str, words: CaseWords) -> bool:
    """Whether a mention begins its clause and is the only one there."""
    return bool(words.clause_start.search(plain, max(0, mention.start - _REACH), mention.start)) and not words.goes_on.match(
        plain, mention.end
    )


def _is_relative(mention: Mention, words: CaseWords) -> bool:
    """市某院: the body of the place that the report is about."""
    return bool(words.relative.match(mention.text)) and len(mention.text) > _SHORTEST_RELATIVE


class _Votes:
    """Counts how often names are named, under what their spellings share."""

    def __init__(self, words: CaseWords, key: Key) -> None:
        self.words = words
        self.key = key
        self._weight: dict[str, float] = defaultdict(float)
        self._mentions: dict[str, Mention] = {}

    def add(self, named: Sequence[Mention], first: Mention | None, bonus: float, acting: Sequence[Mention]) -> None:
        """Adds the mentions of a line; `first` gets the bonus of being named first."""
        for mention in named:
            name = self.key(mention.name)
            old = self._mentions.setdefault(name, mention)
            if len(mention.name) > len(old.name):
                self._mentions[name] = mention
            place = mention.name[-1] in self.words.level_signs and mention.rule != PLACE_ACTS
            relative = _is_relative(mention, self.words) and len(mention.name) <= _LONGEST_RELATIVE
            self._weight[name] += (_PLACE if place else 1) + (bonus if mention is first and not relative else 0)
            self._weight[name] += _ACTS if mention in acting else 0

    def winner(self) -> Mention | None:
        """The mention of the name with most support, by its longest form with the same end."""
        if not self._mentions:
            return None
        total = {name: sum(n * self._support(other, name) for other, n in self._weight.items()) for name in self._mentions}
        best = max(self._mentions, key=lambda name: (total[name], not self._relative(name), len(name), -self._first(name)))
        best = self._office_of(best)
        return self._mentions[max((name for name in self._mentions if name.endswith(best)), key=len)]

    def _first(self, name: str) -> int:
        return self._mentions[name].start

    def _relative(self, name: str) -> bool:
        return _is_relative(self._mentions[name], self.words)

    def _office_of(self, name: str) -> str:
        """The office or body of a place that the text begins with, where the title names the place for it."""
        place = self._mentions[name].rule == PLACE_ACTS
        if not place and not self.words.places_with_offices.search(name):
            return name
        longer = [n for n in self._mentions if n.startswith(name) and n != name]
        offices = longer if place else [n for n in longer if self._mentions[n].kind in self.words.office_kinds]
        led = [n for n in offices if self._weight[n] > _LEAD]
        return max(led, key=lambda n: (self._weight[n], -len(n)), default=name)

    def _is_relative_of(self, other: str, name: str) -> bool:
        """Whether 县某院 may mean 甲某院: the same head, and no sign of another level before it."""
        signs, rest = self.words.level_signs, other[1:]
        if other[0] not in signs or not _SHORTEST_RELATIVE < len(other) < len(name):
            return False
        return name.endswith(rest) and name[-len(rest) - 1] not in signs

    def _support(self, other: str, name: str) -> float:
        """How far naming `other` also speaks of `name`: a shorter form, the relative name, a part of it."""
        if name.endswith(other) or self._is_relative_of(other, name):
            return 1
        return _PART if other.startswith(name) and name[-1] not in self.words.level_signs else 0
