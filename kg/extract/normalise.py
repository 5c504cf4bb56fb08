"""One sign for one meaning, character by character, so that every offset stays right."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_SIGNS = str.maketrans(
    {
        **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i).isalnum() or chr(0x21 + i) in "+%-/.&#@"},
        **dict(zip(",;:?!()", "，；：？！（）", strict=True)),
        **dict(zip("「」『』〝〞＂", "“”“”“””", strict=True)),
        **dict(zip("‘’", "“”", strict=True)),
        **dict(zip("•‧・●⋅∙", "······", strict=True)),
        **dict(zip("\u00a0\u3000\t\u2002\u2003", "     ", strict=True)),
    }
)
_IN_NUMBER = re.compile(r"(?<=\d)[，：](?=\d)|(?<=[A-Za-z])：(?=//)")
_STRAIGHT = re.compile(r'"')
_LOST_DOT = re.compile(r"(“[^”“。；，\n]{1,20})？(?=[^”“。；，\n]{1,20}”)")


_SAMPLE = 2000  # characters that show which script a text is written in
_TRADITIONAL = 0.05  # of them change in a traditional text; in a simplified one hardly any (乾, 著)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """A text in traditional characters in simplified ones, of the same length; any other text as it is.

    >>> simplified("雙方簽訂合約，共創價值")
    '双方签订合约，共创价值'
    """
    sample = text[:_SAMPLE]
    changed = sum(a != b for a, b in zip(sample, _converter().convert(sample), strict=False))
    if changed <= len(sample) * _TRADITIONAL:
        return text
    whole = str(_converter().convert(text))
    return whole if len(whole) == len(text) else "".join(map(_one_sign, text))


def _one_sign(sign: str) -> str:
    converted = str(_converter().convert(sign))
    return converted if len(converted) == 1 else sign


def normalise(text: str) -> str:
    """`text` in simplified characters, with letters and digits of full width, punctuation and quotes made alike.

    The result has the same length. A "?" inside a quoted name is a middle dot that was lost on the way.

    >>> normalise('共１,286户;"甲?乙丙丁"、「戊」')
    '共1,286户；“甲·乙丙丁”、“戊”'
    """
    plain = simplified(text).translate(_SIGNS)
    plain = _IN_NUMBER.sub(lambda m: "," if m[0] == "，" else ":", plain)
    plain = _pair_straight_quotes(plain)
    return _LOST_DOT.sub(r"\1·", plain)


def _pair_straight_quotes(text: str) -> str:
    """Straight quotes open and close in turn, line by line."""
    if '"' not in text:
        return text
    lines = []
    for line in text.split("\n"):
        signs = iter("“”" * line.count('"'))
        lines.append(_STRAIGHT.sub(lambda _, signs=signs: next(signs), line))  # type: ignore[misc]
    return "\n".join(lines)
