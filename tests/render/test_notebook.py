"""What shows itself in a notebook: a network, a table, a graph; offline, and text only as text."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import kg
from kg.errors import Text
from kg.network import from_tables, within
from kg.query.table import Table, Term
from kg.render import About, Styles
from kg.render.notebook import ShownNetwork, shown
from tests.demo_network import demo, table

NOTES = About(Text("Region", "地区<b>"), Text("", ""))


def test_a_network_shows_its_page_in_a_frame_that_may_only_run_its_own_script() -> None:
    html = shown(demo(), NOTES, Styles())._repr_html_()
    sandbox = 'sandbox="allow-scripts allow-downloads"'
    frame = re.fullmatch(rf'<iframe srcdoc="([^"]*)" title="地区&lt;b&gt;" {sandbox}[^>]*></iframe>', html)
    assert frame is not None
    assert unescape(frame[1]).startswith("<!doctype html>") and "default-src 'none'" in unescape(unescape(frame[1]))


def test_a_shown_network_is_the_network_it_was_made_of() -> None:
    made = shown(demo(), NOTES, Styles())
    assert list(made.edges(keys=True, data=True)) == list(demo().edges(keys=True, data=True))
    assert dict(made.nodes(data=True)) == dict(demo().nodes(data=True))


def test_copies_parts_and_years_show_themselves_too() -> None:
    made = shown(demo(), NOTES, Styles())
    for part in (made.copy(), made.subgraph(list(made)[:9]).copy(), within(made, 2021, 2022)):
        assert isinstance(part, ShownNetwork) and "地区" in part._repr_html_()


def test_a_hostile_name_stays_text() -> None:
    label = '"></iframe><script>alert(1)</script>'
    made = shown(from_tables(table("source sourceLabel target proof", ("a", label, "b", "p"))), NOTES, Styles())
    assert "<script" not in made._repr_html_() and made._repr_html_().count("<iframe") == 1


def test_a_table_shows_fifty_rows_and_says_how_many_there_are() -> None:
    made = Table(("名称",), tuple((Term(f"<{number}>"),) for number in range(60)))._repr_html_()
    assert (made.count("<tr>"), "&lt;0&gt;" in made, "50 / 60" in made) == (51, True, True)


def test_a_graph_shows_what_is_in_it_or_that_there_is_none_yet(tmp_path: Path, root: Path) -> None:
    with kg.open(tmp_path / "store", root / "kg.toml") as graph:
        assert graph._repr_html_().startswith("<p>")
        graph.build([root / "data" / "cooperation.csv"])
        assert "<td>协作 cooperation</td>" in graph._repr_html_()
