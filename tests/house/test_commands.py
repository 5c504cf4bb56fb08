"""Every command that the pages on pictures and networks show runs as it stands, on a graph built from data/."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import app
from tests.house.source import ROOT

PAGES = [ROOT / "docs" / "pictures.md", ROOT / "docs" / "network.md"]
COMMANDS = [
    line
    for page in PAGES
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("commands") / "store"
    with kg.open(place, ROOT / "kg.toml") as graph:
        assert graph.build().ledger.ok
    return place


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_documents_runs(line: str, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.toml").write_text(f'ontology = "{(ROOT / "ontology").as_posix()}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)
    result = CliRunner().invoke(app, [*words[1:], "--store", str(store), "--lang", "zh"])
    assert (words[0], result.exit_code, result.stderr) == ("kg", 0, "")
    written = [Path(words[at + 1]) for at, word in enumerate(words) if word == "-o"]
    assert [path for path in written if not path.stat().st_size] == []
    assert written or len(result.stdout.splitlines()) > 3
