"""Views of an ontology folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ConfigError, QueryError
from kg.network import view_named, views

GOOD = "title: {zh: 合作, en: Cooperation}\nedges: |\n  SELECT ?source ?target { ?source ?p ?target }\n"


def folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "views").mkdir()
    for name, text in files.items():
        (tmp_path / "views" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_default_view_comes_first(tmp_path: Path) -> None:
    found = views(folder(tmp_path, a=GOOD, cooperation=GOOD, b=GOOD))
    assert [view.id for view in found] == ["cooperation", "a", "b"]
    assert (found[0].title.zh, found[0].title.en) == ("合作", "Cooperation")


def test_broken_yaml_is_named_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"broken\.yaml, line 3"):
        views(folder(tmp_path, broken=GOOD.replace("edges: |", "edges: [")))


def test_a_view_without_edges_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"half\.yaml"):
        views(folder(tmp_path, half="title: {zh: 合作}"))


def test_an_unknown_view_gets_suggestions(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        view_named(folder(tmp_path, cooperation=GOOD), "coperation")
    assert caught.value.hint.en == "there are: cooperation"
