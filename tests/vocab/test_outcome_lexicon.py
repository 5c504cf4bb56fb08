"""Reading the words of outcomes from the ontology folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.vocab.outcome_lexicon import FILES, alternation, read_outcome_lexicon


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "extraction").mkdir()
    for name in FILES:
        shutil.copy(root / "ontology" / "extraction" / name, tmp_path / "extraction" / name)
    return tmp_path


def broken(folder: Path, text: str) -> ConfigError:
    file = folder / "extraction" / "honours.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_outcome_lexicon(folder)
    assert str(file) in caught.value.message.en and str(file) in caught.value.message.zh
    return caught.value


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "extraction" / "measures.yaml").unlink()
    with pytest.raises(ConfigError, match=r"measures\.yaml is missing"):
        read_outcome_lexicon(folder)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("- {id: a, role: honour, words: x}\n- id: b: c\n", 2, "not YAML"),
        ("a: 1\n", 1, "a list of entries is wanted"),
        ("\n- {id: a, role: nonsense, words: x}\n", 2, 'a known role, not "nonsense"'),
        ("- {id: a, role: honour}\n", 1, "wants words or patterns"),
        ("- {id: a, role: honour, words: x}\n- {id: a, role: honour, words: y}\n", 2, "used twice"),
        ("- {id: a, role: honour, patterns: ['(']}\n", 1, "not a regular expression"),
        ("- {id: a, role: honour, patterns: ['(x)']}\n", 1, "no groups"),
        ("- {id: a, role: honour, patterns: ['x*']}\n", 1, "matches no empty text"),
        ("- {id: a, role: digit, words: x, means: many}\n", 1, "must be a whole number"),
        ("- {id: a, role: honour, words: x, gives: 3}\n", 1, '"gives" must be'),
        ("- {id: a, role: honour, words: 3}\n", 1, '"words" must be'),
    ],
)
def test_a_broken_entry_is_reported_with_its_line(folder: Path, text: str, line: int, says: str) -> None:
    error = broken(folder, text)
    assert f"honours.yaml:{line}" in error.message.en and says in error.message.en


def test_an_unchanged_folder_is_read_once(folder: Path) -> None:
    assert read_outcome_lexicon(folder) is read_outcome_lexicon(folder)


def test_the_longest_word_wins_in_an_alternation() -> None:
    assert re.findall(alternation(["走", "走访", "服务"]), "走访者走了") == ["走访", "走"]
