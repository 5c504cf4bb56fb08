"""Concepts are found by notation, IRI and words."""

from __future__ import annotations

import pytest

from kg.vocab.vocabulary import Concept, Vocabulary

BASE = "https://w3id.org/coop-kg/ontology/unit-kind/"
COURT = Concept(BASE + "court", "court", "unit-kind", {"zh": "法院", "en": "court"}, ("法院", "人民法院"), order=2)
JUSTICE = Concept(BASE + "justice", "justice", "unit-kind", {"zh": "司法", "en": "justice"}, ("司法", "法庭", "court"), order=1)
JOINT = Concept("https://example.org/k/joint_body", "joint_body", "mechanism-kind", {"en": "joint body"}, order=1)
VOCABULARY = Vocabulary([COURT, JUSTICE, JOINT])


def test_concepts_stand_in_their_order() -> None:
    assert VOCABULARY.concepts("unit-kind") == (JUSTICE, COURT)


def test_an_unknown_scheme_has_no_concepts() -> None:
    assert VOCABULARY.concepts("colour") == ()


def test_a_concept_is_found_by_notation() -> None:
    assert VOCABULARY.concept("unit-kind", "court") is COURT


def test_a_notation_of_another_scheme_is_not_found() -> None:
    assert VOCABULARY.concept("mechanism-kind", "court") is None


def test_a_concept_is_found_by_iri() -> None:
    assert VOCABULARY.by_iri(BASE + "court") is COURT


@pytest.mark.parametrize("text", ["court", "Court", "法院", " 人民法院 ", "ｃｏｕｒｔ"])
def test_a_table_may_name_a_kind_by_any_of_its_words(text: str) -> None:
    assert VOCABULARY.by_label("unit-kind", text) is COURT


def test_a_notation_may_be_written_with_a_space() -> None:
    assert VOCABULARY.by_label("mechanism-kind", "Joint Body") is JOINT


def test_an_unknown_word_names_no_kind() -> None:
    assert VOCABULARY.by_label("unit-kind", "天文台") is None


def test_a_label_falls_back_to_another_language() -> None:
    assert VOCABULARY.label(JOINT.iri, "zh") == "joint body"


def test_an_unknown_iri_is_shown_by_its_local_name() -> None:
    assert VOCABULARY.label("https://example.org/x#y", "zh") == "y"
