"""Which label is shown."""

from __future__ import annotations

import pytest

from kg.vocab.labels import label_or_name, pick_label

ALL = [
    ("any", "fr"),
    ("english", "en"),
    ("british", "en-GB"),
    ("untagged", ""),
    ("traditional", "zh-Hant"),
    ("mainland", "zh-CN"),
    ("zh", "zh"),
]


def without(*tags: str) -> list[tuple[str, str]]:
    return [(text, tag) for text, tag in ALL if tag not in tags]


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ((), "zh"),
        (("zh",), "mainland"),
        (("zh", "zh-CN"), "traditional"),
        (("zh", "zh-CN", "zh-Hant"), "untagged"),
        (("zh", "zh-CN", "zh-Hant", ""), "english"),
        (("zh", "zh-CN", "zh-Hant", "", "en"), "british"),
        (("zh", "zh-CN", "zh-Hant", "", "en", "en-GB"), "any"),
    ],
)
def test_chinese_falls_back_step_by_step(missing: tuple[str, ...], shown: str) -> None:
    assert pick_label(without(*missing), "zh") == shown


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ((), "english"),
        (("en",), "british"),
        (("en", "en-GB"), "untagged"),
        (("en", "en-GB", ""), "zh"),
        (("en", "en-GB", "", "zh"), "mainland"),
    ],
)
def test_english_falls_back_step_by_step(missing: tuple[str, ...], shown: str) -> None:
    assert pick_label(without(*missing), "en") == shown


def test_the_order_of_labels_does_not_matter() -> None:
    assert pick_label(reversed(ALL), "zh") == pick_label(ALL, "zh") == "zh"


def test_case_of_language_tags_does_not_matter() -> None:
    assert pick_label([("Court", "EN"), ("法院", "ZH-cn")], "zh") == "法院"


def test_none_counts_as_untagged() -> None:
    assert pick_label([("Court", "en"), ("法院", None)], "zh") == "法院"


def test_a_blank_label_is_no_label() -> None:
    assert pick_label([("  ", "zh"), ("Court", "en")], "zh") == "Court"


def test_without_labels_there_is_none() -> None:
    assert pick_label([], "zh") is None


def test_without_labels_the_local_name_is_shown() -> None:
    assert label_or_name([], "zh", "https://example.org/unit/甲院") == "甲院"
