"""Which unit the words stand for."""

from __future__ import annotations

import pytest

from kg.extract.coreference import Coreference
from kg.model import Mention
from kg.vocab.lexicon import Lexicon

SUBJECT = "北京市海淀区检察院第一检察部党支部"


def named(text: str, rule: str = "head", generic: bool = False) -> Mention:
    return Mention(text, 0, len(text), "" if rule in ("this-body", "bare-head") else text, "unit", "", generic, rule)


@pytest.fixture
def coreference(lexicon: Lexicon) -> Coreference:
    names = [SUBJECT, "临川区税务局", "江西省抚州市临川区税务局", "潭中人民医院"]
    return Coreference(SUBJECT, names, lexicon.units)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        (named("该院", "this-body"), "北京市海淀区检察院"),
        (named("党支部", "bare-head"), SUBJECT),
        (named("医院", "bare-head"), "潭中人民医院"),
        (named("临川区税务局"), "江西省抚州市临川区税务局"),
        (named("第二检察部党支部"), "北京市海淀区检察院第二检察部党支部"),
        (named("医院党委"), "潭中人民医院党委"),
        (named("市检察院", generic=True), "北京市检察院"),
    ],
)
def test_full_name(coreference: Coreference, mention: Mention, name: str) -> None:
    assert coreference.resolve(mention).name == name


def test_bare_head_of_a_body_that_is_not_named_is_generic(coreference: Coreference) -> None:
    assert coreference.resolve(named("学校", "bare-head")).generic


def test_body_above_stands_for_the_subject(coreference: Coreference) -> None:
    assert coreference.is_subject(coreference.resolve(named("海淀区检察院")))
    assert not coreference.is_subject(coreference.resolve(named("临川区税务局")))
