"""The portable page as a file."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from benchmarks.networks import network
from kg.errors import InputError, Text
from kg.network import from_tables
from kg.render import render_html
from tests.demo_network import demo, iri, table


def data_of(path: Path) -> dict[str, object]:
    match = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)
    assert match
    loaded: dict[str, object] = json.loads(match[1])
    return loaded


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = render_html(demo(), tmp_path / "a.html"), render_html(demo(), tmp_path / "b.html")
    assert one.read_bytes() == other.read_bytes()


def test_the_callers_network_is_not_changed(tmp_path: Path) -> None:
    network = demo()
    before = copy.deepcopy((dict(network.nodes(data=True)), list(network.edges(keys=True, data=True))))
    render_html(network, tmp_path / "a.html")
    assert (dict(network.nodes(data=True)), list(network.edges(keys=True, data=True))) == before


def test_a_pair_is_drawn_once_with_all_proofs_of_both_directions(tmp_path: Path) -> None:
    links = table("source target proof", ("a", "b", "p1"), ("a", "b", "p2"), ("b", "a", "p3"))
    data = data_of(render_html(from_tables(links), tmp_path / "a.html"))
    assert [edge["proofs"] for edge in data["edges"]] == [[0, 1, 2]]  # type: ignore[attr-defined]
    assert [proof["id"] for proof in data["proofs"]] == ["p1", "p2", "p3"]  # type: ignore[attr-defined]


def test_text_cannot_leave_its_place_in_the_file(tmp_path: Path) -> None:
    bad = "</script><img src=x>\u2028&"
    path = render_html(
        from_tables(table("source sourceLabel target", ("a", bad, "b"))),
        tmp_path / "a.html",
        title=Text(bad, bad),
        caption=Text(bad, bad),
    )
    html = path.read_text(encoding="utf-8")
    assert "<img" not in html
    assert html.count("</script>") == 2
    assert "\u2028" not in html.split('id="kg-data">')[1].split("</script>")[0]
    assert data_of(path)["title"] == {"en": bad, "zh": bad}


def test_the_page_holds_no_address_to_load_from(tmp_path: Path) -> None:
    html = render_html(demo(), tmp_path / "a.html").read_text(encoding="utf-8")
    assert not re.search(r"<(link|script|img|iframe)[^>]*(src|href)=", html)
    assert "default-src 'none'; script-src 'sha256-" in unescape(html)


def test_sentences_can_be_left_out(tmp_path: Path) -> None:
    data = data_of(render_html(demo(), tmp_path / "a.html", evidence=False))
    assert (data["quotes"], data["documents"]) == ([], [])


def test_marked_words_are_counted_as_javascript_counts(tmp_path: Path) -> None:
    links = table("source target proof quote exact", ("a", "b", "p", "𠮷村与乙院共建。", "乙院"))
    data = data_of(render_html(from_tables(links), tmp_path / "a.html"))
    assert data["quotes"][0]["mark"] == [4, 6]  # type: ignore[index]


def test_a_lone_surrogate_does_not_stop_the_page(tmp_path: Path) -> None:
    data = data_of(render_html(from_tables(table("source sourceLabel target", ("a", "坏\ud800字", "b"))), tmp_path / "a.html"))
    assert data["nodes"][0]["label"] == "坏\ud800字"  # type: ignore[index]


def test_names_are_searchable_by_pinyin_initials(tmp_path: Path) -> None:
    data = data_of(render_html(demo(), tmp_path / "a.html"))
    unit = next(unit for unit in data["nodes"] if unit["id"] == iri("青榆市中级人民法院"))  # type: ignore[attr-defined]
    assert unit["initials"] == ["qyszjrmfy", "szy"]


def test_the_c_locale_writes_utf8(tmp_path: Path, root: Path) -> None:
    code = "import sys, pathlib, tests.demo_network as d, kg.render as r; r.render_html(d.demo(), pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "c.html")], cwd=root, env=environment, check=True)
    assert (tmp_path / "c.html").read_bytes() == render_html(demo(), tmp_path / "utf8.html").read_bytes()


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        render_html(demo(), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.html"]


def test_a_network_of_nothing_still_makes_a_page(tmp_path: Path) -> None:
    assert data_of(render_html(from_tables(table("source target")), tmp_path / "a.html"))["nodes"] == []


def test_the_demo_page_weighs_under_a_megabyte(tmp_path: Path) -> None:
    assert render_html(demo(), tmp_path / "a.html").stat().st_size < 1_000_000


def test_a_page_of_three_hundred_units_with_sentences_stays_under_a_megabyte_and_a_half(tmp_path: Path) -> None:
    path = render_html(network(300, 700), tmp_path / "a.html")
    assert len(data_of(path)["quotes"]) == 700  # type: ignore[arg-type]
    assert path.stat().st_size < 1_500_000
