"""Numbers that Word writes by itself before paragraphs (一、 1. （一）): they stand in no text, so they are counted here.

Follows ECMA-376, part 1, 17.9 (numbering) for the formats that Chinese documents use.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg.load.docx_styles import small_number

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9


def chinese(number: int) -> str:
    """A number below a hundred as headings count.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _roman(number: int) -> str:
    marks = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, mark in marks:
        text += mark * (number // value)
        number %= value
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "ideographDigital",
            "taiwaneseCountingThousand",
            "ideographTraditional",
        ),
        chinese,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: from where, in which figures, and the text around them (%1 stands for the first level's)."""

    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbers:
    """The lists of a document and how far each has counted.

    Attributes:
        lists: list id → (abstract list id, its levels).
        styles: paragraph style → (list id, level), for styles that number.
    """

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    styles: Mapping[str, tuple[str, int]]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, paragraph: ET.Element) -> str:
        """The number that stands before a paragraph ("" for none and for bullets); counts it."""
        identity, level = self._list_of(paragraph)
        abstract, levels = self.lists.get(identity, ("", {}))
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda match: self._figure(levels, counts, int(match[1]) - 1), levels[level].text)

    def _figure(self, levels: Mapping[int, _Level], counts: Mapping[int, int], level: int) -> str:
        if level not in levels:
            return ""
        number = counts.get(level, levels[level].start)
        return _FORMATS.get(levels[level].form, str)(number) if 0 < number < 100 else str(number)

    def _list_of(self, paragraph: ET.Element) -> tuple[str, int]:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        named = self.styles.get(_value(style), ("", 0))
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None:
            return named
        identity, level = _value(own.find(_W + "numId")), _value(own.find(_W + "ilvl"))
        return identity or named[0], small_number(level, named[1])


def read_numbers(numbering: ET.Element | None, styles: ET.Element | None) -> Numbers:
    """The lists of word/numbering.xml and the styles of word/styles.xml that number."""
    if numbering is None:
        return Numbers({}, {})
    abstract = {item.get(_W + "abstractNumId", ""): _levels(item) for item in numbering.iter(_W + "abstractNum")}
    lists = {}
    for item in numbering.iter(_W + "num"):
        of = _value(item.find(_W + "abstractNumId"))
        lists[item.get(_W + "numId", "")] = (of, abstract.get(of, {}))
    numbered = {}
    for style in styles.iter(_W + "style") if styles is not None else ():
        found = style.find(f"{_W}pPr/{_W}numPr")
        if found is not None and (identity := _value(found.find(_W + "numId"))):
            numbered[style.get(_W + "styleId", "")] = (identity, small_number(_value(found.find(_W + "ilvl")), 0))
    return Numbers(lists, numbered)


def _levels(item: ET.Element) -> dict[int, _Level]:
    levels = {}
    for element in item.iter(_W + "lvl"):
        number = small_number(element.get(_W + "ilvl", ""), _LEVELS)
        if number < _LEVELS:
            start = small_number(_value(element.find(_W + "start")), 1)
            text, form = _value(element.find(_W + "lvlText")), _value(element.find(_W + "numFmt"))
            levels[number] = _Level(start, form or "decimal", text)
    return levels


def _value(element: ET.Element | None) -> str:
    return element.get(_W + "val", "") if element is not None else ""
