"""A document's blocks cut into sentences with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document, Sentence

_ENDS = "。！？"
_OPEN, _CLOSE = "“（《【", "”）》】"
_LONGEST_ASIDE = 120  # an opening sign that is not closed within so many characters was a slip


def sentences(document: Document, plain: str) -> list[Sentence]:
    """The sentences of all blocks, in order.

    Args:
        document: gives the blocks.
        plain: its normalised text (same length), which decides where sentences end.

    >>> from kg.model import Block
    >>> d = Document("d", "d", "甲说“好。”乙来。丙走", "d", "", blocks=(Block(0, 11),))
    >>> [s.text for s in sentences(d, d.text)]
    ['甲说“好。”乙来。', '丙走']
    """
    found: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        for start, end in _cut(plain, block.start, block.end):
            found.append(Sentence(document.text[start:end], start, end, len(found), number))
    return found


def _cut(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans between sentence ends that stand outside quotes and brackets, without outer white space."""
    begin = start
    closes_at = -1
    for at in range(start, end):
        sign = plain[at]
        if at < closes_at:
            continue
        if sign in _OPEN:
            closing = plain.find(_CLOSE[_OPEN.index(sign)], at, min(end, at + _LONGEST_ASIDE))
            closes_at = closing if closing > 0 else -1
        elif sign in _ENDS:
            yield from _trimmed(plain, begin, at + 1)
            begin = at + 1
    yield from _trimmed(plain, begin, end)


def _trimmed(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
