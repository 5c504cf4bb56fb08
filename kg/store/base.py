"""What a store is to the rest of the program: terms, answers, and the protocol that every kind of store satisfies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, Protocol

from kg.ids import DEFAULT_BASE
from kg.service import Service

if TYPE_CHECKING:
    from kg.store.writer import StoreWriter


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


def as_rows(rows: Iterable[Iterable[tuple[str, ...] | None]]) -> Iterator[Row]:
    """Rows whose terms are still plain tuples of a term's fields, which is how they come from a worker.

    >>> list(as_rows([[("甲", "literal", "", "zh"), None]]))
    [(Term(value='甲', kind='literal', datatype='', lang='zh'), None)]
    """
    make = tuple.__new__  # Term._make would look at the length of each
    return (tuple([None if term is None else make(Term, term) for term in row]) for row in rows)


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

    def documents(self) -> int:
        """How many documents the graph was built from."""

    def state(self) -> str:
        """Names what the graph holds, so that a change can be noticed; a service tells only changes of the documents."""

    def graphs(self) -> tuple[str, ...]:
        """IRIs of the named graphs, sorted."""

    def quads(self) -> Iterator[tuple[Term, Term, Term, Term]]:
        """Every quad of the named graphs, in no particular order."""

    def dump(self, out: BinaryIO, format: str) -> None:
        """Writes all graphs as "nq", "trig", "ttl" or "jsonld": the same bytes for the same graphs (see `kg.store.dump`)."""

    def close(self) -> None:
        """Ends what the store holds open; it cannot be asked afterwards."""


def open_store(place: Path | Service | str, base: str = DEFAULT_BASE, *, in_memory: bool = False) -> Store:
    """Opens the store in a folder or a service.

    Args:
        base: base of the IRIs of the data; a folder knows its own.
        in_memory: hold the graph of a folder in memory.

    Raises:
        InputError: the folder is missing, is no store, or holds a store of another version.
    """
    if isinstance(place, Service):
        from kg.store.remote import RemoteStore

        return RemoteStore(place, base)
    if in_memory:
        from kg.store.memory import MemoryStore

        return MemoryStore(place)
    from kg.store.embedded import EmbeddedStore

    return EmbeddedStore(place)


def is_filled(place: Path | Service, base: str = DEFAULT_BASE) -> bool:
    """Whether a service holds a graph; a folder is looked into by those who ask for its records."""
    return not isinstance(place, Service) or bool(open_store(place, base).graphs())


def open_writer(place: Path | Service, folder: Path, base: str = DEFAULT_BASE, ontology: Path | None = None) -> StoreWriter:
    """Begins a store.

    Args:
        place: where readers will find it.
        folder: where it is built; the same as `place` if that is a folder.
        ontology: folder whose rules/*.ru derive links, and whose labels are put into a graph of their own.

    Raises:
        InputError: it cannot be written.
    """
    if isinstance(place, Service):
        from kg.store.remote_writer import RemoteWriter

        return RemoteWriter(place, folder, base, ontology)
    from kg.store.writer import StoreWriter

    return StoreWriter(folder, base, ontology)
