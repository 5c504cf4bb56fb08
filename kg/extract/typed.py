"""What a person typed for a role, as the grammar understands it: the kind of a name, the value of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.normalise import normalise
from kg.extract.numbers import find_numbers
from kg.review.decisions import Words
from kg.review.identity import UNIT_ROLES
from kg.vocab.lexicon import Lexicon

MEANS = "="
"""Parts words of the text from what they stand for, where a person says both."""
KIND_OF_BODY = "*"
"""What words stand for that name a kind of body, not one body."""


def typed(role: str, text: str, lexicon: Lexicon, known: Sequence[Words] = ()) -> list[Words]:
    """The words of one role, with the roles that follow from them (a number has a bound and a measure).

    Args:
        role: as in `Candidate`.
        text: words of the document, or "words=what they stand for" ("words=*": a kind of body).
        lexicon: knows heads and numbers.
        known: what filled the role before: the same words keep their meaning.
    """
    said = text.strip()
    for old in known:
        if old.role == role and said in (old.text, f"{old.text}{MEANS}{old.name}"):
            return [old]
    words, _, meaning = (part.strip() for part in said.partition(MEANS))
    if role == "quantity":
        return _number(words, meaning, lexicon)
    if role == "year":
        digits = re.search(r"\d{4}", normalise(meaning or words))
        return [Words(role, words, digits[0] if digits else meaning)]
    if meaning == KIND_OF_BODY:
        return [Words(role, words, "", _kind(role, words, lexicon)[0], generic=True)]
    return [Words(role, words, meaning, *_kind(role, meaning or words, lexicon))]


def _kind(role: str, name: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The kind that a name's head tells, and whether it names a kind of body only."""
    if role in ("name", "through"):
        words = lexicon.mechanisms
        return words.heads.get(words.head_at_end(name.rstrip("”》")), "mechanism"), False
    if role in UNIT_ROLES:
        known = lexicon.units.known.get(name)
        return (known.kind if known else lexicon.units.kind_of(name)), name in lexicon.units.generic_heads
    return "", False


def _number(words: str, meaning: str, lexicon: Lexicon) -> list[Words]:
    numbers = find_numbers(normalise(words), lexicon.outcomes)
    if meaning or not numbers:
        digits = re.search(r"\d+(?:\.\d+)?", normalise(words).replace(",", ""))
        return [Words("quantity", words, meaning or (digits[0] if digits else "")), Words("bound", words, "exactly")]
    number = numbers[0]
    unit = [Words("unit", words, number.measure)] if number.measure else []
    return [Words("quantity", words, number.plain), Words("bound", words, number.bound), *unit]
