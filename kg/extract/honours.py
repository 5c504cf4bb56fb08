"""Honours, ranks, citations and adoptions: what others gave, printed or took over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.numbers import Number
from kg.extract.scene import OutcomeHit, Scene
from kg.model import Mention

_STOP = re.compile(r"[，,；;。！!？?：:\n（(]")
_GIVEN = "的、颁发授予评为之地"
_QUOTE = re.compile(r"“[^“”]{1,40}”|《[^《》]{1,60}》")
_AFTER_VERB = r"(?:了|为|过|的|出)?"
_LEAD_BACK = 40
_RUN = r"<run>[\d一二两三四五六七八九十多数]{1,3}[年次届]"
_ADVERBS = rf"(?:{_RUN}|<often>|被|<lead>)+\Z"
_BEFORE_VERB = rf"(?:{_RUN}|<often>|<lead>|、|“|《|在|被|获|均|经|以[\d.]{{1,6}}[%分])+\Z"
_BEFORE_SUBJECT = r"(?:<lead>|<year-word>|[、和及，,\s]|<subject-lead>|(?:(?:19|20)\d\d年(?:度)?))+"
_PRINTED = r"(?P<mark><passive>|在)(?P<medium>[^，,；;。：:]{2,40}?)(?P<verb><citation-passive>)"
_TAKEN_OVER = r"(?P<mark><passive>|在)(?P<who>[^，,；;。：:]{0,30}?)(?P<verb><adoption>|<praise>)(?!<not-adopted>)"


def conferred(scene: Scene) -> Iterator[OutcomeHit]:
    """Honours, ranks, citations and adoptions, by kind of verb; the spans of later ones may overlap earlier ones."""
    yield from _honours(scene)
    yield from _ranks(scene)
    yield from _enrolled(scene)
    yield from _citations(scene)
    yield from _taken_over(scene)


def _spoken(scene: Scene, at: int) -> bool:
    return not scene.masked(at) and not scene.planned(at)


def _object(scene: Scene, at: int) -> tuple[int, int]:
    """The span from `at` to the end of its clause, brackets excluded."""
    _, end = scene.near(at)
    bracket = _STOP.search(scene.text, at, end)
    while bracket and scene.masked(bracket.start()):
        bracket = _STOP.search(scene.text, bracket.end(), end)
    end = bracket.start() if bracket else end
    number = _number_from(scene, at + 1)
    if number is not None and number.start < end and scene.text[number.start - 1] == "、":
        end = number.start - 1
    return at, end


def _honours(scene: Scene) -> Iterator[OutcomeHit]:
    lexicon, done = scene.lexicon, 0
    verbs = lexicon.compile(r"(?P<strong><honour>|<honour-giving>)|(?P<weak><honour-weak>)").finditer(scene.text)
    for verb in verbs:
        if verb.start() < done or not _spoken(scene, verb.start()):
            continue
        start, end = _object(scene, verb.end())
        skip = lexicon.compile(_AFTER_VERB).match(scene.text, start, end)
        start = skip.end() if skip else start
        head = _last(lexicon["honour-head"].pattern, scene.text, start, end)
        end = _before_next(scene, start, end)
        if end - start < 2 or (verb["weak"] and head is None):
            continue
        if verb["weak"] and head is not None:
            end = min(end, _number_end(scene, head.end(), end))
        role = "honour-weak" if verb["weak"] else "honour-giving" if lexicon["honour-giving"].by_word.get(verb[0]) else "honour"
        rule = lexicon[role].rule(verb[0])
        quote = _QUOTE.search(scene.text, start, end)
        if role == "honour-giving" and quote is None:
            continue
        start = quote.start() if quote and role == "honour-giving" else start
        hits = list(_one_honour(scene, verb.start(), start, end, rule))
        done = end if hits else done
        yield from hits


def _before_next(scene: Scene, start: int, end: int) -> int:
    """Where the item ends whose list goes on with another verb of honour (入选甲、某案入选乙)."""
    again = scene.lexicon["honour"].pattern.search(scene.text, start, end)
    cut = scene.text.rfind("、", start, again.start()) if again and not scene.masked(again.start()) else -1
    return cut if cut > start else end


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    return deque(pattern.finditer(text, start, end), maxlen=1).pop() if pattern.search(text, start, end) else None


def _number_end(scene: Scene, head_end: int, end: int) -> int:
    """Where a number right after the honour's head ends (奖25项), else the head's end."""
    number = _number_from(scene, head_end)
    return number.end if number is not None and number.start - head_end <= 1 and number.end <= end else head_end


def _number_from(scene: Scene, at: int) -> Number | None:
    index = bisect_left(scene.numbers, at, key=lambda number: number.start)
    return scene.numbers[index] if index < len(scene.numbers) else None


def _one_honour(scene: Scene, verb: int, start: int, end: int, rule: str) -> Iterator[OutcomeHit]:
    text = scene.text
    by, start = _giver(scene, verb, start, end)
    joint = scene.lexicon["honour-joint"].pattern.search(text, start, min(end, start + 24))
    if joint and end - joint.end() >= 2:
        start = joint.end() + (1 if text[joint.end()] == "的" else 0)
    behind = _number_from(scene, start)
    if behind is not None and behind.end <= end and end - behind.end <= 1 and behind.start - start >= 2:
        what = (start, behind.start)
        yield scene.hit("count", verb, behind.end, what, rule, behind, by)
        return
    subject = _counted_subject(scene, verb)
    if subject is not None:
        yield scene.hit("count", subject.start, end, (start, end), rule, subject, by)
        return
    begin = _adverbs(scene, verb)
    for span in _titles(scene, start, end):
        yield scene.hit("honour", begin, max(span[1], start), span, rule, None, by)


def _enrolled(scene: Scene) -> Iterator[OutcomeHit]:
    """将167名干部纳入某库: counted, and what they were taken into is an honour's head."""
    for verb in scene.lexicon["enrol"].pattern.finditer(scene.text):
        if not _spoken(scene, verb.start()):
            continue
        start, end = _object(scene, verb.end())
        subject = _counted_subject(scene, verb.start(), 40)
        if subject is not None and scene.lexicon["honour-head"].at_end.search(scene.text, start, end):
            yield scene.hit("count", subject.start, end, (start, end), scene.lexicon["enrol"].rule(verb[0]), subject)


