"""Mentions of mechanisms: quoted names with or without a head noun, book titles, unquoted compounds after verbs of making."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.phrases import Clause, noun_phrase_end, phrase_start
from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.lexicon import MechanismWords

_QUOTE = re.compile(r"“([^“”\n]{1,48})”")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_BETWEEN = re.compile(r"的?$")
_PUSHES = re.compile(r"^[\u4e00-\u9fff]{1,2}$")
_LEGAL = re.compile(r"(?:法|条例|宪法|法典|规则|讲话|论述|读本|报|报告|决定|公报|党章|纲要|规划|通讯|日报|准则|解释|标准|案例|之歌)$")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted string: outer span with its marks, and what stands between them."""

    start: int
    end: int
    inner: str


class MechanismFinder:
    """Finds mechanism mentions in a block of text; the words come from ontology/extraction/mechanisms.yaml."""

    def __init__(self, words: MechanismWords) -> None:
        self.words = words

    def find(self, plain: str, tokens: Sequence[Token], units: Sequence[Mention]) -> list[Mention]:
        """Mentions in text order, not overlapping.

        Args:
            plain: normalised text of the whole document.
            tokens: the words of one block.
            units: the unit mentions of the block.
        """
        if not tokens:
            return []
        clause = Clause(plain, tokens)
        found = [*self._quoted(clause), *self._titles(clause)]
        taken = [(m.start, m.end) for m in found]
        found.extend(m for m in self._unquoted(clause) if not any(a < m.end and m.start < b for a, b in taken))
        taken = [(m.start, m.end) for m in found]
        found.extend(m for m in self._practices(clause) if not any(a < m.end and m.start < b for a, b in taken))
        return sorted(found, key=lambda m: m.start)

    # -- quoted names

    def _quoted(self, clause: Clause) -> Iterator[Mention]:
        quotes = [Quote(m.start(), m.end(), m[1]) for m in _QUOTE.finditer(clause.plain, clause.start, clause.end)]
        before: Mention | None = None
        for stack in _stacks(clause.plain, quotes):
            mention = self._read_stack(clause, stack, before)
            if mention is not None:
                yield mention
                before = mention

    def _read_stack(self, clause: Clause, stack: list[Quote], before: Mention | None) -> Mention | None:
        """Decides what a quote (or several in a row) names: with its head noun, by its own last word, or by the verb before it."""
        last = stack[-1]
        start, words = stack[0].start, self.words
        left = clause.plain[max(clause.start, start - 8) : start]
        after = clause.plain[last.end : last.end + 4]
        listed = before is not None and clause.plain[before.end : start] in ("、", "和", "及", "以及", "与", "或")
        end, head, rejected = self._head_after(clause, last)
        if rejected or any(left.endswith(word) for word in words.emphasis_before):
            return None
        if head:
            return self._mention(clause, stack, end, head, "quoted-head")
        if any(after.startswith(word) for word in words.emphasis_after):
            return None
        own = words.head_at_end(last.inner)
        made = listed or self._after_creation(clause, start)
        if own and len(own) < len(last.inner) and len(last.inner) >= 3 and own not in ("人",):
            return self._mention(clause, stack, last.end, own, "quoted-own-head")
        if len(last.inner) >= 3 and (made or "+" in last.inner) and not re.search("[，；：]", last.inner):
            return self._mention(clause, stack, last.end, "", "quoted-made")
        if len(last.inner) == 4 and self._used_as_method(clause, stack[0].start, last.end):
            return self._mention(clause, stack, last.end, "", "quoted-method")
        return None

    def _head_after(self, clause: Clause, quote: Quote) -> tuple[int, str, bool]:
        """(end, head, rejected): the noun phrase after a quote up to its last head; rejected where it ends in a word of emphasis."""
        match = re.compile(r"等?的?").match(clause.plain, quote.end)
        first = clause.at(match.end() if match else quote.end)
        if first is None:
            return quote.end, "", False
        last_end, last_head, seen_not = quote.end, "", False
        for token in noun_phrase_end(clause, first, self.words.longest_gap):
            head = self._head_of(token.text, clause.plain[quote.end : token.end])
            if head:
                last_end, last_head = token.end, head
            elif token.text in self.words.not_heads and not last_head:
                seen_not = True
        return last_end, last_head, seen_not and not last_head

    def _head_of(self, word: str, phrase: str) -> str:
        """The head that a word of a phrase ends in; a head of one sign only inside a longer word."""
        head = self.words.head_at_end(phrase)
        return head if head and (len(head) > 1 or len(word) > 1) else ""

    def _after_creation(self, clause: Clause, start: int) -> bool:
        """Whether a verb of making stands before the quote, with nothing but a noun phrase between."""
        for token in clause.back(start, 14):
            if token.text in self.words.creation_verbs:
                return True
            if token.tag == "x" or token.tag in ("p", "c", "d") or token.tag == "v":
                return False
        return False

    def _used_as_method(self, clause: Clause, start: int, end: int) -> bool:
        """“甲乙丙丁” between a noun and a verb is a way of doing (党员“揭榜挂帅”建立…)."""
        left, right = clause.before(start), clause.at(end)
        if left is None or right is None:
            return False
        return left.tag in ("n", "nz", "j") and left.end == start and clause.tokens[right].tag in ("v", "vn")

    def _mention(self, clause: Clause, stack: list[Quote], end: int, head: str, rule: str) -> Mention:
        plain, last = clause.plain, stack[-1]
        start = stack[0].start
        name = plain[last.start : end].replace("”等的", "”").replace("”等", "”")
        kind = self.words.heads.get(head, "") or self._kind_by_context(clause, start)
        alts = {last.inner, *(quote.inner for quote in stack[:0])}
        if len(stack) > 1:
            alts.add(plain[start:end])
        full = phrase_start(clause, start)
        if full < start:
            alts.add(plain[full:end].replace("”等", "”"))
        alts.discard(name)
        return Mention(plain[start:end], start, end, name, "mechanism", kind, False, rule, tuple(sorted(alts)))

    def _kind_by_context(self, clause: Clause, start: int) -> str:
        return "mechanism"

    # -- 《…》

    def _titles(self, clause: Clause) -> Iterator[Mention]:
        listed_after = -1
        for match in _TITLE.finditer(clause.plain, clause.start, clause.end):
            inner = match[1]
            if _LEGAL.search(inner):
                continue
            listed = listed_after >= 0 and clause.plain[listed_after : match.start()] in ("、", "和", "及", "以及", "与")
            if listed or self._made_in_clause(clause, match.start()):
                listed_after = match.end()
                kind = self.words.heads.get(self.words.head_at_end(inner), "document")
                yield Mention(match[0], match.start(), match.end(), match[0], "mechanism", kind, False, "book-title", (inner,))

    def _made_in_clause(self, clause: Clause, start: int) -> bool:
        return any(token.text in self.words.making_verbs for token in clause.back(start, 24) if token.tag[0] == "v")

    # -- unquoted compounds

    def _unquoted(self, clause: Clause) -> Iterator[Mention]:
        index = 0
        while index < len(clause.tokens):
            if clause.tokens[index].text in self.words.making_verbs:
                yield from self._compounds(clause, index + 1)
            index += 1

    def _compounds(self, clause: Clause, index: int) -> Iterator[Mention]:
        """The noun phrases that end in a head, from the verb to the end of the clause: 4个甲实验室和15个乙工作室."""
        start = clause.skip_count(index)
        first = True
        while start < len(clause.tokens):
            stop = clause.phrase_stop(start)
            name = clause.plain[clause.tokens[start].start : clause.tokens[stop - 1].end] if stop > start else ""
            mention = self._compound(clause, start, stop, name, first)
            if mention is None:
                return
            yield mention
            first = False
            if stop >= len(clause.tokens) or clause.tokens[stop].text not in ("和", "及", "以及", "、", "与"):
                return
            start = clause.skip_count(stop + 1)

    def _compound(self, clause: Clause, start: int, stop: int, name: str, first: bool) -> Mention | None:
        head = self.words.head_at_end(name)
        if not head or "“" in name or "《" in name:
            return None
        bare = name in self.words.bare or name == head
        if first and (bare or len(name) < len(head) + 2 or len(name) > 40):
            return None
        at, end = clause.tokens[start].start, clause.tokens[stop - 1].end
        return Mention(name, at, end, name, "mechanism", self.words.heads[head], False, "unquoted-compound")

    # -- practices

    def _practices(self, clause: Clause) -> Iterator[Mention]:
        for practice in self.words.practices:
            at = clause.plain.find(practice, clause.start, clause.end)
            while at >= 0:
                end = at + len(practice)
                full = phrase_start(clause, at)
                alts = (clause.plain[full:end],) if full < at else ()
                kind = self.words.heads.get(self.words.head_at_end(practice), "mechanism")
                yield Mention(practice, at, end, practice, "mechanism", kind, False, "practice", alts)
                at = clause.plain.find(practice, end, clause.end)


def _stacks(plain: str, quotes: Sequence[Quote]) -> Iterator[list[Quote]]:
    """Quotes that name one thing together: “甲”的“乙”机制, “甲”“乙”."""
    stack: list[Quote] = []
    for quote in quotes:
        if stack and not _BETWEEN.fullmatch(plain[stack[-1].end : quote.start]):
            yield stack
            stack = []
        stack.append(quote)
    if stack:
        yield stack
