"""Alarms ring once, in the order of their times, unless they were cancelled."""

from __future__ import annotations

import threading
import time

from kg.store.clock import Clock


def test_alarms_ring_in_the_order_of_their_times() -> None:
    clock, rung, last = Clock(), [], threading.Event()
    clock.after(0.06, lambda: (rung.append("late"), last.set()))
    clock.after(0.02, lambda: rung.append("early"))
    cancelled = clock.after(0.04, lambda: rung.append("cancelled"))
    cancelled.cancel()
    assert last.wait(5)
    assert rung == ["early", "late"]


def test_a_clock_whose_thread_has_ended_starts_again() -> None:
    clock = Clock(idle=0.01)
    for _ in range(2):
        rung = threading.Event()
        clock.after(0.0, rung.set)
        assert rung.wait(5)
        time.sleep(0.1)
