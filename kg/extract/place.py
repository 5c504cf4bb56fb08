"""A number in its clause, and the words around it that say what it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.extract.numbers import Number
from kg.extract.scene import REACH_BACK, OutcomeHit, Scene

JOINS = "、和及与并且或以"
OPEN = "（(［["
RANGE = "至到-—~～"
_NOUN_END = re.compile(r"[，,；;。！!？?：:\n（(）)]")


@dataclass(frozen=True)
class Place:
    """A number in its clause: `begin`-`end` is the clause, `floor` where the words that belong to this number begin."""

    scene: Scene
    number: Number
    begin: int
    end: int
    floor: int
    following: Number | None
    before_it: OutcomeHit | None  # the outcome read from the number just before, in the same sentence
    shares_noun: bool  # 3件5人: nothing stands between this number and the one before

    @property
    def text(self) -> str:
        return self.scene.text

    @cached_property
    def noun(self) -> tuple[int, int]:
        """What stands before the number, without adverbs and times in front and words of reaching behind."""
        start, end = self.floor, self.number.start
        lexicon, text = self.scene.lexicon, self.text
        while end > start and (found := self._tail.search(text, max(start, end - 8), end)):
            end = found.start()
        if head := lexicon.compile(HEAD).match(text, start, end):
            start = head.end()
        if head := lexicon.compile(rf"<adverb>(?={VERB})").search(text, start, end):
            start = head.end()
        return self.scene.whole_quotes(start, end)

    @property
    def _tail(self) -> re.Pattern[str]:
        return self.scene.lexicon.compile(TAIL)

    @cached_property
    def counted_up(self) -> bool:
        """Whether words of totals or of reaching stand between noun and number."""
        return self.noun[1] < self.number.start

    @cached_property
    def rest_end(self) -> int:
        """Where the noun phrase after the number can end at most: at the clause's end or the next list sign or number."""
        stop = self.end
        if self.following is not None and self.following.start < stop:
            stop = self.following.start
        end = _NOUN_END.search(self.text, self.number.end, stop)
        return end.start() if end else stop

    @property
    def runs(self) -> bool:
        """Whether the number is how long something has gone on (连续5个月)."""
        start = self.number.start
        return self.scene.lexicon.compile(r"<run>\Z").search(self.text, max(self.begin, start - 4), start) is not None

    @property
    def at_clause_start(self) -> bool:
        return self.noun[0] >= self.noun[1]

    @property
    def summed(self) -> bool:
        """Whether the sum follows (两批共315名)."""
        following = self.following
        if following is None or following.start - self.number.end > 3:
            return False
        return self.scene.lexicon["total"].pattern.fullmatch(self.text, self.number.end, following.start) is not None

    @property
    def what_before(self) -> tuple[int, int]:
        """The span of what the outcome before counts."""
        assert self.before_it is not None
        return self.before_it.what.start - self.scene.start, self.before_it.what.end - self.scene.start

    @property
    def follows_list(self) -> bool:
        """Whether only a list sign stands between this number and the outcome before (41.2%、33.5%和22%)."""
        return self.before_it is not None and self.number.start - (self.before_it.end - self.scene.start) == 1

    def again(self) -> OutcomeHit | None:
        """An outcome of the same kind and noun as the one before."""
        if self.before_it is None:
            return None
        number, before = self.number, self.before_it
        return self.scene.hit(before.kind, number.start, number.end, self.what_before, before.rule, number)

    def find(self, template: str, start: int, end: int) -> re.Match[str] | None:
        """Search the sentence for a template of the lexicon between two offsets."""
        return self.scene.lexicon.compile(template).search(self.text, start, end)

    def first(self, template: str, start: int, end: int) -> re.Match[str] | None:
        """The first match outside quoted names."""
        found = self.scene.lexicon.compile(template).finditer(self.text, start, end)
        return next((match for match in found if not self.scene.masked(match.start())), None)

    def last(self, template: str, start: int, end: int) -> re.Match[str] | None:
        """The last match outside quoted names."""
        last = None
        for match in self.scene.lexicon.compile(template).finditer(self.text, start, end):
            if not self.scene.masked(match.start()):
                last = match
        return last

    def verb_before(self) -> re.Match[str] | None:
        """The last result verb of the clause before the number."""
        return self.last(VERB, max(self.begin, self.number.start - REACH_BACK), self.number.start)


HEAD = (
    r"(?:[、和及与，,：:（(的\s]|<lead>|(?:(?:19|20)\d\d年(?:度)?(?:\d{1,2}月)?)|"
    r"<year-word>(?:<since>)?|<run>\d{1,2}年|<since>(?=，|,))+"
)
TAIL = r"(?:<reach>|<total>|<run>(?:\d{1,2}|[一二两三四五六七八九十])(?:年|个月|个季度|届)|[：:\s（(]|[已均就共还仅约近超])\Z"
TO = r"[，,]?(?:[一-龥]{0,4}?<raise>|[一-龥]{1,2})?了?(?:至|到|为|<raise>)(?:(?:19|20)\d\d年的?)?(?:<link>)?"
VERB = r"(?:<create>|<act>)"
