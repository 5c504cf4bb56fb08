"""The extraction grammar of the ontology folder as compiled Python objects: words, patterns and frames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from kg.vocab.case_words import CaseWords
from kg.vocab.gazetteer import Gazetteer
from kg.vocab.mechanism_words import MechanismWords
from kg.vocab.outcome_lexicon import OutcomeLexicon
from kg.vocab.vocabulary import Vocabulary

_KEPT_KEYS = 20_000
_SHORTEST_LONG_PLACE = 2  # a place of two signs needs both


class Known(NamedTuple):
    """A unit that a table, the gazetteer or the text itself names: its full name and kind."""

    name: str
    kind: str


class WordIndex:
    """Finds many words in a text at once (Aho–Corasick); of words that end at one place the longest comes first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, word)
        if len(self._automaton):
            self._automaton.make_automaton()

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, word) of every occurrence inside text[start:end]."""
        if len(self._automaton):
            for last, word in self._automaton.iter(text, start, end):
                yield last + 1 - len(word), last + 1, word


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the grammar with the example that proves it."""

    id: str
    pattern: re.Pattern[str]
    example: str
    gives: tuple[str, ...] = ()
    refers: str = ""


@dataclass
class UnitWords:
    """The grammar of unit names (ontology/extraction/units.yaml) with the heads of the vocabulary."""

    heads: Mapping[str, str]
    generic_heads: Mapping[str, str]
    generic_modifiers: frozenset[str]
    systems: frozenset[str]
    boundaries: frozenset[str]
    verbs_in_names: frozenset[str]
    followed_not: Mapping[str, tuple[str, ...]]
    not_first: frozenset[str]
    place_prefixes: frozenset[str]
    province_signs: frozenset[str]
    level_signs: frozenset[str]
    town_signs: frozenset[str]
    part_signs: frozenset[str]
    count_units: frozenset[str]
    counted: re.Pattern[str]
    boundaries_in_names: frozenset[str]
    hard_boundaries: frozenset[str]
    joining: frozenset[str]
    joint_named: frozenset[str]
    long_named: frozenset[str]
    toponym_heads: frozenset[str]
    parts_of_bodies: frozenset[str]
    first_person: frozenset[str]
    joining_verbs: frozenset[str]
    with_words: frozenset[str]
    common_departments: frozenset[str]
    before_count: frozenset[str]
    persons: tuple[str, ...]
    never_before: tuple[str, ...]
    means: tuple[str, ...]
    spellings: Mapping[str, str]
    forms: Sequence[tuple[re.Pattern[str], str]]
    level_words: Mapping[str, str]
    both_sides: re.Pattern[str]
    implied_sides: re.Pattern[str]
    category: re.Pattern[str]
    any_body: re.Pattern[str]
    sums_up: re.Pattern[str]
    with_before: re.Pattern[str]
    short_name: re.Pattern[str]
    after_places: re.Pattern[str]
    deixis: tuple[Rule, ...]
    aliases: tuple[Rule, ...]
    numerals: Mapping[str, int]
    places: Mapping[str, tuple[str, ...]]  # place name -> names of the places above it
    bare_kinds: Mapping[str, Sequence[str]]
    place_kind: str
    place_shorts: frozenset[str]
    known: Mapping[str, Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._heads = WordIndex({*self.heads, *self.generic_heads})
        self._known = WordIndex(self.known)
        self._keys: dict[str, str] = {}

    def heads_in(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The heads in text[start:end], of those that end together only the longest."""
        longest: dict[int, tuple[int, int, str]] = {}
        for found in self._heads.find(text, start, end):
            longest.setdefault(found[1], found)
        return iter(longest.values())

    def known_in(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, Known]]:
        for begin, finish, word in self._known.find(text, start, end):
            yield begin, finish, self.known[word]

    def deixis_in(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        for rule in self.deixis:
            for match in rule.pattern.finditer(text, start, end):
                yield rule.id, match.start(), match.end()

    def kind_of(self, name: str) -> str:
        """The kind of the longest head that a name ends in, "" if none."""
        for length in range(min(10, len(name)), 0, -1):
            head = name[-length:]
            if head in self.generic_heads or head in self.heads:
                return self.generic_heads.get(head) or self.heads.get(head, "")
        return ""

    def key(self, name: str) -> str:
        """What the spellings of one name share (the long and the usual form of an office)."""
        known = self._keys.get(name)
        if known is None:
            known = name
            for full, short in self.spellings.items():
                known = known.replace(full, short)
            for pattern, usual in self.forms:
                known = pattern.sub(usual, known)
            if len(self._keys) > _KEPT_KEYS:
                self._keys.clear()
            self._keys[name] = known
        return known

    def places_in(self, name: str) -> tuple[str, ...]:
        """The places that a name holds, the lowest first."""
        ends = range(2, len(name) + 1)
        found = {name[a:b] for b in ends for a in range(max(0, b - 12), b - 1) if name[a:b] in self.places}
        return tuple(sorted(found, key=lambda place: (-len(self.places[place]), -len(place), place)))

    def without_level_signs(self, name: str) -> str:
        """The name with its places in short form: 荆门市某馆 and 荆门某馆 are one in a text."""
        for place in self.places_in(name):
            if len(place) > _SHORTEST_LONG_PLACE and place[-1] in self.level_signs:
                name = name.replace(place, place[:-1], 1)
        return name

    def inner_heads(self, name: str) -> list[tuple[int, int, str]]:
        """The heads inside a name, before the head that it ends in and not a part of that one."""
        found = list(self.heads_in(name, 0, len(name)))
        last = min((start for start, end, _ in found if end == len(name)), default=len(name))
        return [(start, end, head) for start, end, head in found if start > 0 and end <= last and len(head) > 1]

    def is_count(self, word: str) -> bool:
        return bool(self.counted.fullmatch(word))

    def number(self, count: str) -> int | None:
        """The number a count states, None if it is vague."""
        digits = re.match(r"\d+", count)
        if digits:
            return int(digits[0])
        return self.numerals.get(count[:1])

    def may_precede_place(self, word: str, tag: str) -> bool:
        """Whether a word in front of a place name belongs to a unit's name (国网江苏…)."""
        return word in self.place_prefixes or tag in ("nz", "nt", "ns") or word in "·（）"

    def listed_before(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of the short items of a list (甲、乙、丙) that ends at `end`."""
        match = re.search(r"(?:[\u4e00-\u9fff]{2,9}[、和])+[\u4e00-\u9fff]{2,7}$", text[start:end])
        if not match:
            return []
        spans: list[tuple[int, int]] = []
        at = start + match.start()
        for item in re.split("[、和]", match[0]):
            skipped = 0 if spans else self._leading_boundary(item)
            spans.append((at + skipped, at + len(item)))
            at += len(item) + 1
        return spans

    def _leading_boundary(self, item: str) -> int:
        """Length of what stands before a list's first item: a boundary word (会同甲, 乙), or all up to 的."""
        behind = item.rfind("的") + 1
        return behind or next((length for length in (2, 1) if item[:length] in self.boundaries), 0)

    def with_known(self, more: Mapping[str, Known]) -> UnitWords:
        """The same grammar that knows more names."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return UnitWords(**{**values, "known": {**self.known, **more}})


@dataclass(frozen=True)
class Lexicon:
    """All that extraction knows of a language and a genre; made once per build, shared by all documents."""

    words: Mapping[str, tuple[str, ...]]
    units: UnitWords
    mechanisms: MechanismWords
    frames: tuple[Rule, ...]
    frames_not_before: tuple[str, ...]
    frames_future: tuple[str, ...]
    frames_planned: re.Pattern[str]
    cases: CaseWords
    outcomes: OutcomeLexicon
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    folder: Path
    measured: Mapping[str, Mapping[str, float]]

    def confidence(self, kind: str, rule: str) -> float:
        """How often the rule was right on the tuned corpus; a rule that was not met there is as sure as its kind."""
        rules = self.measured[kind]
        return rules.get(rule, rules[""])

    def with_known(self, more: Mapping[str, Known]) -> Lexicon:
        """The same lexicon that knows more unit names (from a table, or from the document at hand)."""
        return replace(self, units=self.units.with_known(more))

    def heads(self) -> dict[str, None]:
        """All heads of two signs and more, which a tokenizer should not cut, in order."""
        every = {*self.units.heads, *self.units.generic_heads, *self.mechanisms.heads}
        return dict.fromkeys(sorted(head for head in every if len(head) > 1))
