"""Loading and twelve queries on graphs of several sizes, side by side with others; writes benchmarks/RESULTS.md.

python -m benchmarks.engine [TRIPLES …]
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.asking import PATIENCE, beside, by_rdflib, over_http, services, write_union
from benchmarks.graph import write_store
from benchmarks.loading import loaded
from benchmarks.questions import QUESTIONS
from benchmarks.timing import machine

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (10_000, 100_000, 1_000_000)
FOR_RDFLIB = 100_000  # its evaluator gets no larger graph: loading alone takes minutes
ROUNDS = 15
PACKAGES = ("pyoxigraph", "oxigraph", "rdflib", "rdflib-endpoint")
_HEAD = """# Engine: loading and twelve queries

Written by `make bench`. The graphs have the shape of the graph contract: units of real counties, reports with cooperations,
outcomes and the Chinese sentences that prove them (`benchmarks/graph.py`); the queries stand in `benchmarks/questions.py`.

- *kg* is `kg.open(store).query(text)`: with its time limit, hence in a process of its own, and checked for unknown terms.
  *Oxigraph* is pyoxigraph called directly on the same database, its values read. Both give a list of dictionaries; they take
  turns, and the best of the rounds counts.
- *rdflib* is rdflib's evaluator on one graph in memory, once, stopped after {patience} s.
- Over HTTP: median, a connection for each query. *oxigraph serve* reads the same database, *rdflib-endpoint* has the union
  in memory.
- Loading ends with the same database on disk, every triple in its document's graph and in the union: *kg* from quads in
  memory (above a million made while it loads), *bulk_load* is Oxigraph's own from one N-Quads file, *rdflib* reads the same
  file into memory.

Compare ratios, not seconds, with those of your machine.
"""


def report(sizes: Sequence[int]) -> Iterator[str]:
    """The lines of the page, each table as soon as it is measured."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    yield _HEAD.format(patience=PATIENCE)
    yield f"{time.strftime('%Y-%m-%d')}: {machine()}; {versions}; load average {_load()}\n"
    yield "## Loading\n"
    yield "| triples | kg | MiB | bulk_load | MiB | kg / bulk_load, speed | rdflib |\n|---:|---:|---:|---:|---:|---:|---:|"
    for size in sizes:
        yield _loading(size)
    for size in sizes:
        yield from _asking(size)


def _load() -> str:
    """How busy the machine was in the last minute: far above its number of cores the figures are mostly noise."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _loading(size: int) -> str:
    ways = ["kg", "bulk_load"] + (["rdflib"] if size <= FOR_RDFLIB else [])
    found = {}
    for way in ways:
        with tempfile.TemporaryDirectory() as work:
            found[way] = loaded(way, size, Path(work) / "store")
    ours, theirs = found["kg"], found["bulk_load"]
    other = f"{found['rdflib']['seconds']:.1f} s" if "rdflib" in found else ""
    cells = (f"{size:,}", f"{ours['seconds']:.1f} s", f"{ours['mib']:.0f}", f"{theirs['seconds']:.1f} s", f"{theirs['mib']:.0f}")
    return f"| {' | '.join(cells)} | {theirs['seconds'] / ours['seconds']:.2f} | {other} |"


def _asking(size: int) -> Iterator[str]:
    work = Path(tempfile.mkdtemp())
    try:
        store = write_store(work / "store", size)
        asked = beside(store, ROUNDS)
        columns = {}
        if size <= FOR_RDFLIB:
            columns["rdflib"] = by_rdflib(store, work)
            write_union(store, work)
        for name, (command, path) in services(store, work).items():
            if size <= FOR_RDFLIB or name != "rdflib-endpoint":
                columns[f"HTTP: {name}"] = over_http(command, path, 7)
        yield f"\n## Queries on {size:,} triples, milliseconds\n"
        yield f"| query | rows | kg | Oxigraph | kg / Oxigraph | {' | '.join(columns)} |\n|---|{'---:|' * (4 + len(columns))}"
        for name in QUESTIONS:
            rows, ours, theirs = asked[name]
            others = " | ".join(f"{found[name]:,.1f}" for found in columns.values())
            yield f"| {name} | {rows:,} | {ours:,.2f} | {theirs:,.2f} | {ours / theirs:.2f} | {others} |"
        ratio = statistics.median(ours / theirs for _, ours, theirs in asked.values())
        yield f"\nMedian of kg / Oxigraph: {ratio:.2f}."
        if "rdflib" in columns:
            faster = [columns["rdflib"][name] / asked[name][1] for name in QUESTIONS]
            yield f"rdflib / kg: median {statistics.median(faster):,.0f}, least {min(faster):.1f}."
    finally:
        shutil.rmtree(work)


def main(arguments: Sequence[str]) -> None:
    """Measures, prints and writes the page."""
    lines = []
    for line in report([int(argument) for argument in arguments] or SIZES):
        print(line, flush=True)
        lines.append(line)
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
