"""Changes and rates: 减少20%, 缩短5天, 由15天缩短至3天, 调解成功率达98%."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.place import HEAD, TO, Place
from kg.extract.scene import REACH_BACK, OutcomeHit

_SHARES = frozenset(["percent", "points", "times", "duration"])


def starts_change(place: Place) -> bool:
    """Whether this number is the A of 由A缩短至B."""
    following, number = place.following, place.number
    if following is None or following.start - number.end > 18 or following.core > place.end:
        return False
    link = place.scene.lexicon.compile(TO).fullmatch(place.text, number.end, following.start)
    if link is None:
        return False
    raised = place.scene.lexicon["raise"].pattern.search(place.text, link.start(), link.end())
    return raised is not None or _carrier(place, place.number.start) is not None


def _carrier(place: Place, before: int) -> re.Match[str] | None:
    return place.last("<carrier>", max(place.begin, before - REACH_BACK), before)


def change(place: Place) -> OutcomeHit | None:
    """减少20%, 缩短5天, 由15天缩短至3天, 节约成本30%."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    verb = lexicon.compile(r"<raise>(?:<link>){0,3}\Z").search(text, max(place.floor, number.start - 10), number.start)
    came_from = _from_before(place)
    start, end = place.noun
    if came_from is not None:
        return place.scene.hit("change", came_from[0], number.end, came_from, lexicon["carrier"].rule("由"), number)
    if number.of in _SHARES and start >= end and place.follows_list:
        return place.again()
    if verb is not None:
        rule = lexicon["raise"].pattern.match(text, verb.start())
        assert rule is not None
        begin = min(start, verb.start())
        if begin == verb.start() and place.before_it is not None and place.before_it.kind != "honour":
            return _of_what_was_counted(place, begin, rule)
        if begin == verb.start() and number.of not in _SHARES:
            return None
        if begin == verb.start() and (noun := _previous_noun(place)):
            return place.scene.hit("change", begin, number.end, noun, lexicon["raise"].rule(rule[0]), number)
        return place.scene.hit("change", begin, number.end, (begin, rule.end()), lexicon["raise"].rule(rule[0]), number)
    inner = lexicon["raise"].pattern.search(text, start, end)
    if inner is None or number.of not in _SHARES:
        return None
    return place.scene.hit("change", start, number.end, (start, end), lexicon["raise"].rule(inner[0]), number)


def _of_what_was_counted(place: Place, begin: int, raised: re.Match[str]) -> OutcomeHit:
    """甲93件，上升18%: the change of what was counted just before; the count is no part of its name."""
    start, end = place.what_before
    name = place.text[start:end] + place.text[begin : raised.end()]
    rule = place.scene.lexicon["raise"].rule(raised[0])
    hit = place.scene.hit("change", begin, place.number.end, (start, raised.end()), rule, place.number)
    return replace(hit, what=replace(hit.what, value=name))


def _from_before(place: Place) -> tuple[int, int] | None:
    """The noun of 由A缩短至B when this number is B."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    link = lexicon.compile(TO + r"\Z").match(text, place.floor, number.start)
    carrier = _carrier(place, place.floor) if link and place.floor > place.begin else None
    if carrier is None:
        return None
    low = max(place.begin, place.floor - REACH_BACK)
    head = lexicon.compile(HEAD).match(text, low, carrier.start())
    start = head.end() if head else low
    end = carrier.start()
    while end > start and text[end - 1] in "已均就也都":
        end -= 1
    if start < end:
        return start, end
    return _previous_noun(place)


def _previous_noun(place: Place) -> tuple[int, int] | None:
    """The whole clause before, for a clause that begins with its number."""
    if place.begin < 2:
        return None
    begin, end = place.scene.clause(place.begin - 2)
    head = place.scene.lexicon.compile(HEAD).match(place.text, begin, end)
    begin = head.end() if head else begin
    return (max(begin, end - 30), end) if end > begin else None


def rate(place: Place) -> OutcomeHit | None:
    """调解成功率达98%; 98%的纠纷化解在诉前."""
    start, end = place.noun
    text, number = place.text, place.number
    rest = (number.end + 1, place.rest_end)
    if text.startswith("的", number.end) and rest[1] - rest[0] > 4 and not place.find("<raise>|<link>", rest[0], rest[0] + 2):
        return place.scene.hit("rate", number.start, rest[1], rest, number.rule, number)
    for unit in place.scene.units_between(start, end):
        if unit.end - place.scene.start < end:
            start = unit.end - place.scene.start
    after_object = text.rfind("对", start, end - 2)
    if after_object >= 0:
        start = after_object + 1
    if end - start >= 2:
        return place.scene.hit("rate", place.noun[0], number.end, (start, end), number.rule, number)
    return None
