"""What a page carries so that its reader can ask it: the graph as text, an engine, names to complete, saved queries."""

from __future__ import annotations

import base64
import gzip
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.query.run import substitute
from kg.query.saved import SavedQuery, saved_queries
from kg.store.base import Store
from kg.store.dump import Quad, write_graphs
from kg.vocab.reader import Ontology
from kg.vocab.terms import COOP, PREFIXES

_SENTENCES = {COOP + "quote", COOP + "exact"}


@dataclass(frozen=True, slots=True)
class Carried:
    """The graph as TriG, the classes and properties, and the saved queries of a page with an engine."""

    graph: str
    terms: Sequence[Mapping[str, Any]]
    queries: Sequence[Mapping[str, Any]]

    @classmethod
    def of(cls, store: Store, ontology: Ontology, evidence: bool = True) -> Carried:
        """All of a store.

        Args:
            evidence: false leaves the sentences out of the graph.
        """
        out = io.BytesIO()
        write_graphs(store if evidence else _WithoutSentences(store), out, "trig")
        return cls(out.getvalue().decode(), terms(ontology), queries(ontology))

    def data(self) -> dict[str, Any]:
        """What the viewer is told; the graph stands in an element of its own."""
        return _asking(self.terms, self.queries)

    def text(self) -> str:
        r"""The graph as it may stand in a script element: nothing in it ends one.

        >>> Carried('<a:b> <a:c> "</script><!--" .', [], []).text()
        '<a:b> <a:c> "\\u003C/script>\\u003C!--" .'
        """
        return self.graph.replace("</", r"\u003C/").replace("<!", r"\u003C!")


class _WithoutSentences:
    """A store as somebody sees it who may not read the sentences."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def base(self) -> str:
        return self._store.base

    def quads(self) -> Iterator[Quad]:
        return (quad for quad in self._store.quads() if quad[1].value not in _SENTENCES)


def asking(ontology: Ontology, address: str) -> dict[str, Any]:
    """What the viewer is told where a server answers queries at an address."""
    return {**_asking(terms(ontology), queries(ontology)), "address": address}


def _asking(terms: Sequence[Mapping[str, Any]], queries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"schema": {"prefixes": PREFIXES, "terms": terms}, "queries": queries}


def terms(ontology: Ontology) -> list[dict[str, Any]]:
    """The classes and properties with their names in both languages."""
    return [
        {"id": term.iri, **{tag: term.labels.get(tag, term.name) for tag in ("zh", "en")}, "class": term.is_class}
        for term in ontology.schema.values()
    ]


def queries(ontology: Ontology) -> list[dict[str, Any]]:
    """The saved queries, ready to run."""
    return [_query(query) for query in saved_queries(ontology.folder)]


def _query(query: SavedQuery) -> dict[str, Any]:
    return {"name": query.name, "title": query.title._asdict(), "text": substitute(query.text, query.defaults())}


def packed(binary: bytes) -> str:
    """Bytes compressed and as text; the same bytes give the same text.

    >>> gzip.decompress(base64.b64decode(packed(b"wasm")))
    b'wasm'
    """
    return base64.b64encode(gzip.compress(binary, 9, mtime=0)).decode()
