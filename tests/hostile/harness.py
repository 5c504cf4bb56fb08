"""Has files read in guarded processes (`worker.py`) and sums up what came of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.hostile.samples import ROOT

Task = tuple[str, str | int]


class Outcome(NamedTuple):
    """What came of a task: "read", "refused: why", or what went wrong; seconds of the processor; megabytes at most."""

    what: str
    seconds: float
    megabytes: int

    @property
    def word(self) -> str:
        return self.what.partition(":")[0]

    @property
    def failed(self) -> bool:
        return self.word not in ("read", "refused")


def read(tasks: Sequence[Task], folder: Path) -> Iterator[Outcome]:
    """What came of each task; one that ends its process is told, and the next ones go to a new process."""
    waiting = list(tasks)
    while waiting:
        done = _run(waiting, folder)
        for line in done.stdout.splitlines():
            yield Outcome(*json.loads(line))
            waiting.pop(0)
        if waiting:
            end = "hang" if done.returncode == -signal.SIGPROF else f"death ({done.returncode})"
            yield Outcome(f"{end}: {done.stderr[-1500:]}", 0, 0)
            waiting.pop(0)


def _run(tasks: Sequence[Task], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.hostile.worker", str(folder)],
        input="".join(json.dumps(task) + "\n" for task in tasks),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RUST_BACKTRACE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(slots=True)
class Result:
    """What came of mutated inputs of a kind: how many of each outcome, the longest and largest, what went wrong by number."""

    kind: str
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    megabytes: int = 0
    failures: dict[int, str] = field(default_factory=dict)


def fuzz(kind: str, first: int, last: int) -> Result:
    """Reads the inputs first … last-1 of a kind."""
    result = Result(kind)
    with tempfile.TemporaryDirectory() as folder:
        outcomes = read([(kind, number) for number in range(first, last)], Path(folder))
        for number, outcome in zip(range(first, last), outcomes, strict=True):
            result.counts[outcome.word] += 1
            result.seconds, result.megabytes = max(result.seconds, outcome.seconds), max(result.megabytes, outcome.megabytes)
            if outcome.failed:
                result.failures[number] = outcome.what
    return result
