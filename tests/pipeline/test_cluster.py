"""Reading on a cluster of dask: two workers on this machine, one of which is killed."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import ANY

import dask.config
import pytest
from distributed import LocalCluster

import kg.pipeline.cluster
from kg.errors import InputError
from kg.load.base import LoadContext
from kg.load.ledger import LedgerEntry
from kg.load.sources import Source, find_sources
from kg.model import Candidate, Document
from kg.pipeline import Options, build
from kg.pipeline.cluster import Dask
from kg.pipeline.parts import Part
from tests.pipeline.conftest import REPORTS, Work


class Finder:
    """Finds nothing; one text kills whoever reads it."""

    def candidates(self, document: Document) -> list[Candidate]:
        if "死" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return []


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers; a task at which two of them died is given up."""
    local = {"host": "127.0.0.1", "dashboard_address": None, "silence_logs": logging.CRITICAL}
    few = dask.config.set({"distributed.scheduler.allowed-failures": 1})
    with few, LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **local) as running:
        yield running


def test_a_worker_that_is_killed_during_a_build_changes_no_byte(cluster: LocalCluster, work: Work) -> None:
    for number in range(60):
        work.put(f"{number:02}.txt", REPORTS["abc"[number % 3]].replace("县", f"{'东西南北'[number % 4]}县"))
    killed: list[int] = []

    def progress(entry: LedgerEntry) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    options = Options(executor=Dask(scheduler=cluster.scheduler_address))
    result = build(work.config, [work.sources], progress=progress, options=options)
    assert (result.read, result.ledger.ok, len(killed)) == (64, True, 1)
    assert work.exported() == work.anew()


def test_a_file_that_kills_its_workers_is_told_and_the_others_are_read(
    cluster: LocalCluster, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"a": "一。", "b": "死", "c": "二。"}.items():
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    files = find_sources(["a.txt", "b.txt", "c.txt"], tmp_path)[0]
    results = Dask(scheduler=cluster.scheduler_address).read(files, LoadContext(tmp_path, root / "ontology"), Finder())
    parts = [Part.unpacked(value) for values in results for value in values]
    assert [part.documents[0][0].text.strip() if part.documents else part.entry.error for part in parts] == ["一。", ANY, "二。"]
    assert str(parts[1].entry.error) == "b.txt: left out, the processes that read it died (out of memory?)"


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.pipeline.cluster, "_SECONDS", 0.5)
    source = Source(tmp_path / "a.txt", "a.txt", chosen=True)
    with pytest.raises(InputError, match=r"the scheduler tcp://127\.0\.0\.1:1 cannot be reached"):
        list(Dask(scheduler="tcp://127.0.0.1:1").read([source], LoadContext(tmp_path, tmp_path), Finder()))
