"""The decisions during one build: each document gets those about it, and what found no place is told at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.errors import Text
from kg.model import Candidate, Document
from kg.review.decisions import Decision, standing, undoing_nothing
from kg.review.identity import agreed, plain
from kg.review.replay import GONE, Kinds, Orphan, nearest, replay
from kg.review.units import Naming, unit_orphans

NO_DECISION = Text("the decision that it takes back is not in the file", "文件中没有它要撤销的决定")


class DecisionBook:
    """Replays decisions on one document after another.

    A decision whose document is gone (moved, renamed) is tried on every document that holds its sentence.

    Args:
        decisions: all that the file holds.
        is_there: whether a document (by its id) still exists, in this build or beside it.
        kinds: (scheme, notation) of the vocabulary; None allows all.
    """

    def __init__(
        self, decisions: Sequence[Decision] = (), is_there: Callable[[str], bool] = bool, kinds: Kinds | None = None
    ) -> None:
        self._kinds = kinds
        self._units = [decision for decision in standing(decisions) if decision.units]
        self._at: dict[str, list[Decision]] = {}
        self._moved: dict[str, tuple[Decision, Orphan]] = {}  # by key; with what is most like it so far
        self._found: set[str] = set()  # keys of those that a document holds after all
        self._orphans = {d.key: Orphan(d, NO_DECISION) for d in undoing_nothing(decisions)}
        for decision in standing(decisions):
            if not decision.about_fact:
                continue
            if is_there(decision.document):
                self._at.setdefault(decision.document, []).append(decision)
            else:
                self._moved[decision.key] = (decision, Orphan(decision, GONE))
        self.naming = Naming.of(self._units)

    def replay(self, document: Document, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates of a document, equal readings of several producers as one, after the decisions about them."""
        readings = agreed(candidates)
        decisions = [*self._at.get(document.id, ()), *self._moved_to(document, readings)]
        replayed = replay(document, readings, decisions, self._kinds)
        self._orphans |= {orphan.decision.key: orphan for orphan in replayed.orphans}
        return replayed.candidates

    def _moved_to(self, document: Document, candidates: Sequence[Candidate]) -> list[Decision]:
        """The decisions of lost documents whose sentence stands here."""
        text = plain(document.text) if self._moved else ""
        here: list[Decision] = []
        for key, (decision, best) in list(self._moved.items()):
            if plain(decision.sentence) in text:
                here.append(decision)
                self._found.add(key)
            elif key not in self._found:
                found = nearest(decision, GONE, candidates)
                self._moved[key] = (decision, max(best, found, key=lambda orphan: orphan.likeness))
        return here

    def orphans(self, names: Iterable[str]) -> list[Orphan]:
        """The decisions that found no place, in the order of time; `names` are those of all units of the build."""
        lost = {name: orphan for name, (_, orphan) in self._moved.items() if name not in self._found}
        units = {orphan.decision.key: orphan for orphan in unit_orphans(self._units, names)}
        return sorted({**self._orphans, **lost, **units}.values(), key=lambda orphan: orphan.decision.order)
