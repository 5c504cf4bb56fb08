"""Mentions of units: names read leftwards from a head, names that are known, and words that stand for a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.names import Name, NameReader
from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.lexicon import UnitWords

BOTH_SIDES = "both-sides"
IMPLIED_SIDES = "implied-sides"  # together, with nobody named in the sentence
COUNTED = "counted-bodies"
SYSTEM = "system"  # 甲市税务部门: all bodies of a kind in a place
COMMON = "common-words"  # 微型某站: a specific name made of common words only
PLACE = "place-for-body"
PLACE_ACTS = "place-acts"  # 甲县推行…: the place as whom a report is about
NOT_MEANT = "not-meant"
ANY_BODY = "any-body"  # 部门, 单位: nobody in particular
IN_CATEGORY = "listed-in-category"
_CLAUSE_SIGNS = "，。；：！？,;:"
_ACTING_TAGS = frozenset(("v", "vd", "vn", "d", "ad", "p", "a"))
_SHORT_NAME = 4
_SHORTEST_RELATIVE = 2
_SHORT_KNOWN = 3
_LOST_START = 3  # signs at the start of a listed name that the name grammar could not read
_ITEM = re.compile(r"(?<=、)(?P<item>[\u4e00-\u9fff]{2,22})(?P<after>、|和|及|与|等)")


class UnitFinder:
    """Finds unit mentions in a block of text.

    Args:
        words: the unit grammar of ontology/extraction/units.yaml with the heads of the vocabulary.
    """

    def __init__(self, words: UnitWords) -> None:
        self.words = words

    def find(self, plain: str, tokens: Sequence[Token]) -> list[Mention]:
        """Mentions in text order, not overlapping, the longest at each place.

        Args:
            plain: normalised text of the whole document (offsets of the tokens point into it).
            tokens: the words of one block.
        """
        if not tokens:
            return []
        begin, finish = tokens[0].start, tokens[-1].end
        found = list(self._by_head(plain, tokens, begin, finish))
        starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
        for start, end, known in self.words.known_in(plain, begin, finish):
            if end - start <= _SHORT_KNOWN and not (start in starts and end in ends):
                continue  # 集|中行|动
            found.append(Mention(plain[start:end], start, end, known.name, "unit", known.kind, False, "known-name"))
        for rule, start, end in self.words.deixis_in(plain, begin, finish):
            if self._guarded(plain, plain[start:end], end, finish):
                continue
            found.append(Mention(plain[start:end], start, end, "", "unit", "", False, rule))
        for rule, pattern in ((BOTH_SIDES, self.words.both_sides), (IMPLIED_SIDES, self.words.implied_sides)):
            for match in pattern.finditer(plain, begin, finish):
                found.append(Mention(match[0], match.start(), match.end(), "", "unit", "", False, rule))
        found.extend(self._places(plain, tokens))
        found.extend(self._acting_places(plain, tokens))
        kept = longest(found)
        kept = longest([*kept, *self._listed(plain, tokens, kept)])
        kept = longest([*kept, *self._in_category(plain, tokens, kept)])
        return [self._not_meant(plain, tokens, mention, finish) for mention in kept]

    def _by_head(self, plain: str, tokens: Sequence[Token], begin: int, finish: int) -> Iterator[Mention]:
        ends = {token.end: index for index, token in enumerate(tokens)}
        reader = NameReader(self.words, tokens)
        for head_start, head_end, head in self.words.heads_in(plain, begin, finish):
            index = ends.get(head_end)
            if index is None or self._guarded(plain, head, head_end, finish):
                continue
            name = reader.read(index, head, head_start)
            if name is not None:
                yield from self._mentions(plain, tokens, name)

    def _guarded(self, plain: str, head: str, end: int, finish: int) -> bool:
        """True where the following text shows that these words are no unit (某司 in 某司法)."""
        after = plain[end : min(finish, end + 4)]
        return after.startswith(self.words.never_before) or after.startswith(self.words.followed_not.get(head, ("\n",)))

    def _places(self, plain: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        """联合甲、乙，建立…: places that stand for the bodies there, after a word of joining."""
        for index, token in enumerate(tokens):
            if token.text not in self.words.joining_verbs:
                continue
            places: list[Token] = []
            at = index + 1
            while at < len(tokens) and (self._is_place(tokens[at]) or (places and tokens[at].text == "、")):
                places.append(tokens[at])
                at += 1
            if (
                not places
                or places[-1].text == "、"
                or at >= len(tokens)
                or not self.words.after_places.match(plain, tokens[at].start)
            ):
                continue
            for place in places:
                if place.text != "、":
                    yield Mention(place.text, place.start, place.end, place.text, "unit", "", False, PLACE)

    def _acting_places(self, plain: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        """近年来，甲省乙县推行…: places at the beginning of a clause, right before its verb."""
        at = 0
        while at < len(tokens):
            first = at
            if tokens[at].tag != "ns":
                at += 1
                continue
            while at < len(tokens) and self._is_known_place(tokens[at]):
                at += 1
            opens = first == 0 or tokens[first - 1].tag == "t" or plain[tokens[first].start - 1] in _CLAUSE_SIGNS
            if first < at < len(tokens) and opens and tokens[at].tag in _ACTING_TAGS:
                start, end = tokens[first].start, tokens[at - 1].end
                yield Mention(plain[start:end], start, end, plain[start:end], "unit", self.words.place_kind, False, PLACE_ACTS)
            at = max(at, first + 1)

    def _is_known_place(self, token: Token) -> bool:
        """A place of the gazetteer; its short form only where the dictionary takes it for a place too."""
        return token.text in self.words.places or (token.tag == "ns" and token.text in self.words.place_shorts)

    def _is_place(self, token: Token) -> bool:
        return token.tag == "ns" or token.text in self.words.place_shorts

    def _listed(self, plain: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[Mention]:
        """甲市某关、甲市某事、甲市某安等: what stands between units in a list is a unit, whatever its head."""
        starts = {m.start: m for m in mentions if m.name}
        ends = {m.end: m for m in mentions if m.name}
        for match in _ITEM.finditer(plain, tokens[0].start, tokens[-1].end):
            begin, end = match.span("item")
            before, after = ends.get(begin - 1), starts.get(end + len(match["after"]))
            text, known = plain[begin:end], ends.get(end)
            if begin in starts or before is None:
                continue
            if known is not None:
                if not known.generic and known.start - begin <= _LOST_START:
                    yield replace(known, text=text, start=begin, name=text)
                continue
            if match["after"] == "等" and self.words.category.match(plain, end) and len(text) <= _SHORT_NAME:
                yield Mention(text, begin, end, text, "unit", self.words.kind_of(text), True, IN_CATEGORY)
                continue
            place = next((t.tag == "ns" for t in tokens if t.start == begin), False) and not before.generic
            if place or (after is not None and not after.generic and match["after"] != "等"):
                yield Mention(text, begin, end, text, "unit", self.words.kind_of(text), False, "listed-with-units")

    def _in_category(self, plain: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Iterator[Mention]:
        """联合林业、水产等部门, 会同财政、甲局部门: the short names before a word for any body are bodies of that kind."""
        starts = {token.start for token in tokens}
        taken = {m.end: m.start for m in mentions}
        for mention in mentions:
            if not mention.generic or not self.words.any_body.search(mention.text):
                continue
            end = self._before_category(plain, mention.start, tokens[0].start)
            while end > tokens[0].start:
                begin = taken.get(end) or self._short_name(plain, end, tokens[0].start)
                joined = self.words.with_before.search(plain, max(tokens[0].start, begin - 4), begin)
                if end not in taken and begin in starts and end - begin >= 2:
                    yield Mention(plain[begin:end], begin, end, plain[begin:end], "unit", mention.kind, True, IN_CATEGORY)
                if joined or plain[begin - 1 : begin] not in ("、", "和", "及"):
                    break
                end = begin - 1

    def _before_category(self, plain: str, start: int, floor: int) -> int:
        """Where the list before 等相关部门 or before the last item ends; 0 if there is none."""
        summed = self.words.sums_up.search(plain, max(floor, start - 8), start)
        if summed:
            return summed.start()
        return start - 1 if plain[start - 1 : start] in ("、", "和", "及") else 0

    def _short_name(self, plain: str, end: int, floor: int) -> int:
        """Where the short name that ends at `end` begins: after a list sign or a word of joining."""
        match = self.words.short_name.search(plain, max(floor, end - 10), end)
        return match.start("name") if match else end

    def _not_meant(self, plain: str, tokens: Sequence[Token], mention: Mention, finish: int) -> Mention:
        """A generic body whose people or work are meant (某区居民, 某所日常业务) is marked: no frame takes it for a partner."""
        relative = mention.text[0] in self.words.level_signs and len(mention.text) > _SHORTEST_RELATIVE
        if not mention.generic or relative:
            return mention
        after = plain[mention.end : min(finish, mention.end + 8)]
        if after.startswith(self.words.means):
            return mention
        token = next((t for t in tokens if t.start == mention.end), None)
        noun = token is not None and token.tag in ("n", "l", "nz", "a", "b", "t", "s")
        return replace(mention, rule=NOT_MEANT) if noun or after.startswith(self.words.persons) else mention

    def _mentions(self, plain: str, tokens: Sequence[Token], name: Name) -> Iterator[Mention]:
        words = self.words
        text = plain[name.start : name.end]
        kind = words.generic_heads.get(name.head) or words.heads.get(name.head, "")
        signs = bool(name.count) and name.count in text
        system = name.head in words.generic_heads
        modified = name.first < name.last or len(tokens[name.last].text) > len(name.head)
        generic = not signs and (
            (system and (not name.proper or kind not in words.systems))
            or (not name.proper and (name.generic_words or not modified or bool(name.count)))
        )
        relative = text[0] in words.level_signs and text[1:] in words.heads  # 市某院: coreference names it
        generic = generic or relative
        shared = [] if signs or not name.count else list(self._shared_head(plain, tokens, name, kind))
        if shared:
            yield from shared
        elif len(text) > 1:
            start = name.count_start if name.count else name.start
            rule = self._rule_of(name, text, generic)
            yield Mention(plain[start : name.end], start, name.end, text, "unit", kind, generic, rule)

    def _rule_of(self, name: Name, text: str, generic: bool) -> str:
        if name.count:
            return COUNTED
        if generic:
            return ANY_BODY if self.words.any_body.fullmatch(text) else "head"
        if name.head in self.words.generic_heads:
            return SYSTEM
        return "head" if name.proper else COMMON

    def _shared_head(self, plain: str, tokens: Sequence[Token], name: Name, kind: str) -> Iterator[Mention]:
        """甲、乙、丙三家某所: three bodies that share one head; the count must agree with the list."""
        start = name.start - len(name.count)
        parts = self.words.listed_before(plain, tokens[0].start, start)
        if len(parts) < 2 or self.words.number(name.count) != len(parts):
            return
        tail = plain[name.start : name.end]
        for begin, end in parts:
            stop = name.end if end == start else end
            rule = SYSTEM if name.head in self.words.generic_heads else "shared-head"
            yield Mention(plain[begin:stop], begin, stop, plain[begin:end] + tail, "unit", kind, False, rule)


def longest(mentions: list[Mention]) -> list[Mention]:
    """Without overlaps: the longer wins, then the one whose name is known."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.rule != "known-name", bool(m.name), m.start)):
        span = range(mention.start, mention.end)
        if not taken.intersection(span):
            kept.append(mention)
            taken.update(span)
    return sorted(kept, key=lambda m: m.start)
