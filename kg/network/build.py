"""Query results → networkx.MultiDiGraph. Rows of one fact (one a mechanism, an outcome, a sentence) become one proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import QueryError, Text
from kg.network.records import Network, Proof, Quote, Rows, Through

Row = Mapping[str, str]


def from_tables(edges: Rows, nodes: Rows | None = None, findings: Rows | None = None, by_relation: bool = False) -> Network:
    """The network of query results; nodes and edges in the order of their IRIs, whatever the order of rows.

    Args:
        edges: columns source, target; optional sourceLabel, targetLabel, proof (IRI), label, relation, mechanism,
            mechanismKind, outcome, year, quote, exact, start, document, title, file, address, rule, producer, status, confidence.
            One edge a proof: parallel and opposite edges all stay.
        nodes: columns node; optional label, alt, kind, level, generic, parent. A node without edges is kept.
        findings: columns node, proof, type ("mechanism" or "outcome"); optional label, kind, amount, year and the
            columns of sentences as for `edges`.
        by_relation: name edges by their column relation instead of by the kind of their mechanism.

    Raises:
        QueryError: a column that is needed is missing.
    """
    import networkx

    network: Network = networkx.MultiDiGraph()
    units = _nodes(edges, nodes)
    facts = _findings(findings)
    for iri in sorted(units):
        network.add_node(iri, **units[iri].attributes(iri), findings=facts.get(iri, ()))
    for (source, target), proof in sorted(_proofs(edges, by_relation), key=lambda item: (item[0], item[1].iri)):
        network.add_edge(source, target, key=proof.iri, proof=proof, relation=proof.kind, year=proof.year)
    return network


def proofs(network: Network) -> list[tuple[str, str, str, Proof]]:
    """Every edge as (source, target, key, proof), in a fixed order."""
    edges: list[tuple[str, str, str, Proof]] = list(network.edges(keys=True, data="proof"))
    return sorted(edges, key=lambda edge: edge[:3])


@dataclass
class _Unit:
    """A node while its rows are read."""

    label: str = ""
    aliases: set[str] = field(default_factory=set)
    kind: str = ""
    level: str = ""
    generic: bool = False
    parent: str = ""

    def read(self, row: Row) -> None:
        self.label = self.label or row.get("label", "")
        self.kind = self.kind or _notation(row.get("kind", ""))
        self.level = self.level or _notation(row.get("level", ""))
        self.parent = self.parent or row.get("parent", "")
        self.generic = self.generic or row.get("generic", "") == "true"
        if row.get("alt"):
            self.aliases.add(row["alt"])

    def attributes(self, iri: str) -> dict[str, Any]:
        label = self.label or _notation(iri)
        aliases = tuple(sorted(self.aliases - {label}))
        return {
            "label": label,
            "aliases": aliases,
            "kind": self.kind,
            "level": self.level,
            "generic": self.generic,
            "parent": self.parent,
        }


@dataclass
class _Fact:
    """A proof while its rows are read; the keys keep the order of the rows and drop repetitions."""

    first: Row
    by_relation: bool = False
    mechanisms: dict[Through, None] = field(default_factory=dict)
    outcomes: dict[str, None] = field(default_factory=dict)
    quotes: dict[Quote, None] = field(default_factory=dict)

    def read(self, row: Row) -> None:
        if row.get("mechanism"):
            self.mechanisms[Through(row["mechanism"], _notation(row.get("mechanismKind", "")))] = None
        if row.get("outcome"):
            self.outcomes[row["outcome"]] = None
        if row.get("quote"):
            self.quotes[_quote(row)] = None

    def proof(self, iri: str, type: str) -> Proof:
        row, mechanisms = self.first, tuple(sorted(self.mechanisms))
        kind = _notation(row.get("kind", "")) or next((through.kind for through in mechanisms if through.kind), "")
        return Proof(
            iri=iri,
            type=type,
            label=row.get("label", ""),
            kind=_notation(row.get("relation", "")) if self.by_relation else kind,
            year=_integer(row.get("year", "")),
            amount=row.get("amount", ""),
            mechanisms=mechanisms,
            outcomes=tuple(sorted(self.outcomes)),
            quotes=tuple(sorted(self.quotes, key=lambda quote: (quote.document, quote.start, quote.text))),
            rule=row.get("rule", ""),
            producer=row.get("producer", ""),
            status=_notation(row.get("status", "")),
            confidence=_share(row.get("confidence", "")),
        )


def _rows(table: Rows, *needed: str) -> Iterator[Row]:
    """Each row as column → value; in a fixed order, so that the order of the query's answers does not matter."""
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise QueryError(
            Text(
                f"A network needs the column {', '.join(missing)}; the query has {', '.join(table.columns)}",
                f"画网络需要列 {'、'.join(missing)}；查询结果只有 {'、'.join(table.columns)}",
            ),
            Text("name the variables of the query so", "请在查询中这样命名变量"),
        )
    rows = [{name: term.value for name, term in zip(table.columns, row, strict=True) if term is not None} for row in table.rows]
    yield from sorted(rows, key=lambda row: sorted(row.items()))


