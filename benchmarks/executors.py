"""A build by one process and by several, each in a process of its own so that its memory can be seen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.reports import ROOT, write_reports
from benchmarks.timing import Figure

REPORTS = (250, 1000)
WORKERS = 2
TIMES = 2
BUILD = """
import resource, sys
from pathlib import Path
from kg.config import Config
from kg.pipeline import Options, build
from kg.pipeline.executor import executor_named
config, reports, store, name, workers = sys.argv[1:]
options = Options(fresh=True, executor=executor_named(name, int(workers)))
result = build(Config.read(Path(config)), [reports], Path(store), options=options)
print(result.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(work: Path) -> list[Figure]:
    """Seconds of a build by two worker processes beside one process; megabytes that the building process took."""
    figures = []
    memory = []
    for count in REPORTS:
        reports = work / f"reports-{count}"
        reports.mkdir()
        write_reports(reports, count)
        alone, _ = _best(reports, work, "serial")
        seconds, megabytes = _best(reports, work, "processes")
        memory.append(megabytes)
        what = f"kg build --executor processes, {WORKERS} workers, {count} reports"
        figures.append(Figure(what, seconds, "s", f"serial: {alone:.3g} s, {alone / seconds:.2f} times as long", seconds / alone))
    few, many = memory
    beside = f"{REPORTS[0]} reports: {few:.0f} MB"
    return [*figures, Figure(f"memory of that build, {REPORTS[1]} reports", many, "MB", beside, many / few)]


def _best(reports: Path, work: Path, name: str) -> tuple[float, float]:
    """Seconds of the fastest of some builds, and the most memory that one of them took."""
    command = [sys.executable, "-c", BUILD, str(ROOT / "kg.toml"), str(reports), str(work / name), name, str(WORKERS)]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(TIMES)]
    return min(float(seconds) for seconds, _ in runs), max(float(megabytes) for _, megabytes in runs)
