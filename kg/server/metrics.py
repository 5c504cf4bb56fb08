"""What the server has done since it was started, in the text format of Prometheus."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

_BOUNDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0)
OUTCOMES = ("done", "wrong", "time", "memory", "depth", "rows", "size", "left", "busy")
"""How a query can end: answered, not understood, stopped at a limit, given up by its client, or not begun."""


class Metrics:
    """Counts queries; any thread may count."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._outcomes: Counter[str] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0
        self._bytes = 0
        self.running = 0

    def count(self, outcome: str, seconds: float, length: int = 0) -> None:
        """Notes a query that ended.

        Args:
            outcome: one of OUTCOMES.
            length: bytes of the answer.
        """
        with self._guard:
            self._outcomes[outcome] += 1
            self._seconds += seconds
            self._bytes += length
            self._within.update(bound for bound in _BOUNDS if seconds <= bound)

    def text(self) -> str:
        """All figures.

        >>> metrics = Metrics()
        >>> metrics.count("done", 0.01, 120)
        >>> [line for line in metrics.text().splitlines() if line.endswith((" 1", " 120")) and "total" in line]
        ['kg_queries_total{outcome="done"} 1', 'kg_answer_bytes_total 120']
        """
        with self._guard:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield "# HELP kg_queries_total Queries by how they ended."
        yield "# TYPE kg_queries_total counter"
        yield from (f'kg_queries_total{{outcome="{outcome}"}} {self._outcomes[outcome]}' for outcome in OUTCOMES)
        total = sum(self._outcomes.values())
        yield "# HELP kg_query_seconds Time from the request to the end of the query."
        yield "# TYPE kg_query_seconds histogram"
        yield from (f'kg_query_seconds_bucket{{le="{bound}"}} {self._within[bound]}' for bound in _BOUNDS)
        yield f'kg_query_seconds_bucket{{le="+Inf"}} {total}'
        yield f"kg_query_seconds_sum {self._seconds:.6f}"
        yield f"kg_query_seconds_count {total}"
        yield "# HELP kg_answer_bytes_total Bytes of whole answers."
        yield "# TYPE kg_answer_bytes_total counter"
        yield f"kg_answer_bytes_total {self._bytes}"
        yield "# HELP kg_queries_running Queries that are being answered."
        yield "# TYPE kg_queries_running gauge"
        yield f"kg_queries_running {self.running}"
