"""Counts: which numbers of a sentence state a result, and what they count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from kg.extract.changes import change, rate, starts_change
from kg.extract.place import JOINS, OPEN, RANGE, VERB, Place
from kg.extract.scene import REACH_BACK, OutcomeHit, Scene
from kg.model import Mention


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
        near, far = max(begin, number.start - 2 * REACH_BACK), min(end, number.end + 2 * REACH_BACK)
        own = number.start if scene.text[number.start - 1 : number.start] == "、" else max(floor, number.start - REACH_BACK)
        place = Place(scene, number, near, far, own, following, last, shares)
        hit = None if scene.planned(number.core) else _read(place)
        if hit is not None:
            last = hit
            adjacent_end = number.end
            yield hit
        floor = place.floor if place.summed or place.runs else max(number.end, hit.end - scene.start if hit is not None else 0)


def _read(place: Place) -> OutcomeHit | None:
    number = place.number
    if _repeated(place) or starts_change(place) or place.summed:
        return None
    if place.shares_noun:
        return place.again()
    changed = change(place)
    if changed is not None:
        return changed
    if number.of == "percent":
        return None if place.find("<describe>", *place.noun) else rate(place)
    if number.of in ("duration", "times", "points") and not place.find("<mean-time>", *place.noun):
        return None
    if number.of != "duration" and _described(place):
        return None
    if _is_range_end(place):
        return None
    if _is_after_noun(place) and not place.scene.in_unit(number):
        return _after_noun(place) or _same_noun(place)
    return _before_noun(place)


def _is_range_end(place: Place) -> bool:
    """Whether the number before and this one state one range (840万元至900万元)."""
    before, number = place.before_it, place.number
    if before is None or before.quantity is None:
        return False
    gap = place.text[before.end - place.scene.start : number.start]
    return len(gap) == 1 and gap in RANGE


def _same_noun(place: Place) -> OutcomeHit | None:
    """培训社员19期、1100人: a second number for what was counted."""
    ends = place.number.end >= place.end
    return place.again() if place.follows_list and place.at_clause_start and ends else None


def _repeated(place: Place) -> bool:
    """每月2次, 每季度至少1次: a habit, not a result."""
    if place.number.of != "occasion":
        return False
    return place.find("<repeated>", max(place.begin, place.number.core - REACH_BACK), place.number.core) is not None


def _described(place: Place) -> bool:
    """Whether the number describes (现有党员35名) or counts partners (与11家单位)."""
    lexicon, text = place.scene.lexicon, place.text
    start, end = place.begin, place.number.start
    found = lexicon["describe"].pattern.search(text, start, end)
    if found is None or lexicon.compile(VERB).search(text, max(start, found.start() - 1), end):
        return False
    entry = lexicon["describe"].entry(found[0])
    return entry is None or entry.of != "weak" or place.first(VERB, start, found.start()) is None


def _is_after_noun(place: Place) -> bool:
    """Whether the counted noun stands before the number (走访农户120家)."""
    text, number, lexicon = place.text, place.number, place.scene.lexicon
    at = number.end
    if at >= place.end or text[at] in JOINS + OPEN + RANGE or (place.following is not None and place.following.start == at):
        return True
    if place.noun[1] - place.noun[0] < 2 or place.number.weak:
        return False
    if text[number.core - 1] == number.measure[:1]:
        return True  # 吸纳脱贫户62户入社
    return bool(lexicon.compile(VERB).match(text, at)) and not place.at_clause_start and _verb_and_noun(place)


def _verb_and_noun(place: Place) -> bool:
    start, end = place.noun
    verb = place.scene.lexicon.compile(VERB).search(place.text, start, end)
    return verb is not None and end - verb.end() >= 2


def _after_noun(place: Place) -> OutcomeHit | None:
    start, end = place.noun
    if end - start < 2 or (place.number.weak and place.number.value == 1):
        return None
    scene, text, lexicon = place.scene, place.text, place.scene.lexicon
    for unit in scene.units_between(start, start + 1):
        if unit.end - scene.start < end:
            start = unit.end - scene.start
    if place.number.of == "duration":
        return scene.hit("count", start, place.number.end, (start, end), place.number.rule, place.number)
    made = place.last("<create>", start, end - 2)
    done = place.first("<act>", start, end)
    if made is not None:
        at = made.end() + (1 if text[made.end()] in "了出过" else 0)
        return scene.hit("count", made.start(), place.number.end, (at, end), lexicon["create"].rule(made[0]), place.number)
    if done is not None and done.start() - start <= 8 and not place.find("<scope>|<carrier>", start, done.start()):
        return scene.hit("count", start, place.number.end, (start, end), lexicon["act"].rule(done[0]), place.number)
    if done is not None:
        return scene.hit("count", done.start(), place.number.end, (done.start(), end), lexicon["act"].rule(done[0]), place.number)
    if not place.number.weak and (place.counted_up or _enumerated(place) or not place.find("<describe>", start, end)):
        return scene.hit("count", start, place.number.end, (start, end), place.number.rule, place.number)
    return None


def _enumerated(place: Place) -> bool:
    """Whether the outcome before ended where this item or clause begins."""
    if place.before_it is None:
        return False
    gap = place.floor - (place.before_it.end - place.scene.start)
    return 0 <= gap <= 8


def _before_noun(place: Place) -> OutcomeHit | None:
    """建成15个站点; 8个区将其纳入; 为320名群众提供咨询."""
    lexicon, text, number, scene = place.scene.lexicon, place.text, place.number, place.scene
    end = _noun_after(place)
    if end - number.end < 1:
        return None
    signed = place.find("<sign>", number.end, place.rest_end)
    if signed and place.find("<partner>", max(place.begin, number.start - REACH_BACK), number.start):
        rule, what = lexicon["sign"].rule(signed[0]), (number.end, place.rest_end)
        return scene.hit("count", number.start, place.rest_end, what, rule, number)
    if _partners(place) or text[number.end].isspace():
        return None
    if scene.in_unit(number):
        return _founded(place) or _benefited(place)
    if number.weak and lexicon.compile(VERB).match(text, number.end):
        return None
    listed = text[number.start - 1 : number.start] == "等"
    verb = place.first("<create>", place.begin, number.start) if listed else place.verb_before()
    attended = lexicon["attend"].pattern.search(text, number.end, place.end)
    if attended and (verb is None or lexicon["create"].pattern.match(verb[0])):
        return None
    reach = REACH_BACK if listed else 14
    close = verb is not None and number.start - verb.end() <= reach and place.floor <= verb.end()
    if number.weak and not (verb and number.value > 1 and number.start - verb.end() <= 1):
        return None
    if close and verb is not None:
        rule = lexicon["create"].rule(verb[0]) or lexicon["act"].rule(verb[0])
        return scene.hit("count", verb.start(), end, (number.end, end), rule, number)
    if _enumerated(place) and number.start - place.floor <= 3:
        assert place.before_it is not None
        return scene.hit("count", number.start, end, (number.end, end), place.before_it.rule, number)
    return _predicate(place)


def _unit_of(place: Place) -> Mention | None:
    """The unit mention that a number is a part of."""
    start, core = place.scene.start, place.number.core
    return next((unit for unit in place.scene.units if unit.start - start <= core < unit.end - start), None)


def _founded(place: Place) -> OutcomeHit | None:
    """建立8个甲部: bodies that a verb of making right before them brings into being."""
    scene, number = place.scene, place.number
    made = scene.lexicon.compile(r"<create>[了起出]?\Z").search(place.text, max(place.begin, number.start - 8), number.start)
    after_it = place.before_it is not None and place.before_it.kind == "count" and _enumerated(place)
    unit = _unit_of(place)
    if unit is None or not (made or after_it) or unit.end - scene.start - number.end < 2:
        return None
    end, rule = unit.end - scene.start, scene.lexicon["create"].rule(made[0].rstrip("了起出")) if made else number.rule
    return scene.hit("count", made.start() if made else number.start, end, (number.end, end), rule, number)


def _benefited(place: Place) -> OutcomeHit | None:
    """为30家甲厂匹配专家: bodies for which something was done."""
    low, start = max(place.begin, place.number.start - 4), place.number.start
    before = place.scene.lexicon.compile(r"<benefit>了?\Z").search(place.text, low, start)
    unit = _unit_of(place)
    if before is None or unit is None:
        return None
    end = unit.end - place.scene.start
    return _predicate(place) or place.scene.hit("count", start, end, (place.number.end, end), place.number.rule, place.number)


def _predicate(place: Place) -> OutcomeHit | None:
    """A clause whose subject or object is the counted thing: the whole rest of the clause is what was achieved."""
    lexicon, text, number = place.scene.lexicon, place.text, place.number
    scoped = lexicon.compile(r"<scope>[^，。；、]{0,6}\Z").search(text, max(place.begin, number.start - 8), number.start)
    stop = place.rest_end
    if place.following is not None and place.following.start == stop:
        return None
    if scoped and lexicon.compile(VERB).search(text, number.end, stop):
        rule = lexicon["scope"].rule(scoped[0][:1]) or number.rule
        return place.scene.hit("count", scoped.start(), stop, (number.end, stop), rule, number)
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
    at = text.find("、", number.end, end)
    if at > 0 and not _modifies(place, at, end):
        end = at
    if place.following is not None and end == place.following.start:
        end = _before_next_verb(place, end)
    while end > number.end and text[end - 1] in JOINS + "等的":
        end -= 1
    return end


def _modifies(place: Place, at: int, end: int) -> bool:
    """Whether what is listed only describes the noun (452名身体好、热心肠的退休党员)."""
    of = place.text.find("的", at, end)
    return 0 < of < end - 2 and place.text.find("、", of, end) < 0


def _before_next_verb(place: Place, end: int) -> int:
    """The noun phrase of 帮助12家单位解决难题35个 ends before 解决."""
    verb = place.scene.lexicon.compile(VERB).search(place.text, place.number.end + 1, end)
    return verb.start() if verb else end
