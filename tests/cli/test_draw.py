"""Commands that draw and write files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kg

ENDINGS = [".nq", ".trig", ".ttl", ".jsonld", ".graphml", ".gexf", ".cyjs", ".neo4j.csv", ".csv", ".xlsx"]


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


def test_a_page_carries_the_graph_where_asked_and_no_sentence_where_not(kg: Kg, tmp_path: Path) -> None:
    pages = []
    for options in ([], ["--sparql"], ["--sparql", "--no-evidence"]):
        assert kg("render", "-o", str(tmp_path / "page.html"), *options).exit_code == 0
        pages.append((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert ['id="kg-graph"' in page for page in pages] == [False, True, True]
    assert ["红旗支部创建“同心”平台，与东海大学合作" in page for page in pages] == [False, True, False]


def test_a_picture_carries_no_graph(kg: Kg, tmp_path: Path) -> None:
    result = kg("render", "-o", str(tmp_path / "page.svg"), "--sparql")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "Error: a picture cannot carry a graph")


def test_an_unknown_view_names_those_there_are(kg: Kg, tmp_path: Path) -> None:
    result = kg("render", "cooperatoin", "-o", str(tmp_path / "page.html"))
    assert result.exit_code == 2
    assert "Hint: there are: cooperation" in result.stderr


def test_a_drawing_needs_a_known_ending(kg: Kg) -> None:
    assert kg("render", "-o", "page.gif").stderr.startswith("Error: a drawing cannot be written to page.gif")


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_a_view_is_drawn_as_a_picture_of_any_form(kg: Kg, tmp_path: Path, form: str, ending: str) -> None:
    path = tmp_path / f"picture{ending}"
    wishes = ["--bw", "--width-mm", "120", "--dpi", "96", "--title", "图一"]
    wishes += ["--size", "betweenness", "--colour", "level"] if form == "network" else []
    assert kg("render", "-o", str(path), "--as", form, *wishes).exit_code == 0
    assert path.read_bytes()[:8] == (b"\x89PNG\r\n\x1a\n" if ending == ".png" else b"<svg xml")


@pytest.mark.parametrize("span", ["2024", "2020-2024", "2020-", "-2024"])
def test_years_are_a_year_or_a_span(kg: Kg, tmp_path: Path, span: str) -> None:
    assert kg("render", "-o", str(tmp_path / "a.svg"), "--years", span).exit_code == 0


@pytest.mark.parametrize("span", ["24", "20202024", "-", "last"])
def test_what_is_no_span_of_years_is_refused(kg: Kg, span: str) -> None:
    result = kg("render", "-o", "a.svg", "--years", span)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, f"Error: “{span}” is no span of years")