def _nodes(edges: Rows, nodes: Rows | None) -> dict[str, _Unit]:
    units: dict[str, _Unit] = {}
    for row in _rows(nodes, "node") if nodes else ():
        units.setdefault(row["node"], _Unit()).read(row)
    for row in _rows(edges, "source", "target"):
        for end in ("source", "target"):
            if row.get("source") and row.get("target"):
                units.setdefault(row[end], _Unit()).read({"label": row.get(end + "Label", "")})
    return units


def _proofs(edges: Rows, by_relation: bool) -> Iterator[tuple[tuple[str, str], Proof]]:
    facts: dict[tuple[str, str, str], _Fact] = {}
    for row in _rows(edges, "source", "target"):
        if row.get("source") and row.get("target"):
            key = (row["source"], row["target"], row.get("proof", ""))
            facts.setdefault(key, _Fact(row, by_relation)).read(row)
    for (source, target, iri), fact in facts.items():
        yield (source, target), fact.proof(iri, "cooperation")


def _findings(table: Rows | None) -> dict[str, tuple[Proof, ...]]:
    facts: dict[tuple[str, str, str], _Fact] = {}
    for row in _rows(table, "node", "proof", "type") if table else ():
        facts.setdefault((row["node"], row["type"], row["proof"]), _Fact(row)).read(row)
    found: dict[str, tuple[Proof, ...]] = {}
    for (node, type, iri), fact in sorted(facts.items(), key=lambda item: item[0]):
        found[node] = (*found.get(node, ()), fact.proof(iri, type))
    return found


def _quote(row: Row) -> Quote:
    return Quote(
        text=row["quote"],
        exact=row.get("exact", ""),
        start=_integer(row.get("start", "")) or 0,
        document=row.get("document", ""),
        title=row.get("title", ""),
        source=row.get("file", ""),
        address=row.get("address", ""),
    )


def _notation(value: str) -> str:
    """The last segment of an IRI; other values as they are.

    >>> _notation("https://example.org/unit-kind/court"), _notation("court")
    ('court', 'court')
    """
    return value.replace("#", "/").rstrip("/").rsplit("/", 1)[-1] if "://" in value else value


def _integer(value: str) -> int | None:
    """A year or an offset; None for what is no whole number.

    >>> _integer("2024"), _integer("--1"), _integer("2024年")
    (2024, None, None)
    """
    return int(value) if re.fullmatch(r"-?\d{1,15}", value) else None


def _share(value: str) -> float | None:
    """A number from 0 to 1; None for anything else.

    >>> _share("0.8"), _share("nan"), _share("high")
    (0.8, None, None)
    """
    number = float(value) if re.fullmatch(r"\d(\.\d{1,30})?", value) else -1.0
    return number if 0 <= number <= 1 else None
