"""The endpoint described in RDF: SPARQL 1.1 Service Description, and VoID for what the graph holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg import __version__
from kg.errors import Text
from kg.graph import Graph
from kg.server.offers import GRAPHS, choose
from kg.server.problems import RefusedError
from kg.server.settings import Settings
from kg.store.base import Solutions, Store, Term
from kg.store.dump import Statement, jsonld, nt, turtle
from kg.vocab.terms import PREFIXES, TITLE, TYPE, XSD

VOID_PLACE = "/.well-known/void"
SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_CLASSES = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c"
_PROPERTIES = "SELECT ?c (COUNT(*) AS ?n) { ?s ?c ?o } GROUP BY ?c ORDER BY ?c"


def routes(graph: Graph, settings: Settings) -> list[BaseRoute]:
    """/.well-known/void; the service description stands at the endpoint itself (see `service`)."""

    @lru_cache(maxsize=1)
    def counted(state: str) -> Figures:
        return Figures(graph.store, settings.seconds)

    def void(request: Request) -> Response:
        return as_rdf(request, dataset(str(request.base_url), graph.store.base, counted(graph.store.state())))

    return [Route(VOID_PLACE, void)]


def as_rdf(request: Request, triples: Iterator[Statement]) -> Response:
    """Triples in the format that the request likes best."""
    writers: Mapping[str, Callable[[list[Statement]], str]] = {
        "TURTLE": turtle,
        "N_TRIPLES": lambda found: "".join(f"{' '.join(map(nt, triple))} .\n" for triple in found),
        "JSON_LD": jsonld,
    }
    offers = [offer for offer in GRAPHS if offer.name in writers]
    choice = choose(offers, request.headers.get("accept", ""), request.query_params.get("format", ""))
    if choice is None:
        listed = ", ".join(offer.types[0] for offer in offers)
        raise RefusedError(
            406,
            Text("this is described in RDF only", "描述只有 RDF 格式"),
            Text(f"accept one of {listed}", f"可接受的格式：{listed}"),
        )
    return Response(writers[choice.name](list(triples)).encode(), media_type=choice.type, headers={"Vary": "Accept"})


def _iri(value: str) -> Term:
    return Term(value, "iri")


def _number(value: int) -> Term:
    return Term(str(value), "literal", XSD + "integer")


def service(endpoint: str, writable: bool) -> Iterator[Statement]:
    """What the endpoint at an address can do.

    >>> triples = list(service("http://localhost/sparql", writable=False))
    >>> [value.value.rpartition("#")[2] for _, about, value in triples if about.value.endswith("supportedLanguage")]
    ['SPARQL11Query']
    """
    this = _iri(endpoint)
    yield this, _iri(TYPE), _iri(SD + "Service")
    yield this, _iri(SD + "endpoint"), this
    yield this, _iri(SD + "feature"), _iri(SD + "UnionDefaultGraph")
    for language in ("SPARQL11Query", *(["SPARQL11Update"] if writable else [])):
        yield this, _iri(SD + "supportedLanguage"), _iri(SD + language)
    for name in _NAMES:
        yield this, _iri(SD + "resultFormat"), _iri(_FORMATS + name)
    yield this, _iri(SD + "defaultDataset"), _iri(endpoint + "#dataset")
    yield _iri(endpoint + "#dataset"), _iri(TYPE), _iri(SD + "Dataset")


class Figures:
    """How much a graph holds: triples, and how many things have each class and statements each property.

    Args:
        seconds: that each count may take.

    Raises:
        QueryError: it took longer.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self.triples = sum(count for _, count in _counts(store, _COUNT, seconds))
        self.classes = _counts(store, _CLASSES, seconds)
        self.properties = _counts(store, _PROPERTIES, seconds)


def _counts(store: Store, query: str, seconds: float) -> list[tuple[str, int]]:
    answer = store.query(query, seconds)
    assert isinstance(answer, Solutions)
    return [(row[0].value, int(row[-1].value)) for row in answer.rows if row[0] and row[-1]]


def dataset(site: str, base: str, figures: Figures) -> Iterator[Statement]:
    """The graph as a void:Dataset.

    Args:
        site: address of the server, ending in "/".
        base: of the IRIs of the data.
    """
    this = _iri(f"{site.rstrip('/')}{VOID_PLACE}#graph")
    yield this, _iri(TYPE), _iri(VOID + "Dataset")
    yield this, _iri(TITLE), Term(f"kg {__version__}")
    yield this, _iri(VOID + "sparqlEndpoint"), _iri(site + "sparql")
    yield this, _iri(VOID + "uriSpace"), Term(base)
    yield this, _iri(VOID + "triples"), _number(figures.triples)
    for vocabulary in sorted(PREFIXES[name] for name in ("coop", "dcterms", "oa", "org", "prov", "skos")):
        yield this, _iri(VOID + "vocabulary"), _iri(vocabulary)
    for part, unit, counts in (("class", "entities", figures.classes), ("property", "triples", figures.properties)):
        for place, (iri, count) in enumerate(counts, 1):
            piece = _iri(f"{this.value}-{part}-{place}")
            yield this, _iri(f"{VOID}{part}Partition"), piece
            yield piece, _iri(VOID + part), _iri(iri)
            yield piece, _iri(VOID + unit), _number(count)
