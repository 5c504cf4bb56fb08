"""The reports in a document: where each begins, whom it is about, and which of its lines are running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.units import COMMON, COUNTED, NOT_MEANT, SYSTEM
from kg.model import Block, Document, Mention
from kg.vocab.lexicon import CaseWords

# How much more it counts to be named first in the title, and first in the first running line, than to be named once more.
_TITLE_WEIGHT = 5
_LEAD_WEIGHT = 3
_SPEAKER_WEIGHT = 10  # 甲局：…
_PLACE_WEIGHT = 0.4
_SHORTEST_RELATIVE = 2
_NOT_SUBJECT = (COUNTED, SYSTEM, NOT_MEANT)


@dataclass(frozen=True, slots=True)
class CaseSpan:
    """A report: blocks [first, last) of the document; `subject` names whom it is about; `title_block` is -1 without a title."""

    index: int
    first: int
    last: int
    title: str
    subject: Mention
    title_block: int


def find_cases(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords) -> list[CaseSpan]:
    """The reports of a document in order.

    Args:
        plain: normalised text.
        units: the unit mentions of each block.

    Several lines that name a unit and nothing else each begin a report; else the document is one report, about the unit
    that its title names first, or else its first sentences.
    """
    heads = _heads(document, plain, units, words)
    blocks = len(document.blocks)
    if heads:
        ends = [*(number for number, _ in heads[1:]), blocks]
        return [
            CaseSpan(i, number, end, *_title(document, plain, number, mention, words))
            for i, ((number, mention), end) in enumerate(zip(heads, ends, strict=True))
        ]
    subject = _single_subject(document, plain, units, words)
    if subject is None:
        return []
    titled = blocks > 0 and not is_running(document.blocks[0], plain, words)
    return [CaseSpan(0, 0, blocks, document.title, subject, 0 if titled else -1)]


def _heads(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords) -> list[tuple[int, Mention]]:
    """Lines that are one unit's name (a number before it aside), with that mention."""
    whole: list[tuple[int, Mention]] = []
    started: list[tuple[int, Mention]] = []
    for number, block in enumerate(document.blocks):
        mention = next((m for m in units[number] if not m.generic and m.name and m.rule not in (COMMON, *_NOT_SUBJECT)), None)
        if mention is None or block.end - block.start > words.longest_heading:
            continue
        number_end = words.heading.match(plain[block.start : block.end])
        begins = {block.start, block.start + (number_end.end() if number_end else 0)}
        if mention.start not in begins:
            continue
        if mention.end == block.end and number + 1 < len(document.blocks):
            whole.append((number, mention))
        elif number_end and words.title_separators.match(plain[mention.end : mention.end + 1]):
            started.append((number, mention))
    if whole:
        return whole
    return started if len(started) > 1 else []


def _title(document: Document, plain: str, number: int, mention: Mention, words: CaseWords) -> tuple[str, Mention, int]:
    """Title of a report that begins with a head line: the next line if it is short and no sentence."""
    if number + 1 < len(document.blocks):
        block = document.blocks[number + 1]
        text = document.text[block.start : block.end]
        if len(text) <= words.longest_heading and not plain[block.start : block.end].endswith(("。", "；")):
            return text, mention, number + 1
    return mention.name, mention, number


def _single_subject(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords) -> Mention | None:
    """Whom a single report is about: the unit that the title and the first sentence name first and the text names most often."""
    weight: dict[str, float] = defaultdict(float)
    first: dict[str, Mention] = {}
    titled = led = False
    for number, block in enumerate(document.blocks):
        if is_aside(block, plain, words):
            continue
        named = [m for m in units[number] if m.rule not in _NOT_SUBJECT and _may_act(m, plain, words)]
        running = is_running(block, plain, words)
        bonus = (
            0
            if not named
            else _LEAD_WEIGHT
            if running and not led
            else _TITLE_WEIGHT
            if not running and not titled and not led
            else 0
        )
        if bonus == _TITLE_WEIGHT and words.speaker.match(plain, named[0].end):
            bonus = _SPEAKER_WEIGHT
        for rank, mention in enumerate(named):
            first.setdefault(mention.name, mention)
            weight[mention.name] += _weight(mention, words) + (bonus if rank == 0 else 0)
        titled = titled or (not running and bool(named))
        led = led or running
    if not first:
        return None
    total = {name: sum(count for other, count in weight.items() if _supports(other, name, words)) for name in first}
    best = max(first, key=lambda name: (total[name], -first[name].start))
    return first[max((name for name in first if name.endswith(best) or best.endswith(name)), key=len)]


def _may_act(mention: Mention, plain: str, words: CaseWords) -> bool:
    """Whether a mention can be whom a report is about: a named unit that does not just report the news."""
    named = bool(mention.name) and (not mention.generic or _is_relative(mention, words))
    quoted = plain[max(0, mention.start - 1)] == "“"
    return named and not quoted and not words.reporter.match(plain, mention.end)


def _weight(mention: Mention, words: CaseWords) -> float:
    """A village or town is often only where something happens."""
    return _PLACE_WEIGHT if mention.name[-1] in words.level_signs else 1


def _is_relative(mention: Mention, words: CaseWords) -> bool:
    """市某院: the body of the place that the report is about."""
    return mention.text[0] in words.level_signs and len(mention.text) > _SHORTEST_RELATIVE


def _supports(other: str, name: str, words: CaseWords) -> bool:
    """Whether naming `other` also speaks of `name`: the same with or without places, a part of it, or its relative name."""
    relative = (
        other[0] in words.level_signs and len(other) > _SHORTEST_RELATIVE and name.endswith(other[1:]) and len(other) < len(name)
    )
    part = other.startswith(name) and name[-1] not in words.level_signs
    return other.endswith(name) or name.endswith(other) or part or relative


def is_running(block: Block, plain: str, words: CaseWords) -> bool:
    """Whether a line is a sentence, not a title or heading."""
    return plain[block.start : block.end].endswith(("。", "；", "！", "”")) or block.end - block.start > words.longest_heading


def is_aside(block: Block, plain: str, words: CaseWords) -> bool:
    """Captions, lines about source and author: not part of the report's text."""
    text = plain[block.start : block.end].strip()
    return block.kind == "caption" or bool(words.caption.search(text) or words.source_line.search(text))
