"""From a model's answer to candidates: every word must stand in the sentence that is named, else the fact is dropped.

The model gives no offsets. The quote is looked for in the sentence, the words of each slot in the quote and then in the
sentence; a number must be a whole number of the text with its measure word; a unit must end as units end or be known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.extract.llm.question import FIELDS, LISTS, NEEDED
from kg.extract.normalise import normalise
from kg.extract.numbers import Number, find_numbers
from kg.model import Candidate, Document, Sentence, Slot
from kg.vocab.lexicon import Lexicon
from kg.vocab.terms import MECHANISM_KIND, OUTCOME_KIND

PRODUCER = "llm"
CONFIDENCE = 0.5  # not measured: a reviewer's or another producer's word raises it
_UNIT_ROLES = ("initiator", "participant", "by", "owner", "subject", "name")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$)")


class Dropped(Exception):
    """A fact that is not taken; `reason` is the name that the ledger counts it by."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def facts_of(answer: str) -> list[Any]:
    """The facts of an answer, which may stand in a fence or between other words.

    Raises:
        Dropped: it is not the JSON that was asked for.

    >>> facts_of('Sure! ```json\\n{"facts": [1]}\\n```')
    [1]
    """
    start, end = answer.find("{"), answer.rfind("}")
    try:
        facts = json.loads(answer[start : end + 1])["facts"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Dropped("llm_answers_not_json") from None
    if not isinstance(facts, list):
        raise Dropped("llm_answers_not_json")
    return facts


class Grounding:
    """Turns the facts that a model named into candidates of one document.

    Args:
        document: whose text decides.
        sentences: those that the model was shown, by number.
        found: candidates of the rules: they tell the cases and what units are called.
        lexicon: kinds by head nouns, numbers with their measure words.
        rule: what the candidates name as the rule that read them.
    """

    def __init__(
        self, document: Document, sentences: Mapping[int, Sentence], found: Sequence[Candidate], lexicon: Lexicon, rule: str
    ) -> None:
        self._document = document
        self._plain = normalise(document.text)
        self._sentences = sentences
        self._lexicon = lexicon
        self._rule = rule
        self._cases = sorted((c for c in found if c.kind == "case"), key=lambda case: case.case)
        slots = [slot for c in found if c.kind != "mechanism" for slot in c.slots if slot.role in _UNIT_ROLES]
        self._units = {(slot.start, slot.end): slot for slot in slots}
        self._by_text = {slot.text: slot for slot in slots}

    def candidate(self, fact: Any) -> Candidate:
        """The candidate of one fact.

        Raises:
            Dropped: something in it does not stand in the text.
        """
        kind, sentence = self._form(fact)
        quote = self._span(fact["quote"], sentence.start, sentence.end, "llm_quotes_not_in_the_text")
        case = self._case(sentence)
        subject = case.all("subject")[0]
        make = {"mechanism": self._mechanism, "cooperation": self._cooperation, "outcome": self._outcome}[kind]
        slots = tuple(make(fact, sentence, quote, subject))
        return Candidate(kind, case.case, slots, sentence, *quote, self._rule, PRODUCER, CONFIDENCE)  # type: ignore[arg-type]

    def _form(self, fact: Any) -> tuple[str, Sentence]:
        """The kind of a fact and its sentence, if it has the form that was asked for."""
        if not isinstance(fact, dict) or fact.get("fact") not in FIELDS or not isinstance(fact.get("quote"), str):
            raise Dropped("llm_facts_malformed")
        kind = str(fact["fact"])
        for name in FIELDS[kind]:
            value = fact.get(name)
            listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
            if value is not None and not (listed if name in LISTS else isinstance(value, str)):
                raise Dropped("llm_facts_malformed")
        number = fact.get("sentence")
        if not isinstance(number, int) or isinstance(number, bool) or not all(fact.get(name) for name in NEEDED[kind]):
            raise Dropped("llm_facts_malformed")
        if number not in self._sentences:
            raise Dropped("llm_quotes_not_in_the_text")
        return kind, self._sentences[number]

    def _case(self, sentence: Sentence) -> Candidate:
        """The report that a sentence belongs to: the last one that begins before it."""
        if not self._cases:
            raise Dropped("llm_facts_outside_any_case")
        begun = [case for case in self._cases if min(slot.start for slot in case.slots) <= sentence.start]
        return begun[-1] if begun else self._cases[0]

    # -- words

    def _span(self, words: str, start: int, end: int, reason: str) -> tuple[int, int]:
        """Where words stand in text[start:end]; signs that mean the same count as the same."""
        wanted = normalise(words.strip())
        at = self._plain.find(wanted, start, end) if wanted else -1
        if at < 0:
            raise Dropped(reason)
        return at, at + len(wanted)

    def _slot(self, role: str, words: str, sentence: Sentence, quote: tuple[int, int]) -> Slot:
        try:
            start, end = self._span(words, *quote, "")
        except Dropped:
            start, end = self._span(words, sentence.start, sentence.end, "llm_words_not_in_the_sentence")
        return Slot(role, self._document.text[start:end], start, end)

    def _unit(self, role: str, words: str, sentence: Sentence, quote: tuple[int, int], subject: Slot) -> Slot:
        """A unit as the rules know it, else by its own words if they end as units do; 该院 is the subject or nobody."""
        slot = self._slot(role, words, sentence, quote)
        around = (known for (a, b), known in self._units.items() if a <= slot.start and slot.end <= b)
        known = next(around, None) or self._by_text.get(slot.text)
        if known is not None:
            start, end = (known.start, known.end) if known.start <= slot.start < known.end else (slot.start, slot.end)
            return Slot(role, self._document.text[start:end], start, end, known.name, known.kind, known.generic, known.alts)
        units = self._lexicon.units
        if any(slot.start == start and end == slot.end for _, start, end in units.deixis_in(self._plain, slot.start, slot.end)):
            if subject.name.endswith((slot.text, slot.text[1:])):
                return Slot(role, slot.text, slot.start, slot.end, subject.name, subject.kind, subject.generic, subject.alts)
            raise Dropped("llm_words_that_name_no_unit")
        kind = units.kind_of(slot.text)
        if not kind or (slot.text in units.heads and slot.text not in units.generic_heads):
            raise Dropped("llm_words_that_name_no_unit")
        generic = slot.text in units.generic_heads
        return Slot(role, slot.text, slot.start, slot.end, kind=kind, generic=generic)

    def _year(self, fact: Mapping[str, Any], sentence: Sentence, quote: tuple[int, int]) -> Iterator[Slot]:
        if fact.get("year"):
            slot = self._slot("year", fact["year"], sentence, quote)
            year = _YEAR.match(self._plain, slot.start)
            if year is None or (slot.start and self._plain[slot.start - 1].isdigit()):
                raise Dropped("llm_words_not_in_the_sentence")
            yield Slot("year", self._document.text[slot.start : year.end()], slot.start, year.end(), year[0])

    # -- facts

    def _mechanism(self, fact: Mapping[str, Any], sentence: Sentence, quote: tuple[int, int], subject: Slot) -> Iterator[Slot]:
        slot = self._slot("name", fact["name"], sentence, quote)
        yield self._named(slot, str(fact.get("kind") or ""))
        yield replace(subject, role="owner")

    def _named(self, slot: Slot, kind: str) -> Slot:
        """A mechanism's name with its kind: that of its head noun, else the one that the model chose."""
        words = self._lexicon.mechanisms
        head = words.head_at_end(slot.text.rstrip("”》"))
        chosen = kind if self._lexicon.vocabulary.concept(MECHANISM_KIND, kind) else ""
        by_head = words.heads.get(head, "")
        if not (by_head or chosen) or head == slot.text:  # a bare head noun names nothing
            raise Dropped("llm_words_that_name_no_mechanism")
        return Slot("name", slot.text, slot.start, slot.end, normalise(slot.text), by_head or chosen)

    def _cooperation(self, fact: Mapping[str, Any], sentence: Sentence, quote: tuple[int, int], subject: Slot) -> Iterator[Slot]:
        initiators = [self._unit("initiator", words, sentence, quote, subject) for words in fact.get("initiator") or ()]
        yield from initiators or [replace(subject, role="initiator")]
        for words in fact["participant"]:
            yield self._unit("participant", words, sentence, quote, subject)
        for words in fact.get("through") or ():
            slot = self._slot("through", words, sentence, quote)
            yield Slot("through", slot.text, slot.start, slot.end, normalise(slot.text))
        yield from self._year(fact, sentence, quote)

    def _outcome(self, fact: Mapping[str, Any], sentence: Sentence, quote: tuple[int, int], subject: Slot) -> Iterator[Slot]:
        what = self._slot("what", fact["what"], sentence, quote)
        kind = str(fact.get("kind") or "")
        if self._lexicon.vocabulary.concept(OUTCOME_KIND, kind) is None:
            kind = "count" if fact.get("number") else "qualitative"
        yield Slot("what", what.text, what.start, what.end, kind=kind)
        if fact.get("number"):
            yield from self._number(fact, sentence, quote)
        yield from self._year(fact, sentence, quote)
        for words in fact.get("by") or ():
            yield self._unit("by", words, sentence, quote, subject)
        yield replace(subject, role="owner")

    def _number(self, fact: Mapping[str, Any], sentence: Sentence, quote: tuple[int, int]) -> Iterator[Slot]:
        """A number of the text as our own reading of numbers has it: all its digits, its bound, its measure word."""
        digits = normalise(fact["number"].strip())
        numbers = find_numbers(self._plain[sentence.start : sentence.end], self._lexicon.outcomes)
        same = [number for number in numbers if self._is(number, digits, sentence.start)]
        inside = [n for n in same if quote[0] <= sentence.start + n.core < quote[1]]
        number = next(iter(inside or same), None)
        measure = fact.get("unit")
        if number is None or (measure and normalise(measure.strip()) != number.measure):
            raise Dropped("llm_numbers_not_in_the_text")
        start, end = sentence.start + number.core, sentence.start + number.after
        yield Slot("quantity", self._document.text[start:end], start, end, number.plain)
        start, end = sentence.start + number.start, sentence.start + number.end
        yield Slot("bound", self._document.text[start:end], start, end, number.bound)
        at = self._plain.rfind(number.measure, sentence.start + number.core, sentence.start + number.after)
        if number.measure and at >= 0:
            yield Slot("unit", self._document.text[at : at + len(number.measure)], at, at + len(number.measure))

    def _is(self, number: Number, digits: str, offset: int) -> bool:
        """Whether `digits` are all the digits of a number, with or without the measure word behind them."""
        whole = self._plain[offset + number.core : offset + number.after]
        return digits in (whole, whole.removesuffix(number.measure))
