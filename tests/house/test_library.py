"""The examples of the page on kg in Python are what Python says, on a graph built from data/."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from tests.house.source import ROOT


def test_the_examples_of_the_library_page_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = (ROOT / "kg.toml").read_text(encoding="utf-8").replace('"data/', f'"{ROOT.as_posix()}/data/')
    settings = settings.replace('ontology = "ontology"', f'ontology = "{ROOT.as_posix()}/ontology"')
    (tmp_path / "kg.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    page = str(ROOT / "docs" / "library.md")
    found = doctest.testfile(page, module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (found.failed, found.attempted > 12) == (0, True)
