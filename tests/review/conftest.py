"""A small document with candidates as a producer gives them, made by naming words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Candidate, Document, Sentence, Slot

SENTENCES = (
    "甲院：携手多方",
    "甲院联合乙局、丙校成立“同心”平台，服务企业120家。",
    "该院与丁厂建立“连心”机制，走访群众300人次。",
    "甲院与戊会共建“同心”平台。",
)
TEXT = "\n".join(SENTENCES) + "\n"


def document(text: str = TEXT, name: str = "a.txt") -> Document:
    """A document of that text."""
    return Document(name, "标题", text, name, "")


def candidate(text: str, index: int, kind: str, **roles: str) -> Candidate:
    """A candidate in the sentence of that number; roles are words parted by "|", each with its value after "=" if it has one."""
    sentence = SENTENCES[index]
    start = text.index(sentence)
    slots: list[Slot] = []
    for role, filled in roles.items():
        for each in filled.split("|"):
            words, _, value = each.partition("=")
            at = text.find(words, start, start + len(sentence))
            at = at if at >= 0 else text.index(words)
            slots.append(Slot(role, words, at, at + len(words), value, "platform" if role == "name" else ""))
    inside = [slot for slot in slots if start <= slot.start < start + len(sentence)]
    span = min(s.start for s in inside), max(s.end for s in inside)
    place = Sentence(sentence, start, start + len(sentence), index, index)
    return Candidate(kind, 0, tuple(slots), place, *span, f"rule-{kind}", "rules", 0.8)  # type: ignore[arg-type]


def candidates(text: str = TEXT) -> list[Candidate]:
    """One case with three mechanisms (one of them named twice), three cooperations and two outcomes."""
    subject = candidate(text, 0, "case", subject="甲院=某县甲院")

    def implied(role: str) -> Slot:
        return replace(subject.slots[0], role=role)

    bare = [
        candidate(text, 1, "mechanism", name="“同心”平台"),
        candidate(
            text, 1, "cooperation", initiator="甲院=某县甲院", participant="乙局|丙校", through="“同心”平台", yields="服务企业"
        ),
        candidate(text, 1, "outcome", what="服务企业", quantity="120家=120", unit="120家=家"),
        candidate(text, 2, "mechanism", name="“连心”机制"),
        candidate(text, 2, "cooperation", participant="丁厂", through="“连心”机制"),
        candidate(text, 2, "outcome", what="走访群众", quantity="300人次=300"),
        candidate(text, 3, "mechanism", name="“同心”平台"),
        candidate(text, 3, "cooperation", initiator="甲院=某县甲院", participant="戊会", through="“同心”平台"),
    ]
    role = {"mechanism": "owner", "outcome": "owner", "cooperation": "initiator"}
    filled = [c if c.one(role[c.kind]) else replace(c, slots=(*c.slots, implied(role[c.kind]))) for c in bare]
    return [subject, *filled]


@pytest.fixture
def read() -> list[Candidate]:
    return candidates()
