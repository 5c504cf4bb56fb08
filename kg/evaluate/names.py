"""When two names count as the same in a comparison with a reference."""

from __future__ import annotations

import re
import unicodedata

SAME_SHARE = 0.6  # a name inside another one is the same from this share of its length
Names = tuple[str, ...]  # all names of one thing, the preferred one first

# Punctuation, blanks and two function words do not make names differ.
_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()（）·•・?？,，、.。:：;；—\-]|的|等")


def plain(name: str) -> str:
    """A name without what does not make names differ.

    >>> plain("“A+B” 的·丙")
    'a+b丙'
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def alike(one: str, other: str) -> bool:
    """Whether two names are the same, or one holds the other and is not much longer.

    >>> alike("“甲乙丙”丁", "甲乙丙丁"), alike("甲", "甲乙丙")
    (True, False)
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    return bool(short) and short in long and len(short) >= SAME_SHARE * len(long)


def known_as(wanted: Names, found: Names) -> bool:
    """Whether any two names of two things are alike."""
    return any(alike(one, other) for one in wanted for other in found)
