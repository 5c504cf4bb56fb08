"""Takes a picture of a written page, with the network off: that of the READMEs is made by `make picture`.

    python docs/screenshot.py PAGE.html PICTURE.png BROWSER [STATE]

STATE is what stands after "#" in the page's address when it shows what the picture is to show.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright


def take(source: Path, target: Path, browser: str, state: str = "") -> None:
    """Opens the page in `state`, waits until it is drawn, and writes a PNG of 1400 × 860 points."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_context(viewport={"width": 1400, "height": 860}, offline=True).new_page()
        page.goto(source.resolve().as_uri() + "#" + quote(state, safe="=&"))
        page.wait_for_timeout(2000)
        page.screenshot(path=str(target))
        chromium.close()


if __name__ == "__main__":
    page, picture, browser, *state = sys.argv[1:]
    take(Path(page), Path(picture), browser, *state)
