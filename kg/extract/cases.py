"""The reports in a document: where each begins, whom it is about, and which of its lines are running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.lines import is_running
from kg.extract.subject import NOT_SUBJECT, Key, find_subject
from kg.extract.units import COMMON
from kg.model import Document, Mention
from kg.vocab.case_words import CaseWords


@dataclass(frozen=True, slots=True)
class CaseSpan:
    """A report: blocks [first, last) of the document; `subject` names whom it is about; `title_block` is -1 without a title."""

    index: int
    first: int
    last: int
    title: str
    subject: Mention
    title_block: int


def find_cases(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords, key: Key) -> list[CaseSpan]:
    """The reports of a document in order.

    Args:
        plain: normalised text.
        units: the unit mentions of each block.
        key: what the spellings of a name share.

    Several lines that number the cases, or that name a unit and nothing else, each begin a report; else the document is one
    report, about the unit that its title names first, or else its first sentences.
    """
    blocks = len(document.blocks)
    numbered = _numbered(document, plain, units, words, key)
    if numbered:
        return numbered
    heads = _heads(document, plain, units, words)
    if heads:
        ends = [*(number for number, _ in heads[1:]), blocks]
        return [
            CaseSpan(i, number, end, *_title(document, plain, number, mention, words))
            for i, ((number, mention), end) in enumerate(zip(heads, ends, strict=True))
        ]
    subject = find_subject(document, plain, units, words, key, range(blocks))
    if subject is None:
        return []
    titled = blocks > 0 and not is_running(document.blocks[0], plain, words)
    return [CaseSpan(0, 0, blocks, document.title, subject, 0 if titled else -1)]


def _numbered(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords, key: Key) -> list[CaseSpan]:
    """The reports of a collection that numbers them (案例一 …); none where fewer than two lines do so."""
    starts = [n for n, block in enumerate(document.blocks) if words.case_heading.match(plain[block.start : block.end])]
    if len(starts) < 2:
        return []
    found: list[CaseSpan] = []
    for first, last in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        subject = find_subject(document, plain, units, words, key, range(first, last))
        if subject is None:
            continue
        head = document.blocks[first]
        begin = words.case_heading.match(plain[head.start : head.end])
        alone = begin is not None and begin.end() == head.end - head.start and first + 1 < last
        title = document.blocks[first + alone]
        text = document.text[title.start : title.end]
        found.append(CaseSpan(len(found), first, last, text, subject, first + alone))
    return found


def _heads(document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords) -> list[tuple[int, Mention]]:
    """The lines that begin reports, with the unit that each names: the name alone, or numbered and before a colon."""
    running = [is_running(block, plain, words) for block in document.blocks]
    whole = [(n, m) for n, m in _named_first(document, plain, units, words) if _is_whole(document, n, m)]
    ends = [*(number for number, _ in whole[1:]), len(running)]
    whole = [head for head, end in zip(whole, ends, strict=False) if any(running[head[0] : end])]  # the rest are signatures
    if whole:
        return whole
    numbered = _numbered_lines(document, plain, words)
    started = [
        (n, m)
        for n, m in _named_first(document, plain, units, words)
        if n in numbered and words.title_separators.match(plain[m.end : m.end + 1])
    ]
    return started if len(started) > 1 else []


def _is_whole(document: Document, number: int, mention: Mention) -> bool:
    """Whether a line is one unit's name and nothing else, and not the document's last line."""
    return mention.end == document.blocks[number].end and mention.rule != COMMON and number + 1 < len(document.blocks)


def _named_first(
    document: Document, plain: str, units: Sequence[Sequence[Mention]], words: CaseWords
) -> Iterator[tuple[int, Mention]]:
    """The lines that begin with a unit's name, a number aside."""
    for number, block in enumerate(document.blocks):
        mention = next((m for m in units[number] if not m.generic and m.name and m.rule not in NOT_SUBJECT), None)
        counted = words.heading.match(plain[block.start : block.end])
        if mention is not None and mention.start in (block.start, block.start + (counted.end() if counted else 0)):
            yield number, mention


def _numbered_lines(document: Document, plain: str, words: CaseWords) -> set[int]:
    """The lines with a number or sign of the outermost level that the document uses (一、 before （一） before 1. before ▲)."""
    level: dict[int, int] = {}
    for number, block in enumerate(document.blocks):
        matches = [pattern.match(plain[block.start : block.end]) for pattern in words.levels]
        found = next((depth for depth, match in enumerate(matches) if match), None)
        if found is not None:
            level[number] = found
    return {number for number, depth in level.items() if depth == min(level.values())}


def _title(document: Document, plain: str, number: int, mention: Mention, words: CaseWords) -> tuple[str, Mention, int]:
    """Title of a report that begins with a head line: the next line if it is short and no sentence."""
    if is_running(document.blocks[number], plain, words):
        return mention.name, mention, -1
    if number + 1 < len(document.blocks):
        block = document.blocks[number + 1]
        text = document.text[block.start : block.end]
        if len(text) <= words.longest_heading and not plain[block.start : block.end].endswith(("。", "；")):
            return text, mention, number + 1
    return mention.name, mention, number
