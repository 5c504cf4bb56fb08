"""Every example of docs/sparql.md that asks a server is run against one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.server.settings import Settings
from tests.server.conftest import TOKEN, serving
from tests.store.graph import build

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sparql.md"
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
ASKING = [(language, code) for language, code in BLOCKS if "8765/" in code and "kg serve" not in code]


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server that takes updates."""
    with serving(build(tmp_path_factory.mktemp("writable") / "store"), Settings(token=TOKEN)) as client:
        yield client


@pytest.mark.parametrize(("language", "code"), ASKING)
def test_an_example_gives_an_answer(language: str, code: str, writable: httpx.Client, tmp_path: Path) -> None:
    code = code.replace("127.0.0.1:8765", f"127.0.0.1:{writable.base_url.port}")
    assert shutil.which("curl"), "curl is needed to run the examples (Debian: apt-get install curl)"
    environ = {"PATH": "/usr/bin:/bin", "KG_TOKEN": TOKEN}
    command = [sys.executable, "-c", code] if language == "python" else ["bash", "-ec", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout or any(tmp_path.iterdir())


def test_the_page_has_its_examples() -> None:
    assert len(ASKING) == 9


def test_the_limits_of_the_page_are_those_of_the_server() -> None:
    text, limits = PAGE.read_text(encoding="utf-8"), Settings()
    said = {
        f"{limits.seconds:g} s",
        f"{limits.memory >> 30} GiB",
        f"{limits.rows:,}",
        f"{limits.size >> 20} MiB",
        f"{limits.text_limit:,}",
        f"{limits.body_limit >> 20} MiB",
        f"{limits.workers}, others wait up to {limits.patience:g} s",
    }
    assert {words for words in said if f"| {words}" not in text} == set()
