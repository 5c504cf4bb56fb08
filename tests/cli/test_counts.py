"""What the ledger counts has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from kg.cli.counts import CHINESE, counted
from kg.cli.words import speak


def test_everything_that_is_counted_has_a_chinese_name(root: Path) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "kg").rglob("*.py")))
    keys = set(re.findall(r'entry\.count\(\s*"([a-z_]+)"', sources))
    assert len(keys) > 10
    assert keys - set(CHINESE) == set()


def test_counts_are_told_in_chinese() -> None:
    speak("zh")
    assert counted({"tables": 1, "rows": 15}) == "表格 1，行 15"
