"""Every example of docs/sparql.md that asks a server is run against one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sparql.md"
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
ASKING = [(language, code) for language, code in BLOCKS if "8765/" in code and "kg serve" not in code]


@pytest.mark.parametrize(("language", "code"), ASKING)
def test_an_example_gives_an_answer(language: str, code: str, client: httpx.Client, tmp_path: Path) -> None:
    code = code.replace("127.0.0.1:8765", f"127.0.0.1:{client.base_url.port}")
    assert shutil.which("curl"), "curl is needed to run the examples (Debian: apt-get install curl)"
    command = [sys.executable, "-c", code] if language == "python" else ["bash", "-ec", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout or any(tmp_path.iterdir())


def test_the_page_has_its_examples() -> None:
    assert len(ASKING) == 7


def test_the_limits_of_the_page_are_those_of_the_server() -> None:
    from kg.server.settings import Settings

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
