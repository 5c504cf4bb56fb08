"""Unquoted names of mechanisms: compounds that end in a head, after a verb of making or before one of coming into being."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.phrases import AND, Clause, phrase_start
from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.mechanism_words import MechanismWords

_LISTED = re.compile(
    r"(?P<items>[^，。；：“”《》、和]{4,20}(?:[、和][^，。；：“”《》、和]{4,20})+)(?:等|(?<!\d)(?=[\d两三四五六七八九十]+[项个种大类]))"
    r"(?:[\d一两二三四五六七八九十]+[项个种大类])?(?P<tail>[^，。；：“”《》、和]{2,8}?)(?=[，。；：]|$)"
)
_FUNCTION = frozenset(("c", "p", "d", "r", "t"))  # words that a name does not begin with
_DASHES = ("—", "－", "–")  # a phrase right after one is only the second part of a name
_SHORTEST_NAME = 4
_LONGEST_VAGUE = 16  # a phrase whose last part is a bare word
_SHORTEST_ACTIVITY = 7
_SHORTEST_WORD = 3  # a word of so many signs proves a head of one sign


class Compounds:
    """Reads the unquoted names in a block of text."""

    def __init__(self, words: MechanismWords, clause: Clause) -> None:
        self.words = words
        self.clause = clause

    def made(self) -> Iterator[Mention]:
        """Compounds after verbs of making, and activities after verbs of holding them."""
        index = 0
        while index < len(self.clause.tokens):
            verb = self.clause.tokens[index].text
            if verb in self.words.making_verbs:
                yield from self._compounds(index + 1)
            elif verb in self.words.activity_verbs:
                yield from (m for m in self._compounds(index + 1) if self._is_activity(m))
            index += 1

    def _is_activity(self, mention: Mention) -> bool:
        """Whether a compound names a meeting or an activity specifically enough."""
        meeting = self.words.head_at_end(mention.name) in self.words.meeting_heads
        return len(mention.name) >= _SHORTEST_ACTIVITY and (meeting or mention.kind == "activity")

    def founded(self) -> Iterator[Mention]:
        """甲馆之盟由此成立: a phrase from the start of a clause to a head, then a verb of coming into being."""
        start = 0
        for index, token in enumerate(self.clause.tokens):
            if token.tag == "x" or (index == start and token.tag in _FUNCTION):
                start = index + 1
            elif self._comes_about(token):
                found = (
                    self._compound(self.clause.skip_count(start, self.words.measures), index + 1, True, False)
                    if index > start
                    else None
                )
                if found is not None:
                    yield found

    def _comes_about(self, token: Token) -> bool:
        """Whether a word ends in a head and its clause says that this came into being or was held."""
        words, plain = self.words, self.clause.plain
        head = words.head_at_end(token.text)
        held = len(head) > 1 and words.heads[head] == "activity" and words.held.match(plain, token.end)
        return bool(head) and bool(held or words.came_into_being.match(plain, token.end))

    def coordinated(self, quoted: Sequence[Mention]) -> Iterator[Mention]:
        """“甲”乙室、丙丁室: the compound that a quoted name is listed with."""
        for mention in quoted:
            at = self.clause.at(mention.end)
            if at is None or self.clause.tokens[at].text not in AND:
                continue
            start = self.clause.skip_count(at + 1, self.words.measures)
            stop = self.clause.phrase_stop(start, lambda word: bool(self.words.head_at_end(word)))
            found = self._compound(start, stop, True, start > at + 1) if stop > start else None
            if found is not None:
                yield found

    def _compounds(self, index: int) -> Iterator[Mention]:
        """The noun phrases that end in a head, from the verb to the end of the clause: 4个甲室和15个乙室."""
        index = self.clause.skip_words(index, self.words.opening_verbs)
        index = self.clause.skip_with(index)
        start = self.clause.skip_count(index, self.words.measures)
        items = self._items_before_head(start)
        if items or self._in_topic(index):
            yield from items
            return
        first, counted = True, start > index + 1
        while start < len(self.clause.tokens):
            stop = self.clause.phrase_stop(start, lambda word: bool(self.words.head_at_end(word)))
            mention = self._compound(start, stop, first, counted) if stop > start else None
            if mention is None:
                return
            yield mention
            first = False
            if stop >= len(self.clause.tokens) or self.clause.tokens[stop].text not in (*AND, "暨"):
                return
            start = self.clause.skip_count(stop + 1, self.words.measures)

    def _in_topic(self, index: int) -> bool:
        """Whether a clause is a topic like 一是健全…, which only announces what follows."""
        *_, first = (self.clause.tokens[index - 1], *self.clause.back(self.clause.tokens[index - 1].start, 12))
        return bool(self.words.topic.match(self.clause.plain, first.start))

    def _compound(self, start: int, stop: int, first: bool, counted: bool) -> Mention | None:
        """The phrase tokens[start:stop] as a mechanism.

        Args:
            first: not coordinated with another one, so that it may not be bare.
            counted: a number stands before it, so that it must be a thing that one sets up.
        """
        words = self.words
        at = self.clause.tokens[start].start
        while stop > start + 1 and not self._ends_in_head(at, stop):
            stop -= 1  # 建立甲台推动…: back to the last head
        end = self.clause.tokens[stop - 1].end
        phrase = self.clause.plain[at:end]
        before, _, name = phrase.rpartition("的")
        if name.startswith("新") or before in words.bare:
            return None
        if name in words.bare or len(name) < _SHORTEST_NAME:
            if before and len(phrase) > _LONGEST_VAGUE:
                return None
            name = phrase
        head = words.head_at_end(name)
        bare = name in words.bare or len(name) < _SHORTEST_NAME
        if head in words.only_quoted or not self._ends_in_head(at, stop) or self.clause.plain[at - 1 : at] in _DASHES:
            return None
        if (first and bare and not counted) or len(name) > words.longest_name:
            return None
        if self.clause.tokens[stop - 1].text in words.not_heads or self.clause.plain.startswith("“", end):
            return None  # a noun before a quoted name belongs to that name
        if not first and self.clause.tokens[start].text in words.predicates:
            return None  # 创建甲、申报乙: the second is a deed of its own
        if counted and (not words.is_thing(head) or len(name) < _SHORTEST_WORD):
            return None
        alts = (phrase,) if phrase != name else ()
        return Mention(name, end - len(name), end, name, "mechanism", words.heads[head], False, "unquoted-compound", alts)

    def _ends_in_head(self, at: int, stop: int) -> bool:
        """Whether plain[at:] up to token `stop` ends in a head; one of one sign must be the end of a longer word."""
        last = self.clause.tokens[stop - 1]
        head = self.words.head_at_end(self.clause.plain[at : last.end])
        return len(head) > 1 or (bool(head) and len(last.text) >= _SHORTEST_WORD)

    def _items_before_head(self, index: int) -> list[Mention]:
        """制定甲、乙等丙制: the items of a list whose head stands after 等."""
        if index >= len(self.clause.tokens):
            return []
        begin = self.clause.tokens[index].start
        match = _LISTED.match(self.clause.plain, begin, self.clause.end)
        head = self.words.head_at_end(match["tail"]) if match else ""
        if match is None or not head:
            return []
        mentions, at = [], begin
        for item in re.split("[、和]", match["items"]):
            name = item + match["tail"]
            kind = self.words.heads[head]
            mentions.append(Mention(item, at, at + len(item), name, "mechanism", kind, False, "listed-before-head", (item,)))
            at += len(item) + 1
        return mentions

    def practices(self) -> Iterator[Mention]:
        """Set words for a way of working together; the nouns before them give another name."""
        for practice in self.words.practices:
            at = self.clause.plain.find(practice, self.clause.start, self.clause.end)
            while at >= 0:
                end = at + len(practice)
                full = phrase_start(self.clause, at)
                alts = (self.clause.plain[full:end],) if full < at else ()
                kind = self.words.heads.get(self.words.head_at_end(practice), "mechanism")
                yield Mention(practice, at, end, practice, "mechanism", kind, False, "practice", alts)
                at = self.clause.plain.find(practice, end, self.clause.end)
