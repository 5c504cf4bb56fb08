"""Puts documents to a language model within a budget and grounds what it answers."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.config import Llm
from kg.errors import ConfigError, Text
from kg.extract.llm.answers import Answers
from kg.extract.llm.ground import Dropped, Grounding, facts_of
from kg.extract.llm.question import Questions
from kg.extract.llm.server import NoReply, Server
from kg.extract.normalise import normalise
from kg.extract.segment import sentences
from kg.model import Candidate, Document
from kg.vocab.lexicon import Lexicon
from kg.vocab.reader import Ontology

_GIVE_UP = 3  # questions without an answer, one after another, after which none is asked any more


@dataclass(slots=True)
class Told:
    """What a model said of a document.

    Attributes:
        candidates: those that stand in the text, in the order of the answers.
        counts: of questions, and of what was dropped by reason, for the ledger.
        missing: why some question has no answer; None when all have one.
    """

    candidates: list[Candidate] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    missing: Text | None = None


class LlmProducer:
    """Asks the model of `settings`; several threads may call it at once.

    Args:
        settings: server, model and budget.
        ontology: what is asked for.
        folder: where answers are kept.
        server: answers; None makes it from the settings.

    Raises:
        ConfigError: the settings name a variable for the key that is not set.
    """

    name = "llm"

    def __init__(self, settings: Llm, ontology: Ontology, folder: Path, server: Server | None = None) -> None:
        self._settings = settings
        self._questions = Questions(settings, ontology)
        self._server = server or Server(settings, _key(settings))
        self._answers = Answers(folder)
        self._guard = threading.Lock()
        self._asked = self._failed = 0

    def close(self) -> None:
        """Ends the use of the kept answers."""
        self._answers.close()

    def produce(self, document: Document, found: Sequence[Candidate], lexicon: Lexicon) -> Told:
        """What the model says of a text in which the rules found a report; of other documents nothing is asked.

        Args:
            document: a text, a table or RDF.
            found: its candidates by the rules.
            lexicon: what those were read with; it grounds the answers.
        """
        told = Told()
        if document.rows or not any(candidate.kind == "case" for candidate in found):
            return told
        shown = sentences(document, normalise(document.text))
        rule = f"{self._settings.model}#{self._questions.digest}"
        grounding = Grounding(document, {sentence.index: sentence for sentence in shown}, found, lexicon, rule)
        for question in self._questions.of(shown):
            answer = self._answer(question, told)
            if answer is not None:
                _ground(answer, grounding, told)
        told.candidates = list(dict.fromkeys(told.candidates))
        return told

    def _answer(self, question: bytes, told: Told) -> str | None:
        kept = self._answers.get(question)
        if kept is not None:
            return kept
        told.missing = self._refusal() or told.missing
        if told.missing:
            return None
        told.counts["llm_questions"] += 1
        try:
            content, tokens = self._server.ask(question)
        except NoReply as error:
            self._count_failure(1)
            told.missing = Text(f"the language model gave no answer: {error}", f"语言模型没有回答：{error}")
            return None
        self._count_failure(0)
        told.counts["llm_tokens"] += tokens
        self._answers.put(question, content)
        return content

    def _refusal(self) -> Text | None:
        """Why no question may be asked now; None counts one more."""
        with self._guard:
            if self._failed >= _GIVE_UP:
                return Text("the language model was not asked: it gave no answers before", "未向语言模型提问：此前多次没有回答")
            if self._asked >= self._settings.requests:
                return Text(
                    "the language model was not asked: the budget of this build is used up; the next one goes on",
                    "未向语言模型提问：本次构建的提问数已用完，下次构建将继续",
                )
            self._asked += 1
            return None

    def _count_failure(self, failed: int) -> None:
        with self._guard:
            self._failed = self._failed + 1 if failed else 0


def _ground(answer: str, grounding: Grounding, told: Told) -> None:
    try:
        facts = facts_of(answer)
    except Dropped as dropped:
        told.counts[dropped.reason] += 1
        return
    for fact in facts:
        try:
            told.candidates.append(grounding.candidate(fact))
        except Dropped as dropped:
            told.counts[dropped.reason] += 1


def _key(settings: Llm) -> str:
    if not settings.key:
        return ""
    key = os.environ.get(settings.key, "")
    if not key:
        raise ConfigError(
            Text(f"the environment variable {settings.key} is not set", f"没有设置环境变量 {settings.key}"),
            Text("put the key of the language model's server into it", "请将语言模型服务的密钥放入其中"),
        )
    return key
