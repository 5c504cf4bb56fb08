"""core.ttl says exactly what the graph contract says, in both languages, aligned to the standards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.vocab.reader import Ontology, parse_turtle, read_ontology
from kg.vocab.terms import COOP, OWL, PREFIXES, SCHEMA

CLASSES = {
    "Unit": {"org:Organization"},
    "Branch": {"coop:Unit", "org:OrganizationalUnit"},
    "Partner": {"coop:Unit"},
    "Mechanism": {"prov:Plan"},
    "Cooperation": {"prov:Activity"},
    "Outcome": set(),
    "Case": {"prov:Entity"},
    "Document": {"prov:Entity"},
    "Evidence": {"oa:SpecificResource"},
}
PROPERTIES = {
    "Unit": "unitKind level parentUnit generic place cooperatesWith operates",
    "Mechanism": "mechanismKind operatedBy",
    "Cooperation": "initiator participant through yields",
    "Outcome": "outcomeKind quantity quantityBound unitText year period recognisedBy achievedBy",
    "Case": "subject inDocument",
    "Document": "fileName sha256 encoding",
    "Evidence": "quote exact start end",
}
OF_FACTS = "reportedIn evidence producer rule confidence status"


@pytest.fixture(scope="module")
def ontology(root: Path) -> Ontology:
    return read_ontology(root / "ontology")


def iri(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


@pytest.mark.parametrize(("name", "parents"), CLASSES.items())
def test_each_class_of_the_contract_is_aligned(ontology: Ontology, name: str, parents: set[str]) -> None:
    term = ontology.schema[COOP + name]
    assert term.is_class
    assert set(term.parents) == {iri(parent) for parent in parents}


def test_there_is_no_other_class(ontology: Ontology) -> None:
    assert {term.name for term in ontology.schema.values() if term.is_class} == set(CLASSES)


@pytest.mark.parametrize(("domain", "names"), PROPERTIES.items())
def test_each_property_of_the_contract_belongs_to_its_class(ontology: Ontology, domain: str, names: str) -> None:
    assert [name for name in names.split() if COOP + domain not in ontology.schema[COOP + name].domains] == []


@pytest.mark.parametrize("name", OF_FACTS.split())
def test_what_every_fact_carries_belongs_to_all_three_classes(ontology: Ontology, name: str) -> None:
    assert {COOP + kind for kind in ("Mechanism", "Cooperation", "Outcome")} <= set(ontology.schema[COOP + name].domains)


def test_every_term_has_labels_and_comments_in_both_languages(ontology: Ontology) -> None:
    terms = ontology.schema.values()
    assert [term.name for term in terms if set(term.labels) != {"zh", "en"} or set(term.comments) != {"zh", "en"}] == []


def test_no_two_terms_of_a_kind_share_a_label(ontology: Ontology) -> None:
    for is_class in (True, False):
        labels = [label for term in ontology.schema.values() if term.is_class == is_class for label in term.labels.items()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("unitKind", "org:classification"),
        ("parentUnit", "org:subOrganizationOf"),
        ("operatedBy", "prov:wasAttributedTo"),
        ("initiator", "prov:wasAssociatedWith"),
        ("participant", "prov:wasAssociatedWith"),
        ("through", "prov:used"),
        ("subject", "dcterms:subject"),
        ("mechanismKind", "dcterms:type"),
    ],
)
def test_properties_are_aligned_to_the_standards(ontology: Ontology, name: str, parent: str) -> None:
    assert iri(parent) in ontology.schema[COOP + name].parents


def triples(root: Path) -> set[tuple[str, str, str]]:
    return {(str(s), str(p), str(o)) for s, p, o in parse_turtle(root / "ontology" / "core.ttl")}


def test_operates_is_the_inverse_of_operated_by(root: Path) -> None:
    assert (f"<{COOP}operates>", f"<{OWL}inverseOf>", f"<{COOP}operatedBy>") in triples(root)


def test_cooperates_with_is_symmetric(root: Path) -> None:
    types = {o for s, _, o in triples(root) if s == f"<{COOP}cooperatesWith>"}
    assert f"<{OWL}SymmetricProperty>" in types


def test_the_core_has_no_blank_nodes(root: Path) -> None:
    assert [triple for triple in triples(root) if any(term.startswith("_:") for term in triple)] == []


def test_every_property_has_a_range_and_those_of_the_contract_a_domain(root: Path) -> None:
    told = triples(root)
    without_range = {s for s, _, o in told if o.endswith("Property>")} - {s for s, p, _ in told if p.endswith("range>")}
    without_domain = {s for s, _, o in told if o.endswith("Property>")} - {
        s for s, p, _ in told if p.endswith("domain>") or p == f"<{SCHEMA}domainIncludes>"
    }
    assert (without_range, without_domain) == (set(), {f"<{COOP}{name}>" for name in ("order", "colour", "shape")})


def test_every_name_used_in_the_folder_is_defined(root: Path, ontology: Ontology) -> None:
    files = [
        path for path in (root / "ontology").rglob("*") if path.suffix in {".rq", ".ru", ".ttl"} or path.parent.name == "views"
    ]
    used = {(path.name, name) for path in files for name in re.findall(r"\bcoop:(\w+)", path.read_text(encoding="utf-8"))}
    assert [(file, name) for file, name in sorted(used) if COOP + name not in ontology.schema] == []
