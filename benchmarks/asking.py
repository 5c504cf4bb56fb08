"""Puts the same query to kg, to Oxigraph called directly, to rdflib's evaluator, and to services over HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph

import kg
from benchmarks.questions import QUESTIONS
from kg.store.folder import Meta

PATIENCE = 20  # seconds that rdflib gets for a query
ENOUGH = 1.0  # seconds after which a query is not asked again
_RDFLIB = """
import json, signal, sys, time, rdflib
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="nt")
class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
found = {}
for name, text in json.load(sys.stdin).items():
    signal.alarm(int(sys.argv[2]))
    started = time.perf_counter()
    try:
        list(graph.query(text))
    except Late:
        pass
    signal.alarm(0)
    found[name] = time.perf_counter() - started
print(json.dumps(found))
"""


def database(store: Path) -> Path:
    """The Oxigraph database in the folder of a store; its default graph holds the union."""
    return store / Meta.read(store).database


def direct(store: pyoxigraph.Store, text: str) -> list[object]:
    """What a program that calls Oxigraph does to get at the values of an answer."""
    answer = store.query(text)
    if isinstance(answer, pyoxigraph.QuerySolutions):
        names = [variable.value for variable in answer.variables]
        return [{n: t.value if t else None for n, t in zip(names, row, strict=True)} for row in answer]
    return [tuple(str(part) for part in triple) for triple in answer]  # type: ignore[union-attr]


def beside(store: Path, rounds: int) -> dict[str, tuple[int, float, float]]:
    """For each query its rows, the milliseconds of kg and those of Oxigraph called directly.

    The two take turns, so that whatever else the machine does troubles both; the best of their rounds counts.
    """
    found = {}
    plain = pyoxigraph.Store.read_only(str(database(store)))
    with kg.open(store) as graph:
        for name, text in QUESTIONS.items():
            ours, theirs, rows = [], [], graph.query(text)
            until = time.perf_counter() + ENOUGH * rounds
            for _ in range(rounds):
                theirs.append(_timed(lambda text=text: direct(plain, text)))  # type: ignore[misc]
                ours.append(_timed(lambda text=text: graph.query(text)))  # type: ignore[misc]
                if time.perf_counter() > until:
                    break
            found[name] = (len(rows), min(ours) * 1000, min(theirs) * 1000)
    return found


def by_rdflib(store: Path, work: Path) -> dict[str, float]:
    """Milliseconds of each query by rdflib's own evaluator; it is stopped at PATIENCE."""
    dump = write_union(store, work)
    done = subprocess.run(
        [sys.executable, "-c", _RDFLIB, str(dump), str(PATIENCE)],
        input=json.dumps(QUESTIONS),
        check=True,
        capture_output=True,
        text=True,
    )
    return {name: seconds * 1000 for name, seconds in json.loads(done.stdout).items()}


def write_union(store: Path, work: Path) -> Path:
    """The union of a store as N-Triples."""
    path = work / "union.nt"
    plain = pyoxigraph.Store.read_only(str(database(store)))
    plain.dump(str(path), format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return path


def over_http(command: Callable[[int], list[str]], path: str, rounds: int) -> dict[str, float]:
    """Milliseconds (median) of each query to a service that is started for it."""
    with service(command) as (port, _):
        return {name: _median(port, path, text, rounds) for name, text in QUESTIONS.items()}


def services(store: Path, work: Path) -> Mapping[str, tuple[Callable[[int], list[str]], str]]:
    """By name: the command that starts a service on a port, and the path it answers at."""
    programs = Path(sys.executable).parent
    run_kg = [sys.executable, "-c", "from kg.cli import main; main()"]
    oxigraph = [str(programs / "oxigraph"), "serve-read-only", "--location", str(database(store)), "--bind"]
    endpoint = [str(programs / "rdflib-endpoint"), "serve", str(work / "union.nt"), "--host", "127.0.0.1", "--port"]
    return {
        "kg serve": (lambda port: [*run_kg, "serve", "--store", str(store), "--port", str(port)], "/sparql"),
        "oxigraph serve": (lambda port: [*oxigraph, f"127.0.0.1:{port}"], "/query"),
        "rdflib-endpoint": (lambda port: [*endpoint, str(port)], "/"),
    }


def _timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _median(port: int, path: str, text: str, rounds: int) -> float:
    times: list[float] = []
    while len(times) < rounds and sum(times) < ENOUGH * rounds / 2:
        times.append(_timed(lambda: _post(port, path, text)))
    return statistics.median(times) * 1000


def _post(port: int, path: str, text: str) -> None:
    graph = "CONSTRUCT" in text
    accept = "application/n-triples, text/turtle;q=0.5" if graph else "application/sparql-results+json"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", path, urlencode({"query": text}), headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, body[:500]


@contextmanager
def service(command: Callable[[int], list[str]]) -> Iterator[tuple[int, int]]:
    """Starts a service for as long as it is asked; gives its port and its process."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    process = subprocess.Popen(command(port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()
