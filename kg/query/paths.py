"""How two units are joined: a shortest chain of cooperation, each step with the cooperations and sentences that prove it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError, Text
from kg.query.links import Link, links
from kg.query.names import Named
from kg.query.run import labels_of, run
from kg.store.base import Store
from kg.vocab.terms import local_name


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `links` is empty where the data state the link without a cooperation."""

    source: Named
    target: Named
    links: tuple[Link, ...]


def path(store: Store, start: str, end: str, lang: str = "zh") -> list[Step]:
    """A shortest chain of coop:cooperatesWith between two units (IRIs), in whichever direction each link is stated.

    Of several shortest chains the first in the order of IRIs is taken. From a unit to itself the chain is empty.

    Raises:
        QueryError: nothing joins them.
    """
    chain = _shortest(_neighbours(store), start, end)
    names = labels_of(store, chain or (start, end), lang)
    if not chain:
        a, b = (names.get(iri) or local_name(iri) for iri in (start, end))
        raise QueryError(
            Text(f"no chain of cooperation joins {a} and {b}", f"{a}与{b}之间没有协作链"),
            Text("see who works with either: `kg links UNIT`", "可分别查看其协作对象：`kg links 单位`"),
        )
    return [_step(store, a, b, names, lang) for a, b in pairwise(chain)]


def _neighbours(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in run(store, "SELECT ?a ?b { ?a coop:cooperatesWith ?b }").rows:
        if a and b:
            found.setdefault(a.value, set()).add(b.value)
            found.setdefault(b.value, set()).add(a.value)
    return found


def _shortest(neighbours: Mapping[str, Iterable[str]], start: str, end: str) -> list[str]:
    """Breadth first, neighbours in the order of their IRIs; empty if there is no chain."""
    before = {start: ""}
    waiting = deque([start])
    while waiting and end not in before:
        here = waiting.popleft()
        for there in sorted(neighbours.get(here, ())):
            if there not in before:
                before[there] = here
                waiting.append(there)
    chain = [end] if end in before else []
    while chain and before[chain[-1]]:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _step(store: Store, a: str, b: str, names: Mapping[str, str], lang: str) -> Step:
    def joins(link: Link) -> bool:
        return (a in link.initiators and b in link.partners) or (b in link.initiators and a in link.partners)

    source, target = (Named(iri, names.get(iri) or local_name(iri)) for iri in (a, b))
    return Step(source, target, tuple(link for link in links(store, a, lang) if joins(link)))
