"""Measures of a network as tables, for people, spreadsheets and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, Text
from kg.network.between import bridges, brokers, groups, mixing
from kg.network.compare import compare
from kg.network.measures import values
from kg.network.project import pairs, undated, within, years
from kg.network.records import Network
from kg.query.table import Table, Term
from kg.vocab.terms import XSD

if TYPE_CHECKING:
    from kg.vocab.gazetteer import Gazetteer
    from kg.vocab.reader import Ontology

Cell = str | int | float | None
Naming = Callable[[str], str]
MEASURED = ("degree", "strength", "betweenness", "closeness", "eigenvector", "core", "community")


def as_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Plain values as a table that can be written in every format.

    >>> as_table(["unit", "degree"], [["甲院", 3]]).values()
    [('甲院', '3')]
    """
    return Table(tuple(columns), tuple(tuple(_term(cell) for cell in row) for row in rows))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a network; with nothing asked for, its units and their measures.

    Attributes:
        measures: columns of the units, of MEASURES; () for MEASURED.
        weight: what links count, one of WEIGHTS.
        first, last: only proofs of these years, both included; None leaves an end open.
        bridges: links without which it falls apart. between: links between groups, one of GROUPINGS.
        brokers: units that join groups, one of GROUPINGS. by_year: how large it is in each year. compare: two years.
    """

    measures: Sequence[str] = ()
    weight: str = "proofs"
    first: int | None = None
    last: int | None = None
    bridges: bool = False
    between: str | None = None
    brokers: str | None = None
    by_year: bool = False
    compare: tuple[int, int] | None = None


def answer(network: Network, question: Question, ontology: Ontology, gazetteer: Gazetteer, lang: str = "zh") -> Table:
    """The answer to a question about a network, kinds and levels by their names in `lang`.

    Raises:
        InputError: a measure, weight or grouping that there is not, or more than one thing is asked.
    """
    asked = [name for name in ("bridges", "between", "brokers", "by_year", "compare") if getattr(question, name)]
    if len(asked) > 1:
        raise InputError(
            Text(f"{' and '.join(asked)} exclude one another", f"{'、'.join(asked)} 只能用一个"),
            Text("ask one after the other", "请分别提问"),
        )
    dated = question.first is not None or question.last is not None
    part = within(network, question.first, question.last) if dated else network
    naming = _naming(ontology, lang)
    if question.compare:
        return changes(part, *question.compare, question.weight)
    if question.by_year:
        return yearly(part, question.weight)
    if question.bridges:
        return bridging(part, question.weight)
    if question.between:
        return joining(part, groups(part, question.between, gazetteer), question.weight, naming)
    if question.brokers:
        return brokering(part, groups(part, question.brokers, gazetteer), naming)
    return units(part, question.measures or MEASURED, question.weight, naming)


def _naming(ontology: Ontology, lang: str) -> Naming:
    """Notation → the name of its concept; what is none stays."""
    vocabulary = ontology.vocabulary
    names = {each.notation: each.label(lang) for scheme in vocabulary.schemes() for each in vocabulary.concepts(scheme)}
    return lambda notation: names.get(notation, notation)


def units(network: Network, names: Sequence[str] = MEASURED, weight: str = "proofs", naming: Naming = str) -> Table:
    """Every unit with its kind and measures, the highest first measure first.

    Args:
        names: measures, columns in this order.
        weight: what links count, see `pairs`.
        naming: words for a kind's notation.

    Raises:
        InputError: there is no such measure or weight.
    """
    found = values(pairs(network, weight), names)
    labels = _labels(network)
    order = sorted(network, key=lambda node: (*(-found[name][node] for name in names[:2]), labels[node], node))
    rows: list[list[Cell]] = [
        [labels[node], naming(network.nodes[node]["kind"]), *(found[name][node] for name in names), node] for node in order
    ]
    return as_table(["unit", "kind", *names, "iri"], rows)


def bridging(network: Network, weight: str = "proofs") -> Table:
    """Pairs without which the network would fall apart, the strongest first."""
    graph, labels = pairs(network, weight), _labels(network)
    rows = [(-graph[one][other]["weight"], labels[one], labels[other]) for one, other in bridges(graph)]
    return as_table(["unit", "partner", weight], [(one, other, -minus) for minus, one, other in sorted(rows)])


def yearly(network: Network, weight: str = "proofs") -> Table:
    """How large the network is in each year: units, links, their weight, units not seen before; what has no year stands last.

    `density` is the share of all pairs of the year's units that are joined (Wasserman & Faust 1994, §4.3).
    """
    rows: list[list[Cell]] = []
    seen: set[str] = set()
    for year in years(network):
        part = within(network, year, year) if year is not None else undated(network)
        graph = pairs(part, weight)
        joined = {node for pair in graph.edges for node in pair}
        size, links = len(joined), graph.number_of_edges()
        density = round(2 * links / (size * (size - 1)), 6) if size > 1 else None
        total = sum(weight for *_, weight in graph.edges(data="weight"))
        rows.append([year, size, len(joined - seen), links, total, density])
        seen |= joined
    return as_table(["year", "units", "new", "links", weight, "density"], rows)


def joining(network: Network, groups: Mapping[str, str], weight: str = "proofs", naming: Naming = str) -> Table:
    """How many links and proofs (mechanisms, outcomes) two groups share; "" where a unit's group is not known."""
    rows = [(naming(each.one), naming(each.other), each.links, each.weight) for each in mixing(pairs(network, weight), groups)]
    return as_table(["group", "other", "links", weight], rows)


def brokering(network: Network, groups: Mapping[str, str], naming: Naming = str) -> Table:
    """Units that join others which are not joined themselves, those across groups first; see `Brokerage`."""
    labels = _labels(network)
    found = [(node, each) for node, each in brokers(pairs(network), groups).items() if any(each)]
    ordered = sorted(found, key=lambda item: (-item[1].across, -item[1].coordinator, labels[item[0]], item[0]))
    rows = [(labels[node], naming(groups[node]), each.across, *each, node) for node, each in ordered]
    return as_table(["unit", "group", "across", "coordinator", "itinerant", "representative", "liaison", "iri"], rows)


def changes(network: Network, before: int, after: int, weight: str = "proofs") -> Table:
    """Units and links of two years: strength or weight before and after; rows of units have no partner."""
    labels, found = _labels(network), compare(network, before, after, weight)
    of_units = [(labels[unit.iri], "", unit.strength_before, unit.strength_after, unit.state) for unit in found.units]
    of_links = [(labels[link.one], labels[link.other], link.before, link.after, link.state) for link in found.links]
    return as_table(["unit", "partner", str(before), str(after), "state"], [*of_units, *of_links])


def _labels(network: Network) -> dict[str, str]:
    return {node: str(data["label"]) for node, data in network.nodes(data=True)}


def _term(value: Any) -> Term | None:
    if value is None:
        return None
    if isinstance(value, int):
        return Term(str(value), "literal", XSD + "integer")
    return Term(f"{value:g}", "literal", XSD + "double") if isinstance(value, float) else Term(value)
