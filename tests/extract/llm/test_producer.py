"""Asking about a document: what is sent, what is kept, when nothing is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ConfigError, InputError
from kg.extract import extract
from kg.extract.llm import LlmProducer, Told
from kg.extract.llm.server import Server
from kg.vocab.lexicon import Lexicon
from kg.vocab.reader import Ontology, read_ontology
from tests.extract.conftest import document
from tests.extract.llm.conftest import Answer, Stub

TEXT = "青川县法院的做法\n青川县法院与东海大学合作，服务企业186家。\n"
FACT = {"fact": "cooperation", "sentence": 1, "quote": "与东海大学合作", "participant": ["东海大学"]}
Ask = Callable[..., Told]


@pytest.fixture(scope="session")
def ontology(root: Path) -> Ontology:
    return read_ontology(root / "ontology")


@pytest.fixture
def ask(stub: Stub, ontology: Ontology, lexicon: Lexicon, tmp_path: Path) -> Iterator[Ask]:
    """Asks a new producer about a text; the answers are kept in one folder."""
    made: list[LlmProducer] = []

    def asked(text: str = TEXT, **settings: Any) -> Told:
        own = stub.settings(**settings)
        made.append(LlmProducer(own, ontology, tmp_path, Server(own, sleep=lambda seconds: None)))
        doc = document(text)
        return made[-1].produce(doc, extract(doc, lexicon), lexicon)

    yield asked
    for producer in made:
        producer.close()


def answering(stub: Stub, answer: Answer) -> None:
    stub.answer = lambda body: answer


def test_numbered_sentences_go_out_and_grounded_candidates_come_back(ask: Ask, stub: Stub) -> None:
    answering(stub, json.dumps({"facts": [FACT, FACT, {**FACT, "participant": ["西山大学"]}]}))
    told = ask()
    (candidate,) = told.candidates
    assert candidate.rule.startswith("stub#") and candidate.one("participant").text == "东海大学"  # type: ignore[union-attr]
    assert told.counts == {"llm_questions": 1, "llm_tokens": 7, "llm_words_not_in_the_sentence": 1}
    (body,) = stub.bodies
    assert (body["model"], body["temperature"]) == ("stub", 0)
    assert body["messages"][1]["content"] == "0: 青川县法院的做法\n1: 青川县法院与东海大学合作，服务企业186家。"


def test_the_schema_of_the_answer_is_made_from_the_ontology(ask: Ask, stub: Stub, ontology: Ontology) -> None:
    ask()
    (body,) = stub.bodies
    mechanism, cooperation, outcome = body["response_format"]["json_schema"]["schema"]["properties"]["facts"]["items"]["anyOf"]
    assert mechanism["properties"]["kind"]["enum"] == [c.notation for c in ontology.vocabulary.concepts("mechanism-kind")]
    assert outcome["properties"]["kind"]["enum"] == [c.notation for c in ontology.vocabulary.concepts("outcome-kind")]
    assert cooperation["required"] == ["fact", "sentence", "quote", "participant"]
    comment = ontology.schema["https://w3id.org/coop-kg/ontology#participant"].comments["zh"]
    assert f"participant: {comment}" in body["messages"][0]["content"]


@pytest.mark.parametrize(("form", "sent"), [("object", {"type": "json_object"}), ("text", None)])
def test_a_server_that_knows_no_schema_is_asked_without(ask: Ask, stub: Stub, form: str, sent: object) -> None:
    ask(format=form)
    assert stub.bodies[0].get("response_format") == sent


def test_no_question_is_asked_twice(ask: Ask, stub: Stub) -> None:
    answering(stub, json.dumps({"facts": [FACT]}))
    first = ask()
    second = ask()
    assert (len(stub.bodies), second.candidates) == (1, first.candidates)
    assert second.counts == {}
    ask(model="another")
    assert len(stub.bodies) == 2


def test_a_long_report_goes_out_in_portions(ask: Ask, stub: Stub) -> None:
    ask(TEXT + "法院服务企业很多。" * 100)
    shown = [re.findall(r"^(\d+): ", body["messages"][1]["content"], re.MULTILINE) for body in stub.bodies]
    assert [len(numbers) for numbers in shown] == [40, 40, 22]
    assert [number for numbers in shown for number in numbers] == [str(number) for number in range(102)]


def test_a_text_without_a_report_is_not_asked_about(ask: Ask, stub: Stub) -> None:
    assert ask("今天天气很好。") == Told()
    assert stub.bodies == []


def test_the_budget_ends_the_asking_and_the_next_build_goes_on(ask: Ask, stub: Stub) -> None:
    text = TEXT + "法院服务企业很多。" * 100
    first = ask(text, requests=2)
    assert (first.counts["llm_questions"], len(stub.bodies)) == (2, 2)
    assert first.missing and "the budget of this build is used up" in first.missing.en
    second = ask(text, requests=2)
    assert (second.counts["llm_questions"], second.missing) == (1, None)


def test_a_server_that_does_not_answer_is_told_and_not_asked_for_the_rest_of_the_text(ask: Ask, stub: Stub) -> None:
    answering(stub, 404)
    told = ask(TEXT + "法院服务企业很多。" * 200)
    assert len(stub.bodies) == 1
    assert told.missing and told.candidates == []


def test_a_kept_answer_survives_a_server_that_is_gone(ask: Ask, stub: Stub) -> None:
    answering(stub, json.dumps({"facts": [FACT]}))
    ask()
    answering(stub, 404)
    assert (len(ask().candidates), ask().missing) == (1, None)


def test_an_answer_that_is_no_json_is_counted_and_kept(ask: Ask, stub: Stub) -> None:
    answering(stub, "I cannot do that. \ud800")
    assert ask().counts["llm_answers_not_json"] == 1
    assert (ask().counts["llm_answers_not_json"], len(stub.bodies)) == (1, 1)


def test_a_key_that_is_not_set_is_an_error(
    stub: Stub, ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STUB_KEY", raising=False)
    with pytest.raises(ConfigError, match="STUB_KEY is not set"):
        LlmProducer(stub.settings(key="STUB_KEY"), ontology, tmp_path)


def test_a_damaged_file_of_answers_is_named(stub: Stub, ontology: Ontology, tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(InputError, match=r"answers\.sqlite cannot be used"):
        LlmProducer(stub.settings(), ontology, tmp_path)
