"""How a server is to behave: what `kg serve` was told."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """What one server allows.

    Attributes:
        hosts: names it answers to besides localhost and addresses of numbers, in small letters.
        token: who sends it may change the graph; "" makes the server read-only. It is never shown.
        body_limit: bytes that the body of a request may have.
        text_limit: characters that a query may have.
        seconds: the longest that a query may run.
        rows, size: the most rows and bytes of an answer.
        memory: bytes that the process of a query may have.
        workers: queries that run at once.
        patience: seconds that a query waits for its turn.
    """

    hosts: frozenset[str] = frozenset()
    token: str = field(default="", repr=False)
    body_limit: int = 4 << 20
    text_limit: int = 1 << 18
    seconds: float = 30.0
    rows: int = 1_000_000
    size: int = 512 << 20
    memory: int = 2 << 30
    workers: int = 16
    patience: float = 5.0

    @property
    def writable(self) -> bool:
        """Whether anyone may change the graph."""
        return bool(self.token)
