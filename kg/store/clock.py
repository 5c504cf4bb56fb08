"""One thread that calls functions when their time has come: a thread for each query would cost more than many a query."""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count


class Alarm:
    """A call to come; `cancel` it when it is no longer wanted."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call: Callable[[], object] | None = call

    def cancel(self) -> None:
        """Lets it pass."""
        self._call = None

    def ring(self) -> None:
        """Makes the call, unless it was cancelled."""
        call = self._call
        if call:
            call()


class Clock:
    """Rings alarms; its thread begins with the first and ends when none is left for a while."""

    def __init__(self, idle: float = 60.0) -> None:
        self._idle = idle
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Alarm]] = []
        self._numbers = count()
        self._runs = False

    def after(self, seconds: float, call: Callable[[], object]) -> Alarm:
        """Has a function called after so many seconds; it must not take long."""
        alarm = Alarm(call)
        with self._changed:
            entry = (time.monotonic() + seconds, next(self._numbers), alarm)
            heapq.heappush(self._waiting, entry)
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._run, name="kg-clock", daemon=True).start()
            elif self._waiting[0] is entry:
                self._changed.notify()
        return alarm

    def _run(self) -> None:
        while alarm := self._next():
            alarm.ring()

    def _next(self) -> Alarm | None:
        """The next alarm when its time has come; None if there was none for long."""
        with self._changed:
            while True:
                if not self._waiting:
                    if not self._changed.wait(self._idle) and not self._waiting:
                        self._runs = False
                        return None
                    continue
                left = self._waiting[0][0] - time.monotonic()
                if left <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(left)


CLOCK = Clock()
