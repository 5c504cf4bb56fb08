"""Pairs of units that may be one, with the sentences that name either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Case, Cooperation, Evidence, Fact, Mechanism, Outcome, Unit
from kg.pipeline.parts import Read
from kg.pipeline.reader import Reader
from kg.resolve.proposals import Proposal, proposals
from kg.review.units import pair_id

_PROOFS = 3  # sentences that are shown of a unit


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that may be one, each with sentences of facts that it is part of."""

    proposal: Proposal
    keep_proofs: tuple[Evidence, ...]
    other_proofs: tuple[Evidence, ...]

    @property
    def id(self) -> str:
        return pair_id(self.proposal.keep.label, self.proposal.other.label)


def alike(read: Iterable[Read], reader: Reader) -> list[Pair]:
    """The units of documents whose names look alike, the likeliest first."""
    units: list[Unit] = []
    proofs: dict[str, list[Evidence]] = {}
    for document, candidates in read:
        for fact in reader.facts(document, candidates):
            if isinstance(fact, Unit):
                units.append(fact)
            elif not isinstance(fact, Case):
                for iri in _units(fact):
                    proofs.setdefault(iri, []).extend(fact.provenance.evidence)
    return [
        Pair(proposal, *(_first(proofs.get(unit.iri, ())) for unit in (proposal.keep, proposal.other)))
        for proposal in proposals(units)
    ]


def _first(proofs: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """A few proofs, no sentence twice."""
    return tuple({(proof.document, proof.quote): proof for proof in proofs}.values())[:_PROOFS]


def _units(fact: Fact) -> tuple[str, ...]:
    """The units that a fact is about."""
    if isinstance(fact, Cooperation):
        return (*fact.initiators, *fact.participants)
    if isinstance(fact, Mechanism):
        return fact.owners
    return (*fact.achieved_by, *fact.recognised_by) if isinstance(fact, Outcome) else ()
