"""A text cut into marked pieces, and how things are found by address."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Block
from kg.server.texts import Span, lines
from kg.server.words import WORDS

TEXT = "甲院与乙院。\n\n丙校。"
BLOCKS = (Block(0, 6), Block(8, 11))


def span(number: int, start: int, end: int) -> Span:
    return Span(number, start, end, TEXT[start:end], TEXT, ())


def cut(*spans: Span) -> list[list[tuple[str, int, int | None]]]:
    return [
        [(piece.text, piece.span.number if piece.span else 0, piece.anchor) for piece in line.pieces]
        for line in lines(TEXT, BLOCKS, spans)
    ]


def test_words_inside_marked_words_belong_to_the_shorter_mark() -> None:
    assert cut(span(1, 0, 5), span(2, 3, 5))[0] == [("甲院与", 1, 0), ("乙院", 2, 3), ("。", 0, None)]


def test_a_mark_over_several_lines_goes_on_in_the_next() -> None:
    assert cut(span(1, 3, 10)) == [[("甲院与", 0, None), ("乙院。", 1, 3)], [("丙校", 1, None), ("。", 0, None)]]


def test_marks_that_overlap_lose_no_character() -> None:
    assert [text for text, *_ in cut(span(1, 0, 4), span(2, 2, 5))[0]] == ["甲院", "与乙", "院", "。"]


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=8))
def test_the_pieces_are_the_text(pairs: list[tuple[int, int]]) -> None:
    spans = [span(number, *sorted(pair)) for number, pair in enumerate(pairs, 1)]
    assert ["".join(text for text, *_ in line) for line in cut(*spans)] == ["甲院与乙院。", "丙校。"]


def test_the_pages_say_every_word_that_is_kept_for_them(root: Path) -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (root / "kg" / "server" / "templates").iterdir())
    assert set(re.findall(r"say\(['\"](\w+)['\"]", templates)) | {"moved", "trouble"} == set(WORDS)
