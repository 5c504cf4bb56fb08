"""Which unit the words stand for: aliases that the text defines, this body, the city's body, a part of the reporting body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.units import BOTH_SIDES
from kg.model import Mention
from kg.vocab.lexicon import Known, UnitWords


def defined_aliases(plain: str, units: Sequence[Mention], words: UnitWords) -> dict[str, Known]:
    """Short names that the text itself introduces: 甲市乙银行（以下简称“乙行”）."""
    ends = {mention.end: mention for mention in units if not mention.generic}
    aliases = {}
    for rule in words.aliases:
        for match in rule.pattern.finditer(plain):
            mention = ends.get(match.start())
            if mention is not None and mention.name:
                aliases[match[1]] = Known(mention.name, mention.kind)
    return aliases


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
        self._refers = {rule.id: rule.refers for rule in words.deixis}

    def resolve(self, mention: Mention) -> Mention:
        """The mention with its full name; one that stands for the subject gets the subject's name."""
        if mention.rule == BOTH_SIDES:
            return mention
        if not mention.name:
            return self._deictic(mention)
        if mention.generic:
            return self._relative(mention)
        name = self._longer.get(mention.name, mention.name)
        if name == mention.name and mention.rule == "head":
            name = self._inside_parent(mention) or name
        return replace(mention, name=name)

    def is_subject(self, mention: Mention) -> bool:
        """Whether a resolved mention stands for the reporting unit or the body it is a part of."""
        return self.words.key(mention.name) in (self.words.key(self.subject), self.words.key(self.parent)) and not mention.generic

    def _deictic(self, mention: Mention) -> Mention:
        """该院 in a branch's report is the body that the branch belongs to; a bare head is the one body of that kind in the text."""
        same_head = self._refers.get(mention.rule) == "same_head"
        head = mention.text if same_head else mention.text[1:]
        for name in (self.subject, self.parent):
            if name.endswith(head):
                return self._named(mention, name)
        if not same_head:
            return self._named(mention, self.parent if self._ends_like(self.parent, head) else self.subject)
        kind = self.words.kind_of(head)
        others = {self.words.key(n) for n in self._names if n.endswith(head) or (head in self.words.generic_heads and self.words.kind_of(n) == kind)}
        if len(others) == 1:
            return self._named(mention, next(n for n in self._names if self.words.key(n) in others))
        return replace(mention, name=mention.text, kind=kind, generic=True)

    def _ends_like(self, name: str, head: str) -> bool:
        return bool(name) and name[-1] == head[-1]

    def _named(self, mention: Mention, name: str) -> Mention:
        return replace(mention, name=name, kind=self.words.kind_of(name))

    def _relative(self, mention: Mention) -> Mention:
        """市检察院 names the body of the city that the subject lies in; a bare kind of body stays generic."""
        sign, head = mention.text[:1], mention.text[1:]
        if sign not in self.words.level_signs or not (head in self.words.heads and head not in self.words.generic_heads):
            return mention
        place = next((p for p in self.places if p.endswith(sign)), "")
        if not place or len(head) < 2:
            return mention
        return replace(mention, name=place + head, generic=False, rule="relative-name")

    def _inside_parent(self, mention: Mention) -> str:
        """第一检察部 in a report of 甲区检察院 is 甲区检察院第一检察部."""
        if self.words.kind_of(mention.name) not in self.words.parts_of_bodies or self._places(mention.name):
            return ""
        return self.parent + mention.name if self.parent and not mention.name.startswith(self.parent) else ""

    def _parent(self, subject: str) -> str:
        """The body a part belongs to: the name up to the last head that is not its own end."""
        best = ""
        for start, end, head in self.words.heads_in(subject, 0, len(subject)):
            if end < len(subject) and start > 0 and len(head) > 1 and self.words.heads.get(head) not in self.words.parts_of_bodies:
                best = subject[:end]
        return best or subject

    def _places(self, name: str) -> tuple[str, ...]:
        """The places a name holds and those above them, the lowest first."""
        found = self.words.places_in(name)
        return tuple(dict.fromkeys([*found, *(upper for place in found for upper in self.words.places[place])]))

    def _longer_names(self, names: Sequence[str]) -> Mapping[str, str]:
        """Short form → the longest name in the document that only adds places or a superior body in front of it."""
        longer: dict[str, set[str]] = {}
        every = sorted(set(names))
        for name in every:
            for other in every:
                prefix = other.removesuffix(name) if other.endswith(name) else self.words.key(other).removesuffix(self.words.key(name))
                if name != other and 0 < len(prefix) < len(self.words.key(other)) and self._is_superior(prefix):
                    longer.setdefault(name, set()).add(other)
        return {name: max(others, key=len) for name, others in longer.items()}

    def _is_superior(self, prefix: str) -> bool:
        """Whether a prefix is made of places, or is a body of its own (甲市消防支队 before 乙区消防大队)."""
        rest = prefix
        for word in sorted({*self._places(prefix), *self.words.place_prefixes}, key=len, reverse=True):
            rest = rest.replace(word, "")
        return not rest or any(end == len(prefix) and len(head) > 1 for _, end, head in self.words.heads_in(prefix, 0, len(prefix)))
