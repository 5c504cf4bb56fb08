"""Commands that draw and write files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kg

ENDINGS = [".nq", ".trig", ".ttl", ".jsonld", ".graphml", ".gexf", ".csv", ".xlsx"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_format_is_written_and_is_the_same_twice(kg: Kg, tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / name / f"graph{ending}" for name in ("a", "b")]
    results = [kg("export", "-o", str(path)) for path in paths]
    assert [result.exit_code for result in results] == [0, 0]
    assert results[0].stdout.startswith(f"Written: {paths[0]}")
    assert paths[0].read_bytes() == paths[1].read_bytes() != b""


def test_an_unknown_ending_names_those_there_are(kg: Kg) -> None:
    result = kg("export", "-o", "graph.doc", "--lang", "zh")
    assert result.exit_code == 3
    assert result.stderr.startswith("错误：无法把图谱保存为 graph.doc：未知的扩展名“.doc”\n提示：可用的扩展名：.nq .trig")


def test_an_export_names_its_output(kg: Kg) -> None:
    assert kg("export").stderr.startswith("Error: -o is missing")


def test_a_view_is_drawn_as_a_page(kg: Kg, tmp_path: Path) -> None:
    result = kg("render", "-o", str(tmp_path / "page.html"), "--lang", "zh")
    assert (result.exit_code, result.stdout) == (0, f"已生成：{tmp_path / 'page.html'}\n")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "红旗支部" in page and page.startswith("<!doctype html>".upper()[:2])


def test_an_unknown_view_names_those_there_are(kg: Kg, tmp_path: Path) -> None:
    result = kg("render", "cooperatoin", "-o", str(tmp_path / "page.html"))
    assert result.exit_code == 2
    assert "Hint: there are: cooperation" in result.stderr


def test_a_page_needs_an_html_ending(kg: Kg) -> None:
    assert kg("render", "-o", "page.gif").stderr.startswith("Error: a page cannot be written to page.gif")


def test_a_network_is_measured(kg: Kg) -> None:
    lines = kg("network", "--top", "1").stdout.splitlines()
    assert lines[0].split() == ["unit", "kind", "degree", "strength", "betweenness", "community"]
    assert lines[2].split()[-4:] == ["1", "1", "0", "0"]
    assert lines[-1] == "2 units, 1 proofs"
