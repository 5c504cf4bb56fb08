"""Which of several labels to show: the wanted language first, and never nothing where something is known."""

from __future__ import annotations

from collections.abc import Iterable

from kg.vocab.terms import local_name

_CHINESE = ("zh", "zh-cn", "zh-*", "", "en", "en-*")
_ENGLISH = ("en", "en-*", "", "zh", "zh-cn", "zh-*")


def pick_label(labels: Iterable[tuple[str, str | None]], lang: str) -> str | None:
    """The label to show, or None without any.

    Args:
        labels: (text, language tag) pairs; "" or None for untagged ones. Their order does not matter.
        lang: wanted language: "zh" falls back to zh-CN, any zh-*, untagged, en, any other;
            anything else to en, en-*, untagged, zh, any other.

    >>> pick_label([("Court A", "en"), ("甲院", "zh-CN")], "zh")
    '甲院'
    >>> pick_label([("丙院", None)], "en")
    '丙院'
    """
    order = _CHINESE if lang.lower().startswith("zh") else _ENGLISH
    ranked = [(_rank(tag or "", order), tag or "", text) for text, tag in labels if text.strip()]
    return min(ranked)[2] if ranked else None


def label_or_name(labels: Iterable[tuple[str, str | None]], lang: str, iri: str) -> str:
    """As `pick_label`, else the local name of the IRI.

    >>> label_or_name([], "zh", "https://example.org/unit/甲院")
    '甲院'
    """
    return pick_label(labels, lang) or local_name(iri)


def _rank(tag: str, order: tuple[str, ...]) -> int:
    wanted = tag.lower()
    for place, pattern in enumerate(order):
        if wanted == pattern or (pattern.endswith("-*") and wanted.startswith(pattern[:-1])):
            return place
    return len(order)
