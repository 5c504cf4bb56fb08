"""One sentence laid out for reading outcomes: clauses, quoted names, units, numbers, times, and which part is only planned."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.numbers import Number, find_numbers
from kg.model import Mention, Slot
from kg.vocab.outcome_lexicon import OutcomeLexicon

_CLAUSE_END = re.compile(r"[，,；;。！!？?\n：:|…】]|(?<= )/(?= )|(?<!-)--(?!-)|——")
_STRONG_END = re.compile(r"[；;。！!？?\n]")
_QUOTED = re.compile(r"“[^“”]{1,40}”|《[^《》]{1,60}》|「[^「」]{1,40}」|‘[^‘’]{1,40}’|\"[^\"]{1,40}\"")
_SPEECH = re.compile(r"[，,。；;！!]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!级|龄)")
REACH_BACK = 60  # a noun phrase before a number is not longer


@dataclass(frozen=True, slots=True)
class OutcomeHit:
    """An outcome as read from one sentence.

    Attributes:
        kind: notation of the outcome kind (count, rate, change, honour, citation, adoption, qualitative).
        start, end: document offsets of the words that state it.
        what: what is counted, conferred or adopted (role "what").
        quantity: its `value` is a plain decimal string, multiplied out (role "quantity").
        bound: its `value` is exactly, at least, more than, nearly or about (role "bound").
        unit: the measure word (role "unit").
        year, period, by: roles of the same names; `by` is the unit that recognised.
        rule: id of an entry in ontology/extraction.
    """

    kind: str
    start: int
    end: int
    what: Slot
    rule: str
    quantity: Slot | None = None
    bound: Slot | None = None
    unit: Slot | None = None
    year: Slot | None = None
    period: Slot | None = None
    by: Slot | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All filled slots, `what` first."""
        rest = (self.quantity, self.bound, self.unit, self.year, self.period, self.by)
        return (self.what, *(slot for slot in rest if slot is not None))


