"""One worker process as its owner sees it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store.folder import Meta
from kg.store.process import Process
from kg.store.stopped import StoppedError
from tests.contracts.store.suite import SELF_JOIN
from tests.store.graph import build


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    folder = build(tmp_path)
    started = Process("kg.store.worker", str(folder / Meta.read(folder).database))
    assert started.claim()
    yield started
    started.end()


def question(text: str) -> dict[str, object]:
    return {"query": text, "base": "http://e/", "dataset": None, "seconds": 20.0}


def priority(process: Process) -> int:
    return os.getpriority(os.PRIO_PROCESS, process._child.pid) - os.getpriority(os.PRIO_PROCESS, 0)


def test_a_process_is_ready_again_after_a_quick_answer(process: Process) -> None:
    assert list(process.ask(question("ASK {}"), 20)) == [("boolean", True)]
    assert (process.ready, priority(process)) == (True, 0)


def test_a_query_that_computes_for_long_yields_to_others_and_its_process_is_not_used_again(process: Process) -> None:
    raised: list[StoppedError] = []

    def ask() -> None:
        try:
            list(process.ask(question(SELF_JOIN), 20))
        except StoppedError as error:
            raised.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    until = time.monotonic() + 10
    while priority(process) == 0 and time.monotonic() < until:
        time.sleep(0.05)
    assert priority(process) == 10
    process.stop("left")
    asking.join()
    assert [error.limit for error in raised] == ["left"]
    assert not process.claim()
