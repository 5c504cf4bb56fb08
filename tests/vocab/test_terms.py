"""The names that the code uses are names of the ontology."""

from __future__ import annotations

from pathlib import Path

from kg.vocab import terms
from kg.vocab.reader import read_ontology


def test_every_term_of_the_code_is_defined_in_the_core(root: Path) -> None:
    schema = read_ontology(root / "ontology").schema
    used = {value for value in vars(terms).values() if isinstance(value, str) and value.startswith(terms.COOP)}
    assert used - set(schema) == {terms.COOP}


def test_every_class_and_property_of_the_core_has_a_name_in_the_code(root: Path) -> None:
    named = {value for value in vars(terms).values() if isinstance(value, str)}
    assert set(read_ontology(root / "ontology").schema) - named == set()


def test_iris_of_concepts_follow_the_pattern(root: Path) -> None:
    vocabulary = read_ontology(root / "ontology").vocabulary
    concepts = [concept for scheme in terms.SCHEMES for concept in vocabulary.concepts(scheme)]
    assert [concept.iri for concept in concepts if concept.iri != terms.concept_iri(concept.scheme, concept.notation)] == []


def test_the_last_part_of_an_iri_is_its_local_name() -> None:
    iris = ["https://example.org/a#b", "https://example.org/a/b/", "urn"]
    assert [terms.local_name(iri) for iri in iris] == ["b", "b", "urn"]
