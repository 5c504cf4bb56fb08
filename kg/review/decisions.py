"""Decisions of reviewers: what each says, how it stands in a line of JSON, and which of them are in force.

Nothing is ever changed or taken out: undoing is one more decision. The order of lines means nothing, so that files of
several people can be put together line by line; of two decisions about the same thing the later one holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from kg.ids import digest
from kg.model import Candidate, Slot
from kg.review.identity import candidate_id, fact_id, plain

ACTIONS = ("accept", "reject", "edit", "add", "merge", "split", "undo")
FACTS = ("case", "unit", "mechanism", "cooperation", "outcome")
UNITS = "unit"
_OF_FACTS = ("accept", "reject", "edit", "add")
_STATING = ("accept", "edit", "add")


@dataclass(frozen=True, slots=True)
class Words:
    """What fills a role in a decision: words of the text, and what they stand for where the words alone do not say it.

    Attributes:
        role: as in `Candidate`.
        text: the words as they stand in the document.
        value: normalised value or full name; "" means the words themselves.
        kind: notation in the vocabulary; "" leaves it to the rules.
        generic: of a unit: a kind of body, not one body.
    """

    role: str
    text: str
    value: str = ""
    kind: str = ""
    generic: bool = False

    @property
    def name(self) -> str:
        return self.value or self.text

    @classmethod
    def of(cls, slot: Slot) -> Words:
        """The words of a candidate's slot."""
        value = "" if slot.value == slot.text else slot.value
        return cls(slot.role, slot.text, value, slot.kind, slot.generic)


