"""What a store is to the rest of the program: terms, answers, and the protocol that every kind of store satisfies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, Protocol

from kg.errors import InputError, Text


class Term(NamedTuple):
    """An RDF term of an answer; `value` is the IRI, the label of a blank node, or the literal's text.

    >>> Term("甲院", "literal", "http://www.w3.org/2001/XMLSchema#string")
    Term(value='甲院', kind='literal', datatype='http://www.w3.org/2001/XMLSchema#string', lang='')
    """

    value: str
    kind: Literal["iri", "literal", "blank"] = "literal"
    datatype: str = ""
    lang: str = ""

    def __str__(self) -> str:
        return self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: `rows` has one term, or None, per variable; it can be read once."""

    variables: tuple[str, ...]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE; it can be read once."""

    triples: Iterable[tuple[Term, Term, Term]]


Answer = Solutions | Triples | bool


class Store(Protocol):
    """A graph that answers SPARQL; queries see the union of all named graphs, each triple once."""

    @property
    def base(self) -> str:
        """Base of the IRIs of the data."""

    def query(self, text: str, timeout: float | None = None) -> Answer:
        """The answer to a SPARQL query that is complete with its prefixes.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE; relative IRIs are resolved against `base`.
            timeout: seconds until the query is stopped; None runs trusted queries without a limit.

        Raises:
            QueryError: the query is wrong, asks for LOAD or SERVICE, or was stopped.
        """

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""

    def quads(self) -> Iterator[tuple[Term, Term, Term, Term]]:
        """Every quad of the named graphs, in no particular order."""

    def dump(self, out: BinaryIO, format: str) -> None:
        """Writes all graphs as "nq", "trig", "ttl" or "jsonld": the same bytes for the same graphs (see `kg.store.dump`)."""

    def close(self) -> None:
        """Ends what the store holds open; it cannot be asked afterwards."""


def open_store(location: Path | str, read_only: bool = True) -> Store:
    """Opens the store in a folder.

    Raises:
        InputError: the folder is missing, is no store, or holds a store of another version.
    """
    from kg.store.embedded import EmbeddedStore

    if not read_only:
        raise InputError(
            Text("a store is changed by building it", "图谱库只能通过构建来修改"), Text("run `kg build`", "请运行 `kg build`")
        )
    return EmbeddedStore(Path(location))
