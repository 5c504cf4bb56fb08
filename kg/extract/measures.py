"""Counts, rates and changes: which numbers of a sentence state a result, and what they count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.numbers import Number
from kg.extract.scene import REACH_BACK, OutcomeHit, Scene

_JOINS = "、和及与并且或以"
_OPEN = "（(［["
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
        if head := lexicon.compile(_HEAD).match(text, start, end):
            start = head.end()
        return start, end

    @property
    def _tail(self) -> re.Pattern[str]:
        return self.scene.lexicon.compile(_TAIL)

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
    def at_clause_start(self) -> bool:
        return self.noun[0] >= self.noun[1]

    def verb_before(self) -> re.Match[str] | None:
        """The last result verb of the clause before the number."""
        last = None
        low = max(self.begin, self.number.start - REACH_BACK)
        for last in self.scene.lexicon.compile(_VERB).finditer(self.text, low, self.number.start):
            pass
        return last


_HEAD = r"(?:[、和及与，,：:（(“的\s]|<lead>|(?:(?:19|20)\d\d年(?:度)?(?:\d{1,2}月)?)|<year-word>(?:<since>)?|<run>\d{1,2}年|<since>(?=，|,))+"
_TAIL = r"(?:<reach>|<total>|<run>\d{1,2}年|<run>[一二两三四五六七八九十]年|[：:\s（(]|[已均就共还仅约近超])\Z"
_TO = r"[，,]?(?:[一-龥]{0,4}?<raise>)?了?(?:至|到|为|<raise>)(?:<link>)?"
_VERB = r"(?:<create>|<act>)"


def measured(scene: Scene, taken: list[tuple[int, int]]) -> Iterator[OutcomeHit]:
    """Counts, rates and changes outside the spans that other outcomes have taken (sorted)."""
    starts = [start for start, _ in taken]
    numbers = scene.numbers
    last: OutcomeHit | None = None
    clause_end, floor, adjacent_end = -1, 0, -1
    for index, number in enumerate(numbers):
        begin, end = scene.clause(number.start)
        floor = max(floor, begin) if begin <= clause_end else begin
        clause_end = end
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        inside = bisect_right(starts, number.core) - 1
        if inside >= 0 and number.core < taken[inside][1]:
            floor, adjacent_end = max(number.end, taken[inside][1]), -1
            continue
        shares = adjacent_end == number.start and last is not None
        place = Place(scene, number, begin, end, max(floor, number.start - REACH_BACK), following, last, shares)
        hit = None if scene.planned(number.core) else _read(place)
        if hit is not None:
            last = hit
            adjacent_end = number.end
            yield hit
        floor = max(number.end, hit.end - scene.start) if hit is not None else number.end


def _read(place: Place) -> OutcomeHit | None:
    number = place.number
    if _repeated(place) or _starts_change(place):
        return None
    if place.shares_noun and place.before_it is not None:
        what = place.before_it.what
        at = (what.start - place.scene.start, what.end - place.scene.start)
        return place.scene.hit("count", number.start, number.end, at, place.before_it.rule, number)
    change = _change(place)
    if change is not None or number.of in ("duration", "times", "points"):
        return change
    if number.of == "percent":
        return _rate(place)
    if _described(place):
        return None
    return _after_noun(place) if _is_after_noun(place) else _before_noun(place)


def _repeated(place: Place) -> bool:
    """每月2次, 每季度至少1次: a habit, not a result."""
    if place.number.of != "occasion":
        return False
    return bool(place.scene.lexicon["repeated"].pattern.search(place.text, place.begin, place.number.core))


def _described(place: Place) -> bool:
    """Whether the number describes (现有党员35名) or counts partners (与11家企业)."""
    lexicon, text = place.scene.lexicon, place.text
    start, end = place.floor, place.number.start
    found = lexicon["describe"].pattern.search(text, start, end)
    return found is not None and not lexicon.compile(_VERB).search(text, found.end(), end)


def _change(place: Place) -> OutcomeHit | None:
    """增长20%, 缩短5天, 由15天缩短至3天, 节约成本30%."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    verb = lexicon.compile(r"<raise>(?:<link>){0,3}\Z").search(text, max(place.floor, number.start - 10), number.start)
    came_from = _from_before(place)
    start, end = place.noun
    if came_from is not None:
        return place.scene.hit("change", came_from[0], number.end, came_from, lexicon["carrier"].rule("由"), number)
    if verb is not None:
        rule = lexicon["raise"].pattern.match(text, verb.start())
        assert rule is not None
        begin = min(start, verb.start())
        if begin == verb.start() and number.of not in ("percent", "points", "times", "duration") and not place.before_it:
            return None
        return place.scene.hit("change", begin, number.end, (begin, rule.end()), lexicon["raise"].rule(rule[0]), number)
    inner = lexicon["raise"].pattern.search(text, start, end)
    if inner is None or number.of not in ("percent", "points", "times", "duration"):
        return None
    return place.scene.hit("change", start, number.end, (start, end), lexicon["raise"].rule(inner[0]), number)