def _giver(scene: Scene, verb: int, start: int, end: int) -> tuple[Mention | None, int]:
    """The unit that confers: at the beginning of the object (获评最高检“…”典型事例) or between 被 and the verb."""
    unit = scene.unit_at(start)
    if unit is not None and unit.end - scene.start < end - 1:
        at = unit.end - scene.start
        if scene.text[at] not in _GIVEN + "“《":
            return unit, start  # 某机关优秀队伍: whose honour it is belongs to its name
        while at < end - 2 and scene.text[at] in _GIVEN:
            at += 1
        return unit, at
    begin, _ = scene.near(verb)
    mark = scene.text.rfind("被", begin, verb)
    units = scene.units_between(mark, verb) if mark >= 0 and verb - mark < 30 else ()
    return (units[-1] if units else None), start


def _counted_subject(scene: Scene, verb: int, reach: int = 24) -> Number | None:
    """The number whose noun is the verb's subject: 17名党员获评."""
    begin, _ = scene.near(verb)
    index = bisect_left(scene.numbers, verb, key=lambda number: number.start) - 1
    if index < 0:
        return None
    number = scene.numbers[index]
    gap = verb - number.end
    if number.start < begin or gap > reach or gap < 1 or number.of not in ("thing", "person", "body"):
        return None
    return None if "、" in scene.text[number.end : verb] and 12 < gap <= 24 == reach else number


def _adverbs(scene: Scene, verb: int) -> int:
    """Where adverbs of time and repetition before a verb begin (两度写入, 连续三年获评)."""
    begin, _ = scene.near(verb)
    found = scene.lexicon.compile(_ADVERBS).search(scene.text, max(begin, verb - 10), verb)
    return found.start() if found else verb


