"""Kills builds at random moments and looks at what is left: the old or the new graph, and a next build that is right.

Everything that opens a database runs in a forked child of this process, which itself stays single-threaded: a child that
is killed was in the middle of its work at once, without the second that a new Python takes to start.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.config import Config
from kg.pipeline import Options, build
from kg.store.base import open_store

ROOT = Path(__file__).resolve().parents[2]
TEXT = "{0}县法院的做法\n{0}县法院创建“同心{1}”平台，与东海大学合作，服务企业{1}家。\n"
PLACES = ("青川", "白水", "清河", "沁源")
FILES = 4


class Outcome(NamedTuple):
    """What was tried: how many builds were killed, how often the old and the new graph stood, and what was wrong."""

    killed: int
    old: int
    new: int
    wrong: list[str]


class Kills:
    """Builds in a folder, one after another, each of which is killed first and then run to its end.

    Args:
        folder: an empty folder.
        seed: of the moments and of the changes.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._config = Config(folder, ontology=ROOT / "ontology", sources=("sources",))
        (folder / "sources").mkdir()
        for number in range(FILES):
            self._change(number)

    def run(self, rounds: int) -> Outcome:
        """Some rounds: a change, a killed build, a look at what is left, a build to the end, a look at that."""
        before = self._built()
        length = self._seconds(lambda: self._build(fresh=True))
        killed = old = new = 0
        wrong: list[str] = []
        for number in range(rounds):
            self._change(self._chance.randrange(FILES + 2), may_go=True)
            fresh = self._chance.random() < 0.3
            killed += self._killed(self._chance.uniform(0, length), fresh)
            left, after = self._exported("left"), self._built()
            old, new = old + (left == before), new + (left == after)
            if left not in (before, after):
                wrong.append(f"round {number}: neither the old nor the new graph")
            if after != self._anew():
                wrong.append(f"round {number}: the next build differs from a first one")
            before = after
        return Outcome(killed, old, new, wrong)

    def _change(self, number: int, may_go: bool = False) -> None:
        path = self._folder / "sources" / f"{number}.txt"
        if may_go and number and path.exists() and self._chance.random() < 0.3:
            path.unlink()
        else:
            text = TEXT.format(self._chance.choice(PLACES), self._chance.randrange(2, 10_000))
            path.write_text(text, encoding="utf-8")

    def _build(self, fresh: bool = False, store: Path | None = None) -> None:
        result = build(self._config, ["sources"], store, options=Options(fresh))
        assert result.ledger.ok

    def _built(self) -> bytes:
        _run(self._build)
        return self._exported("built")

    def _anew(self) -> bytes:
        other = self._folder / "anew"
        _run(lambda: self._build(fresh=True, store=other))
        return self._exported("anew", other)

    def _exported(self, name: str, store: Path | None = None) -> bytes:
        file = self._folder / f"{name}.nq"
        _run(lambda: _export(store or self._config.store, file))
        return file.read_bytes()

    def _killed(self, after: float, fresh: bool) -> bool:
        """Starts a build and kills it; False if it had ended before."""
        child = _forked(lambda: self._build(fresh))
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])

    def _seconds(self, work: Callable[[], None]) -> float:
        started = time.monotonic()
        _run(work)
        return time.monotonic() - started


def _export(store: Path, file: Path) -> None:
    opened = open_store(store)
    with file.open("wb") as out:
        opened.dump(out, "nq")
    opened.close()


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def _run(work: Callable[[], None]) -> None:
    """Does the work in a child.

    Raises:
        RuntimeError: it failed.
    """
    status = os.waitpid(_forked(work), 0)[1]
    if status:
        raise RuntimeError(f"a child ended with status {status}")


def main(folder: str, rounds: str, seed: str) -> None:
    """Prints the outcome of some rounds; exit code 1 if something was wrong."""
    os.chdir(folder)
    outcome = Kills(Path(folder), int(seed)).run(int(rounds))
    left = f"afterwards {outcome.old} times the old graph, {outcome.new} times the new one"
    print(f"{outcome.killed} of {rounds} builds killed; {left}")
    for line in outcome.wrong:
        print(line)
    sys.exit(1 if outcome.wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
