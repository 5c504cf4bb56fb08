"""Mentions of mechanisms: quoted names with or without a head noun, book titles, unquoted compounds after verbs of making."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.phrases import Clause, noun_phrase_end, phrase_start
from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.lexicon import MechanismWords

_QUOTE = re.compile(r"“([^“”\n。！？；]{1,40})”")
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_SHORTEST_NAME = 4
_LONG_INNER = 4
_SHORT_SLOGAN = 6
_BODIES = ("joint_body", "platform", "post")  # kinds of things that one can set up, several at a time
_SHORTEST_ACTIVITY = 7
_SHORTEST_WORD = 3  # that proves a head of one sign (文化节)
_LISTED = re.compile(r"(?P<items>[^，。；：“”《》、和]{4,20}(?:[、和][^，。；：“”《》、和]{4,20})+)等(?:[\d一二三四五六七八九十]+[项个种大类])?(?P<tail>[^，。；：“”《》、和]{2,8}?)(?=[，。；：]|$)")
_BETWEEN = "的"
_SLOGAN = re.compile(r"“[^“”\n]{2,4}”[\u4e00-\u9fff]“[^“”\n]{2,4}”")
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
        found = list(self._titles(clause))
        taken = [(m.start, m.end) for m in found]
        found += (m for m in self._quoted(clause) if not any(a < m.end and m.start < b for a, b in taken))
        taken = [(m.start, m.end) for m in found]
        more_kinds = (self._unquoted(clause), self._coordinated(clause, tuple(found)), self._founded(clause), self._practices(clause))
        for more in more_kinds:
            for mention in more:
                if not any(a < mention.end and mention.start < b for a, b in taken):
                    found.append(mention)
                    taken.append((mention.start, mention.end))
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
        pushed = self._slogan_pair(clause, stack, left)
        if pushed is not None:
            return pushed
        listed = before is not None and clause.plain[before.end : start] in ("", "、", "和", "及", "以及", "与", "或")
        end, head, rejected = self._head_after(clause, last)
        own = words.head_at_end(last.inner)
        body = len(last.inner) > _LONG_INNER and words.heads.get(own) in _BODIES
        if rejected or (left.endswith(words.emphasis_before) and not body) or ">" in last.inner:
            return None
        if head and len(last.inner) > 1:
            return self._mention(clause, stack, end, head, "quoted-head")
        if after.startswith(words.emphasis_after) and len(last.inner) <= _SHORT_SLOGAN:
            return None
        if last.inner in words.bare:
            return None
        made = listed or self._after_creation(clause, start)
        named = self._named_before(clause, start)
        if named and not last.inner.startswith(words.slogan_starts):
            return self._mention(clause, stack, last.end, named, "head-before-quote")
        if own and len(last.inner) >= 3 and self._is_own_name(last.inner, own):
            return self._mention(clause, stack, last.end, own, "quoted-own-head")
        slogan = last.inner.startswith(words.slogan_starts) or last.inner.endswith(words.person_ends) and not made
        if len(last.inner) >= 3 and (made or "+" in last.inner) and not slogan and not re.search("[，；：]", last.inner):
            return self._mention(clause, stack, last.end, "", "quoted-made")
        if len(last.inner) == 4 and self._used_as_method(clause, stack[0].start, last.end):
            return self._mention(clause, stack, last.end, "", "quoted-method")
        return None

    def _is_own_name(self, inner: str, head: str) -> bool:
        """Whether a quoted string that ends in a head names a thing: not 搭建平台, 新格局, 以人民为中心."""
        words = self.words
        return inner not in words.bare and not inner.startswith((*words.making_verbs, *words.slogan_starts)) and len(inner) > len(head) - 1

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
        """Whether a verb of making stands before the quote, with nothing but a noun phrase between; any verb with 出 makes."""
        created = False
        for token in clause.back(start, 14):
            if token.text in self.words.creation_verbs or created and token.tag[0] == "v":
                return True
            if token.end == start and token.text in ("出", "为", "成"):
                created = token.text == "出"
                continue
            if token.text in self.words.naming_verbs:
                return True
            if token.tag in ("x", "p", "c", "v"):
                return False
        return False

    def _named_before(self, clause: Clause, start: int) -> str:
        """The head right before a quote that names it: 党建品牌“甲乙”."""
        before = clause.before(start)
        if before is None or before.end != start:
            return ""
        head = self.words.head_at_end(before.text)
        return head if len(head) > 1 and head == before.text else ""

    def _slogan_pair(self, clause: Clause, stack: list[Quote], left: str) -> Mention | None:
        """以“四甲”促“四乙”: a way of working whose name is the whole slogan."""
        match = _SLOGAN.match(clause.plain, stack[0].start, clause.end)
        if match is None or not left.endswith(self.words.slogan_means) or len(stack) > 1:
            return None
        return Mention(match[0], match.start(), match.end(), match[0], "mechanism", "mechanism", False, "slogan-pair")

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
        alts = {last.inner}
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
            inner = re.sub("（[^（）]*）$", "", match[1])
            kind = self.words.heads.get(self.words.head_at_end(inner), "")
            listed = listed_after >= 0 and clause.plain[listed_after : match.start()] in ("、", "和", "及", "以及", "与")
            if _LEGAL.search(inner) and not kind:
                continue
            if listed or kind or self._made_in_clause(clause, match.start()):
                listed_after = match.end()
                kind = kind or "document"
                yield Mention(match[0], match.start(), match.end(), match[0], "mechanism", kind, False, "book-title", (inner,))

    def _made_in_clause(self, clause: Clause, start: int) -> bool:
        return any(token.text in self.words.making_verbs for token in clause.back(start, 24) if token.tag[0] == "v")

    # -- unquoted compounds

    def _unquoted(self, clause: Clause) -> Iterator[Mention]:
        index = 0
        while index < len(clause.tokens):
            verb = clause.tokens[index].text
            if verb in self.words.making_verbs:
                yield from self._compounds(clause, index + 1)
            elif verb in self.words.activity_verbs:
                yield from (m for m in self._compounds(clause, index + 1) if self._is_activity(m))
            index += 1

    def _is_activity(self, mention: Mention) -> bool:
        meeting = self.words.head_at_end(mention.name) in self.words.meeting_heads
        return len(mention.name) >= _SHORTEST_ACTIVITY and (meeting or mention.kind == "activity")

    def _founded(self, clause: Clause) -> Iterator[Mention]:
        """甲市图书馆联盟由此成立: a phrase from the start of a clause to a head, then a verb of coming into being."""
        start = 0
        for index, token in enumerate(clause.tokens):
            if token.tag == "x":
                start = index + 1
            elif self.words.head_at_end(token.text) and self.words.came_into_being.match(clause.plain, token.end):
                found = self._compound(clause, clause.skip_count(start), index + 1, True, False) if index > start else None
                if found is not None:
                    yield found

    def _coordinated(self, clause: Clause, quoted: Sequence[Mention]) -> Iterator[Mention]:
        """“甲”教育中心、家事调解中心: the compound that a quoted name is listed with."""
        for mention in quoted:
            at = clause.at(mention.end)
            if at is None or clause.tokens[at].text not in ("、", "和", "及", "以及", "与"):
                continue
            start = clause.skip_count(at + 1)
            stop = clause.phrase_stop(start, lambda word: bool(self.words.head_at_end(word)))
            found = self._compound(clause, start, stop, True, start > at + 1) if stop > start else None
            if found is not None:
                yield found

    def _compounds(self, clause: Clause, index: int) -> Iterator[Mention]:
        """The noun phrases that end in a head, from the verb to the end of the clause: 4个甲实验室和15个乙工作室."""
        index = clause.skip_words(index, self.words.making_verbs | self.words.activity_verbs)
        index = clause.skip_with(index)
        start = clause.skip_count(index)
        items = self._items_before_head(clause, start)
        if items or self._in_topic(clause, index):
            yield from items
            return
        first, counted = True, start > index + 1
        while start < len(clause.tokens):
            stop = clause.phrase_stop(start, lambda word: bool(self.words.head_at_end(word)))
            mention = self._compound(clause, start, stop, first, counted) if stop > start else None
            if mention is None:
                return
            yield mention
            first = False
            if stop >= len(clause.tokens) or clause.tokens[stop].text not in ("和", "及", "以及", "、", "与", "暨"):
                return
            start = clause.skip_count(stop + 1)

    def _in_topic(self, clause: Clause, index: int) -> bool:
        """Whether a clause is a topic like 一是健全保障体系, which only announces what follows."""
        *_, first = (clause.tokens[index - 1], *clause.back(clause.tokens[index - 1].start, 12))
        return bool(self.words.topic.match(clause.plain, first.start))

    def _compound(self, clause: Clause, start: int, stop: int, first: bool, counted: bool) -> Mention | None:
        """The phrase tokens[start:stop] as a mechanism; a coordinated one may be bare, a counted one must be a body or a place."""
        words = self.words
        at = clause.tokens[start].start
        while stop > start + 1 and not words.head_at_end(clause.tokens[stop - 1].text):
            stop -= 1  # 建立甲平台推动…: back to the last head
        end = clause.tokens[stop - 1].end
        phrase = clause.plain[at:end]
        before, _, name = phrase.rpartition("的")
        if name.startswith("新") or before in words.bare:
            return None
        if name in words.bare or len(name) < _SHORTEST_NAME:
            name = phrase
        head = words.head_at_end(name)
        bare = name in words.bare or len(name) < _SHORTEST_NAME
        if len(head) == 1 and len(clause.tokens[stop - 1].text) < _SHORTEST_WORD:
            return None
        if not head or (first and bare and not counted) or len(name) > words.longest_name or clause.tokens[stop - 1].text in words.not_heads:
            return None
        if counted and words.heads[head] not in _BODIES:
            return None
        alts = (phrase,) if phrase != name else ()
        return Mention(name, end - len(name), end, name, "mechanism", words.heads[head], False, "unquoted-compound", alts)

    def _items_before_head(self, clause: Clause, index: int) -> list[Mention]:
        """制定甲、乙等办案机制: the items of a list whose head stands after 等."""
        if index >= len(clause.tokens):
            return []
        begin = clause.tokens[index].start
        match = _LISTED.match(clause.plain, begin, clause.end)
        head = self.words.head_at_end(match["tail"]) if match else ""
        if match is None or not head:
            return []
        mentions, at = [], begin
        for item in re.split("[、和]", match["items"]):
            name = item + match["tail"]
            mentions.append(Mention(item, at, at + len(item), name, "mechanism", self.words.heads[head], False, "listed-before-head", (item,)))
            at += len(item) + 1
        return mentions

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
    """Quotes that name one thing together: “甲”的“乙”机制; quotes that only stand side by side are a list."""
    stack: list[Quote] = []
    for quote in quotes:
        if stack and plain[stack[-1].end : quote.start] != _BETWEEN:
            yield stack
            stack = []
        stack.append(quote)
    if stack:
        yield stack
