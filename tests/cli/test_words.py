"""Which language is spoken."""

from __future__ import annotations

import locale

import pytest

from kg.cli.words import language, language_of, speak


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["build", "--lang=zh"], {}, "zh"),
        (["query", "--", "--lang", "zh"], {"LANG": "en_US"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_arguments_come_before_the_locale(arguments: list[str], environ: dict[str, str], expected: str) -> None:
    speak(language_of(arguments, environ))
    assert language() == expected


def test_windows_names_its_locale_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    speak(language_of([], {}))
    assert language() == "zh"
