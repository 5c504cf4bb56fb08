"""Prints the facts of a document with the sentences that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.cli import output
from kg.cli.words import language, say
from kg.model import Case, Cooperation, Document, Fact, Mechanism, Outcome, Unit
from kg.vocab.terms import COOP

if TYPE_CHECKING:
    from kg.vocab.reader import Ontology


def facts_json(document: Document, facts: Sequence[Fact]) -> dict[str, Any]:
    """The facts as plain data."""
    return {
        "document": document.id,
        "sha256": document.sha256,
        "facts": [{"type": type(fact).__name__, **_plain(asdict(fact))} for fact in facts],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Decimal) else value


def print_facts(document: Document, facts: Sequence[Fact], ontology: Ontology) -> None:
    """The facts case by case, each with its rule, its offsets and its sentence."""
    labels = {fact.iri: fact.label for fact in facts if not isinstance(fact, Case)}
    output.line(f"{document.id}  {document.title}", "bold")
    for case in (fact for fact in facts if isinstance(fact, Case)):
        output.line()
        output.line(
            ontology.label(COOP + "Case", language())
            + say(": ", "：")
            + "、".join(labels.get(iri, iri) for iri in case.subjects),
            "bold",
        )
        output.line("  " + case.title)
        for fact in facts:
            if not isinstance(fact, Unit | Case) and fact.provenance.case == case.iri:
                _print_fact(fact, labels, ontology)


def _print_fact(fact: Mechanism | Cooperation | Outcome, labels: dict[str, str], ontology: Ontology) -> None:
    kind = ontology.label(COOP + type(fact).__name__, language())
    output.line(f"  {kind}  {_words(fact, labels)}")
    proof = fact.provenance
    for evidence in proof.evidence:
        output.line(f"    {proof.rule}  {evidence.start}-{evidence.end}", "dim")
        output.quote(evidence.quote, evidence.exact)


def _words(fact: Mechanism | Cooperation | Outcome, labels: dict[str, str]) -> str:
    if isinstance(fact, Mechanism):
        return f"{fact.label}  [{fact.kind}]"
    if isinstance(fact, Outcome):
        number = "" if fact.quantity is None else f"  {fact.bound} {fact.quantity} {fact.unit_text}"
        return f"{fact.label}{number}  [{fact.kind}]"
    ends = (fact.initiators, fact.through, fact.participants)
    return " – ".join("、".join(labels.get(iri, iri) for iri in iris) for iris in ends if iris)
