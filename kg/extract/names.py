"""Reading a unit's name leftwards from its head: which words still belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tokens import Token
from kg.extract.unknown_names import UnknownNames
from kg.vocab.lexicon import UnitWords

_LONGEST = 36
_STOP_TAGS = frozenset(
    (
        "p",
        "c",
        "d",
        "u",
        "uj",
        "ul",
        "uz",
        "ug",
        "uv",
        "ud",
        "e",
        "y",
        "r",
        "rz",
        "rr",
        "ad",
        "t",
        "tg",
        "o",
        "h",
        "mq",
        "f",
    )
)
_COMMON_TAGS = frozenset(("n", "v", "vn", "a", "d"))  # of a word that is also the short name of a place (资源)
_SHORT_WORD = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name as read.

    Attributes:
        first, last: token indices, inclusive.
        head: the head it ends in.
        start, end: offsets.
        proper: it holds a place, a proper name or an ordinal.
        generic_words: it holds words of a generic phrase (相关, 辖区).
        count: a number of bodies in front of it (11家), "" if none; `count_start` is where that and words before it begin.
    """

    first: int
    last: int
    head: str
    start: int
    end: int
    proper: bool
    generic_words: bool
    count: str = ""
    count_start: int = -1


class NameReader:
    """Reads names in one block's tokens."""

    def __init__(self, words: UnitWords, tokens: Sequence[Token]) -> None:
        self.words = words
        self.tokens = tokens
        self.unknown = UnknownNames(words, tokens)

    def read(self, index: int, head: str, head_start: int) -> Name | None:
        """The name that ends with token `index`; None where the head is part of a verb (进某区) or proves nothing."""
        tokens, words = self.tokens, self.words
        word = tokens[index]
        if (word.tag == "v" and word.text != head) or (len(head) == 1 and not self._one_sign_head(index)):
            return None
        first = index
        while tokens[first].start > head_start:
            first -= 1
        inside = tokens[first].text[: max(0, head_start - tokens[first].start)]
        proper = bool(inside) and inside not in words.generic_modifiers
        generic = inside in words.generic_modifiers
        place_at, at, count, count_start = -1, first - 1, "", -1
        while at >= 0 and tokens[index].end - tokens[at].start <= _LONGEST:
            token = tokens[at]
            step = self._over_bracket(at) if token.text == "）" else at
            if step < 0:
                break
            if step == at and self._is_count(at) and not self._numbers_a_body(at, head):
                count, first, count_start = self._count(at, first)
                break
            if step == at and not self._belongs(at, index, head):
                break
            first = step
            generic = generic or token.text in words.generic_modifiers or token.text in words.generic_heads
            if self._is_place(token) and token.text not in words.generic_modifiers:
                place_at = first
            proper = proper or self._is_proper(token)
            at = step - 1
        if place_at >= 0 and not self._belongs_before_place(first, place_at):
            first, count = place_at, ""
        while first < index and tokens[first].text in words.not_first:
            first += 1
        proper = (
            proper or place_at >= 0 or (head in words.toponym_heads and not generic and self._all_nouns(first, index, head_start))
        )
        return Name(first, index, head, tokens[first].start, tokens[index].end, proper, generic, count, count_start)

    def _all_nouns(self, first: int, index: int, head_start: int) -> bool:
        """Whether only nouns stand before the head, and at least one."""
        before = [t for t in self.tokens[first : index + 1] if t.end <= head_start]
        return bool(before) and all(t.tag[0] == "n" for t in before)

    @staticmethod
    def _is_proper(token: Token) -> bool:
        single = len(token.text) == 1 and token.tag not in ("n", "v", "vn")
        return token.tag in ("nz", "nt", "nr", "nrt", "m") or token.text.startswith("第") or single

    def _belongs(self, at: int, index: int, head: str) -> bool:
        """Whether a word can be part of the name that goes on to its right; not a body that a verb follows (甲局重视乙)."""
        right = self.tokens[at + 1]
        if self._is_body(self.tokens[at]) and right.tag in ("vn", "v") and right.text not in self.words.verbs_in_names:
            return False
        if self._starts_anew(at):
            return False
        known = self._continues(at) or self._inside_long_name(at, head) or self._joins_nouns(at, index, head)
        return known or self.unknown.belongs(at)

    def _starts_anew(self, at: int) -> bool:
        """配合单位|甲县某局: after a word for any body a place begins another name."""
        right, words = self.tokens[at + 1], self.words
        place = (right.tag == "ns" and right.text not in words.generic_heads) or right.text in words.level_signs
        return place and not words.generic_heads.get(self.tokens[at].text, "any")

    def _continues(self, at: int) -> bool:
        token, words = self.tokens[at], self.words
        between = token.text in words.boundaries and at > 0 and self.unknown.ends_a_name(self.tokens[at - 1])
        if token.text in words.generic_modifiers and not between:  # 结对 between two bodies is a verb
            return True
        if token.text in words.boundaries:
            return False
        if (
            token.text in words.level_signs
            or token.text in words.place_shorts
            or (len(token.text) == 1 and token.text in words.heads)
        ):
            return True
        if token.tag == "x":
            return False
        if token.tag[0] == "v" and token.tag != "vn":
            return token.text in words.verbs_in_names
        return token.tag not in _STOP_TAGS

    def _inside_long_name(self, at: int, head: str) -> bool:
        """甲市宏业联合某厂: a boundary word in a company's name when a place follows further left."""
        words = self.words
        if self.tokens[at].text not in words.boundaries_in_names or words.heads.get(head) not in words.long_named:
            return False
        for back in range(at - 1, max(-1, at - 6), -1):
            token = self.tokens[back]
            if token.tag == "ns":
                return True
            if token.tag == "x" or token.text in words.heads or token.text in words.boundaries:
                return False
        return False

    def _joins_nouns(self, at: int, index: int, head: str) -> bool:
        """文化和旅游某局: "和" between two nouns of one body's name, after a place or at the start of the clause."""
        words, tokens = self.words, self.tokens
        if tokens[at].text not in words.joining or words.heads.get(head) not in words.joint_named or at == 0:
            return False
        right = tokens[at + 1 : index + 1]
        if (
            any(t.tag in ("ns", "nt") for t in right)
            or len(right) > 3
            or right[0].text in words.heads
            or self._is_head_alone(right)
        ):
            return False
        for back in range(at - 1, max(-1, at - 5), -1):
            token = tokens[back]
            if token.tag == "ns":
                return back < at - 1
            if token.text in words.heads or token.text in words.generic_heads:
                return False
            if token.tag == "x":
                return back < at - 1
            if token.text in words.level_signs:
                return back < at - 1
            if token.tag not in ("n", "vn", "a", "an", "b"):
                return False
        return at <= 4

    def _is_head_alone(self, right: Sequence[Token]) -> bool:
        return "".join(t.text for t in right) in self.words.heads and len(right) == 1 and len(right[0].text) > 3

    def _is_count(self, at: int) -> bool:
        """Whether a word ends a number of bodies: 三家, 11家, or 地 after 五; not the numeral in a name (二连, 四牌楼)."""
        token = self.tokens[at]
        if token.text in self.words.count_units:
            return at > 0 and self.tokens[at - 1].tag == "m"
        return self.words.is_count(token.text) or token.text.isdigit()

    def _numbers_a_body(self, at: int, head: str) -> bool:
        """甲街25村: a bare number after a place is part of the name."""
        place = at > 0 and self.unknown.ends_a_name(self.tokens[at - 1])
        return place and self.tokens[at].text.isdigit() and head in self.words.toponym_heads

    def _count(self, at: int, first: int) -> tuple[str, int, int]:
        """A number of bodies: the count, the first token of the name, and the offset where count and words before it begin."""
        tokens = self.tokens
        begin = at
        while begin > 0 and (tokens[begin - 1].tag in ("m", "q") or tokens[begin - 1].text.isdigit()):
            begin -= 1
        count = "".join(token.text for token in tokens[begin:first])
        before = begin
        while before > 0 and set(tokens[before - 1].text) <= self.words.province_signs:
            before -= 1
        if before < begin:
            return count, before, tokens[before].start
        while before > 0 and (
            tokens[before - 1].text in self.words.generic_modifiers or tokens[before - 1].text in self.words.before_count
        ):
            before -= 1
        return count, first, tokens[before].start

    def _is_place(self, token: Token) -> bool:
        """Whether a word is a place; a single sign is more often a part of an unknown name."""
        short = token.text in self.words.place_shorts and token.tag not in _COMMON_TAGS
        return len(token.text) > 1 and (token.tag == "ns" or short)

    def _over_bracket(self, at: int) -> int:
        """Index of the opening bracket of a short aside inside a name (甲（北京）某司), else -1."""
        tokens = self.tokens
        for back in range(at - 1, max(-1, at - 6), -1):
            if tokens[back].text == "（":
                return back if back > 0 and tokens[back - 1].tag != "x" else -1
            if tokens[back].tag == "x":
                return -1
        return -1

    def _one_sign_head(self, index: int) -> bool:
        """A head of one sign counts only after a place or an ordinal, in a word of its own or at the end of a longer one."""
        word = self.tokens[index].text
        before = self.tokens[max(0, index - 3) : index]
        town = len(word) == _SHORT_WORD and index > 0 and len(self.tokens[index - 1].text) == 1  # 詹|店镇
        if town and self.tokens[index].text[-1] in self.words.toponym_heads and self.tokens[index - 1].tag[0] == "n":
            return True
        part = word[-1] in self.words.part_signs and any(t.text in self.words.level_signs or self._is_body(t) for t in before)
        if self._counted_with(index) or (word in self.words.town_signs and self.unknown.town_at_start(index)):
            return True
        named = part or self._after_place(index) or any(t.tag == "nt" or t.text.startswith("第") for t in before)
        return named and (len(word) == 1 or len(word) > _SHORT_WORD)

    def _counted_with(self, index: int) -> bool:
        """联合当地9个村: a bare sign with a number before it is a body where others work with it."""
        tokens, words = self.tokens, self.words
        if index < 3 or tokens[index - 1].text not in words.count_units or tokens[index - 2].tag != "m":
            return False
        before = tokens[index - 3]
        if before.text in words.generic_modifiers and index > 3:
            before = tokens[index - 4]
        return before.text in words.joining_verbs or before.text in words.with_words

    def _after_place(self, index: int) -> bool:
        """Whether only nouns stand between a place, or the sign of one, and the head (县水利和湖泊局)."""
        words = self.words
        for token in reversed(self.tokens[max(0, index - 6) : index]):
            if token.tag == "ns" or token.text in words.level_signs:
                return True
            if token.tag[0] not in "nj" and token.tag != "vn" and token.text not in words.joining:
                return False
        return False

    def _is_body(self, token: Token) -> bool:
        return (
            len(token.text) > 1
            and token.text in self.words.heads
            and self.words.heads[token.text] not in self.words.parts_of_bodies
        )

    def _belongs_before_place(self, first: int, place: int) -> bool:
        """Whether all words before the place are part of the name: 国网 江苏…, 市局 京口某局."""
        tokens = self.tokens
        if first < place and self.unknown.ends_a_name(tokens[place - 1]) and tokens[place - 1].tag != "ns":
            return True
        before = tokens[first:place]
        noun = bool(before) and len(before[-1].text) == 1 and len(tokens[place].text) == _SHORT_WORD and before[-1].tag[0] == "n"
        if noun or (before and self.unknown.begins_place(place - 1)):
            before = before[:-1]  # 槐|安县: a place that the dictionary does not know ends like one that it knows
        if before and before[0].tag == "ns" and before[-1].text in self.words.verbs_in_names:
            before = [t for t in before if t.text not in self.words.verbs_in_names]  # 甲市对口支援乙县…
        return all(self.words.may_precede_place(t.text, t.tag) for t in before)
