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
    """

    hosts: frozenset[str] = frozenset()
    token: str = field(default="", repr=False)
    body_limit: int = 4 << 20

    @property
    def writable(self) -> bool:
        """Whether anyone may change the graph."""
        return bool(self.token)