Roles = Mapping[str, tuple[Words, ...]]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of decisions.jsonl.

    Attributes:
        action: one of ACTIONS.
        id: what it is about: a candidate, a pair of units, or (undo) the decision that it takes back, by its `key`.
        document: `Document.id` of the source; "" for units of all documents.
        kind: kind of fact.
        sentence: the sentence that proves the fact.
        exact: the words in it that state the fact; "" leaves them.
        slots: edit: the roles that are filled otherwise (an empty one is cleared); add: all roles.
        was: the roles as the reviewer saw them, so that the fact can be told, and stated again, without its candidate.
        units: merge: names that are one unit, the one to keep first (reject: that are not); split: a name, and what it
            is to be called in `document`.
        producer, rule: who had read it, for the quality report.
        by, at, note: who decided, when (ISO 8601), and why.
    """

    action: str
    id: str = ""
    document: str = ""
    kind: str = ""
    sentence: str = ""
    exact: str = ""
    slots: Roles = field(default_factory=dict)
    was: Roles = field(default_factory=dict)
    units: tuple[str, ...] = ()
    producer: str = ""
    rule: str = ""
    by: str = ""
    at: str = ""
    note: str = ""
    _line: str = field(default="", init=False, repr=False, compare=False)  # made once: order and key rest on it

    @property
    def line(self) -> str:
        """The decision as one line of JSON, keys sorted, empty ones left out."""
        if not self._line:
            object.__setattr__(self, "_line", json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True))
        return self._line

    @property
    def key(self) -> str:
        """Its own name, made of its content: what an undo refers to."""
        return digest(self.line)

    @property
    def order(self) -> tuple[datetime, str]:
        """Later decisions win; of two at the same moment the one whose content sorts last."""
        return moment(self.at), self.line

    @property
    def about_fact(self) -> bool:
        """Whether it is about a fact of a document, not about which units are one."""
        return self.action in _OF_FACTS and not self.units

    @property
    def states(self) -> bool:
        """Whether it says that a fact holds."""
        return self.action in _STATING and not self.units

    @property
    def roles(self) -> tuple[Words, ...]:
        """The fact that it states, or that it rejects."""
        return tuple(words for filled in {**self.was, **self.slots}.values() for words in filled)

    @property
    def fact(self) -> str:
        """Id of the fact that it is about: a fact added by hand is about itself."""
        return self.target if self.action == "add" else self.id

    @property
    def target(self) -> str:
        """Id of the fact that it states."""
        return fact_id(self.kind, self.sentence, self.roles)

    def to_json(self) -> dict[str, Any]:
        """The decision as plain data."""
        data: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self) if each.init}
        data["slots"], data["was"] = _roles_json(self.slots), _roles_json(self.was)
        data["units"] = list(self.units)
        return {name: value for name, value in data.items() if value}

    @classmethod
    def from_json(cls, data: object) -> Decision:
        """The decision of plain data.

        Raises:
            ValueError: it is none; says what is wrong.
        """
        if not isinstance(data, dict):
            raise ValueError("no object")
        known = {each.name for each in fields(cls) if each.init}
        for name, value in data.items():
            wanted = dict if name in ("slots", "was") else list if name == "units" else str
            if name in known and not isinstance(value, wanted):
                raise ValueError(f"{name}: {value!r}")
        taken = {name: value for name, value in data.items() if name in known}
        taken |= {name: _roles(taken[name]) for name in ("slots", "was") if name in taken}
        taken["units"] = tuple(str(name) for name in taken.get("units", ()))
        return _checked(cls(**{"action": "", **taken}))


def _checked(decision: Decision) -> Decision:
    if decision.action not in ACTIONS:
        raise ValueError(f"action: {decision.action!r}")
    if decision.about_fact and decision.kind not in FACTS:
        raise ValueError(f"kind: {decision.kind!r}")
    if decision.about_fact and not decision.sentence:
        raise ValueError("sentence: ''")
    if decision.action in ("merge", "split") and len(set(map(plain, decision.units))) < 2:
        raise ValueError(f"units: {list(decision.units)!r}")
    moment(decision.at)
    return decision


def _roles_json(roles: Roles) -> dict[str, list[dict[str, Any]]]:
    names = ("text", "value", "kind", "generic")
    return {
        role: [{name: getattr(words, name) for name in names if getattr(words, name)} for words in filled]
        for role, filled in roles.items()
    }


def _roles(data: Mapping[str, Any]) -> Roles:
    try:
        return {role: tuple(_words(role, **item) for item in filled) for role, filled in data.items()}
    except TypeError as error:
        raise ValueError(f"slots: {error}") from None


def _words(role: str, text: str = "", value: str = "", kind: str = "", generic: bool = False) -> Words:
    if not all(isinstance(each, str) for each in (text, value, kind)) or not text.strip():
        raise ValueError(f"{role}: {text!r}")
    return Words(role, text, value, kind, bool(generic))


def moment(at: str) -> datetime:
    """The moment that an ISO 8601 text names; without a zone it is UTC. "" is before all others.

    Raises:
        ValueError: it names none.
    """
    if not at:
        return datetime.min.replace(tzinfo=UTC)
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def grouped(slots: Iterable[Words]) -> Roles:
    """Words by their role, in the order given."""
    found: dict[str, tuple[Words, ...]] = {}
    for words in slots:
        found[words.role] = (*found.get(words.role, ()), words)
    return found


def about(candidate: Candidate, document: str, action: str, exact: str = "", slots: Roles | None = None) -> Decision:
    """A decision about a candidate, with what a reviewer sees of it."""
    sentence = candidate.sentence
    return Decision(
        action,
        candidate_id(candidate),
        document,
        candidate.kind,
        sentence.text,
        exact or sentence.text[candidate.start - sentence.start : candidate.end - sentence.start],
        slots or {},
        grouped(map(Words.of, candidate.slots)),
        producer=candidate.producer,
        rule=candidate.rule,
    )


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions in force, in the order of time: each once, none that was undone. What undoes them is left out."""
    every = {decision.key: decision for decision in decisions}
    undoing: dict[str, list[str]] = {}
    for key, decision in every.items():
        if decision.action == "undo":
            undoing.setdefault(decision.id, []).append(key)

    def stands(key: str) -> bool:
        return not any(stands(undo) for undo in undoing.get(key, ()))

    return sorted((d for key, d in every.items() if d.action != "undo" and stands(key)), key=lambda d: d.order)


def undoing_nothing(decisions: Sequence[Decision]) -> list[Decision]:
    """The undos whose decision is not there."""
    known = {decision.key for decision in decisions}
    return [decision for decision in decisions if decision.action == "undo" and decision.id not in known]
