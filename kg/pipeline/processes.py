"""Reads files in worker processes: a file that kills its worker or takes too long is told, and the others are read.

One thread for each worker talks to it; batches of files go out, parts come back one by one, so that it is known at which file a
worker died. Batches are handed on in order, and only some are under way, so that memory does not grow with their number.
"""

from __future__ import annotations

import marshal
import os
import pickle
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from kg.errors import Text
from kg.load.base import LoadContext
from kg.load.sources import Source
from kg.pipeline.executor import SECONDS, Finder, failed_part
from kg.pipeline.parts import Part
from kg.pipeline.worker import BUG, DONE, PART, START

_BATCH = 8  # files that a worker is given at once
_AHEAD = 3  # batches for each worker that may be under way
_WATCH = 0.2  # seconds between two looks at the clock
_TRIES = 2  # a worker may be ended by something else than the file


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Reads in worker processes.

    Args:
        workers: how many; 0 takes as many as there are processors.
        seconds: how long the reading of one file (of one in a zip folder) may take.
    """

    def __init__(self, workers: int = 0, seconds: float = SECONDS) -> None:
        self._workers, self._seconds = workers or cores(), seconds

    def read(self, sources: Iterable[Source], context: LoadContext, finder: Finder) -> Iterator[list[bytes]]:
        files = list(sources)
        if files:
            with _Pool(min(self._workers, len(files)), (context, finder), self._seconds) as pool:
                yield from pool.read(files)


class _Pool:
    """Some workers, a thread for each, and one more that looks at the clock."""

    def __init__(self, size: int, start: object, seconds: float) -> None:
        self._workers = [_Worker(pickle.dumps(start), seconds) for _ in range(size)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size)
        self._ended = threading.Event()
        self._clock = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Pool:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)
        self._clock.join()
        for worker in self._workers:
            worker.bury()

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH):
            for worker in self._workers:
                worker.stop_if_late()

    def read(self, files: Sequence[Source]) -> Iterator[list[bytes]]:
        """The packed parts of each file, in order."""
        size = max(1, min(_BATCH, len(files) // (len(self._workers) * 2)))
        under_way: deque[Future[list[list[bytes]]]] = deque()
        for start in range(0, len(files), size):
            under_way.append(self._threads.submit(self._batch, files[start : start + size]))
            if len(under_way) >= _AHEAD * len(self._workers):
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()

    def _batch(self, files: Sequence[Source]) -> list[list[bytes]]:
        worker = self._idle.get()
        try:
            return list(worker.read(files))
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started when it is needed and again when it has died."""

    def __init__(self, start: bytes, seconds: float) -> None:
        self._start, self._seconds = start, seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._deadline = float("inf")
        self._starting = self._late = self._ended = False
        self._guard = threading.Lock()

    def read(self, files: Sequence[Source]) -> Iterator[list[bytes]]:
        """The parts of each file; of one that killed the process, a part that says so."""
        waiting, tries = deque(files), 0
        while waiting:
            try:
                for parts in self._ask(waiting):
                    waiting.popleft()
                    tries = 0
                    yield parts
            except (EOFError, OSError, ValueError, TypeError):  # what reading from a process that died may raise
                if self._ended:
                    return
                tries += 1
                died = self.bury()
                if self._late or tries == _TRIES:
                    yield [_failed(waiting.popleft(), self._seconds if self._late else None, died).packed()]
                    tries = 0

    def _ask(self, files: Sequence[Source]) -> Iterator[list[bytes]]:
        child = self._running()
        assert child.stdin and child.stdout
        pickle.dump(list(files), child.stdin)
        child.stdin.flush()
        for _ in range(len(files)):
            parts: list[bytes] = []
            while True:
                self._deadline = time.monotonic() + self._seconds
                kind, value = marshal.load(child.stdout)
                if kind == BUG:
                    raise RuntimeError(f"in a worker process:\n{value.decode()}")
                if kind == DONE:
                    break
                assert kind == PART
                parts.append(value)
            self._deadline = float("inf")
            yield parts

    def _running(self) -> subprocess.Popen[bytes]:
        with self._guard:
            if self._ended:
                raise EOFError
            if self._child is None:
                self._late = False
                self._child = subprocess.Popen(
                    [sys.executable, "-P", "-c", START],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
                assert self._child.stdin
                marshal.dump(sys.path, self._child.stdin)
                self._child.stdin.write(self._start)
                marshal.dump(self._seconds, self._child.stdin)
                self._child.stdin.flush()
                self._starting = True
            child = self._child
        if self._starting:
            assert child.stdout
            marshal.load(child.stdout)  # it is ready: what it took to start is not the file's fault
            self._starting = False
        return child

    def stop_if_late(self) -> None:
        """Kills the process where it takes too long over a file."""
        with self._guard:
            if self._child and time.monotonic() > self._deadline:
                self._late = True
                self._child.kill()

    def bury(self) -> int:
        """Waits for the end of a process that has died or been killed; returns its exit code."""
        with self._guard:
            child, self._child, self._deadline = self._child, None, float("inf")
        if child is None:
            return 0
        child.kill()
        child.communicate()
        return child.returncode

    def end(self) -> None:
        """Kills the process; what waits for it goes on."""
        with self._guard:
            self._ended = True
            if self._child:
                self._child.kill()


def _failed(source: Source, seconds: float | None, code: int) -> Part:
    if seconds is not None:
        return failed_part(source, Text(f"its reading took more than {seconds:g} seconds", f"读取超过 {seconds:g} 秒"))
    died = f"the process that read it died ({code}; out of memory?)"
    return failed_part(source, Text(died, f"读取它的进程意外结束（{code}；内存不足？）"))
