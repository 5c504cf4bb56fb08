"""One mechanism, one name: a bare quoted name means the mechanism of that name that has a head (甲乙 → “甲乙”某牌)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Mention

_INNER = re.compile(r"“([^“”]+)”|《([^《》]+)》")


def inner_name(name: str) -> str:
    """What stands in the quotation marks of a mechanism's name, else the name.

    >>> inner_name("“甲乙”某牌")
    '甲乙'
    """
    match = _INNER.search(name)
    return (match[1] or match[2]) if match else name


def unified(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """By start offset, each mention under the name that the report gives the mechanism most fully.

    A name without a head takes the commonest name with one; names whose heads end alike (“甲”某牌, “甲”某某牌) are one.
    """
    by_inner: dict[str, Counter[str]] = {}
    for mention in mentions:
        by_inner.setdefault(inner_name(mention.name), Counter())[mention.name] += 1
    kinds = {mention.name: mention.kind for mention in reversed(mentions)}
    result = {}
    for mention in mentions:
        name = _fullest(mention.name, by_inner[inner_name(mention.name)])
        alts = tuple(sorted({*mention.alts, mention.name} - {name}))
        result[mention.start] = replace(mention, name=name, kind=kinds.get(name) or mention.kind, alts=alts)
    return result


def _fullest(name: str, names: Counter[str]) -> str:
    bare = name.endswith(("”", "》"))
    same = [other for other in names if other != name and (bare or other[-2:] == name[-2:]) and not other.endswith(("”", "》"))]
    if not same:
        return name
    candidates = same if bare else [*same, name]
    return max(candidates, key=lambda other: (names[other], len(other), other))
