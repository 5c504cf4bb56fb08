"""Decisions are replayed on the candidates of every build, whatever the rules have become.

What a reviewer stated holds as long as its sentence stands in the document, even where the rules read it no more. What
was rejected stays out. A decision that finds neither its candidate nor its words is an orphan: it is told, with the
candidate most like it, and stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kg.errors import Text
from kg.model import Candidate, Document, Slot
from kg.review.decisions import Decision, Roles, Words, standing
from kg.review.identity import UNIT_ROLES, Filled, anchor, candidate_id, plain
from kg.review.placing import STATUS, Placer, decided, whole

GONE = Text("its sentence is no longer in the document", "文档中已没有这句话")
WORDS = Text("its words are no longer in the document", "文档中已没有这些词句")
UNKNOWN = Text("its kind is not in the vocabulary", "词表中没有它的类别")
OTHERWISE = Text("its sentence is read otherwise now", "这句话现在读出了别的结果")
UNFIT = Text("it lacks a role or a case, or its number is none", "缺少必要的角色或所属案例，或数字有误")
Kinds = frozenset[tuple[str, str]]
_SCHEMES = {"through": "mechanism-kind", "what": "outcome-kind", **dict.fromkeys(UNIT_ROLES, "unit-kind")}


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that found no place.

    Attributes:
        decision: as it stands in the file.
        reason: why.
        nearest: the candidate most like it, if there is any of its kind.
        likeness: 0..1.
        near: the name most like one that a decision about units names.
    """

    decision: Decision
    reason: Text
    nearest: Candidate | None = None
    likeness: float = 0.0
    near: str = ""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the decisions made of the candidates, and the decisions that found no place."""

    candidates: list[Candidate]
    orphans: list[Orphan]


def replay(
    document: Document, candidates: Sequence[Candidate], decisions: Iterable[Decision], kinds: Kinds | None = None
) -> Replayed:
    """The candidates of a document after all decisions about its facts.

    Args:
        document: where they were read; gives the places of what reviewers stated.
        candidates: as the producers gave them.
        decisions: in any order; those about other documents or about units are no concern of this function.
        kinds: (scheme, notation) of the vocabulary; a decision with another kind is an orphan. None allows all.
    """
    about = [decision for decision in standing(decisions) if decision.about_fact]
    return _Replay(document, candidates, about, kinds).run() if about else Replayed(list(candidates), [])


class _Replay:
    def __init__(
        self, document: Document, candidates: Sequence[Candidate], decisions: Sequence[Decision], kinds: Kinds | None
    ) -> None:
        self.candidates = candidates
        self.placer = Placer(document, candidates)
        self.plain = plain(document.text)
        self.known = [_without_lost_kinds(d, kinds) for d in decisions if kinds is None or _kinds(d, d.slots) <= kinds]
        self.orphans = [self._orphan(d, UNKNOWN) for d in decisions if kinds is not None and not _kinds(d, d.slots) <= kinds]
        self.claims: dict[str, Decision] = {}  # id of a fact → the latest decision about it
        for decision in self.known:
            self.claims[decision.fact] = decision
            if decision.states:
                self.claims[decision.target] = decision
        self.met: set[str] = set()  # keys of decisions that found their candidate
        self.means: dict[tuple[str, str, int], Slot] = {}  # (kind, old name, case) → what edits put in its place
        self.moved: dict[int, Slot] = {}  # where an outcome's words stood → where an edit says they stand
        self.replaced: set[str] = set()  # ids of new readings of what an edit has settled

    def run(self) -> Replayed:
        settled = [after for candidate in self.candidates if (after := self._settled(candidate)) is not None]
        stated = self._stated({candidate_id(candidate) for candidate in settled})
        settled += sorted(stated, key=lambda candidate: (candidate.start, candidate.end, candidate_id(candidate)))
        gone = {c.case for c in self.candidates if c.kind == "case"} - {c.case for c in settled if c.kind == "case"}
        kept = [c for c in settled if c.case not in gone and candidate_id(c) not in self.replaced]
        return Replayed([self._following(candidate) for candidate in kept], self.orphans)

    def _settled(self, candidate: Candidate) -> Candidate | None:
        """A candidate after the decisions on it, and on what they made of it; None if it is rejected."""
        now, last = candidate, None
        while True:
            decision = self.claims.get(candidate_id(now))
            if decision is None or (last and decision.order <= last.order):
                return now
            self.met.add(decision.key)
            if decision.action == "reject":
                return None
            after = self._edited(now, decision) if self._changes(now, decision) else decided(now, STATUS[decision.action])
            if after is None:
                self.orphans.append(self._orphan(decision, self._reason(decision)))
                return now
            now, last = after, decision

    @staticmethod
    def _changes(candidate: Candidate, decision: Decision) -> bool:
        """Whether an edit is still to be made: not on what it made before."""
        if decision.action != "edit" or candidate_id(candidate) != decision.fact:
            return False
        return candidate.status != STATUS["edit"] or not all(_filled(candidate.all(r), w) for r, w in decision.slots.items())

    def _edited(self, candidate: Candidate, decision: Decision) -> Candidate | None:
        """The candidate with the roles of an edit; None if their words do not stand in the document."""
        own = plain(candidate.sentence.text) == plain(decision.sentence)
        slots = [slot for slot in candidate.slots if slot.role not in decision.slots]
        for role, filled in decision.slots.items():
            for words in filled:
                old = candidate.one(role)
                slot = self.placer.slot(words, candidate.sentence) if own or old is None else self.placer.elsewhere(words, old)
                if slot is None:
                    return None
                slots.append(slot if slot.kind or old is None else replace(slot, kind=old.kind))
        start, end = (self.placer.span(decision.exact, candidate.sentence) if own else None) or (candidate.start, candidate.end)
        after = decided(replace(candidate, slots=tuple(slots), start=start, end=end), STATUS["edit"])
        if not whole(after):
            return None
        self._remember(candidate, after)
        return after

    def _remember(self, before: Candidate, after: Candidate) -> None:
        """What an edit changes beyond its own candidate: the name of a subject or mechanism, the place of an outcome."""
        for kind, role in (("case", "subject"), ("mechanism", "name")):
            old, new = before.one(role), after.one(role)
            if before.kind == kind and old and new and old.name != new.name:
                self.means[kind, old.name, before.case] = new
        what, moved = before.one("what"), after.one("what")
        if before.kind == "outcome" and what and moved and what.start != moved.start:
            self.moved[what.start] = moved

    def _following(self, candidate: Candidate) -> Candidate:
        """The candidate with what edits of others mean for it; its words stay, so that it keeps its id."""
        if not self.means and not self.moved:
            return candidate
        return replace(candidate, slots=tuple(self._slot(slot, candidate.case) for slot in candidate.slots))

    def _slot(self, slot: Slot, case: int) -> Slot:
        kind = "mechanism" if slot.role == "through" else "case" if slot.role in UNIT_ROLES else ""
        meant = self.means.get((kind, slot.name, case))
        if meant:
            return replace(slot, value=meant.name, kind=meant.kind, generic=meant.generic, alts=meant.alts)
        moved = self.moved.get(slot.start) if slot.role == "yields" else None
        return replace(moved, role="yields", kind="") if moved else slot

    def _stated(self, present: set[str]) -> Iterator[Candidate]:
        """What reviewers stated and no producer reads; decisions that find no place become orphans."""
        for decision in self.known:
            if self.claims[decision.fact] is not decision or decision.key in self.met:
                continue
            if not decision.states:
                self._miss(decision)
            elif decision.target not in present and self.claims[decision.target] is decision:
                stated = None if decision.kind in ("unit", "case") and decision.action != "add" else self.placer.stated(decision)
                if stated is None:
                    self.orphans.append(self._orphan(decision, self._reason(decision)))
                else:
                    present.add(candidate_id(stated))
                    if decision.action == "edit":
                        self.replaced |= {candidate_id(rival) for rival in self._rivals(decision, decision.was)}
                    yield stated

    def _miss(self, decision: Decision) -> None:
        """A rejection without its candidate holds by itself, unless its sentence is gone or says something like it."""
        if plain(decision.sentence) not in self.plain:
            self.orphans.append(self._orphan(decision, GONE))
        elif any(self._rivals(decision, decision.was)):
            self.orphans.append(self._orphan(decision, OTHERWISE))

    def _rivals(self, decision: Decision, was: Roles) -> Iterator[Candidate]:
        """Undecided readings of the decision's sentence that share what they are about with what the reviewer saw."""
        wanted = anchor(decision.kind, (words for filled in was.values() for words in filled))
        for candidate in self.candidates:
            alike = candidate.kind == decision.kind and anchor(candidate.kind, candidate.slots) == wanted
            here = plain(candidate.sentence.text) == plain(decision.sentence)
            if alike and here and candidate_id(candidate) not in self.claims:
                yield candidate

    def _reason(self, decision: Decision) -> Text:
        if plain(decision.sentence) not in self.plain:
            return GONE
        if decision.kind in ("unit", "case") and decision.key not in self.met:
            return OTHERWISE
        return WORDS if any(plain(words.text) not in self.plain for words in decision.roles) else UNFIT

    def _orphan(self, decision: Decision, reason: Text) -> Orphan:
        return nearest(decision, reason, self.candidates)


