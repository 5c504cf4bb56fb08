"""What is left when a build is killed, the disk is full, the folder may not be written, or a store is damaged (short form)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError, KgError
from kg.graph import Graph
from tests.pipeline.conftest import REPORTS, Work

KG = "from kg.cli import main; main()"
NO_ROOM = "import resource, sys; n = int(sys.argv.pop(1)); resource.setrlimit(resource.RLIMIT_FSIZE, (n, n)); " + KG
# Root may write anywhere unless it gives that right up, which holds for the programs that it starts then.
NO_RIGHT = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
    sys.exit("cannot give up the right to write anywhere")
os.execv(sys.executable, [sys.executable, "-B", "-c", sys.argv[1], *sys.argv[2:]])
"""


def run(work: Work, root: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (work.root / "kg.toml").write_text(f'ontology = "{work.ontology}"\nsources = ["sources"]\n', encoding="utf-8")
    environ = {"PYTHONPATH": str(root), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-B", "-c", code, *arguments]  # -B: with no room, Python itself would spoil its .pyc files
    return subprocess.run(command, cwd=work.root, env=environ, capture_output=True, text=True, check=False)


def test_a_build_that_is_killed_leaves_the_old_or_the_new_graph_and_the_next_one_is_right(tmp_path: Path, root: Path) -> None:
    command = [sys.executable, "-m", "tests.soak.kills", str(tmp_path), "4", "3"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    killed, of, old, new = map(int, re.findall(r"\d+", done.stdout))
    assert (of, killed > 0, old + new >= of) == (4, True, True)


@pytest.mark.parametrize("room", [1, 3000, 20_000, 66_000])
def test_on_a_full_disk_a_build_says_so_and_the_old_graph_stays(work: Work, root: Path, room: int) -> None:
    work.build()
    before = work.exported()
    work.put("b.txt", REPORTS["b"] + "\n白水县税务局与南山大学合作。\n")
    result = run(work, root, NO_ROOM, str(room), "build")
    assert result.returncode == 2
    assert "File too large" in result.stderr and "Hint: Make room on the disk" in result.stderr
    assert work.exported() == before
    assert work.build().ledger.ok
    assert "南山大学".encode() in work.exported() and work.exported() == work.anew()


def test_a_folder_that_may_not_be_written_is_told_and_the_old_graph_stays(work: Work, root: Path) -> None:
    work.build()
    before = work.exported()
    work.put("b.txt", REPORTS["b"] + "\n")
    work.store.chmod(0o555)
    for file in ("lock", "cache.sqlite", "ledger.json"):
        (work.store / file).chmod(0o444)
    try:
        result = run(work, root, NO_RIGHT, KG, "build")
    finally:
        work.store.chmod(0o755)
        for file in ("lock", "cache.sqlite", "ledger.json"):
            (work.store / file).chmod(0o644)
    assert (result.returncode, "cannot be written: Permission denied" in result.stderr) == (2, True)
    assert work.exported() == before


def damaged(work: Work, how: str) -> None:
    """Spoils the database of the store."""
    (database,) = work.store.glob("db-*")
    for file in database.glob("*.sst"):
        content = file.read_bytes()
        spoilt = {"zeros": bytes(len(content)), "half": content[: len(content) // 2], "other": content[::-1]}
        file.write_bytes(spoilt[how])


@pytest.mark.parametrize("how", ["zeros", "half", "other"])
def test_a_damaged_store_is_named_and_built_anew_from_its_sources(work: Work, how: str) -> None:
    work.build()
    before = work.exported()
    damaged(work, how)
    with pytest.raises(KgError) as caught, Graph(work.config) as graph:
        graph.query("SELECT * { ?s ?p ?o }")
    assert str(work.store) in caught.value.message.en and "kg build --fresh" in caught.value.hint.en
    work.build(fresh=True)
    assert work.exported() == before


def test_a_second_build_at_the_same_time_is_refused_with_a_clear_word(work: Work) -> None:
    from kg.store.folder import BuildLock

    work.build()
    lock = BuildLock(work.store)
    work.put("b.txt", REPORTS["b"] + "\n")
    with pytest.raises(InputError, match=r"another build is writing .*\(process \d+\)"):
        work.build()
    lock.release()
    assert work.build().written
