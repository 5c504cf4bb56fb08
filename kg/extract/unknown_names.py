"""Parts of names that no dictionary knows: towns, and runs of single signs between a place or body and a head."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Token
from kg.vocab.lexicon import UnitWords

_LONGEST_TOWN = 3
_BEFORE_TOWN = frozenset(("x", "t", "p", "c"))
_SHORT_PLACE = 2
_TOWN_TAGS = frozenset(("n", "v", "a", "i", "l", "nr", "ng", "vg", "ag", "j", "z"))
_VERB_TAGS = frozenset(("v", "vg"))
_UNKNOWN_NAME = 4  # characters of a name that no dictionary knows, between a place or body and a head


class UnknownNames:
    """Says of a word in one block's tokens whether it belongs to an unknown name that goes on to its right."""

    def __init__(self, words: UnitWords, tokens: Sequence[Token]) -> None:
        self.words = words
        self.tokens = tokens

    def belongs(self, at: int) -> bool:
        """Whether the word belongs to an unknown name of one of these shapes."""
        return self.begins_place(at) or self.town(at) or self.town_of_county(at) or self.bridges(at)

    def town(self, at: int) -> bool:
        """Whether a word is the unknown name of a town (鹿鸣|镇…): right before a sign of level, and no function word."""
        token, right = self.tokens[at], self.tokens[at + 1].text
        words = self.words
        if token.text in words.boundaries or token.text in words.generic_modifiers or token.text in words.not_first:
            return False
        tags = _TOWN_TAGS if right[0] in self.words.town_signs else _TOWN_TAGS - _VERB_TAGS
        return right[0] in self.words.level_signs and token.tag in tags and len(token.text) <= _LONGEST_TOWN

    def town_at_start(self, index: int) -> bool:
        """灵秀|镇 at the start of a clause: the sign of a town after one word that is no function word."""
        before = self.tokens[index - 2] if index > 1 else None
        starts = before is None or before.tag in _BEFORE_TOWN or self.ends_a_name(before)
        return index > 0 and starts and len(self.tokens[index - 1].text) == _SHORT_PLACE and self.town(index - 1)

    def town_of_county(self, at: int) -> bool:
        """甲县|太|要|镇: up to three signs between a place that ends in a sign of level and another such sign are a name."""
        tokens, signs = self.tokens, self.words.level_signs
        last = at
        while last + 1 < len(tokens) and len(tokens[last + 1].text) == 1 and tokens[last + 1].text not in signs:
            last += 1
        if last + 1 >= len(tokens) or tokens[last + 1].text[0] not in signs:
            return False
        back, length = at, tokens[last].end - tokens[at].start
        while back >= 0 and not (tokens[back].tag == "ns" and tokens[back].text[-1] in signs):
            length = tokens[last].end - tokens[back].start
            if length > _LONGEST_TOWN or tokens[back].tag == "x" or tokens[back].text in self.words.hard_boundaries:
                return False
            back -= 1
        return 0 <= back < at

    def begins_place(self, at: int) -> bool:
        """槐|安县, 栖|云县: a single sign before a place of two signs is more often a part of an unknown name."""
        token, right, words = self.tokens[at], self.tokens[at + 1].text, self.words
        short = len(right) == len(token.text) + 1 == _SHORT_PLACE and right[-1] in words.level_signs
        return short and token.tag != "x" and token.text not in words.hard_boundaries and token.text not in words.boundaries

    def bridges(self, at: int) -> bool:
        """甲区院上顿渡庭: single signs of an unknown name, after a place, a body or the start of a clause."""
        right = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if len(self.tokens[at].text) == 1 and self.tokens[at].tag == "f" and right is not None and right.tag in ("nr", "nz"):
            return True  # 中科…, 东阿…: a sign that the dictionary reads as a direction
        length, crossed = self._singles_after(at), False
        for back in range(at, -1, -1):
            token = self.tokens[back]
            leads = self.ends_a_name(token) or token.text in self.words.level_signs or token.text in self.words.place_prefixes
            if back < at and leads:
                return not crossed or token.text in self.words.heads  # a longer word only after a body: 甲局|环食|药|侦
            if token.tag == "x" or token.text in self.words.hard_boundaries or token.text in self.words.boundaries:
                return back < at and length > 1 and not crossed
            crossed = crossed or len(token.text) > 1
            length += len(token.text)
            if length > _UNKNOWN_NAME or (crossed and token.tag[0] != "n"):
                return False
        return length > 1

    def ends_a_name(self, token: Token) -> bool:
        """Whether a word is a head or a place, after which a name may go on."""
        return token.tag == "ns" or (len(token.text) > 1 and token.text in self.words.heads)

    def _singles_after(self, at: int) -> int:
        """How many words of one sign follow directly: with this one they make up an unknown name."""
        count = 0
        while at + count + 1 < len(self.tokens) and len(self.tokens[at + count + 1].text) == 1:
            if self.tokens[at + count + 1].text in self.words.level_signs:
                break
            count += 1
        return count