def _filled(slots: Sequence[Slot], words: Sequence[Words]) -> bool:
    """Whether a role is filled as an edit says; what the edit leaves open may be anything."""
    return len(slots) == len(words) and all(
        slot.text == word.text and word.value in ("", slot.name) and word.kind in ("", slot.kind)
        for slot, word in zip(slots, words, strict=True)
    )


def _scheme(words: Words) -> str:
    return _SCHEMES.get(words.role, "mechanism-kind")


def _kinds(decision: Decision, roles: Roles) -> Kinds:
    """The (scheme, notation) pairs that roles of a decision name."""
    said = [words for filled in roles.values() for words in filled]
    if decision.kind == "unit":
        values = {"kind": "unit-kind", "level": "level"}
        return frozenset((values[words.role], words.name) for words in said if words.role in values)
    return frozenset((_scheme(words), words.kind) for words in said if words.kind)


def _without_lost_kinds(decision: Decision, kinds: Kinds | None) -> Decision:
    """The decision without the kinds that its reviewer saw and that the vocabulary has lost since."""
    if kinds is None or decision.kind == "unit" or _kinds(decision, decision.was) <= kinds:
        return decision
    was = {
        role: tuple(words if (_scheme(words), words.kind) in kinds else replace(words, kind="") for words in filled)
        for role, filled in decision.was.items()
    }
    return replace(decision, was=was)


def nearest(decision: Decision, reason: Text, candidates: Iterable[Candidate]) -> Orphan:
    """The orphan with the candidate whose sentence and words are most like the decision's."""
    best, likeness = None, 0.0
    matcher = SequenceMatcher(None, "", _described(decision.sentence, decision.roles), autojunk=False)
    for candidate in candidates:
        if candidate.kind != decision.kind:
            continue
        matcher.set_seq1(_described(candidate.sentence.text, candidate.slots))
        if matcher.quick_ratio() > likeness and (ratio := matcher.ratio()) > likeness:
            best, likeness = candidate, ratio
    return Orphan(decision, reason, best, round(likeness, 3))


def _described(sentence: str, slots: Iterable[Filled]) -> str:
    return plain(sentence) + "".join(plain(slot.text) for slot in slots)