def _titles(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The titles of a list: 荣获“甲”“乙” gives two; a plain list is cut where an item ends in an honour's head."""
    text, heads = scene.text, scene.lexicon["honour-head"]
    quotes = list(_QUOTE.finditer(text, start, end))
    if len(quotes) > 1 and all(b.start() - a.end() <= 1 for a, b in pairwise(quotes)):
        for quote in quotes[:-1]:
            yield (start if quote is quotes[0] and quote.start() - start < 12 else quote.start()), quote.end()
        last = quotes[-1]
        yield last.start(), last.end() if text.startswith("等", last.end()) else _trim(text, last.start(), end)
        return
    at = start
    for sign in re.finditer(r"[、和及]", text[start:end]):
        cut = start + sign.start()
        if cut > at and not scene.masked(cut) and heads.at_end.search(text, max(at, cut - 8), cut):
            yield at, cut
            at = cut + 1
    if end - at >= 2:
        yield at, _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> int:
    while end > start + 2 and text[end - 1] in "等、的 ":
        end -= 1
    return end


def _ranks(scene: Scene) -> Iterator[OutcomeHit]:
    lexicon, text = scene.lexicon, scene.text
    for found in lexicon.compile(r"<rank>[一-龥]{0,8}?<rank-place>").finditer(text):
        describes = text.startswith("的", found.end()) and "绩" not in text[found.end() : found.end() + 5]
        if describes or not _spoken(scene, found.start()):
            continue
        begin, _ = scene.near(found.start())
        what = _field(scene, begin, found.start()) or _subject(scene, begin, found.start())
        if what is None:
            continue
        times = lexicon.compile(_RUN).search(text, begin, found.start())
        start = min(times.start() if times else what[0], what[0])
        verb = lexicon["rank"].pattern.match(text, found.start())
        yield scene.hit("honour", start, found.end(), what, lexicon["rank"].rule(verb[0]) if verb else "", None)


def _field(scene: Scene, begin: int, end: int) -> tuple[int, int] | None:
    """What stands between 在 and 中 before a rank."""
    text = scene.text
    close = max(text.rfind(sign, begin, end) for sign in "中上里")
    opening = text.find("在", begin, close) if close > 0 else -1
    return (opening + 1, close) if opening >= 0 and close - opening > 2 and end - close <= 6 else None


def _subject(scene: Scene, begin: int, end: int) -> tuple[int, int] | None:
    """The subject before a verb: without adverbs in front and behind and without the unit that has it."""
    text, lexicon = scene.text, scene.lexicon
    begin = max(begin, end - _LEAD_BACK)
    tail = lexicon.compile(_BEFORE_VERB).search(text, max(begin, end - 12), end)
    end = tail.start() if tail else end
    head = lexicon.compile(_BEFORE_SUBJECT).match(text, begin, end)
    begin = head.end() if head else begin
    for unit in scene.units_between(begin, begin + 1):
        if unit.end - scene.start < end - 2:
            begin = unit.end - scene.start + (1 if text[unit.end - scene.start] == "的" else 0)
    return scene.whole_quotes(begin, end) if end - begin >= 2 else None


def _citations(scene: Scene) -> Iterator[OutcomeHit]:
    lexicon, text = scene.lexicon, scene.text
    for verb in lexicon["citation"].pattern.finditer(text):
        if not _spoken(scene, verb.start()):
            continue
        start, end = _object(scene, verb.end())
        if end - start < 3 or text[start] in "了的":
            continue
        by = scene.unit_at(start)
        end = _trim(text, start, end)
        yield scene.hit("citation", _adverbs(scene, verb.start()), end, (start, end), lexicon["citation"].rule(verb[0]), None, by)
    for found in lexicon.compile(_PRINTED).finditer(text):
        if not _spoken(scene, found.start()):
            continue
        start, end = found.span("medium")
        taken_over = lexicon["adoption"].rule(found["verb"]) and not lexicon["medium"].pattern.search(text, start, end)
        if taken_over or not _is_medium(scene, start, end):
            continue
        end = _medium_end(scene, start, end)
        rule = lexicon["citation-passive"].rule(found["verb"])
        yield scene.hit("citation", found.start(), found.end(), (start, end), rule, None, scene.unit_at(start))


def _is_medium(scene: Scene, start: int, end: int) -> bool:
    return scene.unit_at(start) is not None or bool(scene.lexicon["medium"].pattern.search(scene.text, start, end))


def _medium_end(scene: Scene, start: int, end: int) -> int:
    found = scene.lexicon.compile(r"(?:<medium-tail>)+\Z").search(scene.text, start, end)
    return found.start() if found and found.start() >= start + 2 else end


def _taken_over(scene: Scene) -> Iterator[OutcomeHit]:
    lexicon, text = scene.lexicon, scene.text
    for found in lexicon.compile(_TAKEN_OVER).finditer(text):
        if not _spoken(scene, found.start()):
            continue
        praised = bool(lexicon["praise"].rule(found["verb"]))
        if found["mark"] == "在" and not lexicon["region"].pattern.match(found["who"]):
            continue
        who_start, who_end = found.span("who")
        begin, _ = scene.near(found.start())
        units = scene.units_between(who_start, who_end)
        stated = _promoted(scene, found) or _subject(scene, begin, found.start()) or _clause_before(scene, begin)
        what = stated or (who_start, found.end("verb"))
        if what[1] - what[0] < 2:
            continue
        rule = lexicon["praise" if praised else "adoption"].rule(found["verb"])
        number = _number_from(scene, what[0])
        counted = number if number is not None and number.start == what[0] and number.end <= what[1] else None
        what = (what[0], max(what[1], found.end("verb"))) if counted and counted.end == what[1] else what  # 其中21条被…
        by = units[0] if units else None
        yield scene.hit("adoption", min(what[0], found.start()), found.end("verb"), what, rule, counted, by)


def _promoted(scene: Scene, found: re.Match[str]) -> tuple[int, int] | None:
    """What stands behind the verb, not before it (在某地 … 甲法)."""
    start, end = _object(scene, found.end())
    return (start, end) if found["mark"] == "在" and end - start >= 2 else None


def _clause_before(scene: Scene, begin: int) -> tuple[int, int] | None:
    """The subject that stands in the clause before: 某法，已被借鉴."""
    if begin < 3 or scene.text[begin - 1] not in "，,":
        return None
    start, end = scene.near(begin - 2)
    return _subject(scene, start, end)
