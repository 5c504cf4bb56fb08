"""How a kind or a relation is drawn: colour and shape together, so that colour never speaks alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.vocab import terms


class _Described(Protocol):
    def one(self, predicate: str, default: str = "") -> str: ...


@dataclass(frozen=True, slots=True)
class Style:
    """Attributes: colour "#RRGGBB"; shape, a vis-network shape for kinds, a line (solid, dashed, dotted) for relations."""

    colour: str
    shape: str
    order: int = 0

    @classmethod
    def of(cls, node: _Described) -> Style:
        """The style that the triples of one kind or relation state."""
        return cls(node.one(terms.COLOUR), node.one(terms.SHAPE), int(node.one(terms.ORDER, "0")))
