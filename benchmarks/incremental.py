"""What a build costs when there is a store already: nothing changed, one report changed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.reports import ROOT, write_reports
from benchmarks.timing import Figure
from kg.config import Config
from kg.pipeline import BuildResult, build

REPORTS = 200
TIMES = 3


def measure(work: Path) -> list[Figure]:
    """Seconds of a second build beside those of the first, with the files it read in the name of the figure."""
    reports, store = work / "reports", work / "store"
    reports.mkdir()
    write_reports(reports, REPORTS)
    one = reports / "0000.txt"
    text = one.read_text(encoding="utf-8")

    def first() -> None:
        shutil.rmtree(store, ignore_errors=True)

    def nothing() -> None:
        pass

    def another() -> None:
        one.write_text(f"{text}\n{time.time_ns()}\n", encoding="utf-8")

    anew, _ = _best(first, reports, store)
    beside = f"the first build: {anew:.3g} s"
    figures = []
    for what, before in (("nothing", nothing), ("one report", another)):
        seconds, read = _best(before, reports, store)
        name = f"kg build again, {REPORTS} reports, {what} changed: {read} read"
        figures.append(Figure(name, seconds, "s", beside, seconds / anew))
    return figures


def _best(before: Callable[[], None], reports: Path, store: Path) -> tuple[float, int]:
    """Seconds of the fastest of some builds, and how many files the last one read."""
    results: list[BuildResult] = []
    for _ in range(TIMES):
        before()
        results.append(build(Config.read(ROOT / "kg.toml"), [reports], store))
    return min(result.seconds for result in results), results[-1].read
