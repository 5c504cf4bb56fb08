"""The reports in a document: where each begins, whom it is about, and which of its lines are running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.units import COUNTED, SYSTEM
from kg.model import Block, Document, Mention
from kg.vocab.lexicon import CaseWords

# How much more it counts to be named first in the title, and first in the first running line, than to be named once more.
_TITLE_WEIGHT = 4
_LEAD_WEIGHT = 3


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
        mention = next((m for m in units[number] if not m.generic and m.name), None)
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
    weight: Counter[str] = Counter()
    first: dict[str, Mention] = {}
    titled = led = False
    for number, block in enumerate(document.blocks):
        if is_aside(block, plain, words):
            continue
        specific = [m for m in units[number] if m.name and not m.generic and m.rule not in (COUNTED, SYSTEM)]
        running = is_running(block, plain, words)
        for rank, mention in enumerate(specific):
            first.setdefault(mention.name, mention)
            weight[mention.name] += 1
            if rank == 0 and not running and not titled:
                weight[mention.name] += _TITLE_WEIGHT
            if rank == 0 and running and not led:
                weight[mention.name] += _LEAD_WEIGHT
        titled = titled or (not running and bool(specific))
        led = led or running
    if not first:
        return None
    total = {
        name: sum(count for other, count in weight.items() if other.endswith(name) or name.endswith(other)) for name in first
    }
    best = max(first, key=lambda name: (total[name], -first[name].start))
    same = [name for name in first if name.endswith(best) or best.endswith(name)]
    return first[max(same, key=len)]


def is_running(block: Block, plain: str, words: CaseWords) -> bool:
    """Whether a line is a sentence, not a title or heading."""
    return plain[block.start : block.end].endswith(("。", "；", "！", "”")) or block.end - block.start > words.longest_heading


def is_aside(block: Block, plain: str, words: CaseWords) -> bool:
    """Captions, lines about source and author: not part of the report's text."""
    text = plain[block.start : block.end].strip()
    return block.kind == "caption" or bool(words.caption.search(text) or words.source_line.match(text))
