"""The data of a page as JSON-ready values; web/src/data.ts states the same shape. Text is never markup here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.errors import Text
from kg.network import Measures, Network, Proof, Quote, measure, positions
from kg.network.build import proofs
from kg.network.geometry import Point
from kg.network.layout import radius
from kg.render.drawing import drawn_edge, drawn_node, options
from kg.render.style import Mark, Styles

DRAWN_AT_ONCE = 300
Href = Callable[[str], str]


@dataclass(frozen=True)
class About:
    """What a page says of itself, in both languages: title, caption (query, date, sources)."""

    title: Text
    caption: Text


@dataclass(frozen=True)
class Part:
    """What a server knows of a part of a network.

    Attributes:
        measures: of every node in the whole.
        href: gives the address of the page of a unit or a document (its IRI).
        places: of every node; None computes them.
    """

    measures: Mapping[str, Measures]
    href: Href
    places: Mapping[str, Point] | None = None


@dataclass
class _Tables:
    """Sentences, documents and proofs, each once; others refer to them by number."""

    evidence: bool
    href: Href | None = None
    documents: dict[tuple[str, ...], int] = field(default_factory=dict)
    quotes: dict[Quote, int] = field(default_factory=dict)
    proofs: list[dict[str, Any]] = field(default_factory=list)

    def proof(self, proof: Proof, source: str = "", target: str = "") -> int:
        ends = {"from": source, "to": target} if source else {}
        values = {
            "id": proof.iri,
            "type": proof.type,
            "label": proof.label,
            "kind": proof.kind,
            "year": proof.year,
            "amount": proof.amount,
            "mechanisms": list(dict.fromkeys(through.label for through in proof.mechanisms)),
            "outcomes": list(proof.outcomes),
            "quotes": [self._quote(quote) for quote in proof.quotes] if self.evidence else [],
            "rule": proof.rule,
            "producer": proof.producer,
            "status": proof.status,
            "confidence": proof.confidence,
        }
        self.proofs.append({**ends, **{name: value for name, value in values.items() if value not in (None, "", [])}})
        return len(self.proofs) - 1

    def _quote(self, quote: Quote) -> int:
        self.documents.setdefault(self._place(quote), len(self.documents))
        return self.quotes.setdefault(quote, len(self.quotes))

    def sentences(self) -> list[dict[str, Any]]:
        return [
            {
                "text": quote.text,
                "mark": list(_utf16(quote)),
                "document": self.documents[self._place(quote)],
                "start": quote.start,
            }
            for quote in self.quotes
        ]

    def _place(self, quote: Quote) -> tuple[str, ...]:
        return (quote.title, quote.source, quote.address, *([self.href(quote.document)] if self.href else []))

    def sources(self) -> list[dict[str, str]]:
        return [dict(zip(("title", "file", "address", "page"), place, strict=False)) for place in self.documents]


def page_data(
    network: Network,
    about: About,
    styles: Styles,
    lang: str = "zh",
    evidence: bool = True,
    sizes: Mapping[str, float] | None = None,
    part: Part | None = None,
) -> dict[str, Any]:
    """Everything the viewer draws and tells; `network` is not changed.

    Args:
        network: as `kg.network.build` makes it.
        evidence: false leaves the sentences out.
        sizes: radius of every node; None lets them grow with the root of the degree.
        part: what is known where the network is a part of a larger one.
    """
    measures = part.measures if part else measure(network)
    sizes = sizes or {node: radius(measures[node].degree) for node in network}
    places = part.places if part and part.places else positions(network, measures, sizes)
    schemes = network.graph.get("nodes_by", ())
    legend = styles.legend((data["kind"] for _, data in network.nodes(data=True)), schemes)
    tables = _Tables(evidence, part.href if part else None)
    nodes = [
        _node(iri, network.nodes[iri], legend, (places[iri], sizes[iri]), measures[iri], tables) for iri in sorted(network.nodes)
    ]
    edges = _edges(network, tables)
    return {
        "lang": "zh" if lang.startswith("zh") else "en",
        "title": about.title._asdict(),
        "caption": about.caption._asdict(),
        "limit": DRAWN_AT_ONCE,
        "mixed": len(schemes) > 1,
        "kinds": [_kind(name, mark) for name, mark in legend.items()],
        "relations": _names(_relations(tables), styles.relations),
        "names": _names(_notations(network, tables), styles.others),
        "nodes": nodes,
        "edges": edges,
        "proofs": tables.proofs,
        "quotes": tables.sentences(),
        "documents": tables.sources(),
        "options": options(),
    }


def _node(
    iri: str, data: Mapping[str, Any], legend: Mapping[str, Mark], at: tuple[Point, float], measures: Measures, tables: _Tables
) -> dict[str, Any]:
    label, aliases = data["label"], data["aliases"]
    return {
        "id": iri,
        "label": label,
        "aliases": list(aliases),
        "initials": [initials(name) for name in (label, *aliases)],
        "kind": data["kind"],
        "level": data["level"],
        "generic": data["generic"],
        "degree": measures.degree,
        "strength": measures.strength,
        "betweenness": measures.betweenness,
        "community": measures.community,
        "findings": [tables.proof(finding) for finding in data.get("findings", ())],
        **({"page": tables.href(iri)} if tables.href else {}),
        "drawn": drawn_node(iri, legend[data["kind"]], *at, data["generic"]),
    }


def _edges(network: Network, tables: _Tables) -> list[dict[str, Any]]:
    """One edge a pair of nodes, holding every proof of either direction."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for source, target, _, proof in proofs(network):
        one, other = sorted((source, target))
        pairs.setdefault((one, other), []).append(tables.proof(proof, source, target))
    return [
        {"from": one, "to": other, "proofs": numbers, "drawn": drawn_edge(one, other, len(numbers))}
        for (one, other), numbers in sorted(pairs.items())
    ]


def initials(name: str) -> str:
    """First letters of the pinyin of a name, for search as one types; other letters and digits stay.

    >>> initials("海淀区某院 2号")
    'hdqmy2h'
    """
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(letter for part in letters for letter in part.lower() if letter.isalnum())


def _relations(tables: _Tables) -> list[str]:
    return sorted({proof.get("kind", "") for proof in tables.proofs if "from" in proof})


def _notations(network: Network, tables: _Tables) -> list[str]:
    levels = {data["level"] for _, data in network.nodes(data=True)}
    kinds = {proof.get("kind", "") for proof in tables.proofs if "from" not in proof}
    return sorted((levels | kinds) - {""})


def _names(notations: Sequence[str], marks: Mapping[str, Mark]) -> list[dict[str, Any]]:
    """Notations with their names, in the legend's order; "" has none, the viewer has words for it."""
    ordered = sorted(notations, key=lambda name: (name == "", marks[name].order if name in marks else 10_000, name))
    return [{"id": name, **(marks[name].label if name in marks else Text(name, name))._asdict()} for name in ordered]


def _kind(notation: str, mark: Mark) -> dict[str, Any]:
    return {"id": notation, **mark.label._asdict(), "colour": mark.colour, "shape": mark.shape}


def _utf16(quote: Quote) -> tuple[int, int]:
    """The marked words as JavaScript counts: in UTF-16 units, two for a rare character."""
    start, end = quote.span()
    return tuple(len(quote.text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (start, end))  # type: ignore[return-value]
