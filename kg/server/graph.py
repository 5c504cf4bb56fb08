"""The JSON endpoints: search, neighbours, path, evidence, a view's network, the schema, statistics; each paged and capped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, QueryError, Text
from kg.network.records import Quote
from kg.query.evidence import Proof, links, show, stats
from kg.query.names import Named
from kg.server.drawn import DrawnView
from kg.server.endpoints import Endpoint, NotFoundError, Param, Values, as_error, as_json, openapi, paged, route
from kg.server.explorer import Explorer, Snapshot
from kg.server.formats import cached, etag, unchanged
from kg.server.index import CLASSES, SEARCHED, Entry, window
from kg.server.links import href
from kg.server.schemas import SCHEMAS, reference
from kg.vocab.reader import Ontology
from kg.vocab.terms import PREFIXES

DESCRIPTION = "/api/openapi.json"


def known(now: Snapshot, iri: str) -> Entry:
    """The thing with that IRI.

    Raises:
        NotFoundError: the graph holds no such thing.
    """
    if iri in now.index:
        return now.index.entries[iri]
    raise NotFoundError(
        Text(f"the graph holds nothing named <{iri[:200]}>", f"图谱中没有 <{iri[:200]}>"),
        Text("search for it by its name", "请按名称搜索"),
    )


def drawn(now: Snapshot, name: str) -> DrawnView:
    """The view with that name.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return now.view(name)
    except QueryError as error:
        raise NotFoundError(error.message, error.hint) from error


def _in_view(view: DrawnView, unit: str) -> str:
    if unit in view:
        return unit
    raise NotFoundError(
        Text(f"the view {view.view.id} does not show <{unit[:200]}>", f"视图 {view.view.id} 中没有 <{unit[:200]}>"),
        Text("search for it by its name", "请按名称搜索"),
    )


def _search(now: Snapshot, values: Values) -> dict[str, Any]:
    types = SEARCHED if values["type"] == "any" else (values["type"],)
    found = now.index.search(values["q"], types, values["kind"])
    page = window(found, values["limit"], values["offset"])
    return {"results": [_result(entry, now.store.base, values["lang"]) for entry in page], "total": len(found)}


def _result(entry: Entry, base: str, lang: str) -> dict[str, Any]:
    return {
        "id": entry.iri,
        "type": entry.type,
        "label": entry.label(lang),
        "aliases": entry.aliases,
        "initials": list(entry.letters),
        "kind": entry.kind,
        "level": entry.level,
        "generic": entry.generic,
        "degree": entry.degree,
        "page": href(base, entry.iri),
    }


def part_of_view(now: Snapshot, values: Values) -> dict[str, Any]:
    """A view's most connected units, or those around one, as the viewer draws them.

    Raises:
        NotFoundError: there is no such view or unit.
    """
    view = drawn(now, values["view"])
    return view.overview(_in_view(view, values["unit"]) if values["unit"] else "", values["lang"])


def _neighbours(now: Snapshot, values: Values) -> dict[str, Any]:
    view = drawn(now, values["view"])
    return view.neighbours(_in_view(view, values["unit"]), values["limit"], values["offset"], values["lang"])


def path_in_view(now: Snapshot, values: Values) -> dict[str, Any]:
    """The shortest paths between two units, as the viewer draws them.

    Raises:
        NotFoundError: there is no such view or unit, or nothing joins them.
    """
    view = drawn(now, values["view"])
    start, end = (_in_view(view, values[name]) for name in ("from", "to"))
    found = view.path(start, end, values["lang"])
    if found is None:
        raise NotFoundError(
            Text("no chain of links joins the two units", "两个单位之间没有联系"),
            Text("see the neighbours of either", "请分别查看其相邻单位"),
        )
    return found


def _evidence(now: Snapshot, values: Values) -> dict[str, Any]:
    entry, lang = known(now, values["fact"]), values["lang"]
    about = show(now.store, Named(entry.iri, entry.label(lang)), lang, slice(0))
    own = [(entry.iri, entry.label(lang), about.proofs), *((fact.iri, fact.value, fact.proofs) for fact in about.facts)]
    proved = [each for each in dict.fromkeys(own) if each[2]]
    start, end = values["offset"], values["offset"] + values["limit"]
    window = slice(max(start - len(proved), 0), max(end - len(proved), 0))
    rest = [(link.iri, link.label, link.proofs) for link in links(now.store, entry.iri, lang, window)]
    return {**_numbered(now, [*proved[start:end], *rest]), "total": len(proved) + about.total}


def _numbered(now: Snapshot, facts: Sequence[tuple[str, str, Sequence[Proof]]]) -> dict[str, Any]:
    """Facts, sentences and documents, each once, referring to one another by number."""
    documents: dict[str, int] = {}
    quotes: dict[Proof, int] = {}
    proofs = []
    for iri, label, sentences in facts:
        for proof in sentences:
            documents.setdefault(proof.document.iri, len(documents))
            quotes.setdefault(proof, len(quotes))
        kind = now.index.entries[iri].type.lower() if iri in now.index else ""
        proofs.append({"id": iri, "type": kind, "label": label, "quotes": [quotes[proof] for proof in sentences]})
    titles = {proof.document.iri: (proof.document.label, proof.file) for proof in quotes}
    return {
        "proofs": proofs,
        "quotes": [_sentence(proof, documents) for proof in quotes],
        "documents": [
            {"title": titles[iri][0], "file": titles[iri][1], "address": "", "page": href(now.store.base, iri)}
            for iri in documents
        ],
    }


