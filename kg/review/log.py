"""The file of decisions: read whole, written so that whenever the machine stops it holds the old or the new state."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg.errors import InputError, Text
from kg.files import lock, replace_whole
from kg.review.decisions import Decision, moment

_PATIENCE = 10.0  # seconds to wait for another process that writes
_STEP = timedelta(milliseconds=1)
_CONFLICT = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")  # what git leaves on lines of their own; both sides count
_one_at_a_time = threading.Lock()


class DecisionLog:
    """The decisions in one file (decisions.jsonl), which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def state(self) -> tuple[int, int]:
        """Differs when the file was written since; for a missing file (0, 0)."""
        try:
            status = self.path.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size

    def read(self) -> list[Decision]:
        """All decisions, as they stand in the file.

        Raises:
            InputError: a line is no decision; names it.
        """
        return [self._decision(number, line) for number, line in self._lines() if not line.startswith(_CONFLICT)]

    def append(self, *decisions: Decision) -> list[Decision]:
        """Adds decisions, stamped with the time (later than all before them) unless they carry one; returns them so.

        Raises:
            InputError: the file cannot be read or written.
        """
        with self._alone():
            last = max((moment(decision.at) for decision in self.read()), default=moment(""))
            stamped: list[Decision] = []
            for decision in decisions:
                last = max(datetime.now(UTC), last + _STEP) if not decision.at else moment(decision.at)
                stamped.append(decision if decision.at else replace(decision, at=_stamp(last)))
            old = self._bytes()
            end = b"\n" if old and not old.endswith(b"\n") else b""
            new = "".join(decision.line + "\n" for decision in stamped)
            replace_whole(self.path, old + end + new.encode())
        return stamped

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._error(error.strerror or str(error), error.strerror or str(error)) from None

    def _lines(self) -> Iterator[tuple[int, str]]:
        try:
            text = self._bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._error("is not UTF-8", "不是 UTF-8 编码") from None
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield number, line

    def _decision(self, number: int, line: str) -> Decision:
        try:
            return Decision.from_json(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise self._error(f"line {number} is no decision ({error})", f"第 {number} 行不是审核决定（{error}）") from None

    def _error(self, en: str, zh: str) -> InputError:
        return InputError(
            Text(f"{self.path}: {en}", f"{self.path}：{zh}"),
            Text(
                "Each line holds one decision as JSON; correct or delete that line, the others are kept.",
                "每行是一个 JSON 格式的审核决定；请改正或删除该行，其余各行不受影响。",
            ),
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps other threads and processes from writing meanwhile."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _one_at_a_time, self.path.with_name(f".{self.path.name}.lock").open("a+b") as held:
                until = time.monotonic() + _PATIENCE
                while not lock(held):
                    if time.monotonic() > until:
                        raise self._error("another program is writing it", "另一个程序正在写入")
                    time.sleep(0.01)
                yield
        except OSError as error:
            raise self._error(error.strerror or str(error), error.strerror or str(error)) from None


def _stamp(at: datetime) -> str:
    """To the millisecond, rounded up so that it stays later than the one before.

    >>> _stamp(datetime(2026, 5, 1, 8, 0, 0, 1, tzinfo=UTC))
    '2026-05-01T08:00:00.001+00:00'
    """
    whole = at.replace(microsecond=at.microsecond // 1000 * 1000)
    return (whole if whole == at else whole + _STEP).astimezone(UTC).isoformat(timespec="milliseconds")
