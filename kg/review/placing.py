"""Finds the words of a decision in a document: offsets are never kept, they are looked up anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.model import Candidate, Document, Sentence, Slot
from kg.review.decisions import Decision, Words
from kg.review.identity import UNIT_ROLES

PRODUCER = "review"
RULE = "by-hand"
SURE = 1.0
BOUNDS = ("exactly", "at least", "more than", "nearly", "about")
_NEEDED = {
    "case": ("subject",),
    "unit": ("name",),
    "mechanism": ("name", "owner"),
    "cooperation": ("initiator", "participant"),
    "outcome": ("what", "owner"),
}
STATUS = {"accept": "accepted", "add": "accepted", "edit": "edited"}


class Placer:
    """Turns the decisions about one document into candidates with offsets.

    Args:
        document: the text.
        candidates: what was read in it: they tell cases apart, and what a short name stands for.
    """

    def __init__(self, document: Document, candidates: Sequence[Candidate]) -> None:
        self.text = document.text
        self._candidates = candidates
        self._known = {(_type(slot.role), slot.text): slot for candidate in candidates for slot in candidate.slots}

    def sentence(self, text: str) -> Sentence | None:
        """The sentence where it stands now, blanks and line ends aside; None if it does not."""
        found = _find(text, self.text)
        return Sentence(self.text[found[0] : found[1]], *found, index=-1, block=-1) if found else None

    def slot(self, words: Words, sentence: Sentence) -> Slot | None:
        """The words in the sentence, else in the document; None if they stand nowhere."""
        found = _find(words.text, sentence.text)
        start, end = (sentence.start + found[0], sentence.start + found[1]) if found else _find(words.text, self.text) or (0, 0)
        return self._filled(words, start, end) if end else None

    def elsewhere(self, words: Words, old: Slot) -> Slot:
        """The same role of another sentence: its own words stay, and now mean what the decision says."""
        return replace(self._filled(words, old.start, old.end), text=old.text, value=words.name)

    def _filled(self, words: Words, start: int, end: int) -> Slot:
        """What the decision leaves open is taken from the same words elsewhere in the document."""
        text = self.text[start:end]
        slot = Slot(words.role, text, start, end, words.value, words.kind, words.generic)
        known = self._known.get((_type(words.role), text))
        if known is None or (words.value and words.value != known.name):
            return slot
        generic = known.generic or words.generic
        return replace(slot, value=known.value, kind=words.kind or known.kind, generic=generic, alts=known.alts)

    def span(self, exact: str, sentence: Sentence) -> tuple[int, int] | None:
        """Offsets of the decisive words in their sentence."""
        found = _find(exact, sentence.text) if exact else None
        return (sentence.start + found[0], sentence.start + found[1]) if found else None

    def stated(self, decision: Decision) -> Candidate | None:
        """The candidate that a decision states by itself; None if its words do not all stand, or no case holds them."""
        sentence = self.sentence(decision.sentence)
        if sentence is None:
            return None
        placed = [self.slot(words, sentence) for words in decision.roles]
        slots = tuple(slot for slot in placed if slot is not None)
        case = self._new_case() if decision.kind == "case" else self._case_at(sentence.start)
        if len(slots) < len(placed) or case < 0:
            return None
        inside = [slot for slot in slots if sentence.start <= slot.start and slot.end <= sentence.end]
        if not decision.exact and not inside:
            return None
        start, end = self.span(decision.exact, sentence) or (min(s.start for s in inside), max(s.end for s in inside))
        if decision.kind != "case":
            slots = (*slots, *self._implied(decision.kind, slots, case))
        made = decision.action == "add"
        producer, rule = (PRODUCER, RULE) if made else (decision.producer or PRODUCER, decision.rule or RULE)
        kind, status = decision.kind, STATUS[decision.action]
        stated = Candidate(kind, case, slots, sentence, start, end, rule, producer, SURE, status)  # type: ignore[arg-type]
        return stated if whole(stated) else None

    def _implied(self, kind: str, slots: Iterable[Slot], case: int) -> tuple[Slot, ...]:
        """The unit that the case is about, where the decision names none for the leading role."""
        role = "initiator" if kind == "cooperation" else "owner"
        if any(slot.role == role for slot in slots):
            return ()
        subjects = next((c.all("subject") for c in self._candidates if c.kind == "case" and c.case == case), ())
        return tuple(replace(slot, role=role) for slot in subjects)

    def _case_at(self, start: int) -> int:
        """The case of what was read nearest before an offset, else of the first; -1 without any case."""
        before = [c for c in self._candidates if c.sentence.start <= start]
        nearest = max(before, key=lambda c: c.sentence.start, default=next(iter(self._candidates), None))
        return nearest.case if nearest else -1

    def _new_case(self) -> int:
        return max((c.case for c in self._candidates), default=-1) + 1


def decided(candidate: Candidate, status: str) -> Candidate:
    """A candidate that a person has confirmed."""
    return replace(candidate, status=status, confidence=SURE)  # type: ignore[arg-type]


def whole(candidate: Candidate) -> bool:
    """Whether a candidate has the roles that its kind needs, and numbers that are numbers."""
    if any(candidate.one(role) is None for role in _NEEDED[candidate.kind]):
        return False
    quantity, bound = candidate.one("quantity"), candidate.one("bound")
    number = quantity is None or re.fullmatch(r"-?\d+(\.\d+)?", quantity.name) is not None
    return number and (bound is None or bound.name in BOUNDS)


def _type(role: str) -> str:
    return "unit" if role in UNIT_ROLES else "mechanism" if role in ("name", "through") else role


def _find(words: str, text: str) -> tuple[int, int] | None:
    """Half-open place of the first occurrence, whatever blanks stand between the signs of either.

    >>> _find("甲 乙", "丙甲\\n乙丁")
    (1, 4)
    """
    at = text.find(words) if words else -1
    if at >= 0:
        return at, at + len(words)
    signs = [re.escape(sign) for sign in words if not sign.isspace()]
    match = re.search(r"\s*".join(signs), text) if signs else None
    return match.span() if match else None
