"""Takes the pictures of docs/explorer.md from the graph of `make demo`: run by `make picture`.

    python docs/explorer_pictures.py FOLDER BROWSER
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg
from kg.server.run import address, listen, server_for
from kg.server.settings import Settings

PAGES = {
    "explorer-start": "?lang=en",
    "explorer-unit": "unit/通州区检察院?lang=en",
    "explorer-document": "document/data/reports/03-tongzhou-renda.txt?lang=en",
}


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of the graph that kg.toml names."""
    started = threading.Event()
    with kg.open() as graph, listen("127.0.0.1", 0) as listening:
        server = server_for(graph, Settings(), started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        started.wait()
        try:
            yield address(listening)
        finally:
            server.should_exit = True
            thread.join()


def take(folder: Path, browser: str) -> None:
    """Writes a PNG of 1200 × 760 points for each page."""
    with serving() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_context(viewport={"width": 1200, "height": 760}).new_page()
        for name, path in PAGES.items():
            page.goto(site + path)
            page.screenshot(path=str(folder / f"{name}.png"))
        chromium.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2])
