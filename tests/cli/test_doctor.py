"""The command that looks at the installation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


def test_a_sound_installation_is_told_in_both_languages(kg: Kg) -> None:
    english, chinese = kg("doctor"), kg("doctor", "--lang", "zh")
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    assert "✓ kg: 0.1.0" in english.stdout and "✓ pyoxigraph: " in english.stdout
    assert "readable, 2 graphs" in english.stdout or "readable, 3 graphs" in english.stdout
    assert "✓ 本体：" in chinese.stdout and "个已存查询" in chinese.stdout


def test_a_store_that_was_never_built_is_no_fault(kg: Kg) -> None:
    result = kg("doctor", "--store", "nowhere")
    assert result.exit_code == 0
    assert "✓ store: there is no store at nowhere" in result.stdout


def test_a_store_that_cannot_be_read_is_a_fault(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    result = kg("doctor", "--store", str(tmp_path))
    assert result.exit_code == 2
    assert "✗ store: " in result.stdout


def test_broken_settings_are_a_fault(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.toml").write_text("sorces = []", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = kg("doctor")
    assert result.exit_code == 2
    assert "✗ settings: " in result.stdout and "unknown key “sorces”" in result.stdout


def test_a_missing_browser_and_missing_fonts_are_told(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("kg.render.png.can_write", lambda sign: False)
    out = kg("doctor").stdout
    assert "Chromium: none found" in out and "Chinese fonts: none found" in out


def test_fonts_without_names_are_fonts(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    assert "Chinese fonts: found" in kg("doctor").stdout


def test_fonts_are_listed_once(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, stdout="Song,宋体\nSong\n\nKai\n"))
    assert "Chinese fonts: Kai, Song" in kg("doctor").stdout
