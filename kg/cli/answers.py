"""Prints links and what is known of a thing, every fact with the sentence that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli import output
from kg.cli.words import language, say

if TYPE_CHECKING:
    from kg.query.evidence import About, Fact, Link, Proof
    from kg.vocab.reader import Ontology


def print_link(link: Link) -> None:
    """A link in one line (initiator – mechanism – partners – outcome), then its sentences."""
    parts = (link.initiators, link.mechanisms, link.partners, link.outcomes)
    words = " – ".join("、".join(named.label for named in part) for part in parts if part)
    output.line(words + (f"  ({link.year})" if link.year else ""), "bold")
    print_proofs(link.proofs)


def print_proofs(proofs: Sequence[Proof]) -> None:
    """Sentences with their decisive words marked, and where they stand."""
    for proof in proofs:
        output.quote(proof.quote, proof.exact)
        output.line(f"    {proof.file or proof.document.label} {proof.start}-{proof.end}", "dim")


def print_about(about: About, ontology: Ontology) -> None:
    """A thing with what is said of it, and the links it is part of."""
    output.line(about.thing.label, "bold")
    print_proofs(about.proofs)
    plain = [
        fact
        for fact in about.facts
        if not fact.inverse and not fact.proofs and fact.property in ontology.schema and fact.value != "false"
    ]
    for name in dict.fromkeys(_name(fact, ontology) for fact in plain):
        values = "、".join(_value(fact, ontology) for fact in plain if _name(fact, ontology) == name)
        output.line(f"  {name}{say(': ', '：')}{values}")
    for fact in about.facts:
        if fact.proofs:
            output.line(f"  {_name(fact, ontology)}{say(': ', '：')}{fact.value}", "bold")
            print_proofs(fact.proofs)
    for link in about.links:
        print_link(link)


def _name(fact: Fact, ontology: Ontology) -> str:
    """The property's name; where the other side states it, the name of what that is."""
    term = ontology.schema.get(fact.property)
    if fact.inverse and term and term.domains:
        return ontology.label(term.domains[0], language())
    return ontology.label(fact.property, language())


def _value(fact: Fact, ontology: Ontology) -> str:
    return ontology.label(fact.iri, language()) if fact.iri in ontology.schema else fact.value
