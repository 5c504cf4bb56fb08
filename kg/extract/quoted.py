"""Quoted names of mechanisms: with a head noun, by their own last word, by the verb before them; and titles in 《》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.phrases import AND, Clause, noun_phrase, phrase_start
from kg.model import Mention
from kg.vocab.mechanism_words import MechanismWords

_QUOTE = re.compile(r"“([^“”\n。！？；]{1,40})”")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_BETWEEN = "的"
_TO_HEAD = re.compile("等?的?")
_ASIDE_AT_END = re.compile("（[^（）]*）$")
_SLOGAN = re.compile(r"“[^“”\n]{2,4}”[\u4e00-\u9fff]“[^“”\n]{2,4}”")
_NO_NAME_BETWEEN = re.compile("[，。；：、“”]")
_NO_NAME = re.compile("[，；：>]")
_SHORTEST_INNER = 3
_LONG_INNER = 4
_SHORT_SLOGAN = 6
_METHOD = 4  # a way of doing is called by four signs
_LONGEST_PIECE = 50
_HONOURED = 14  # characters between a verb of honouring and the quote
_NEAR = 14  # characters between a verb of making and the quote


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted string: outer span with its marks, and what stands between them."""

    start: int
    end: int
    inner: str


class QuotedNames:
    """Reads the quoted names in a block of text."""

    def __init__(self, words: MechanismWords, clause: Clause) -> None:
        self.words = words
        self.clause = clause

    def find(self) -> Iterator[Mention]:
        """The quoted mechanisms in text order."""
        quotes = [Quote(m.start(), m.end(), m[1]) for m in _QUOTE.finditer(self.clause.plain, self.clause.start, self.clause.end)]
        before: Mention | None = None
        for stack in _stacks(self.clause.plain, quotes):
            mention = self._read(stack, before)
            if mention is not None:
                yield mention
                before = mention

    def _read(self, stack: list[Quote], before: Mention | None) -> Mention | None:
        """Decides what a quote (or several in a row) names.

        Args:
            stack: quotes joined by 的; the last one gives the name.
            before: the mechanism named by the quote before, for lists.
        """
        quote, start = stack[-1], stack[0].start
        left = self.clause.plain[max(self.clause.start, start - 8) : start]
        slogan = self._slogan_pair(stack, left)
        if slogan is not None:
            return slogan
        end, head, rejected = self._head_after(quote)
        listed = before is not None and before.end == start
        if listed and self.clause.plain.startswith("等", quote.end):
            head = ""  # “甲”“乙”等…: the word after it sums the list up
        if rejected or self._is_emphasis(quote, left):
            return None
        if head and len(quote.inner) > (_SHORTEST_INNER if head in self.words.only_quoted else 1):
            return self._mention(stack, end, head, "quoted-head")
        after = self.clause.plain[quote.end : quote.end + 4]
        if (after.startswith(self.words.emphasis_after) and len(quote.inner) <= _SHORT_SLOGAN) or quote.inner in self.words.bare:
            return None
        return self._without_head(stack, before, left)

    def _without_head(self, stack: list[Quote], before: Mention | None, left: str) -> Mention | None:
        """A quote that no head follows: named by the word before it, by its own last word, or made by a verb."""
        quote, start, words = stack[-1], stack[0].start, self.words
        inner = quote.inner
        own, named = words.head_at_end(inner), self._head_before(start)
        slogan = inner.startswith(words.slogan_starts)
        if named and not slogan:
            return self._mention(stack, quote.end, named, "head-before-quote")
        listed = before is not None and self.clause.plain[before.end : start] in ("", *AND)
        if inner.endswith(words.person_ends) and left.endswith(words.post_before) and len(inner) >= _SHORTEST_INNER:
            return replace(self._mention(stack, quote.end, "", "quoted-post"), kind="post")
        made = listed or self._after_creation(start)
        if own and self._is_own_name(inner, own, made) and not slogan:
            return self._mention(stack, quote.end, own, "quoted-own-head")
        if (made or "+" in inner) and len(inner) >= _SHORTEST_INNER and not slogan and not _NO_NAME.search(inner):
            return self._mention(stack, quote.end, "", "quoted-made")
        if len(inner) == _METHOD and self._used_as_method(start, quote.end):
            return self._mention(stack, quote.end, "", "quoted-method")
        return None

    def _is_own_name(self, inner: str, own: str, made: bool) -> bool:
        """Whether a quoted string that ends in a head names a thing: not a deed, a person, or a short word like any other."""
        words = self.words
        if len(inner) < _SHORTEST_INNER or inner.startswith(words.making_verbs_tuple):
            return False
        if len(own) == 1 and not made:
            return (
                words.heads[own] in words.short_named if len(inner) == _SHORTEST_INNER else not inner.endswith(words.person_ends)
            )
        return True

    def _is_emphasis(self, quote: Quote, left: str) -> bool:
        """Whether the word before makes the quote an emphasis, unless it plainly names a thing that one can set up."""
        thing = len(quote.inner) > _LONG_INNER and self.words.is_thing(self.words.head_at_end(quote.inner))
        return self._is_honoured(quote) or (left.endswith(self.words.emphasis_before) and not thing)

    def _is_honoured(self, quote: Quote) -> bool:
        """Whether a verb of honouring stands before the quote, at most a place or giver between (获评甲省“…”)."""
        before = self.clause.plain[max(self.clause.start, quote.start - _HONOURED) : quote.start]
        found = [before.rfind(verb) + len(verb) for verb in self.words.honour_before if verb in before]
        return bool(found) and not _NO_NAME_BETWEEN.search(before, max(found))

    def _head_after(self, quote: Quote) -> tuple[int, str, bool]:
        """(end, head, rejected): the noun phrase after a quote up to its last head; rejected where it is one of emphasis."""
        theme = self.words.theme.match(self.clause.plain, quote.end)
        match = _TO_HEAD.match(self.clause.plain, theme.end() if theme else quote.end)
        first = self.clause.at(match.end() if match else quote.end)
        if first is None:
            return quote.end, "", False
        last_end, last_head, seen_not = quote.end, "", False
        summed = self.clause.plain.startswith("等", quote.end) and self._after_creation(quote.start)  # 成立“甲团”等队伍
        for token, sure in noun_phrase(self.clause, first, self.words.longest_gap, self.words.predicates):
            head = self._head_of(token.text, self.clause.plain[quote.end : token.end])
            if head and (sure or not last_head):
                last_end, last_head = token.end, head
            elif token.text in self.words.not_heads and not last_head and not summed:
                seen_not = True
        return last_end, last_head, seen_not and not last_head

    def _head_of(self, word: str, phrase: str) -> str:
        """The head that a word of a phrase ends in; a head of one sign only inside a longer word, or if a thing (…巡护队)."""
        head = self.words.head_at_end(phrase)
        thing = self.words.is_thing(head) and len(phrase) >= _SHORTEST_INNER
        return head if head and (len(head) > 1 or len(word) > 1 or thing) else ""

    def _after_creation(self, start: int) -> bool:
        """Whether a verb of making stands before the quote, only a noun phrase between; any verb with 出 makes."""
        created = False
        piece = self.words.set_piece.search(self.clause.plain, max(self.clause.start, start - _LONGEST_PIECE), start)
        start = piece.start() if piece else start  # 搭建集甲、乙于一体的“丙”
        for token in self.clause.back(start, _NEAR):
            if token.text in self.words.creation_verbs or (created and token.tag[0] == "v"):
                return True
            if token.end == start and token.text in ("出", "为", "成"):
                created = token.text == "出"
                continue
            if token.text in self.words.naming_verbs:
                return True
            if token.tag in ("x", "p", "c", "v"):
                return False
        return False

    def _head_before(self, start: int) -> str:
        """The head right before a quote that names it: 甲目“乙丙”."""
        before = self.clause.before(start)
        if before is None or before.end != start:
            return ""
        head = self.words.head_at_end(before.text)
        return head if len(head) > 1 and head == before.text else ""

    def _slogan_pair(self, stack: list[Quote], left: str) -> Mention | None:
        """以“四甲”促“四乙”: a way of working whose name is the whole slogan."""
        match = _SLOGAN.match(self.clause.plain, stack[0].start, self.clause.end)
        if match is None or not left.endswith(self.words.slogan_means) or len(stack) > 1:
            return None
        return Mention(match[0], match.start(), match.end(), match[0], "mechanism", "mechanism", False, "slogan-pair")

    def _used_as_method(self, start: int, end: int) -> bool:
        """“甲乙丙丁” between a noun and a verb is a way of doing (某员“甲乙丙丁”办…)."""
        left, right = self.clause.before(start), self.clause.at(end)
        if left is None or right is None:
            return False
        return left.tag in ("n", "nz", "j") and left.end == start and self.clause.tokens[right].tag in ("v", "vn")

    def _mention(self, stack: list[Quote], end: int, head: str, rule: str) -> Mention:
        """The mention from the first quote to `end`; its name starts at the last quote, the rest are other names."""
        plain, last = self.clause.plain, stack[-1]
        start = stack[0].start
        name = self.words.theme.sub("", plain[last.start : end].replace("”等的", "”").replace("”等", "”"), 1)
        kind = self.words.heads.get(head, "mechanism")
        alts = {last.inner}
        if len(stack) > 1:
            alts.add(plain[start:end])
        full = phrase_start(self.clause, start)
        if full < start:
            alts.add(plain[full:end].replace("”等", "”"))
        alts.discard(name)
        return Mention(plain[start:end], start, end, name, "mechanism", kind, False, rule, tuple(sorted(alts)))

    def titles(self) -> Iterator[Mention]:
        """《…》 where the title ends in a head or a verb of making stands before it in the clause."""
        listed_after = -1
        for match in _TITLE.finditer(self.clause.plain, self.clause.start, self.clause.end):
            inner = _ASIDE_AT_END.sub("", match[1])
            kind = self.words.heads.get(self.words.head_at_end(inner), "")
            listed = listed_after >= 0 and self.clause.plain[listed_after : match.start()] in AND
            text_of_others = self.words.not_titles.search(inner) and not self._made_right_before(match.start())
            if (text_of_others and not kind) or inner in self.words.bare or inner in self.words.heads:
                continue
            if listed or kind or self._made_in_clause(match.start()):
                listed_after = match.end()
                kind = kind or "document"
                yield Mention(match[0], match.start(), match.end(), match[0], "mechanism", kind, False, "book-title", (inner,))

    def _made_right_before(self, start: int) -> bool:
        before = self.clause.before(start)
        return before is not None and before.end == start and before.text in self.words.making_verbs

    def _made_in_clause(self, start: int) -> bool:
        """Whether a verb of making stands before `start` in the clause."""
        return any(token.text in self.words.making_verbs for token in self.clause.back(start, 24) if token.tag[0] == "v")


def _stacks(plain: str, quotes: Sequence[Quote]) -> Iterator[list[Quote]]:
    """Quotes that name one thing together: “甲”的“乙”制; quotes that only stand side by side are a list."""
    stack: list[Quote] = []
    for quote in quotes:
        if stack and plain[stack[-1].end : quote.start] != _BETWEEN:
            yield stack
            stack = []
        stack.append(quote)
    if stack:
        yield stack
