"""How long a build of generated reports takes, and a query on it beside rdflib's own evaluator on the same triples."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.reports import ROOT, write_reports
from benchmarks.timing import Figure, best
from kg.config import Config
from kg.pipeline import build
from kg.store.base import Solutions, open_store

REPORTS = 200
PATIENCE = 120
"""Seconds that rdflib gets."""

LINKS = """
PREFIX coop: <https://w3id.org/coop-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?initiator ?partner ?mechanism WHERE {
  ?cooperation coop:initiator/skos:prefLabel ?initiator ; coop:participant/skos:prefLabel ?partner ;
    coop:through/skos:prefLabel ?mechanism .
}
"""
RDFLIB = """
import sys, time, rdflib
dataset, graph = rdflib.Dataset(), rdflib.Graph()
dataset.parse(sys.argv[1], format="nquads")
for subject, predicate, object, _ in dataset.quads():
    graph.add((subject, predicate, object))
started = time.perf_counter()
rows = len(list(graph.query(sys.argv[2])))
print(rows, time.perf_counter() - started)
"""


def measure(work: Path) -> list[Figure]:
    """Seconds of the build (by its size), and milliseconds of the query for links with their mechanisms."""
    folder, store = work / "reports", work / "store"
    folder.mkdir()
    characters = write_reports(folder, REPORTS)
    started = time.perf_counter()
    result = build(Config.read(ROOT / "kg.toml"), [folder], store)
    seconds = time.perf_counter() - started
    facts = f"{characters:,} characters, {result.facts.total():,} facts"
    return [
        Figure(f"kg build, {REPORTS} generated reports ({facts})", seconds, "s"),
        _query(store, work / "store.nq"),
    ]


def _query(location: Path, dump: Path) -> Figure:
    """Our store against rdflib in a process of its own, which reads the same triples first (not counted)."""
    store = open_store(location)
    seconds = best(lambda: _rows(store.query(LINKS)))
    rows = _rows(store.query(LINKS))
    with dump.open("wb") as out:
        store.dump(out, "nq")
    what = f"query: links with mechanisms, {rows:,} rows"
    try:
        command = [sys.executable, "-c", RDFLIB, str(dump), LINKS]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout.split()
    except subprocess.TimeoutExpired:
        return Figure(what, seconds * 1000, "ms", f"rdflib's evaluator: more than {PATIENCE} s", seconds / PATIENCE)
    assert int(answer[0]) == rows, f"rdflib answers {answer[0]} rows, the store {rows}"
    other = float(answer[1])
    return Figure(what, seconds * 1000, "ms", f"rdflib's evaluator: {other * 1000:,.0f} ms", seconds / other)


def _rows(answer: object) -> int:
    assert isinstance(answer, Solutions)
    return len(list(answer.rows))