def _sentence(proof: Proof, documents: dict[str, int]) -> dict[str, Any]:
    start, end = Quote(proof.quote, proof.exact).span()
    mark = [len(proof.quote[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (start, end)]
    return {"text": proof.quote, "mark": mark, "document": documents[proof.document.iri], "start": proof.start}


def _schema(now: Snapshot, values: Values) -> dict[str, Any]:
    ontology = now.ontology
    terms = [
        {"id": term.iri, "name": term.name, "class": term.is_class, **_both(ontology, term.iri)}
        for term in ontology.schema.values()
    ]
    concepts = [concept for scheme in ontology.vocabulary.schemes() for concept in ontology.vocabulary.concepts(scheme)]
    kinds = [{"id": each.iri, "name": each.notation, "scheme": each.scheme, **_both(ontology, each.iri)} for each in concepts]
    shown = [{"id": view.id, **view.title._asdict()} for view in now.views]
    return {"prefixes": PREFIXES, "terms": terms, "kinds": kinds, "views": shown}


def _both(ontology: Ontology, iri: str) -> dict[str, str]:
    return {lang: ontology.label(iri, lang) for lang in ("zh", "en")}


def _stats(now: Snapshot, values: Values) -> dict[str, Any]:
    lang: str = values["lang"]
    found = now.kept(("stats", lang), lambda: stats(now.store, lang))
    counts = [{"property": each.property, "id": each.iri, "label": each.label, "count": each.count} for each in found]
    return {"counts": counts, "documents": now.store.documents(), "build": now.token}


_VIEW = Param("view", Text("name of the view", "视图的名称"), "cooperation")
_UNIT = Text("IRI of a unit", "单位的 IRI")

ENDPOINTS = (
    Endpoint(
        "search",
        Text(
            "Finds things by name, other name, part of a name or initials of its pinyin", "按名称、别名、部分名称或拼音首字母查找"
        ),
        (
            Param("q", Text("what is looked for; empty for all", "要找的文字；空则为全部"), ""),
            Param("type", Text("class of the answers", "结果的类"), "Unit", choices=(*CLASSES, "any")),
            Param("kind", Text("notation of their kind", "类别代码"), ""),
            *paged(12, 100),
        ),
        _search,
        reference("Results"),
    ),
    Endpoint(
        "graph",
        Text("A view's most connected units, or those around one unit", "视图中联系最多的单位，或某一单位周围的单位"),
        (_VIEW, Param("unit", _UNIT, "")),
        part_of_view,
        reference("Network"),
    ),
    Endpoint(
        "neighbours",
        Text("A unit and its neighbours, those with most proofs first", "某单位及其相邻单位，依据最多的在前"),
        (_VIEW, Param("unit", _UNIT), *paged(30, 100)),
        _neighbours,
        reference("Network"),
    ),
    Endpoint(
        "path",
        Text("The shortest paths between two units", "两个单位之间最短的联系"),
        (_VIEW, Param("from", _UNIT), Param("to", _UNIT)),
        path_in_view,
        reference("Path"),
    ),
    Endpoint(
        "evidence",
        Text("The sentences that prove a fact, or all about a unit", "证明某一事实的原句，或某单位的全部原句"),
        (Param("fact", Text("IRI of a fact or a unit", "事实或单位的 IRI")), *paged(30, 100)),
        _evidence,
        reference("Evidence"),
    ),
    Endpoint("schema", Text("Classes, properties, kinds and views", "类、属性、类别与视图"), (), _schema, reference("Schema")),
    Endpoint("stats", Text("How much of what the graph holds", "图谱中各有多少"), (), _stats, reference("Statistics")),
)


def api_routes(explorer: Explorer) -> list[BaseRoute]:
    """The routes below /api/."""

    def describe(request: Request) -> Response:
        tag = etag(explorer.now.token, "openapi")
        return unchanged(request, tag) or as_json(openapi(ENDPOINTS, SCHEMAS), headers=cached(tag))

    def missing(request: Request) -> Response:
        hint = Text(f"{DESCRIPTION} lists them", f"接口列表见 {DESCRIPTION}")
        return as_error(NotFoundError(Text("there is no such endpoint", "没有这个接口"), hint))

    listed = [route(explorer, endpoint) for endpoint in ENDPOINTS]
    return [*listed, Route(DESCRIPTION, _guarded(describe), name="openapi"), Route("/api/{rest:path}", missing)]


def _guarded(handle: Callable[[Request], Response]) -> Callable[[Request], Response]:
    def guarded(request: Request) -> Response:
        try:
            return handle(request)
        except KgError as error:
            return as_error(error)

    return guarded