def _starts_change(place: Place) -> bool:
    """Whether this number is the A of 由A缩短至B."""
    following, number = place.following, place.number
    if following is None or following.start - number.end > 10 or following.core > place.end:
        return False
    link = place.scene.lexicon.compile(_TO).fullmatch(place.text, number.end, following.start)
    return link is not None and (link.end() - link.start() > 1 or _carrier(place, place.number.start) is not None)


def _carrier(place: Place, before: int) -> re.Match[str] | None:
    last = None
    low = max(place.begin, before - REACH_BACK)
    for last in place.scene.lexicon["carrier"].pattern.finditer(place.text, low, before):
        pass
    return last


def _from_before(place: Place) -> tuple[int, int] | None:
    """The noun of 由A缩短至B when this number is B."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    link = lexicon.compile(_TO + r"\Z").match(text, place.floor, number.start)
    carrier = _carrier(place, place.floor) if link and place.floor > place.begin else None
    if carrier is None:
        return None
    low = max(place.begin, place.floor - REACH_BACK)
    head = lexicon.compile(_HEAD).match(text, low, carrier.start())
    start = head.end() if head else low
    if start < carrier.start():
        return start, carrier.start()
    return _previous_noun(place)


def _previous_noun(place: Place) -> tuple[int, int] | None:
    """The whole clause before, for a clause that begins with its number."""
    if place.begin < 2:
        return None
    begin, end = place.scene.clause(place.begin - 2)
    head = place.scene.lexicon.compile(_HEAD).match(place.text, begin, end)
    begin = head.end() if head else begin
    return (max(begin, end - 30), end) if end > begin else None


def _rate(place: Place) -> OutcomeHit | None:
    """调解成功率达98%; 98%的纠纷化解在诉前."""
    start, end = place.noun
    text, number = place.text, place.number
    for unit in place.scene.units_between(start, end):
        if unit.end - place.scene.start < end:
            start = unit.end - place.scene.start
    after_object = text.rfind("对", start, end - 2)
    if after_object >= 0:
        start = after_object + 1
    if end - start >= 2:
        return place.scene.hit("rate", place.noun[0], number.end, (start, end), number.rule, number)
    if text.startswith("的", number.end) and place.rest_end - number.end > 3:
        return place.scene.hit("rate", number.start, place.rest_end, (number.end + 1, place.rest_end), number.rule, number)
    return None


def _is_after_noun(place: Place) -> bool:
    """Whether the counted noun stands before the number (走访企业120家)."""
    text, number, lexicon = place.text, place.number, place.scene.lexicon
    at = number.end
    if at >= place.end or text[at] in _JOINS + _OPEN or (place.following is not None and place.following.start == at):
        return True
    if place.noun[1] - place.noun[0] < 2:
        return False
    return bool(lexicon.compile(_VERB).match(text, at)) and not place.at_clause_start and _verb_and_noun(place)


def _verb_and_noun(place: Place) -> bool:
    start, end = place.noun
    verb = place.scene.lexicon.compile(_VERB).search(place.text, start, end)
    return verb is not None and end - verb.end() >= 2


def _after_noun(place: Place) -> OutcomeHit | None:
    start, end = place.noun
    if end - start < 2:
        return None
    scene, text, lexicon = place.scene, place.text, place.scene.lexicon
    for unit in scene.units_between(start, start + 1):
        if unit.end - scene.start < end:
            start = unit.end - scene.start
    made = None
    for made in lexicon["create"].pattern.finditer(text, start, end - 2):
        pass
    done = lexicon["act"].pattern.search(text, start, end)
    if made is not None:
        at = made.end() + (1 if text[made.end()] in "了出过" else 0)
        return scene.hit("count", made.start(), place.number.end, (at, end), lexicon["create"].rule(made[0]), place.number)
    if done is not None:
        return scene.hit("count", done.start(), place.number.end, (done.start(), end), lexicon["act"].rule(done[0]), place.number)
    if place.counted_up or _enumerated(place):
        return scene.hit("count", start, place.number.end, (start, end), place.number.rule, place.number)
    return None


def _enumerated(place: Place) -> bool:
    """Whether the outcome before ended where this item or clause begins."""
    if place.before_it is None:
        return False
    gap = place.floor - (place.before_it.end - place.scene.start)
    return 0 <= gap <= 8


def _before_noun(place: Place) -> OutcomeHit | None:
    """建成15个工作室; 8个区将模型纳入平台; 为320名群众提供咨询."""
    lexicon, text, number, scene = place.scene.lexicon, place.text, place.number, place.scene
    end = _noun_after(place)
    if end - number.end < 1 or _partners(place):
        return None
    verb = place.verb_before()
    attended = lexicon["attend"].pattern.search(text, number.end, place.end)
    if attended and (verb is None or lexicon["create"].pattern.match(verb[0])):
        return None
    close = verb is not None and number.start - verb.end() <= 14 and place.floor <= verb.end()
    if number.weak and not (verb and number.value > 1 and number.start - verb.end() <= 1):
        return None
    if close and verb is not None:
        rule = lexicon["create"].rule(verb[0]) or lexicon["act"].rule(verb[0])
        return scene.hit("count", verb.start(), end, (number.end, end), rule, number)
    if _enumerated(place) and number.start - place.floor <= 3:
        assert place.before_it is not None
        return scene.hit("count", number.start, end, (number.end, end), place.before_it.rule, number)
    return _predicate(place)


def _predicate(place: Place) -> OutcomeHit | None:
    """A clause whose subject or object is the counted thing: the whole rest of the clause is what was achieved."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    scoped = lexicon.compile(r"<scope>[^，。；、]{0,6}\Z").search(text, max(place.begin, number.start - 8), number.start)
    stop = place.rest_end
    if scoped and lexicon.compile(_VERB).search(text, number.end, stop):
        return place.scene.hit("count", scoped.start(), stop, (number.end, stop), lexicon["scope"].rule(scoped[0][:1]) or number.rule, number)
    if not place.at_clause_start:
        return None
    done = lexicon["verb-after"].pattern.search(text, number.end, min(stop, number.end + 14))
    if done is None or stop - done.end() < 2:
        return None
    return place.scene.hit("count", number.start, stop, (number.end, stop), lexicon["verb-after"].rule(done[0]), number)


def _partners(place: Place) -> bool:
    """Whether the counted bodies are those one works with."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    if number.of not in ("body", "person", "thing"):
        return False
    low = max(place.floor, number.start - 12)
    found = lexicon["partner"].pattern.search(text, low, number.start)
    return found is not None and not lexicon["create"].pattern.search(text, found.end(), number.start)


def _noun_after(place: Place) -> int:
    """Where the noun phrase after the number ends."""
    text, number = place.text, place.number
    end = place.rest_end
    for sign in "、":
        at = text.find(sign, number.end, end)
        if at > 0:
            end = at
    if place.following is not None and end == place.following.start:
        end = _before_next_verb(place, end)
    while end > number.end and text[end - 1] in _JOINS + "等的":
        end -= 1
    return end


def _before_next_verb(place: Place, end: int) -> int:
    """The noun phrase of 帮助12家企业解决难题35个 ends before 解决."""
    verb = place.scene.lexicon.compile(_VERB).search(place.text, place.number.end + 1, end)
    return verb.start() if verb else end
