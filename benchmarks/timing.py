"""How things are timed and shown: the best of some runs, as one row of a table, and its ratio to another's."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure: what, how much in which unit, and (if there is something beside it) beside what and the ratio."""

    what: str
    value: float
    unit: str
    beside: str = ""
    ratio: float | None = None


def best(run: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some runs: the one that other work on the machine disturbed least."""
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def machine() -> str:
    """What the figures were measured on.

    >>> "Python" in machine()
    True
    """
    import os

    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table.

    >>> print(table([Figure("reading", 2.0, "s", "other", 3.25), Figure("start", 120, "ms")]))
    | what | measured | beside | ratio |
    |---|---:|---|---:|
    | reading | 2 s | other | 3.25 |
    | start | 120 ms |  |  |
    """
    rows = ["| what | measured | beside | ratio |", "|---|---:|---|---:|"]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
        rows.append(f"| {figure.what} | {_number(figure.value)} {figure.unit} | {figure.beside} | {ratio} |")
    return "\n".join(rows)


def _number(value: float) -> str:
    """Three significant digits, with thousands marked."""
    return f"{float(f'{value:.3g}'):,.10g}"
