"""A network for other programs: GraphML, GEXF (Gephi), Cytoscape's JSON, the tables that neo4j-admin imports."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.network.build import proofs
from kg.network.flat import Value, flat
from kg.network.layout import positions, radius
from kg.network.measures import measure
from kg.network.records import Network
from kg.network.writing import xml_text


def as_graphml(network: Network, path: Path) -> dict[Path, bytes]:
    """GraphML (Brandes et al. 2002), one edge a proof."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(flat(network), out, named_key_ids=True)
    return {path: out.getvalue()}


def as_gexf(network: Network, path: Path) -> dict[Path, bytes]:
    """GEXF 1.2, one edge a proof; Gephi opens it with the positions and sizes of the page."""
    import networkx

    out = io.BytesIO()
    copy, measures = flat(network), measure(network)
    for node, place in positions(network, measures).items():
        where = {"x": place.x, "y": -place.y, "z": 0.0}
        copy.nodes[xml_text(node)]["viz"] = {"position": where, "size": radius(measures[node].degree)}
    for _, _, data in copy.edges(data=True):
        data["weight"] = 1.0
    networkx.write_gexf(copy, out, version="1.2draft")
    return {path: re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())}


def as_cytoscape(network: Network, path: Path) -> dict[Path, bytes]:
    """The JSON of Cytoscape and Cytoscape.js, with positions."""
    import networkx

    data: dict[str, Any] = networkx.cytoscape_data(flat(network), name="label")
    places = positions(network, measure(network))
    at = {xml_text(node): place for node, place in places.items()}
    for node in data["elements"]["nodes"]:
        place = at[node["data"]["id"]]
        node["position"] = {"x": place.x, "y": place.y}
    for edge in data["elements"]["edges"]:
        edge["data"]["id"] = edge["data"]["key"]
    return {path: json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"}


_NODES = ("iri:ID", "label", "aliases:string[]", "kind", "level", "generic:boolean", "parent", "degree:int", "strength:int",
          "betweenness:float", "community:int", ":LABEL")  # fmt: skip
_EDGES = (":START_ID", ":END_ID", ":TYPE", "iri", "label", "relation", "year:int", "mechanisms:string[]", "outcomes:string[]",
          "sentences:string[]", "documents:string[]", "status", "confidence:float")  # fmt: skip


def as_neo4j(network: Network, path: Path) -> dict[Path, bytes]:
    """Relationships, and beside them nodes, with the headers of `neo4j-admin database import full`; lists part at ";"."""
    measures = measure(network)
    nodes = []
    for node in sorted(network):
        data, found = network.nodes[node], measures[node]
        numbers = (found.degree, found.strength, found.betweenness, found.community)
        words = (data["label"], data["aliases"], data["kind"], data["level"], data["generic"], data["parent"])
        nodes.append((node, *words, *numbers, ("Node", *filter(None, [data["kind"]]))))
    edges = []
    for source, target, _, proof in proofs(network):
        lists = ([through.label for through in proof.mechanisms], proof.outcomes, [quote.text for quote in proof.quotes])
        documents = list(dict.fromkeys(quote.title or quote.source for quote in proof.quotes))
        said = (proof.iri, proof.label, proof.kind, proof.year, *lists, documents, proof.status, proof.confidence)
        edges.append((source, target, _type(proof.kind), *said))
    stem = path.name[: -len(NEO4J)]
    return {path: _import(_EDGES, edges), path.with_name(f"{stem}.nodes{NEO4J}"): _import(_NODES, nodes)}


NEO4J = ".neo4j.csv"


def _type(kind: str) -> str:
    """A relationship's type as Cypher's readers like it.

    >>> _type("joint-body"), _type("")
    ('JOINT_BODY', 'LINKED')
    """
    return re.sub(r"\W", "_", kind).upper() or "LINKED"


def _import(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> Value:
    """A value on one line; the sign that parts lists is written full-width inside their texts.

    >>> _cell(("a;b", "c\\nd")), _cell(None), _cell(True)
    ('a；b;c d', '', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    if isinstance(value, str):
        return " ".join(xml_text(value).split("\n"))
    parts: Iterable[str] = value  # type: ignore[assignment]
    return ";".join(str(_cell(part)).replace(";", "；") for part in parts)
