"""The door by which loaders enter."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import kg.load.text
import kg.plugins
from kg.errors import ConfigError
from kg.load import LoadContext, load_sources
from kg.load.text import TextLoader
from kg.plugins import BUILT_IN, plugins


class NovelLoader(TextLoader):
    """A loader as another package would bring it."""

    suffixes = (".novel", ".txt")


def install(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    point = EntryPoint(name, value, "kg.loaders")
    monkeypatch.setattr(kg.plugins, "entry_points", lambda group: [point] if group == "kg.loaders" else [])


def test_every_built_in_can_be_made() -> None:
    for kind in BUILT_IN:
        for name, make in plugins(kind).items():
            assert type(make()).__name__ == BUILT_IN[kind][name].split(":")[1]


def test_an_installed_loader_is_used_and_wins_its_endings(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.load.text, "NovelLoader", NovelLoader, raising=False)
    install(monkeypatch, "novel", "kg.load.text:NovelLoader")
    for name in ("a.novel", "b.txt"):
        (tmp_path / name).write_text("某院党支部\n正文。\n", "utf-8")
    assert [entry.format for entry, _ in load_sources([tmp_path], LoadContext(tmp_path, root / "ontology"))] == ["novel", "novel"]


def test_a_broken_plug_in_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "novel", "no_such_package:Loader")
    with pytest.raises(ConfigError, match=r"plug-in novel \(no_such_package:Loader\) cannot be loaded") as caught:
        plugins("loaders")["novel"]()
    assert "reinstall" in caught.value.hint.en


def test_an_unknown_kind_has_no_parts() -> None:
    assert plugins("nothing") == {}
