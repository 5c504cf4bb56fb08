"""Every rule of the grammar is proved by its own example, every kind of the vocabulary by its example sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.normalise import normalise
from kg.vocab.lexicon import Lexicon, Rule
from kg.vocab.lexicon_reader import read_lexicon
from kg.vocab.reader import read_ontology
from kg.vocab.terms import MECHANISM_KIND, UNIT_KIND
from tests.extract.conftest import Read, cooperations, mechanisms

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = read_ontology(ROOT / "ontology")
LEXICON = read_lexicon(ONTOLOGY)


@pytest.mark.parametrize("rule", LEXICON.frames, ids=lambda rule: rule.id)
def test_frame_finds_the_partners_of_its_example(rule: Rule, read: Read) -> None:
    candidates = [c for c in read(rule.example) if c.kind == "cooperation"]
    assert rule.gives
    assert {slot.text for c in candidates for slot in c.all("participant")} == set(rule.gives)


@pytest.mark.parametrize("rule", LEXICON.frames, ids=lambda rule: rule.id)
def test_frame_fits_its_own_example(rule: Rule, lexicon: Lexicon) -> None:
    from kg.extract.frames import mask
    from kg.extract.mechanisms import find_mechanisms
    from kg.extract.tokens import Tokenizer
    from kg.extract.units import UnitFinder

    plain = normalise(rule.example)
    tokens = Tokenizer(lexicon.words, lexicon.heads()).cut(plain)
    mechanism = find_mechanisms(plain, tokens, lexicon.mechanisms)
    units = [
        u
        for u in UnitFinder(lexicon.units).find(plain, tokens)
        if not any(m.start < u.end and u.start < m.end for m in mechanism)
    ]
    masked = mask(plain, 0, len(plain), sorted([*units, *mechanism], key=lambda m: m.start), set())
    assert rule.pattern.search(masked.text)


@pytest.mark.parametrize("rule", [*LEXICON.units.deixis, *LEXICON.units.aliases], ids=lambda rule: rule.id)
def test_unit_rule_fits_its_example(rule: Rule) -> None:
    assert rule.pattern.search(normalise(rule.example))


@pytest.mark.parametrize("kind", list(ONTOLOGY.vocabulary.concepts(MECHANISM_KIND)), ids=lambda c: c.notation)
def test_mechanism_kind_is_read_in_its_example(kind, read: Read) -> None:  # type: ignore[no-untyped-def]
    assert kind.examples
    for example in kind.examples:
        assert kind.notation in mechanisms(read(example)).values()


@pytest.mark.parametrize("kind", list(ONTOLOGY.vocabulary.concepts(UNIT_KIND)), ids=lambda c: c.notation)
def test_unit_kind_is_read_in_its_example(kind, lexicon: Lexicon) -> None:  # type: ignore[no-untyped-def]
    from kg.extract.tokens import Tokenizer
    from kg.extract.units import UnitFinder

    for example in kind.examples:
        plain = normalise(example)
        tokens = Tokenizer(lexicon.words, lexicon.heads()).cut(plain)
        assert kind.notation in {m.kind for m in UnitFinder(lexicon.units).find(plain, tokens)}


def test_examples_of_frames_name_invented_bodies_only() -> None:
    assert all(rule.example[0] in "甲乙丙该由在" for rule in LEXICON.frames)
    assert cooperations([]) == []
