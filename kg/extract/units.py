"""Mentions of units: a head (the kind of body) and what stands in front of it, read leftwards word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.lexicon import UnitWords

_LONGEST = 32
_STOP_TAGS = frozenset("p c d u uj ul uz ug uv ud e y r rz rr ad t tg o h zg mq".split())


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as read: token indices [first, last], head start, and what was met on the way."""

    first: int
    last: int
    head: str
    start: int
    end: int
    proper: bool
    generic_words: bool
    counted: str


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
        ends = {token.end: index for index, token in enumerate(tokens)}
        begin, finish = tokens[0].start, tokens[-1].end
        found: list[Mention] = []
        for head_start, head_end, head in self.words.heads_in(plain, begin, finish):
            index = ends.get(head_end)
            if index is None or self._guarded(plain, head, head_end, finish):
                continue
            name = self._read(plain, tokens, index, head, head_start)
            if name is not None:
                found.extend(self._mentions(plain, tokens, name))
        for start, end, known in self.words.known_in(plain, begin, finish):
            found.append(Mention(plain[start:end], start, end, known.name, "unit", known.kind, False, "known-name"))
        for rule, start, end in self.words.deixis_in(plain, begin, finish):
            found.append(Mention(plain[start:end], start, end, "", "unit", "", False, rule))
        return longest(found)

    def _guarded(self, plain: str, head: str, end: int, finish: int) -> bool:
        """True where the following text shows that these words are no unit (公司法)."""
        after = plain[end : min(finish, end + 4)]
        return any(after.startswith(word) for word in self.words.followed_not.get(head, ()))

    def _read(self, plain: str, tokens: Sequence[Token], index: int, head: str, head_start: int) -> _Name | None:
        """Reads leftwards from the token that ends the head."""
        if len(head) == 1 and not self._one_sign_head(tokens, index):
            return None
        first = index
        while tokens[first].start > head_start:
            first -= 1
        inside = tokens[first].text[: max(0, head_start - tokens[first].start)]
        place = proper = generic = False
        place_at = -1
        counted = ""
        at = first - 1
        while at >= 0 and tokens[index].end - tokens[at].start <= _LONGEST:
            token = tokens[at]
            if token.text == "）":
                at = self._over_bracket(tokens, at)
                if at < 0:
                    break
                first = at
                at -= 1
                continue
            if self._is_count(tokens, at):
                counted, first = self._count(tokens, at, first)
                break
            if not self._continues(tokens, at) and not self._inside_long_name(tokens, at, head):
                break
            first = at
            generic = generic or token.text in self.words.generic_modifiers or token.text in self.words.generic_heads
            if token.tag == "ns" and token.text not in self.words.generic_modifiers:
                place, place_at = True, at
            elif token.tag in ("nz", "nt", "nr", "nrt") or token.text.startswith("第") or len(token.text) == 1 and token.tag not in ("n", "v"):
                proper = True
            at -= 1
        if place and not self._belongs_before_place(tokens, first, place_at):
            first = place_at
        proper = proper or place or bool(inside and inside not in self.words.generic_modifiers and head in inside)
        start = tokens[first].start
        while first < index and tokens[first].text in self.words.not_first:
            first += 1
            start = tokens[first].start
        return _Name(first, index, head, start, tokens[index].end, proper, generic, counted)

    def _is_count(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word ends a number of bodies: 三家, or 地 after 五."""
        token = tokens[at]
        if token.text in self.words.count_units:
            return at > 0 and tokens[at - 1].tag == "m"
        if self.words.is_count(token.text):
            return True
        if token.tag == "m" and at > 0 and self._ends_a_name(tokens[at - 1]):
            return False  # 京口分局四牌楼派出所: a number inside a name
        return token.tag in ("m", "q", "mq") and not token.text.startswith("第")

    def _ends_a_name(self, token: Token) -> bool:
        """Whether a word is a head or a place, after which a name may go on."""
        return token.tag == "ns" or (len(token.text) > 1 and token.text in self.words.heads)

    def _belongs_before_place(self, tokens: Sequence[Token], first: int, place: int) -> bool:
        """Whether all words before the place are part of the name: 国网 江苏…, 市公安局 京口分局."""
        if first < place and self._ends_a_name(tokens[place - 1]) and tokens[place - 1].tag != "ns":
            return True
        return all(self.words.may_precede_place(t.text, t.tag) for t in tokens[first:place])

    @staticmethod
    def _one_sign_head(tokens: Sequence[Token], index: int) -> bool:
        """A head of one sign counts only as a word's end after a place or an ordinal, or as a word of its own after one (第二 庭)."""
        word = tokens[index].text
        before = tokens[max(0, index - 3) : index]
        return (len(word) == 1 or len(word) > 2) and any(t.tag in ("ns", "nt") or t.text.startswith("第") for t in before)

    def _inside_long_name(self, tokens: Sequence[Token], at: int, head: str) -> bool:
        """甲市宏业肉类联合加工有限责任公司: a boundary word in a company's name when a place follows further left."""
        if tokens[at].text not in self.words.boundaries_in_names or self.words.heads.get(head) not in ("enterprise", "association"):
            return False
        for back in range(at - 1, max(-1, at - 6), -1):
            if tokens[back].tag == "x" or tokens[back].text in self.words.heads or tokens[back].text in self.words.boundaries:
                return False
            if tokens[back].tag == "ns":
                return True
        return False

    def _continues(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word can be part of a name that goes on to its right."""
        token = tokens[at]
        if token.text in self.words.generic_modifiers:
            return True
        if token.text in self.words.boundaries:
            return False
        if token.tag == "x":
            return token.text == "·"
        if token.tag[0] == "v" and token.tag != "vn":
            return token.text in self.words.verbs_in_names
        return token.tag not in _STOP_TAGS

    @staticmethod
    def _over_bracket(tokens: Sequence[Token], at: int) -> int:
        """Index of the opening bracket of a short aside inside a name (甲（北京）公司), else -1."""
        for back in range(at - 1, max(-1, at - 6), -1):
            if tokens[back].text == "（":
                return back if back > 0 and tokens[back - 1].tag != "x" else -1
            if tokens[back].tag == "x":
                return -1
        return -1

    def _count(self, tokens: Sequence[Token], at: int, first: int) -> tuple[str, int]:
        """A number of bodies: the count, and the first token of the name (before the count if signs of places stand there)."""
        begin = at
        while begin > 0 and (tokens[begin - 1].tag in ("m", "q") or tokens[begin - 1].text.isdigit()):
            begin -= 1
        before = begin
        while before > 0 and set(tokens[before - 1].text) <= self.words.province_signs:
            before -= 1
        count = "".join(token.text for token in tokens[begin:first])
        return (count, before) if before < begin else (count, first)

    def _mentions(self, plain: str, tokens: Sequence[Token], name: _Name) -> Iterator[Mention]:
        words = self.words
        text = plain[name.start : name.end]
        kind = words.generic_heads.get(name.head) or words.heads.get(name.head, "")
        signs = bool(name.counted) and name.counted in text
        system = name.head in words.generic_heads
        modified = name.first < name.last or len(tokens[name.last].text) > len(name.head)
        generic = not signs and (
            (system and (not name.proper or kind not in words.systems))
            or (not name.proper and (name.generic_words or not modified or bool(name.counted)))
        )
        shared = [] if signs or not name.counted else list(self._shared_head(plain, tokens, name, kind))
        if shared:
            yield from shared
        elif len(text) > 1:
            yield Mention(text, name.start, name.end, text, "unit", kind, generic, "head")

    def _shared_head(self, plain: str, tokens: Sequence[Token], name: _Name, kind: str) -> Iterator[Mention]:
        """甲、乙、丙三家派出所: three bodies that share one head; the count must agree with the list."""
        start = name.start - len(name.counted)
        parts = self.words.listed_before(plain, tokens[0].start, start)
        if len(parts) < 2 or self.words.number(name.counted) not in (len(parts), None):
            return
        tail = plain[name.start : name.end]
        for begin, end in parts:
            last = end == start
            yield Mention(plain[begin : name.end if last else end], begin, name.end if last else end, plain[begin:end] + tail, "unit", kind, False, "shared-head")


def longest(mentions: list[Mention]) -> list[Mention]:
    """Without overlaps: the longer wins, then the one whose name is known."""
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.rule != "known-name", m.start)):
        span = range(mention.start, mention.end)
        if not taken.intersection(span):
            kept.append(mention)
            taken.update(span)
    return sorted(kept, key=lambda m: m.start)
