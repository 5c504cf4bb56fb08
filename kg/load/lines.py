"""What a line says of itself: a heading by its numbering, a title, a header line with source and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_HEADINGS = (  # (pattern, level); a title is level 1
    (re.compile(rf"{_NUMERAL}[、.．]|第{_NUMERAL}[章编部分篇]+[\s　：:]"), 2),
    (re.compile(rf"[（(]{_NUMERAL}[）)]|第{_NUMERAL}节[\s　：:]"), 3),
    (re.compile(r"\d{1,2}(?:[、．]|\.(?!\d)|(?=[“《「]))"), 4),
    (re.compile(r"[（(]\d{1,2}[）)]|[①-⑳]"), 5),
    (re.compile("[◆◇■□●○▲△★☆▪◼►▶※]"), 0),
)
_STOPS = "。！？；;!?…"
_HEADING_LENGTH = 60
_TITLE_LENGTH = 80

_SOURCE = "来源|文章来源|信息来源|稿件来源|出处|转载自|原文|source"
_ADDRESS = "网址|链接|原文链接|原文地址|地址|url|link"
_DATE = "日期|时间|发布日期|发布时间|发表时间|成文日期|印发日期|date|published|issued"
_OTHER = "作者|记者|通讯员|编辑|责任编辑|责编|编审|校对|审核|供稿|撰稿|摄影|字体|字号|浏览次数|阅读|点击|点击量|author|editor"
_PAIR = re.compile(rf"(?P<key>{_SOURCE}|{_ADDRESS}|{_DATE}|{_OTHER})\s*[：:]\s*(?!//)", re.IGNORECASE)
_DAY = re.compile(r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})(?:\s*[月./-]\s*(?P<day>\d{1,2}))?")


def heading_level(line: str) -> int | None:
    """The level that a line's numbering gives it (0: a bullet, level unknown), or None for a line that is no heading.

    >>> [heading_level(line) for line in ("一、主要成绩", "（二）建队伍", "1.走访商户86家。", "◆第一篇章")]
    [2, 3, None, 0]
    """
    words = line.strip()
    if len(words) > _HEADING_LENGTH or any(stop in words for stop in "。！？；") or words[-1:] in "，、,":
        return None
    return next((level for pattern, level in _HEADINGS if (found := pattern.match(words)) and len(words) > found.end()), None)


def is_title(line: str) -> bool:
    """Whether a document's first line is its title: short, not numbered, no full stop.

    >>> is_title("山镇文化站"), is_title("一、主要成绩"), is_title("双方签了字。"), is_title("来源：某报")
    (True, False, False, False)
    """
    words = line.strip()
    if not words or len(words) > _TITLE_LENGTH or words[-1] in _STOPS + "：:，," or "。" in words:
        return False
    return header_pairs(words) is None and heading_level(words) in (None, 0)


def header_pairs(line: str) -> list[tuple[str, str]] | None:
    """The (term, value) pairs of a header line (`来源：… 日期：…`), or None when the line is not made of such pairs.

    Values about persons and page furniture are dropped.

    >>> header_pairs("来源：某某网　发布时间：2024年5月6日 作者：张三")
    [('dcterms:source', '某某网'), ('dcterms:issued', '2024-05-06')]
    """
    words = line.strip().strip("【】[]（）()")
    found = list(_PAIR.finditer(words))
    if not found or found[0].start() != 0 or len(words) > 300:
        return None
    ends = [match.start() for match in found[1:]] + [len(words)]
    pairs = []
    for match, end in zip(found, ends, strict=True):
        value = words[match.end() : end].strip(" \t　|｜;；,，")
        if "。" in value:
            return None
        if (term := _term(match["key"].lower())) and value:
            pairs.append((term, iso_date(value) if term == "dcterms:issued" else value))
    return pairs


def _term(key: str) -> str:
    if key in _DATE.split("|"):
        return "dcterms:issued"
    return "dcterms:source" if key in f"{_SOURCE}|{_ADDRESS}".split("|") else ""


def iso_date(text: str) -> str:
    """A date as ISO 8601 where it can be read, else the text as it is.

    >>> iso_date("2024年5月6日 10:22"), iso_date("2024/5"), iso_date("去年")
    ('2024-05-06', '2024-05', '去年')
    """
    found = _DAY.search(text)
    if not found or not 1 <= int(found["month"]) <= 12:
        return text
    day = f"-{int(found['day']):02d}" if found["day"] and 1 <= int(found["day"]) <= 31 else ""
    return f"{found['year']}-{int(found['month']):02d}{day}"


def metadata_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """One value for each term; of two sources an address is the source and the name the publisher.

    >>> metadata_of([("dcterms:source", "某报"), ("dcterms:source", "https://example.org/1")])
    {'dcterms:source': 'https://example.org/1', 'dcterms:publisher': '某报'}
    """
    found: dict[str, str] = {}
    for term, value in pairs:
        earlier = found.get(term)
        if term == "dcterms:source" and earlier and _is_address(earlier) != _is_address(value):
            address, name = (value, earlier) if _is_address(value) else (earlier, value)
            found |= {term: address, "dcterms:publisher": name}
        else:
            found.setdefault(term, value)
    return found


def _is_address(value: str) -> bool:
    return value.lower().startswith(("http://", "https://", "www."))
