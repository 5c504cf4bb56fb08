"""A network with plain values only, as the readers of other tools want it.

They know text and numbers, so by rule: None is left out, a date is written as in ISO 8601, several values are joined by "; ",
and characters that XML does not allow are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.network.build import proofs
from kg.network.measures import Measures, measure
from kg.network.records import Network, Proof
from kg.network.writing import xml_text

Value = str | int | float | bool


def flat(network: Network) -> Network:
    """A copy that holds plain values only, with measures on the nodes and one edge a proof."""
    import networkx

    measures = measure(network)
    copy: Network = networkx.MultiDiGraph()
    for node in sorted(network.nodes):
        copy.add_node(xml_text(node), **_node(network.nodes[node], measures[node]))
    for number, (source, target, _, proof) in enumerate(proofs(network)):
        copy.add_edge(xml_text(source), xml_text(target), key=f"e{number}", **_edge(proof))
    return copy


def plain(values: Mapping[str, object]) -> dict[str, Value]:
    """Attributes by the rules above.

    >>> plain({"a": None, "b": ("x", "y"), "c": 1, "d": date(2024, 5, 1), "e": "\\x00z"})
    {'b': 'x; y', 'c': 1, 'd': '2024-05-01', 'e': 'z'}
    """
    found: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, str):
            found[name] = xml_text(value)
        elif isinstance(value, int | float):
            found[name] = value
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif value is not None:
            found[name] = xml_text("; ".join(str(part) for part in value))  # type: ignore[attr-defined]
    return found


def _node(data: Mapping[str, object], measures: Measures) -> dict[str, Value]:
    names = ("label", "aliases", "kind", "level", "generic", "parent")
    numbers = ("degree", "strength", "betweenness", "community")
    return plain({name: data.get(name) for name in names} | {name: getattr(measures, name) for name in numbers})


def _edge(proof: Proof) -> dict[str, Value]:
    return plain(
        {
            "iri": proof.iri,
            "label": proof.label,
            "relation": proof.kind,
            "year": proof.year,
            "mechanisms": [through.label for through in proof.mechanisms],
            "outcomes": proof.outcomes,
            "sentences": [quote.text for quote in proof.quotes],
            "documents": dict.fromkeys(quote.title or quote.source for quote in proof.quotes),
            "status": proof.status,
            "confidence": proof.confidence,
        }
    )
