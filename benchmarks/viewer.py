"""Time from opening a page until it is drawn whole and has answered a click, beside stock pyvis on the same graph."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.networks import BASE, network, pairs
from benchmarks.timing import Figure, best
from kg.errors import Text, UnsupportedError
from kg.render import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = ((500, 1_000, 600), (2_000, 4_000, 600), (10_000, 30_000, 120))
"""Units, links, and the seconds that stock pyvis gets."""

_OPTIONS: dict[str, Any] = {"viewport": {"width": 1400, "height": 860}, "offline": True}
_PLACE = """id => {
  const at = document.getElementById('kg-viewer').viewer.place(id);
  const box = document.querySelector('.drawing').getBoundingClientRect();
  return [box.x + at.x, box.y + at.y];
}"""
# pyvis draws nothing before its forces have settled.
_LISTEN = "() => { window.settled = false; network.once('stabilizationIterationsDone', () => { window.settled = true; }); }"
_SPOT = """() => {
  const at = network.canvasToDOM(network.getPositions(['0'])['0']), box = network.canvas.frame.canvas.getBoundingClientRect();
  return [box.x + at.x, box.y + at.y];
}"""


def measure(work: Path) -> list[Figure]:
    """Seconds of the page with every unit drawn, for each size; how often stock pyvis needs as long."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        figures = [_size(browser, work, *size) for size in SIZES]
        browser.close()
    return figures


def _chromium() -> str:
    found = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise UnsupportedError(
            Text("Chromium is missing", "缺少 Chromium"),
            Text("install it, or name it in KG_CHROMIUM", "请安装，或用环境变量 KG_CHROMIUM 指明"),
        )
    return found


def _size(browser: Browser, work: Path, units: int, links: int, patience: int) -> Figure:
    """One size: our page three times, pyvis's once."""
    path = render_html(network(units, links), work / f"{units}.html")
    ours = best(lambda: _open_ours(browser, path))
    theirs = _open_pyvis(browser, _pyvis(work, units, links), patience)
    beside = f"stock pyvis: {theirs:,.1f} s" if theirs else f"stock pyvis: not done in {patience} s"
    ratio = (theirs or patience) / ours
    return Figure(f"page of {units:,} units, {links:,} links: drawn and a click answered", ours, "s", beside, ratio)


def _open_ours(browser: Browser, path: Path) -> None:
    """Opens the page with every unit drawn, clicks the most connected one, waits for its evidence."""
    context = browser.new_context(**_OPTIONS)
    page = context.new_page()
    page.goto(f"{path.as_uri()}#whole=yes", wait_until="commit")
    page.wait_for_selector("footer span")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = page.evaluate("document.querySelector('#kg-evidence .row').dataset.key.slice(5)")
    page.mouse.click(*page.evaluate(_PLACE, first))
    page.wait_for_selector("#kg-evidence .actions")
    context.close()


def _pyvis(work: Path, units: int, links: int) -> Path:
    """The same graph as pyvis itself writes it."""
    from pyvis.network import Network  # type: ignore[import-untyped]

    drawn = Network(height="860px", cdn_resources="in_line")
    for unit in range(units):
        drawn.add_node(str(unit), label=f"第{unit}号示例单位", title=f"{BASE}unit/{unit}")
    drawn.add_edges([(str(one), str(other)) for one, other in sorted({tuple(sorted(pair)) for pair in pairs(units, links)})])
    path = work / f"pyvis{units}.html"
    path.write_text(drawn.generate_html(notebook=False), encoding="utf-8")
    return path


def _open_pyvis(browser: Browser, path: Path, patience: int) -> float | None:
    """Seconds until the same of pyvis's page; None where it is not done in time."""
    from playwright.sync_api import TimeoutError as TooLate

    context = browser.new_context(**_OPTIONS)
    page = context.new_page()
    page.set_default_timeout(patience * 1000)
    started = time.perf_counter()
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("typeof network !== 'undefined'", polling=100)
        page.evaluate(_LISTEN)
        page.wait_for_function("window.settled", polling=100)
        while not page.evaluate("network.getSelectedNodes().length"):
            page.mouse.click(*page.evaluate(_SPOT))
            if time.perf_counter() - started > patience:
                return None
        return time.perf_counter() - started
    except TooLate:
        return None
    finally:
        context.close()

