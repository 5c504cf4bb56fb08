"""What a network carries besides nodes and edges: proofs and the sentences they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import networkx

    # Nodes are IRIs with label, aliases, kind, level, generic, parent, findings (tuple of Proof);
    # edges are keyed by the IRI of what they stand for and carry proof (Proof), relation and year;
    # graph["nodes_by"] names the vocabularies of the nodes' kinds.
    Network = networkx.MultiDiGraph[str]
else:
    Network = "networkx.MultiDiGraph"


class TermLike(Protocol):
    """One value of a query result."""

    @property
    def value(self) -> str: ...


class Rows(Protocol):
    """A query result: as many terms in each row as there are columns; None where a variable is unbound."""

    @property
    def columns(self) -> Sequence[str]: ...

    @property
    def rows(self) -> Sequence[Sequence[TermLike | None]]: ...


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that proves something.

    Attributes:
        text: the sentence; `exact` are the words in it that state the fact, `start` their offset in the document.
        document: IRI of the document; title, source (file name) and address (of a published original) are for people.
    """

    text: str
    exact: str
    start: int = 0
    document: str = ""
    title: str = ""
    source: str = ""
    address: str = ""

    def span(self) -> tuple[int, int]:
        """Where `exact` stands in `text`; an empty span at 0 if it does not.

        >>> Quote("与高校合办。", "高校").span()
        (1, 3)
        """
        at = self.text.find(self.exact)
        return (at, at + len(self.exact)) if at >= 0 else (0, 0)


class Through(NamedTuple):
    """A mechanism as far as a proof names it: label and notation of its kind."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One fact: a cooperation (on an edge), or a mechanism or outcome of a unit (in the node's findings).

    Attributes:
        type: "cooperation", "mechanism" or "outcome".
        kind: notation of its kind (of a cooperation: of the first mechanism it goes through; "" without one).
        amount: of an outcome: the number as words ("> 60 %").
        confidence: 0..1, or None where nothing is said.
    """

    iri: str
    type: str
    label: str = ""
    kind: str = ""
    year: int | None = None
    amount: str = ""
    mechanisms: tuple[Through, ...] = ()
    outcomes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    rule: str = ""
    producer: str = ""
    status: str = ""
    confidence: float | None = None
