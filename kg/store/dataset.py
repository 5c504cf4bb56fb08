"""The graph for users of rdflib: a Dataset that answers from the embedded store, and copies in memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, from_ox_graph_name, to_ox_quad_pattern
from pyoxigraph import DefaultGraph, Quad, RdfFormat
from pyoxigraph import Store as Oxigraph
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, ModificationException
from rdflib.plugins.sparql.sparql import Query

from kg.store.base import Store, Term
from kg.store.embedded import EmbeddedStore
from kg.store.sparql import refuse_dangerous
from kg.vocab.terms import PREFIXES, XSD

if TYPE_CHECKING:
    from rdflib.query import Result


class _UnionStore(OxigraphStore):
    """oxrdflib over a database whose default graph holds the union: asked for the union, it takes that, each triple once.

    Without this class oxrdflib gives a triple once per graph, and lets rdflib's own evaluator, which is far slower,
    answer prepared queries.
    """

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        if context is not None and context.identifier != DATASET_DEFAULT_GRAPH_ID:
            yield from super().triples(triple_pattern, context)
            return
        for quad in self._inner.quads_for_pattern(*to_ox_quad_pattern(triple_pattern, None)[:3], DefaultGraph()):
            yield (from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)), self._graphs_of(quad)

    def _graphs_of(self, quad: Any) -> Iterator[Any]:
        for found in self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None):
            if not isinstance(found.graph_name, DefaultGraph):
                yield from_ox_graph_name(found.graph_name, self)

    def __len__(self, context: Any = None) -> int:
        if context is not None and context.identifier != DATASET_DEFAULT_GRAPH_ID:
            return super().__len__(context)
        return sum(1 for _ in self._inner.quads_for_pattern(None, None, None, DefaultGraph()))

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **kwargs: object) -> Result:
        if isinstance(query, Query) and query._original_args:
            query, names, _ = query._original_args
            initNs = {**initNs, **names}
        if isinstance(query, str):
            refuse_dangerous(query)
        graph = DATASET_DEFAULT_GRAPH_ID if queryGraph == "__UNION__" else queryGraph
        return super().query(query, initNs, initBindings, graph, **kwargs)

    def add_graph(self, graph: Graph) -> None:
        """Nothing: rdflib calls it to look at a graph, too."""

    def _refuse(self, *_: object, **__: object) -> None:
        raise ModificationException()

    add = addN = remove = remove_graph = update = _refuse


def dataset(store: Store) -> Dataset:
    """A read-only rdflib Dataset over the store: default_union, the usual prefixes bound, each triple of the union once.

    The graph of a service is copied into memory.
    """
    database = store.database if isinstance(store, EmbeddedStore) else _copy(store)
    found = Dataset(store=_UnionStore(store=database), default_union=True)
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace, override=True)
    return found


def _copy(store: Store) -> Oxigraph:
    """A copy in memory with the union in the default graph, as stores on disk have it."""
    written = io.BytesIO()
    store.dump(written, "nq")
    memory = Oxigraph()
    memory.load(written.getvalue(), RdfFormat.N_QUADS)
    memory.extend([Quad(quad.subject, quad.predicate, quad.object) for quad in memory])
    return memory


def memory_graph(store: Store) -> Graph:
    """A copy of the union as an rdflib graph in memory; strings without a datatype, as rdflib's parsers give them."""
    graph = Graph()
    for subject, predicate, value, _ in store.quads():
        graph.add((_node(subject), _node(predicate), _node(value)))
    return graph


def _node(term: Term) -> Any:
    if term.kind == "iri":
        return URIRef(term.value)
    if term.kind == "blank":
        return BNode(term.value)
    plain = term.lang or term.datatype in {"", XSD + "string"}
    return Literal(term.value, lang=term.lang or None, datatype=None if plain else URIRef(term.datatype))
