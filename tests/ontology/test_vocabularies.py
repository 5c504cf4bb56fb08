"""Every kind is named, defined and exemplified in both languages, and drawn so that it can be told from the others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.vocab.reader import read_ontology
from kg.vocab.terms import LEVEL, MECHANISM_KIND, OUTCOME_KIND, SCHEMES, UNIT_KIND
from kg.vocab.vocabulary import Concept, Vocabulary

NOTATIONS = {
    MECHANISM_KIND: "mechanism platform brand activity joint_body system model document post",
    UNIT_KIND: "party_branch procuratorate court police justice government mass_organisation university school "
    "research_institute hospital bank enterprise association community museum committee department",
    LEVEL: "national provincial municipal county township village",
    OUTCOME_KIND: "count rate change honour citation adoption qualitative",
}
# Okabe and Ito (2008) without black and yellow, and a grey.
PALETTE = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B7280"}
SHAPES = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}
LINES = {"solid", "dashed", "dotted"}


@pytest.fixture(scope="module")
def vocabulary(root: Path) -> Vocabulary:
    return read_ontology(root / "ontology").vocabulary


def every(vocabulary: Vocabulary, *schemes: str) -> list[Concept]:
    return [concept for scheme in schemes for concept in vocabulary.concepts(scheme)]


@pytest.mark.parametrize(("scheme", "notations"), NOTATIONS.items())
def test_a_scheme_has_the_notations_of_the_contract_in_order(vocabulary: Vocabulary, scheme: str, notations: str) -> None:
    found = [concept.notation for concept in vocabulary.concepts(scheme)]
    assert [notation for notation in found if notation in notations.split()] == notations.split()


def test_every_kind_is_labelled_and_defined_in_both_languages(vocabulary: Vocabulary) -> None:
    concepts = every(vocabulary, *SCHEMES)
    assert [
        concept.notation
        for concept in concepts
        if set(concept.labels) != {"zh", "en"} or set(concept.definitions) != {"zh", "en"}
    ] == []


def test_every_kind_has_an_example(vocabulary: Vocabulary) -> None:
    assert [concept.notation for concept in every(vocabulary, *SCHEMES) if not concept.examples] == []


def test_an_example_holds_a_trigger_of_its_kind(vocabulary: Vocabulary) -> None:
    concepts = every(vocabulary, MECHANISM_KIND, UNIT_KIND)
    silent = [(c.notation, e) for c in concepts for e in c.examples if not any(trigger in e for trigger in c.triggers)]
    assert silent == []


@pytest.mark.parametrize("scheme", [MECHANISM_KIND, UNIT_KIND])
def test_no_trigger_stands_for_two_kinds(vocabulary: Vocabulary, scheme: str) -> None:
    triggers = Counter(trigger for concept in vocabulary.concepts(scheme) for trigger in concept.triggers)
    assert [trigger for trigger, count in triggers.items() if count > 1] == []


def test_notations_of_kinds_do_not_repeat_between_schemes(vocabulary: Vocabulary) -> None:
    notations = Counter(concept.notation for concept in every(vocabulary, MECHANISM_KIND, UNIT_KIND, OUTCOME_KIND))
    assert [notation for notation, count in notations.items() if count > 1] == []


def test_every_kind_of_the_contract_has_a_style(root: Path, vocabulary: Vocabulary) -> None:
    styles = read_ontology(root / "ontology").styles
    contract = {(scheme, name) for scheme in NOTATIONS if scheme != LEVEL for name in NOTATIONS[scheme].split()}
    concepts = [vocabulary.concept(*pair) for pair in sorted(contract)]
    assert [concept for concept in concepts if concept is None or concept.iri not in styles] == []


def test_no_two_kinds_look_the_same(root: Path) -> None:
    looks = Counter((style.colour, style.shape) for style in read_ontology(root / "ontology").styles.values())
    assert [look for look, count in looks.items() if count > 1] == []


def test_colours_and_shapes_are_those_the_viewer_draws(root: Path, vocabulary: Vocabulary) -> None:
    styles = read_ontology(root / "ontology").styles
    wrong = [iri for iri, style in styles.items() if style.colour not in PALETTE]
    wrong += [iri for iri, style in styles.items() if style.shape not in (SHAPES if vocabulary.by_iri(iri) else LINES)]
    assert wrong == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_kinds_of_a_scheme_have_the_same_place(vocabulary: Vocabulary, scheme: str) -> None:
    assert [concept.order for concept in vocabulary.concepts(scheme)] == list(range(1, len(vocabulary.concepts(scheme)) + 1))
