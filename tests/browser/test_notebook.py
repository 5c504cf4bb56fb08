"""A network in a cell of a notebook: drawn in a frame of its own, without an address, offline."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from kg.errors import Text
from kg.render import About, Styles
from kg.render.notebook import shown
from tests.browser.conftest import Visit
from tests.demo_network import demo, iri


def test_a_network_in_a_cell_is_drawn_and_answers_a_click(browser: Browser, styles: Styles, tmp_path: Path) -> None:
    cell = shown(demo(), About(Text("Region", "青榆地区"), Text("", "")), styles)._repr_html_()
    (tmp_path / "cell.html").write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{cell}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1100, "height": 700}, offline=True)
    visit = Visit(context.new_page())
    visit.page.goto((tmp_path / "cell.html").as_uri())
    frame = visit.page.frame_locator("iframe")
    assert "61" in frame.locator("footer span").first.inner_text()
    inside = visit.page.frames[1]
    inside.evaluate("id => document.getElementById('kg-viewer').viewer.store.selectUnit(id)", iri("青榆银行"))
    assert "青榆银行" in frame.locator("#kg-evidence").inner_text()
    context.close()
    assert visit.troubles == []
