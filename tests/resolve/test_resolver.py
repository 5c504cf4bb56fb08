"""From candidates to facts: identity, merging, evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.rules import RulesProducer
from kg.ids import Ids
from kg.model import Case, Cooperation, Document, Fact, Mechanism, Outcome, Unit
from kg.resolve import Resolver
from kg.vocab.lexicon import Lexicon
from kg.vocab.lexicon_reader import read_lexicon
from kg.vocab.reader import read_ontology
from tests.extract.conftest import document

TEXT = (
    "北京市海淀区检察院第一检察部党支部\n守护平安\n打造“甲乙石”品牌。与高校、吴中区图书馆签订共建协议书，服务读者3200人次。"
    "擦亮“甲乙石”品牌。该院获评“全市先进集体”。"
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(read_ontology(Path(__file__).resolve().parents[2] / "ontology"))


def facts_of(lexicon: Lexicon, text: str, resolver: Resolver | None = None) -> list[Fact]:
    doc: Document = document(text)
    return (resolver or Resolver(lexicon, Ids())).facts(doc, RulesProducer(lexicon).produce(doc))


def units(facts: list[Fact]) -> dict[str, Unit]:
    return {fact.label: fact for fact in facts if isinstance(fact, Unit)}


def test_unit_is_its_shortest_unambiguous_name_with_the_others_beside(lexicon: Lexicon) -> None:
    unit = units(facts_of(lexicon, TEXT))["海淀区检察院第一检察部党支部"]
    assert "北京市海淀区检察院第一检察部党支部" in unit.alts
    assert (unit.level, unit.kind) == ("county", "party_branch")
    assert unit.roles == {"branch"}


def test_part_knows_the_body_above_it(lexicon: Lexicon) -> None:
    found = units(facts_of(lexicon, TEXT))
    assert found["海淀区检察院第一检察部党支部"].parent == found["海淀区检察院第一检察部"].iri
    assert found["海淀区检察院第一检察部"].parent == found["海淀区检察院"].iri


def test_generic_partner_belongs_to_its_case(lexicon: Lexicon) -> None:
    facts = facts_of(lexicon, TEXT)
    case = next(fact for fact in facts if isinstance(fact, Case))
    university = units(facts)["高校"]
    assert university.generic
    assert university.case == case.iri
    assert university.iri != Ids().unit("高校")


def test_two_statements_of_a_mechanism_are_one_fact_with_two_sentences(lexicon: Lexicon) -> None:
    found = [fact for fact in facts_of(lexicon, TEXT) if isinstance(fact, Mechanism) and "甲乙石" in fact.label]
    assert [fact.label for fact in found] == ["“甲乙石”品牌"]
    assert [item.quote for item in found[0].provenance.evidence] == ["打造“甲乙石”品牌。", "擦亮“甲乙石”品牌。"]


def test_cooperation_links_units_mechanism_and_outcome(lexicon: Lexicon) -> None:
    facts = facts_of(lexicon, TEXT)
    found = units(facts)
    mechanism = next(f for f in facts if isinstance(f, Mechanism) and f.label == "共建协议书")
    outcome = next(f for f in facts if isinstance(f, Outcome) and f.quantity == 3200)
    cooperation = next(f for f in facts if isinstance(f, Cooperation))
    assert cooperation.initiators == (found["海淀区检察院第一检察部党支部"].iri,)
    assert set(cooperation.participants) == {found["高校"].iri, found["吴中区图书馆"].iri}
    assert cooperation.through == (mechanism.iri,)
    assert cooperation.yields == (outcome.iri,)


def test_evidence_stands_at_its_offsets(lexicon: Lexicon) -> None:
    for fact in facts_of(lexicon, TEXT):
        if isinstance(fact, Mechanism | Cooperation | Outcome):
            for item in fact.provenance.evidence:
                assert TEXT[item.start : item.end] == item.exact
                assert item.exact in item.quote


def test_same_text_gives_the_same_facts(lexicon: Lexicon) -> None:
    assert facts_of(lexicon, TEXT) == facts_of(lexicon, TEXT)


def test_spellings_of_one_name_are_one_unit(lexicon: Lexicon) -> None:
    resolver = Resolver(lexicon, Ids())
    first = units(facts_of(lexicon, "临川区人民检察院\n标题\n设立“先锋示范岗”。", resolver))
    second = units(facts_of(lexicon, "江西省抚州市临川区检察院\n标题\n设立“先锋示范岗”。", resolver))
    assert {u.iri for u in first.values()} & {u.iri for u in second.values()}


def test_same_name_in_two_counties_is_two_units(lexicon: Lexicon) -> None:
    found = units(facts_of(lexicon, "临川区税务局\n标题\n与吴中区第一小学、临川区第一小学签订共建协议书。"))
    assert found["吴中区第一小学"].iri != found["临川区第一小学"].iri


def test_county_whose_name_is_not_unique_keeps_its_city(lexicon: Lexicon) -> None:
    found = units(facts_of(lexicon, "北京市朝阳区税务局\n标题\n设立“先锋示范岗”。"))
    assert "北京市朝阳区税务局" in found
