"""What every executor passes: the same bytes in the same order, whatever a file does to the process that reads it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.load.base import LoadContext
from kg.load.sources import Source, find_sources
from kg.model import Candidate, Document
from kg.pipeline.executor import Automatic, Executor, Serial
from kg.pipeline.parts import Part
from kg.pipeline.processes import Processes
from tests.pipeline.conftest import REPORTS, Work

SECONDS = 3.0


class Finder:
    """Finds nothing; the text of a document says what happens while it is read."""

    def candidates(self, document: Document) -> list[Candidate]:
        if "死" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "等" in document.text:
            time.sleep(60)
        if "错" in document.text:
            raise ZeroDivisionError("a bug")
        if "once" in document.text and not Path("once").exists():
            Path("once").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        print(document.title)  # must not get between the answers
        return []


@pytest.fixture(params=["serial", "automatic", "processes"])
def executor(request: pytest.FixtureRequest) -> Executor:
    made: dict[str, Callable[[], Executor]] = {
        "serial": Serial, "automatic": Automatic, "processes": lambda: Processes(2, SECONDS),
    }  # fmt: skip
    return made[request.param]()


@pytest.fixture
def loading(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> LoadContext:
    monkeypatch.chdir(tmp_path)
    return LoadContext(tmp_path, root / "ontology")


def sources(*texts: str) -> list[Source]:
    for number, text in enumerate(texts):
        Path(f"{number:02}.txt").write_text(text, encoding="utf-8")
    return find_sources([f"{number:02}.txt" for number in range(len(texts))], Path.cwd())[0]


def read(executor: Executor, files: list[Source], loading: LoadContext) -> list[Part]:
    return [Part.unpacked(value) for parts in executor.read(files, loading, Finder()) for value in parts]


def told(parts: list[Part]) -> list[str]:
    """The text of each document, or what the ledger says instead."""
    return [part.entry.error.message.en if part.entry.error else part.documents[0][0].text.strip() for part in parts]


def children() -> set[str]:
    """The processes that this one has started and that live."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def test_files_come_back_in_their_order(executor: Executor, loading: LoadContext) -> None:
    texts = [f"第{number}篇。" for number in range(30)]
    assert told(read(executor, sources(*texts), loading)) == texts


def test_nothing_to_read_gives_nothing(executor: Executor, loading: LoadContext) -> None:
    assert read(executor, [], loading) == []


def test_a_file_that_cannot_be_read_is_told(executor: Executor, loading: LoadContext) -> None:
    parts = read(executor, sources("", "好。"), loading)
    assert told(parts) == ["00.txt: the file is empty", "好。"]


def test_the_build_has_the_bytes_of_a_serial_one(executor: Executor, work: Work) -> None:
    for number in range(20):
        work.put(f"{number}.txt", REPORTS["abc"[number % 3]].replace("县", f"{'东西南北'[number % 4]}县"))
    work.build(executor=executor)
    assert work.exported() == work.anew()


@pytest.fixture
def workers(loading: LoadContext) -> Iterator[Processes]:
    """Two workers; none of them lives on."""
    before = children()
    yield Processes(2, SECONDS)
    assert children() == before


def test_a_file_that_kills_its_worker_is_told_and_the_others_are_read(workers: Processes, loading: LoadContext) -> None:
    texts = [f"第{number}篇。" for number in range(12)]
    texts[5] = "死"
    heard = told(read(workers, sources(*texts), loading))
    assert heard[5] == "05.txt: left out, the process that read it died (-9; out of memory?)"
    assert [*heard[:5], *heard[6:]] == [*texts[:5], *texts[6:]]


def test_a_file_that_takes_too_long_is_told_and_the_others_are_read(workers: Processes, loading: LoadContext) -> None:
    started = time.monotonic()
    heard = told(read(workers, sources("一。", "等", "二。", "三。"), loading))
    assert heard == ["一。", "01.txt: left out, its reading took more than 3 seconds", "二。", "三。"]
    assert time.monotonic() - started < 30


def test_a_worker_that_is_killed_from_outside_loses_nothing(workers: Processes, loading: LoadContext) -> None:
    assert told(read(workers, sources("一。", "once", "二。"), loading)) == ["一。", "once", "二。"]


def test_a_bug_keeps_its_traceback(workers: Processes, loading: LoadContext) -> None:
    with pytest.raises(RuntimeError, match=r"in a worker process:\n(?s:.)*in candidates(?s:.)*ZeroDivisionError: a bug"):
        read(workers, sources("一。", "错"), loading)


def test_a_reading_that_is_given_up_leaves_no_process(workers: Processes, loading: LoadContext) -> None:
    results = workers.read(sources(*["一。"] * 40), loading, Finder())
    assert len(next(iter(results))) == 1
    results.close()


def test_a_few_files_are_read_in_this_process(loading: LoadContext) -> None:
    before = children()
    results = Automatic(2).read(sources("一。"), loading, Finder())
    next(results)
    assert children() == before
