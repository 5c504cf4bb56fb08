"""How long a build of generated reports takes, and queries on it beside rdflib's own evaluator on the same triples."""

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
QUERIED_REPORTS = 800  # some thousand links
PATIENCE = 120
"""Seconds that rdflib gets."""

PREFIXES = """
PREFIX coop: <https://w3id.org/coop-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUERIES = {
    "links with mechanisms": """SELECT ?initiator ?partner ?mechanism WHERE {
      ?cooperation coop:initiator/skos:prefLabel ?initiator ; coop:participant/skos:prefLabel ?partner ;
        coop:through/skos:prefLabel ?mechanism . }""",
    "units with a partner in common": """SELECT DISTINCT ?one ?other ?partner WHERE {
      ?first coop:initiator ?one ; coop:participant ?partner . ?second coop:initiator ?other ; coop:participant ?partner .
      FILTER(STR(?one) < STR(?other)) }""",
}
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
    """Seconds of the build of some reports; milliseconds of each query on a store of more of them."""
    build_time = _build(work / "some", REPORTS)
    _build(work / "more", QUERIED_REPORTS)
    dump = work / "store.nq"
    with dump.open("wb") as out:
        open_store(work / "more" / "store").dump(out, "nq")
    return [build_time, *(_query(work / "more" / "store", dump, name, PREFIXES + text) for name, text in QUERIES.items())]


def _build(folder: Path, count: int) -> Figure:
    """Builds folder/store from as many generated reports."""
    reports = folder / "reports"
    reports.mkdir(parents=True)
    characters = write_reports(reports, count)
    started = time.perf_counter()
    result = build(Config.read(ROOT / "kg.toml"), [reports], folder / "store")
    seconds = time.perf_counter() - started
    size = f"{characters:,} characters, {result.facts.total():,} facts"
    return Figure(f"kg build, {count} generated reports ({size})", seconds, "s")


def _query(location: Path, dump: Path, name: str, text: str) -> Figure:
    """Our store against rdflib in a process of its own, which reads the same triples first (not counted)."""
    store = open_store(location)
    seconds = best(lambda: _rows(store.query(text)))
    rows = _rows(store.query(text))
    what = f"query: {name}, {rows:,} rows"
    try:
        command = [sys.executable, "-c", RDFLIB, str(dump), text]
        answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout.split()
    except subprocess.TimeoutExpired:
        return Figure(what, seconds * 1000, "ms", f"rdflib's evaluator: more than {PATIENCE} s", seconds / PATIENCE)
    assert int(answer[0]) == rows, f"rdflib answers {answer[0]} rows, the store {rows}"
    other = float(answer[1])
    return Figure(what, seconds * 1000, "ms", f"rdflib's evaluator: {other * 1000:,.0f} ms", seconds / other)


def _rows(answer: object) -> int:
    assert isinstance(answer, Solutions)
    return len(list(answer.rows))
