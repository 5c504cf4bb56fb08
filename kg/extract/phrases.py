"""Walking over the words of a block: clauses, noun phrases, what stands before and after a place in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence

from kg.extract.tokens import Token

_NOUNS = frozenset(
    (
        "n",
        "vn",
        "ns",
        "nz",
        "nt",
        "j",
        "b",
        "a",
        "an",
        "ag",
        "m",
        "q",
        "l",
        "i",
        "s",
        "k",
        "ng",
        "f",
        "nr",
        "nrt",
        "zg",
        "eng",
        "r",
        "vd",
        "g",
        "h",
    )
)
AND = ("、", "和", "及", "以及", "与")  # what joins two names
_COMPOUND = frozenset(("v", "t"))  # what the dictionary calls a verb or a time may be part of a compound
_INSIDE = ("+", "·", "-", "的", "地")
_SHORT_PART = 8
_STOPS = frozenset("，。；：！？“”《》（）")


class Clause:
    """The words of one block with look-up by offset."""

    def __init__(self, plain: str, tokens: Sequence[Token]) -> None:
        self.plain = plain
        self.tokens = tokens
        self.start = tokens[0].start
        self.end = tokens[-1].end
        self._starts = [token.start for token in tokens]

    def at(self, offset: int) -> int | None:
        """Index of the token that starts at `offset`, None if a word straddles it."""
        index = bisect_left(self._starts, offset)
        return index if index < len(self._starts) and self._starts[index] == offset else None

    def before(self, offset: int) -> Token | None:
        """The token that ends at or before `offset`."""
        index = bisect_left(self._starts, offset) - 1
        return self.tokens[index] if index >= 0 else None

    def back(self, offset: int, reach: int) -> Iterator[Token]:
        """Tokens leftwards from `offset`, up to `reach` characters away, not over the end of a clause."""
        index = bisect_left(self._starts, offset) - 1
        while index >= 0 and offset - self.tokens[index].start <= reach:
            token = self.tokens[index]
            if token.text in _STOPS and token.text not in "“”":
                return
            yield token
            index -= 1

    def skip_count(self, index: int, measures: Collection[str]) -> int:
        """Index after aspect particles and a count with a measure word (建立了4个…); a number that is part of a name stays."""
        while index < len(self.tokens):
            token = self.tokens[index]
            following = self.tokens[index + 1].text if index + 1 < len(self.tokens) else ""
            if token.tag in ("ul", "uz") or token.text in ("了", "起", "出", "的", "个"):
                index += 1
            elif token.tag == "m" and following in measures:
                index += 2
            elif token.tag in ("m", "mq") and len(token.text) > 1 and token.text[-1] in measures:
                index += 1
            else:
                return index
        return index

    def skip_words(self, index: int, words: frozenset[str]) -> int:
        """Index after any of `words` (建立 健全 …)."""
        while index < len(self.tokens) and self.tokens[index].text in words:
            index += 1
        return index

    def skip_with(self, index: int) -> int:
        """Index after "与…的" that stands between a verb of making and what it makes (建立与甲、乙等的某制)."""
        if index >= len(self.tokens) or self.tokens[index].tag not in ("p", "c"):
            return index
        for at in range(index, min(len(self.tokens), index + 24)):
            if self.tokens[at].text == "的":
                return at + 1
            if self.tokens[at].text in _STOPS:
                return index
        return index

    def phrase_stop(self, index: int, is_head: Callable[[str], bool]) -> int:
        """Index behind the phrase that starts at `index`: at a sign or "和", or after a head that a function word follows."""
        begin = index
        while index < len(self.tokens):
            token = self.tokens[index]
            if (token.tag == "x" and token.text not in "·-—～") or token.text in ("和", "及", "以及", "等"):
                return index
            if token.text == "暨" and token.start - self.tokens[begin].start > _SHORT_PART:
                return index  # two events, each with a name of its own
            index += 1
            if is_head(token.text) and index < len(self.tokens) and self.tokens[index].tag in ("p", "d", "r", "t", "ul"):
                return index
        return index


def noun_phrase(clause: Clause, index: int, reach: int, predicates: Collection[str]) -> Iterator[tuple[Token, bool]]:
    """The tokens of the noun phrase that starts at `index`, up to `reach` characters; one 的 may stand in it.

    Args:
        predicates: verbs that end it; other words that the dictionary calls verbs may be part of a compound (治理, 联防).

    Returns:
        Each token, and whether all up to it are nouns beyond doubt.
    """
    begin = clause.tokens[index].start
    linked, sure = False, True
    while index < len(clause.tokens):
        token = clause.tokens[index]
        if token.end - begin > reach:
            return
        if token.text == "的" and not linked:
            linked = True
        elif token.text in predicates or (token.tag not in _NOUNS and token.tag not in _COMPOUND and token.text not in _INSIDE):
            return
        sure = sure and (token.tag in _NOUNS or token.text in _INSIDE)
        yield token, sure
        index += 1


def phrase_start(clause: Clause, offset: int, reach: int = 14) -> int:
    """Where the nouns begin that stand directly before `offset` (某长“甲乙”某制)."""
    start = offset
    for token in clause.back(offset, reach):
        if token.end != start or (token.tag not in _NOUNS and token.text != "和") or token.tag in ("m", "q", "r", "f"):
            break
        start = token.start
    return start + 1 if clause.plain[start] == "和" else start
