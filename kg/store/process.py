"""One worker process as its owner sees it: asked, watched by a clock, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.store.clock import CLOCK
from kg.store.frames import receive, send
from kg.store.stopped import stopped
from kg.store.worker import REFUSALS

Frame = tuple[str, Any]
SOON = 0.1
"""Seconds after which a query has to let quick ones pass,"""
WORK = 0.1
"""if it has used the processor for as long as this: on a busy machine a quick one may wait, or its process start."""
_GENTLE = 10  # how much less of the processor it gets then (a "nice" value)
_PLACE = str(Path(__file__).resolve().parents[2])


class Process:
    """One process that runs a module of the package: `kg.store.worker`, which answers again and again, or another.

    Args:
        arguments: for the module; the first is the folder of the Oxigraph database.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self.database = arguments[0]
        self._guard = threading.Lock()
        self._busy = self._gentle = False
        self._question = 0
        self._stopped = ""
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where it runs out of memory, Rust says so there; the caller is told by an error
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_PLACE, os.environ.get("PYTHONPATH"))))},
        )

    @property
    def ready(self) -> bool:
        """Whether it lives, has nothing left to say, and answers at full speed."""
        return not (self._busy or self._gentle or self._stopped) and self._child.poll() is None

    def claim(self) -> bool:
        """Takes it for one question; False if it cannot answer."""
        ready = self.ready
        self._busy = ready
        self._question += 1
        return ready

    def ask(self, request: Mapping[str, Any], seconds: float) -> Iterator[Frame]:
        """The frames of the answer to what it was claimed for, without "end"; a deadline ends the process whatever it does.

        Raises:
            QueryError: it was stopped.
        """
        look = partial(self._look, self._question, self._work())
        alarms = [CLOCK.after(SOON, look), CLOCK.after(seconds, partial(self.stop, "time"))]
        try:
            yield from self._frames(request)
        except (EOFError, OSError, ValueError) as error:
            raise self._reason(seconds) from error
        finally:
            for alarm in alarms:
                alarm.cancel()

    def _frames(self, request: Mapping[str, Any]) -> Iterator[Frame]:
        assert self._child.stdin and self._child.stdout
        send(self._child.stdin, dict(request))
        while True:
            kind, payload = receive(self._child.stdout)
            if kind == "end" or kind in REFUSALS:
                with self._guard:
                    self._busy = False
            if kind == "end":
                return
            yield kind, payload
            if kind in REFUSALS:
                return

    def _work(self) -> float:
        """Seconds of the processor that the process has used."""
        if sys.platform == "linux" and self._child.poll() is None:
            return time.clock_gettime((~self._child.pid << 3) | 2)  # the clock of clock_getcpuclockid(3)
        return time.monotonic()

    def _look(self, question: int, before: float) -> None:
        """Makes a query that computes for long a gentle one; that cannot be taken back, so its process is not used again."""
        with self._guard:
            if not self._busy or question != self._question or self._child.poll() is not None or sys.platform == "win32":
                return
            if self._work() - before > WORK:
                self._gentle = True
                os.setpriority(os.PRIO_PROCESS, self._child.pid, os.getpriority(os.PRIO_PROCESS, 0) + _GENTLE)
            else:
                CLOCK.after(SOON, partial(self._look, question, before))

    def stop(self, why: str) -> None:
        """Ends the process if it is answering; whoever reads its frames is told why."""
        with self._guard:
            if self._busy:
                self._stopped = self._stopped or why
                self._child.kill()

    def _reason(self, seconds: float) -> QueryError:
        if self._stopped:
            return stopped(self._stopped, seconds)
        crashed = sys.platform != "win32" and self._child.wait() == -signal.SIGSEGV
        return stopped("depth" if crashed else "memory")

    def end(self) -> None:
        """Ends the process and waits for it."""
        self._child.kill()
        self._child.communicate()