@dataclass(frozen=True)
class Scene:
    """A sentence and what stands in it; all offsets are inside `text` (0-based), `start` is the sentence's in the document."""

    text: str
    start: int
    units: tuple[Mention, ...]
    lexicon: OutcomeLexicon

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers outside quoted names."""
        return [number for number in find_numbers(self.text, self.lexicon) if not self.masked(number.core)]

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Spans of quoted names; quoted speech (with a comma or full stop inside) is ordinary text."""
        return [match.span() for match in _QUOTED.finditer(self.text) if not _SPEECH.search(match[0])]

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [start for start, _ in self.quoted]

    @cached_property
    def breaks(self) -> list[int]:
        """Offsets of the signs that end a clause, with the sentence's end; signs inside quoted names or numbers do not."""
        found = [
            match.start()
            for match in _CLAUSE_END.finditer(self.text)
            if not self.masked(match.start()) and not self._between_digits(match.start())
        ]
        return [*found, len(self.text)]

    def masked(self, at: int) -> bool:
        """Whether a position is inside a quoted name."""
        index = bisect_right(self._quote_starts, at) - 1
        return index >= 0 and at < self.quoted[index][1]

    def _between_digits(self, at: int) -> bool:
        text = self.text
        return 0 < at < len(text) - 3 and text[at] in ",，:：" and text[at - 1].isdigit() and text[at + 1 : at + 4].isdigit()

    @cached_property
    def _unit_starts(self) -> list[int]:
        return [unit.start - self.start for unit in self.units]

    def in_unit(self, number: Number) -> bool:
        """Whether a number is part of a unit mention (11家单位)."""
        index = bisect_right(self._unit_starts, number.core) - 1
        return index >= 0 and number.core < self.units[index].end - self.start

    def unit_at(self, at: int) -> Mention | None:
        """The unit mention that begins at a position."""
        index = bisect_right(self._unit_starts, at) - 1
        return self.units[index] if index >= 0 and self._unit_starts[index] == at else None

    def units_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The unit mentions that begin in a span."""
        low = bisect_right(self._unit_starts, start - 1)
        high = bisect_right(self._unit_starts, end - 1)
        return self.units[low:high]

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around a position: from behind one clause sign to before the next."""
        index = bisect_right(self.breaks, at - 1) if at else 0
        begin = self.breaks[index - 1] + 1 if index else 0
        return begin, self.breaks[index] if index < len(self.breaks) else len(self.text)

    def near(self, at: int) -> tuple[int, int]:
        """The clause around a position, cut to what one statement can span, so that reading stays linear."""
        begin, end = self.clause(at)
        return max(begin, at - 2 * REACH_BACK), min(end, at + 3 * REACH_BACK)

    @cached_property
    def _planned(self) -> list[tuple[int, int]]:
        spans = []
        position = 0
        while match := self.lexicon["plan"].pattern.search(self.text, position):
            end = _STRONG_END.search(self.text, match.end())
            stop = end.start() if end else len(self.text)
            if not self.masked(match.start()):
                spans.append((match.start(), stop))
                position = max(stop, match.end())
            else:
                position = match.end()
        return spans

    def planned(self, at: int) -> bool:
        """Whether a position is under a word of planning (力争)."""
        index = bisect_right(self._planned, (at, len(self.text))) - 1
        return index >= 0 and at < self._planned[index][1]

    @cached_property
    def _times(self) -> list[tuple[int, int, Slot, bool]]:
        """Start, end and slot of every time; true for those that hold for later clauses (2024年…，…；今年以来，…)."""
        found = []
        for match in _YEAR.finditer(self.text):
            begin, _ = self.clause(match.start())
            opens = match.start() - begin <= 2 and not self.masked(match.start())
            found.append((*match.span(), self.slot("year", *match.span(), match[1]), opens))
        for match in self._period.finditer(self.text):
            runs = bool(self.lexicon["run"].pattern.match(match[0]))
            begin, _ = self.clause(match.start())
            opens = match.start() - begin <= 2 and not runs
            if opens or runs or not self.lexicon["year-word"].pattern.fullmatch(match[0]):
                found.append((*match.span(), self.slot("period", *match.span()), opens))
        return sorted(found, key=lambda time: time[:2])

    @property
    def _period(self) -> re.Pattern[str]:
        span = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:余|多)?(?:年|个月|届|个季度)"
        dated = r"(?:(?:19|20)\d\d年)(?:\d{1,2}月(?:\d{1,2}日)?)?"
        return self.lexicon.compile(
            rf"<run>{span}(?:<since>)?|(?:{dated}|<year-word>)(?:<since>)|<until>(?:{dated}|<year-word>)(?:底|末)?(?:<since>)?|"
            rf"{dated}(?:至|到|-|—)(?:{dated}|\d{{1,2}}月)|(?:19|20)\d\d年\d{{1,2}}(?:至|到|-|—)\d{{1,2}}月|<year-word>"
        )

    def times(self, begin: int, end: int) -> dict[str, Slot]:
        """Year and period of an outcome: in its own clause, else the last that opened an earlier clause of the sentence."""
        found: dict[str, Slot] = {}
        clause, _ = self.clause(begin)
        last = bisect_right(self._times, end, key=lambda time: time[0])
        for start, stop, slot, carries in self._times[max(0, last - 8) : last]:
            if stop <= end and (carries or start >= clause):
                found[slot.role] = slot
        return found

    def whole_quotes(self, start: int, end: int) -> tuple[int, int]:
        """The span without half a pair of quotation marks at its beginning."""
        text = self.text
        if start < end and text[start] == "“" and text.find("”", start, end) < 0:
            return start + 1, end
        opened, closed = text.find("“", start, end), text.find("”", start, end)
        if closed >= 0 and not 0 <= opened < closed and self.masked(start):
            return self.quoted[bisect_right(self._quote_starts, start) - 1][0], end
        return start, end

    def slot(self, role: str, start: int, end: int, value: str = "") -> Slot:
        """A slot for a span of the sentence, with document offsets."""
        return Slot(role, self.text[start:end], self.start + start, self.start + end, value)

    def unit_slot(self, unit: Mention) -> Slot:
        """The slot "by" for a unit mention."""
        return Slot("by", unit.text, unit.start, unit.end, unit.name, unit.kind, unit.generic)

    def hit(
        self,
        kind: str,
        start: int,
        end: int,
        what: tuple[int, int],
        rule: str,
        number: Number | None = None,
        by: Mention | None = None,
    ) -> OutcomeHit:
        """An outcome with its time filled in from the sentence."""
        times = self.times(start, end)
        return OutcomeHit(
            kind=kind,
            start=self.start + start,
            end=self.start + end,
            what=self.slot("what", *what),
            rule=rule,
            quantity=self.slot("quantity", number.core, number.after, number.plain) if number else None,
            bound=self.slot("bound", number.start, number.end, number.bound) if number else None,
            unit=self.slot("unit", number.core, number.after, number.measure) if number and number.measure else None,
            year=times.get("year"),
            period=times.get("period"),
            by=self.unit_slot(by) if by else None,
        )


def scene(text: str, mentions: Sequence[Mention], lexicon: OutcomeLexicon, start: int) -> Scene:
    """Lay out a sentence; `mentions` have document offsets, of the overlapping ones the longest stays."""
    units: list[Mention] = []
    for mention in sorted((one for one in mentions if one.type == "unit"), key=lambda one: (one.start, -one.end)):
        if not units or mention.start >= units[-1].end:
            units.append(mention)
    return Scene(text, start, tuple(units), lexicon)
