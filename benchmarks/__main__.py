"""Runs all measurements and prints one table."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import build, endpoint, executors, extraction, incremental, start, viewer
from benchmarks.timing import machine, table


def main() -> None:
    figures = []
    for module in (extraction, build, incremental, executors, endpoint, start, viewer):
        with tempfile.TemporaryDirectory() as work:
            figures += module.measure(Path(work))
    print(machine())
    print()
    print(table(figures))


if __name__ == "__main__":
    main()
