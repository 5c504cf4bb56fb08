"""From proofs to a plain network of units: who is joined with whom, how strongly, in which years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.errors import InputError, Text
from kg.network.records import Network, Proof

WEIGHTS = ("proofs", "mechanisms", "outcomes")


def pairs(network: Network, weight: str = "proofs") -> Any:
    """The undirected simple graph of pairs that share at least one edge (a projection in the sense of Newman 2010, §6.6).

    Nodes and pairs come in a fixed order; loops are left out. Returns a networkx.Graph; `network` is not changed.

    Args:
        weight: what the attribute `weight` of a pair counts: its "proofs", or the different "mechanisms" or "outcomes"
            that its proofs name; a pair that names none of these is then left out.

    Raises:
        InputError: another weight.
    """
    import networkx

    if weight not in WEIGHTS:
        raise InputError(
            Text(f"links cannot be weighted by {weight}", f"不能按 {weight} 计算联系的权重"),
            Text(f"use one of {', '.join(WEIGHTS)}", f"可用：{'、'.join(WEIGHTS)}"),
        )
    shared: dict[tuple[str, str], set[Any]] = {}
    for source, target, key, proof in _edges(network, "proof"):
        if source != target:
            one, other = sorted((source, target))
            shared.setdefault((one, other), set()).update(_counted(proof, weight, (source, key)))
    graph: Any = networkx.Graph()
    graph.add_nodes_from(sorted(network.nodes))
    graph.add_edges_from((*pair, {"weight": len(shared[pair])}) for pair in sorted(shared) if shared[pair])
    return graph


def within(network: Network, first: int | None = None, last: int | None = None) -> Network:
    """The part of the network that is proved in some years, both ends included; None leaves an end open.

    Proofs without a year, and units that have no proof left, are not in it. `network` is not changed.
    """

    def is_in(year: int | None) -> bool:
        return year is not None and (first is None or year >= first) and (last is None or year <= last)

    return _part(network, is_in)


def undated(network: Network) -> Network:
    """The part of the network whose proofs have no year. `network` is not changed."""
    return _part(network, lambda year: year is None)


def years(network: Network) -> dict[int | None, int]:
    """How many proofs each year has, in order; None stands last for those without a year."""
    found: dict[int | None, int] = {}
    for *_, year in _edges(network, "year"):
        found[year] = found.get(year, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def _part(network: Network, is_in: Callable[[int | None], bool]) -> Network:
    part: Network = type(network)()
    part.graph.update(network.graph)
    edges = [(*edge, data) for *edge, data in network.edges(keys=True, data=True) if is_in(data["year"])]
    kept = {end for edge in edges for end in edge[:2]}
    part.add_nodes_from((node, data) for node, data in network.nodes(data=True) if node in kept)
    part.add_edges_from(edges)
    return part


def _edges(network: Network, attribute: str) -> Iterable[tuple[str, str, str, Any]]:
    found: Iterable[tuple[str, str, str, Any]] = network.edges(keys=True, data=attribute)
    return found


def _counted(proof: Proof, weight: str, edge: object) -> set[Any]:
    if weight == "proofs":
        return {edge}
    return {through.label for through in proof.mechanisms} if weight == "mechanisms" else set(proof.outcomes)
