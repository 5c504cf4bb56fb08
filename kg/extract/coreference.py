"""Which unit the words stand for: aliases that the text defines, this body, the city's body, a part of the reporting body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.units import BOTH_SIDES, COMMON, IMPLIED_SIDES, PLACE
from kg.model import Document, Mention
from kg.vocab.case_words import CaseWords
from kg.vocab.lexicon import Known, UnitWords

_SHORTEST_PLACE, _LONGEST_PLACE = 3, 4


def defined_aliases(plain: str, units: Sequence[Mention], words: UnitWords) -> dict[str, Known]:
    """Short names that the text itself introduces: 甲市乙行（以下简称“乙”）."""
    ends = {mention.end: mention for mention in units if not mention.generic}
    aliases = {}
    for rule in words.aliases:
        for match in rule.pattern.finditer(plain):
            mention = ends.get(match.start())
            if mention is not None and mention.name:
                aliases[match[1]] = Known(mention.name, mention.kind)
    return aliases


def headed_names(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords) -> dict[str, Known]:
    """Names that stand whole between the start of a heading, a number aside, and a colon: 一、新渡甲所：…"""
    names = {}
    for number, block in enumerate(document.blocks):
        if block.end - block.start > words.longest_heading:
            continue
        heading = words.heading.match(plain[block.start : block.end])
        begin = block.start + (heading.end() if heading else 0)
        for mention in units[number]:
            name = plain[begin : mention.end]
            if begin < mention.start and words.speaker.match(plain, mention.end) and words.whole_name.fullmatch(name):
                names[name] = Known(name, mention.kind)
    return names


class Coreference:
    """Full names of the units of one report.

    Args:
        subject: full name of the unit the report is about.
        names: all specific names in the document, for short forms of a longer name.
        words: the unit grammar (places, level signs).
    """

    def __init__(self, subject: str, names: Sequence[str], words: UnitWords) -> None:
        self.words = words
        self.subject = subject
        self.parent = self._parent(subject)
        self.places = self._places(subject)
        self._longer = self._longer_names(names)
        self._names = [self._longer.get(name, name) for name in dict.fromkeys(names)]
        self._seen: list[str] = []  # the specific names met so far, in text order
        self._refers = {rule.id: rule.refers for rule in words.deixis}

    def resolve(self, mention: Mention) -> Mention:
        """The mention with its full name; one that stands for the subject gets the subject's name."""
        if mention.rule in (BOTH_SIDES, IMPLIED_SIDES):
            return mention
        if mention.rule == PLACE:
            return self._body_of_place(mention)
        if not mention.name:
            return self._deictic(mention)
        if mention.generic:
            return self._relative(mention)
        name = self._longer.get(mention.name, mention.name)
        self._seen.append(name)
        if mention.rule == COMMON and self.words.kind_of(name) in self.words.common_departments:
            return replace(mention, generic=True)
        if name == mention.name and mention.rule in ("head", COMMON):
            name = self._inside_parent(mention) or name
        return replace(mention, name=name)

    def is_subject(self, mention: Mention) -> bool:
        """Whether a resolved mention stands for the reporting unit or a body it is a part of."""
        return not mention.generic and any(self._same(mention.name, name) for name in (self.subject, *self._bodies(self.subject)))

    def _same(self, name: str, other: str) -> bool:
        """Whether one of two names only adds places to the other."""
        short, long = sorted((self.words.key(name), self.words.key(other)), key=len)
        return bool(short) and long.endswith(short) and not self._without_places(long.removesuffix(short))

    def _deictic(self, mention: Mention) -> Mention:
        """该院 is the subject or the body it is a part of; 该行 is the one of that kind that the text names."""
        same_head = self._refers.get(mention.rule) == "same_head"
        head = mention.text if same_head else mention.text[1:]
        for name in (self.subject, self.parent):
            if name.endswith(head):
                return self._named(mention, name)
        if same_head and self.words.kind_of(self.subject) in self.words.bare_kinds.get(head, ()):
            return self._named(mention, self.subject)
        only = self._only_body(head) if same_head else self._last_body(head)
        if only:
            return self._named(mention, only)
        if not same_head and (mention.text[0] in self.words.first_person or len(head) > 1):
            return self._named(mention, self.parent)
        return replace(mention, name=mention.text, kind=self.words.kind_of(head), generic=True)

    def _last_body(self, head: str) -> str:
        """The name met last that ends in a head, "" if none."""
        return next((name for name in reversed(self._seen) if name.endswith(head)), "")

    def _only_body(self, head: str) -> str:
        """The one name in the text that ends in a head or is of a kind the head may mean, "" if there are several."""
        kinds = self.words.bare_kinds.get(head, ())
        fits = {self.words.key(n): n for n in self._names if n.endswith(head) or self.words.kind_of(n) in kinds}
        fits = {key: name for key, name in fits.items() if not self._same(name, self.subject)}
        return next(iter(fits.values())) if len(fits) == 1 else ""

    def _named(self, mention: Mention, name: str) -> Mention:
        return replace(mention, name=name, kind=self.words.kind_of(name))

    def _body_of_place(self, mention: Mention) -> Mention:
        """The body there that is like the subject (乙 in a report of 甲区某局 is 乙区某局), else the place as a kind of body."""
        rest = self.parent
        for place in reversed(self.words.places_in(self.parent)):
            rest = rest.removeprefix(place)
        if rest not in self.words.heads:
            return replace(mention, generic=True)
        full = [place for place in self.words.places if place[:-1] == mention.text or place == mention.text]
        return replace(mention, name=(full[0] if len(full) == 1 else mention.text) + rest, kind=self.words.heads[rest])

    def _relative(self, mention: Mention) -> Mention:
        """市院 names the body of the city that the subject lies in; a bare kind of body stays generic."""
        sign, head = mention.text[:1], mention.text[1:]
        if sign not in self.words.level_signs or not (head in self.words.heads and head not in self.words.generic_heads):
            return mention
        place = next((p for p in self.places if p.endswith(sign)), "")
        if not place or len(head) < 2:
            return mention
        return replace(mention, name=place + head, generic=False, rule="relative-name")

    def _inside_parent(self, mention: Mention) -> str:
        """第一部 in a report of 甲区某院 is 甲区某院第一部; a part of a bare kind of body is that of the one named."""
        name, words = mention.name, self.words
        part = words.kind_of(name) in words.parts_of_bodies and name[0] not in words.level_signs
        if not part or self._places(name) or not self.parent:
            return ""
        heads = [(end, head) for _, end, head in words.heads_in(name, 0, len(name)) if end < len(name)]
        own = [(end, head) for end, head in heads if words.heads.get(head) not in words.parts_of_bodies]
        inner = [name[:end] for end, head in own if len(head) > 1 or head in words.toponym_heads]
        if inner:
            only = self._only_body(inner[0])
            return only + name.removeprefix(inner[0]) if only else ""
        return "" if name.startswith(self.parent) else self.parent + name

    def _parent(self, subject: str) -> str:
        """The body that the subject is a part of, else the subject."""
        return next(iter(self._bodies(subject)), subject)

    def _bodies(self, name: str) -> list[str]:
        """The bodies that a name begins with, the nearest first: 甲局乙所, 甲局 of 甲局乙所丙部."""
        words = self.words
        heads = words.inner_heads(name)
        ends = {end for _, end, head in heads if words.heads.get(head, words.parts_of_bodies) not in words.parts_of_bodies}
        return [name[:end] for end in sorted(ends, reverse=True)]

    def _places(self, name: str) -> tuple[str, ...]:
        """The places a name holds and those above them, the lowest first."""
        found = self.words.places_in(name)
        return tuple(dict.fromkeys([*found, *(upper for place in found for upper in self.words.places[place])]))

    def _longer_names(self, names: Sequence[str]) -> Mapping[str, str]:
        """Short form → the longest name in the document that only adds places or a superior body in front of it."""
        longer: dict[str, set[str]] = {}
        keys = {name: self.words.key(name) for name in sorted(set(names))}
        bare = {name: self.words.without_level_signs(key) for name, key in keys.items()}
        for name, form in keys.items():
            for other, whole in keys.items():
                prefix = whole.removesuffix(form)
                adds = whole.endswith(form) and 0 < len(prefix) < len(whole) and self._is_superior(prefix)
                if adds or (len(other) > len(name) and bare[name] == bare[other]):
                    longer.setdefault(name, set()).add(other)
        return {name: max(sorted(others), key=len) for name, others in longer.items()}

    def _is_superior(self, prefix: str) -> bool:
        """Whether a prefix is made of places, or is a body of its own (甲市之队 before 乙区之队)."""
        # A place that the gazetteer lacks looks like one.
        unknown = _SHORTEST_PLACE <= len(prefix) <= _LONGEST_PLACE and prefix[-1] in self.words.level_signs
        return (
            unknown
            or not self._without_places(prefix)
            or any(end == len(prefix) and len(head) > 1 for _, end, head in self.words.heads_in(prefix, 0, len(prefix)))
        )

    def _without_places(self, text: str) -> str:
        """What is left of a prefix when places and words that stand before them are taken out."""
        for word in sorted(sorted({*self._places(text), *self.words.place_prefixes}), key=len, reverse=True):
            text = text.replace(word, "")
        return "" if text in self.words.place_shorts else text
