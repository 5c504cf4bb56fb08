"""How fast the endpoint answers, alone and beside a heavy query, and how surely it stops one; beside other endpoints."""

from __future__ import annotations

import itertools
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.asking import write_union
from benchmarks.reports import ROOT, write_reports
from benchmarks.servers import Client, Server, server
from benchmarks.timing import Figure
from kg.config import Config
from kg.pipeline import build
from kg.store.base import Solutions, open_store

REPORTS = 150
POINTS = 300
"""Point queries of each measurement."""
STOPS = 20
SELF_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PARTICIPANTS = "{ SELECT ?%s { ?c coop:participant ?%s } LIMIT 300 }"
HEAVY = f"""PREFIX coop: <https://w3id.org/coop-kg/ontology#>
SELECT (COUNT(*) AS ?n) {{ {PARTICIPANTS % ("a", "a")} {PARTICIPANTS % ("b", "b")}
  FILTER (CONTAINS(CONCAT(STR(?a), STR(?b)), "xyz")) }}"""
"""90,000 pairs of texts: some seconds for an evaluator in Python."""


def measure(work: Path) -> list[Figure]:
    """Milliseconds of point queries, and of what happens to heavy ones."""
    store = made(work)
    write_union(store, work)
    queries = points_of(store)
    with server("oxigraph serve", store) as other:
        beside = _points(other, queries, POINTS)
    with server("rdflib-endpoint", store) as other, _heavy_beside(other):
        blocked = _points(other, queries, 5)
    with server("kg serve", store) as ours:
        return [*_alone(ours, queries, beside), *_beside_heavy(ours, queries, blocked), *_stops(ours, queries)]


def made(work: Path) -> Path:
    """A store built from generated reports."""
    (work / "reports").mkdir()
    write_reports(work / "reports", REPORTS)
    build(Config.read(ROOT / "kg.toml"), [work / "reports"], work / "store")
    return work / "store"


def points_of(place: Path) -> list[str]:
    """Point queries: all that is said of a unit."""
    store = open_store(place)
    answer = store.query("SELECT ?u { ?u a <https://w3id.org/coop-kg/ontology#Unit> } ORDER BY ?u LIMIT 500")
    assert isinstance(answer, Solutions)
    queries = [f"SELECT ?p ?o {{ <{row[0].value}> ?p ?o }} ORDER BY ?p ?o" for row in answer.rows if row[0]]
    store.close()
    return queries


def _points(server: Server, queries: list[str], count: int) -> list[float]:
    """Milliseconds of point queries, one after another."""
    client = Client(server)
    times = [client.seconds(query) * 1000 for query in itertools.islice(itertools.cycle(queries), count)]
    client.close()
    return times


@contextmanager
def _heavy_beside(server: Server) -> Iterator[None]:
    """One client asks the heavy query again and again."""
    over = threading.Event()

    def ask() -> None:
        client = Client(server)
        while not over.is_set():
            client.ask(HEAVY)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(1)
    yield
    over.set()
    thread.join()


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _alone(server: Server, queries: list[str], beside: list[float]) -> Iterator[Figure]:
    times = _points(server, queries, POINTS)
    other = median(beside)
    yield Figure(
        f"endpoint: point query, median of {POINTS}",
        median(times),
        "ms",
        f"oxigraph serve: {other:.3g} ms",
        median(times) / other,
    )


def _beside_heavy(server: Server, queries: list[str], blocked: list[float]) -> Iterator[Figure]:
    with _heavy_beside(server):
        times = _p95(_points(server, queries, POINTS))
    other = _p95(blocked)
    yield Figure("endpoint: point query beside a heavy one, p95", times, "ms", f"rdflib-endpoint: {other:,.0f} ms", times / other)


def _stops(server: Server, queries: list[str]) -> Iterator[Figure]:
    over, after = [], []
    for query in itertools.islice(queries, STOPS):
        started = time.perf_counter()
        client = Client(server)
        status, _ = client.ask(SELF_JOIN, timeout="1")
        over.append((time.perf_counter() - started - 1) * 1000)
        assert status == 422, "a self-join was not stopped"
        client.close()
        after.append(_points(server, [query], 1)[0])
    time.sleep(0.5)
    yield Figure(f"endpoint: {STOPS} self-joins with a limit of 1 s: longest beyond it", max(over), "ms")
    yield Figure("endpoint: the query after each of them: slowest", max(after), "ms")
    yield Figure("endpoint: processes that still compute afterwards", _computing(server), "processes")


def _computing(server: Server) -> int:
    """Children of the server that use the processor."""
    listed = subprocess.run(["ps", "-o", "stat=", "--ppid", str(server.process)], capture_output=True, text=True).stdout
    return sum(state.startswith(("R", "Z")) for state in listed.split())
