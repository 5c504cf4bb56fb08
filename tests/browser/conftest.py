"""A browser that may reach nothing but the page itself, and that tells of everything that went wrong in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Playwright

from kg.errors import Text
from kg.network import Network
from kg.render import Styles, render_html
from kg.vocab.reader import read_ontology
from tests.demo_network import demo

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")


class Visit:
    """A page open in the browser; `troubles` lists what it must not do, such as asking for anything but at `home`."""

    def __init__(self, page: Page, home: str = "file:") -> None:
        self.page = page
        self._home = home
        self.troubles: list[str] = []
        page.on("dialog", self._dialog)
        page.on("console", lambda message: self.troubles.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self._request(request.url))

    def _dialog(self, dialog: object) -> None:
        self.troubles.append("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _request(self, url: str) -> None:
        if not url.startswith((self._home, "data:", "blob:")):
            self.troubles.append(f"request to {url}")

    def place(self, unit: str) -> tuple[float, float]:
        """Where a unit is on the screen."""
        script = "id => { const at = document.getElementById('kg-viewer').viewer.place(id);"
        script += "const box = document.querySelector('.drawing').getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }"
        x, y = self.page.evaluate(script, unit)
        return x, y

    def colour(self, x: float, y: float) -> list[int]:
        """What the drawing shows at a point of the screen: red, green, blue."""
        script = "([x, y]) => { const shown = document.querySelector('.drawing canvas'), box = shown.getBoundingClientRect();"
        script += "const ratio = shown.width / box.width, dot = new OffscreenCanvas(1, 1).getContext('2d');"
        script += "dot.drawImage(shown, (box.x - x) * ratio, (box.y - y) * ratio);"
        script += "return [...dot.getImageData(0, 0, 1, 1).data].slice(0, 3); }"
        colour: list[int] = self.page.evaluate(script, [x, y])
        return colour

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium. Without one the tests fail: what they show is a promise of the product."""
    path = os.environ.get("KG_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), "")
    if not path:
        pytest.fail("Chromium is missing: install it (Debian, Ubuntu: apt install chromium) or name it in KG_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def styles(root: Path) -> Styles:
    return Styles.of(read_ontology(root / "ontology"))


@pytest.fixture(scope="session")
def demo_page(tmp_path_factory: pytest.TempPathFactory, styles: Styles) -> Path:
    """The page of the invented region."""
    path = tmp_path_factory.mktemp("page") / "合作 网络.html"
    caption = Text("Invented data, three documents.", "示例数据：三份材料。")
    return render_html(demo(), path, title=Text("Cooperation in Qingyu", "青榆市合作网络"), caption=caption, styles=styles)


@pytest.fixture
def open_page(browser: Browser, demo_page: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens the demo page, a network's own page or a written page, offline; at the end nothing may have gone wrong in it."""
    visits: list[Visit] = []

    def open(width: int = 1400, height: int = 860, network: Network | Path | None = None, **state: str) -> Visit:
        path = network if isinstance(network, Path) else demo_page
        if network is not None and not isinstance(network, Path):
            path = render_html(network, tmp_path / "page.html")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, accept_downloads=True)
        visit = Visit(context.new_page())
        visits.append(visit)
        hash = "&".join(f"{key}={quote(value)}" for key, value in state.items())
        visit.page.goto(path.as_uri() + (f"#{hash}" if hash else ""))
        visit.page.wait_for_selector("footer span")
        visit.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return visit

    yield open
    for visit in visits:
        visit.page.context.close()
    assert [trouble for visit in visits for trouble in visit.troubles] == []
