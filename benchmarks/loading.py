"""Loads a graph in one of several ways and says how long it took and how much memory: run as a process for each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.graph import documents
from kg.store.folder import DocumentEntry

IN_MEMORY = 1_000_000  # up to so many triples are made before the clock starts


def loaded(way: str, triples: int, folder: Path) -> dict[str, float]:
    """Seconds and peak MiB of loading so many triples by "kg", by Oxigraph's "bulk_load" or by "rdflib"."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.loading", way, str(triples), str(folder)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def write_dump(triples: int, path: Path) -> None:
    """Writes what kg stores for so many triples as N-Quads: each in its named graph and in the union, the default graph."""
    from pyoxigraph import RdfFormat, serialize

    with path.open("wb") as out:
        for _, quads in documents(triples):
            kept = list(quads)
            out.write(serialize(kept, format=RdfFormat.N_QUADS) or b"")
            out.write(serialize((quad.triple for quad in kept), format=RdfFormat.N_TRIPLES) or b"")


def _kg(triples: int, folder: Path) -> Callable[[], object]:
    from kg.store.writer import StoreWriter

    source: Any = documents(triples)
    if triples <= IN_MEMORY:
        source = [(entry, list(quads)) for entry, quads in source]

    def run() -> None:
        with StoreWriter(folder) as writer:
            for entry, quads in source:
                assert isinstance(entry, DocumentEntry)
                writer.add(entry, quads)
            writer.finish()

    return run


def _bulk_load(triples: int, folder: Path) -> Callable[[], object]:
    from pyoxigraph import RdfFormat, Store

    dump = folder.with_suffix(".nq")
    write_dump(triples, dump)

    def run() -> None:
        store = Store(str(folder))
        store.bulk_load(path=str(dump), format=RdfFormat.N_QUADS)
        store.flush()

    return run


def _rdflib(triples: int, folder: Path) -> Callable[[], object]:
    from rdflib import Dataset

    dump = folder.with_suffix(".nq")
    write_dump(triples, dump)
    return lambda: Dataset().parse(dump, format="nquads")


WAYS = {"kg": _kg, "bulk_load": _bulk_load, "rdflib": _rdflib}


def main(way: str, triples: str, folder: str) -> None:
    """Prints the figures as JSON."""
    import resource

    run = WAYS[way](int(triples), Path(folder))
    started = time.perf_counter()
    run()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(*sys.argv[1:])
