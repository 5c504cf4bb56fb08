"""Only what stands in the text becomes a candidate; what does not is counted by its reason."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract import extract
from kg.extract.llm.ground import Dropped, Grounding, facts_of
from kg.extract.normalise import normalise
from kg.extract.segment import sentences
from kg.model import Candidate, Document
from kg.vocab.lexicon import Lexicon
from tests.extract.conftest import document

TEXT = (
    "青川县法院的做法\n"
    "青川县法院创建“同心”平台，与东海大学合作，服务企业186家。\n"
    "2024年，该院会同白水县税务局、清河县图书馆开展活动86场，占比60%以上，被省高院推广。该局表示满意。\n"
)


@pytest.fixture
def doc() -> Document:
    return document(TEXT)


@pytest.fixture
def ground(doc: Document, lexicon: Lexicon) -> Grounding:
    shown = {sentence.index: sentence for sentence in sentences(doc, normalise(doc.text))}
    return Grounding(doc, shown, extract(doc, lexicon), lexicon, "stub#1")


def cooperation(**changes: Any) -> dict[str, Any]:
    fact = {"fact": "cooperation", "sentence": 1, "quote": "与东海大学合作", "participant": ["东海大学"]}
    return {name: value for name, value in {**fact, **changes}.items() if value is not None}


def outcome(**changes: Any) -> dict[str, Any]:
    fact = {"fact": "outcome", "sentence": 1, "quote": "服务企业186家", "what": "企业", "number": "186", "unit": "家"}
    return {name: value for name, value in {**fact, **changes}.items() if value is not None}


def words(candidate: Candidate) -> dict[str, str]:
    return {slot.role: slot.name for slot in candidate.slots}


def test_a_cooperation_gets_its_offsets_from_the_text_and_its_initiator_from_the_case(ground: Grounding, doc: Document) -> None:
    found = ground.candidate(cooperation(through=["“同心”平台"]))
    assert words(found) == {"initiator": "青川县法院", "participant": "东海大学", "through": "“同心”平台"}
    assert doc.text[found.start : found.end] == "与东海大学合作"
    assert all(doc.text[slot.start : slot.end] == slot.text for slot in found.slots)
    assert (found.producer, found.rule, found.confidence, found.case) == ("llm", "stub#1", 0.5, 0)


def test_a_mechanism_has_the_kind_of_its_head_noun_whatever_the_model_chose(ground: Grounding) -> None:
    fact = {"fact": "mechanism", "sentence": 1, "quote": "创建“同心”平台", "name": "“同心”平台", "kind": "brand"}
    slot = ground.candidate(fact).one("name")
    assert slot is not None and (slot.text, slot.kind) == ("“同心”平台", "platform")


def test_a_number_is_read_as_our_own_reading_of_numbers_has_it(ground: Grounding) -> None:
    found = words(ground.candidate(outcome()))
    assert found == {"what": "企业", "quantity": "186", "bound": "exactly", "unit": "家", "owner": "青川县法院"}
    rate = outcome(sentence=2, quote="占比60%以上", what="占比", number="60%", unit="%", year="2024", kind="rate")
    found = words(ground.candidate(rate))
    assert (found["quantity"], found["bound"], found["year"]) == ("60", "at least", "2024")


def test_a_short_form_that_the_rules_know_is_the_unit_that_it_stands_for(ground: Grounding) -> None:
    fact = cooperation(sentence=2, quote="该院会同白水县税务局", initiator=["该院"], participant=["白水县税务局"])
    assert words(ground.candidate(fact))["initiator"] == "青川县法院"


def test_a_short_form_that_fits_nobody_is_dropped(ground: Grounding) -> None:
    with pytest.raises(Dropped, match="no_unit"):
        ground.candidate(outcome(sentence=3, quote="该局表示满意", what="满意", number=None, unit=None, by=["该局"]))


def test_signs_that_mean_the_same_count_as_the_same(ground: Grounding) -> None:
    assert words(ground.candidate(cooperation(quote="创建「同心」平台,与东海大学合作")))["participant"] == "东海大学"


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (cooperation(quote="和东海大学开展合作"), "llm_quotes_not_in_the_text"),
        (cooperation(sentence=2), "llm_quotes_not_in_the_text"),
        (cooperation(sentence=99), "llm_quotes_not_in_the_text"),
        (cooperation(sentence=-1), "llm_quotes_not_in_the_text"),
        (cooperation(participant=["东海大学", "西山大学"]), "llm_words_not_in_the_sentence"),
        (cooperation(participant=["白水县税务局"]), "llm_words_not_in_the_sentence"),
        (cooperation(participant=["合作"]), "llm_words_that_name_no_unit"),
        (cooperation(through=["“连心”平台"]), "llm_words_not_in_the_sentence"),
        (cooperation(year="2024"), "llm_words_not_in_the_sentence"),
        (cooperation(year="186"), "llm_words_not_in_the_sentence"),
        (outcome(number="187"), "llm_numbers_not_in_the_text"),
        (outcome(number="86"), "llm_numbers_not_in_the_text"),
        (outcome(number="18"), "llm_numbers_not_in_the_text"),
        (outcome(unit="户"), "llm_numbers_not_in_the_text"),
        (outcome(what="群众"), "llm_words_not_in_the_sentence"),
        (outcome(by=["最高法"]), "llm_words_not_in_the_sentence"),
        ({"fact": "mechanism", "sentence": 1, "quote": "服务企业", "name": "服务"}, "llm_words_that_name_no_mechanism"),
        (cooperation(participant="东海大学"), "llm_facts_malformed"),
        (cooperation(participant=[]), "llm_facts_malformed"),
        (cooperation(participant=[3]), "llm_facts_malformed"),
        (cooperation(sentence="1"), "llm_facts_malformed"),
        (cooperation(sentence=True), "llm_facts_malformed"),
        (cooperation(quote=None), "llm_facts_malformed"),
        (cooperation(quote=""), "llm_quotes_not_in_the_text"),
        (cooperation(fact="unit"), "llm_facts_malformed"),
        ("与东海大学合作", "llm_facts_malformed"),
        (None, "llm_facts_malformed"),
    ],
)
def test_what_does_not_stand_in_the_text_is_dropped(ground: Grounding, fact: Any, reason: str) -> None:
    with pytest.raises(Dropped) as dropped:
        ground.candidate(fact)
    assert dropped.value.reason == reason


def test_without_a_report_nothing_is_taken(doc: Document, lexicon: Lexicon) -> None:
    shown = {sentence.index: sentence for sentence in sentences(doc, doc.text)}
    with pytest.raises(Dropped, match="outside_any_case"):
        Grounding(doc, shown, [], lexicon, "r").candidate(cooperation())


BROKEN = ["", "none", "{", '{"facts": 3}', "[]", '{"fact": []}', '{"facts": [}', "{" * 5000 + "}" * 5000]


@pytest.mark.parametrize("answer", BROKEN)
def test_an_answer_that_is_not_the_json_asked_for_is_dropped(answer: str) -> None:
    with pytest.raises(Dropped) as dropped:
        facts_of(answer)
    assert dropped.value.reason == "llm_answers_not_json"
