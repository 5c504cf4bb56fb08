"""Frames of cooperation over masked sentences: every mention is one sign, so that patterns speak of grammar, not of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.units import ANY_BODY, COMMON, NOT_MEANT
from kg.model import Mention
from kg.vocab.lexicon import Rule
from kg.vocab.lexicon_reader import SIGNS

_MOTTO = 30
SPECIFIC = "specific"  # a frame that proves nothing of a generic body


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with mentions as signs: sign i begins at `offsets[i]` in the document and stands for `mentions[i]`."""

    text: str
    offsets: tuple[int, ...]
    mentions: dict[int, Mention]
    end: int

    def offset(self, index: int) -> int:
        """Document offset of a position in the masked text (its length gives the sentence's end)."""
        return self.offsets[index] if index < len(self.offsets) else self.end

    def inside(self, start: int, end: int) -> list[Mention]:
        """The mentions masked in text[start:end]."""
        return [self.mentions[i] for i in range(start, end) if i in self.mentions]


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that matched: who acts (None: the report's subject), the partners, and the span in the document."""

    rule: str
    initiator: Mention | None
    partners: tuple[Mention, ...]
    start: int
    end: int


def mask(plain: str, start: int, end: int, mentions: Sequence[Mention], is_subject: set[int]) -> Masked:
    """Masks plain[start:end].

    Args:
        mentions: units and mechanisms inside the sentence, not overlapping, in text order.
        is_subject: start offsets of the units that stand for the report's subject.
    """
    signs: list[str] = []
    offsets: list[int] = []
    at_sign: dict[int, Mention] = {}
    at = start
    for mention in mentions:
        signs.extend(plain[at : mention.start])
        offsets.extend(range(at, mention.start))
        at_sign[len(signs)] = mention
        kind = "M" if mention.type == "mechanism" else "S" if mention.start in is_subject else "U"
        signs.append(SIGNS[kind])
        offsets.append(mention.start)
        at = mention.end
    signs.extend(plain[at:end])
    offsets.extend(range(at, end))
    return Masked("".join(signs), tuple(offsets), at_sign, end)


def find_frames(
    masked: Masked, frames: Sequence[Rule], not_before: Sequence[str], planned: re.Pattern[str], is_subject: set[int]
) -> list[Hit]:
    """The frames in a masked sentence in text order; each partner is taken by the first frame of the list that fits.

    Args:
        frames: in order of preference.
        not_before: words right before a frame that deny it.
        planned: how the text before a frame ends that makes it a plan.
        is_subject: as for `mask`; the subject is never its own partner.
    """
    hits: list[Hit] = []
    taken: set[int] = set()
    for frame in frames:
        for match in frame.pattern.finditer(masked.text):
            at = match.start("partners")
            if any(masked.text.endswith(word, 0, match.start()) for word in not_before) or planned.search(masked.text, 0, at):
                continue
            if _in_quotes(masked.text, at):
                continue
            hit = _hit(masked, frame, match, is_subject)
            spans = {mention.start for mention in hit.partners}
            if hit.partners and not spans & taken:
                hits.append(hit)
                taken |= spans
    return sorted(hits, key=lambda hit: hit.start)


def _in_quotes(text: str, at: int) -> bool:
    """Whether a position stands in a short quoted motto (“甲牵头、乙参与”), not in speech."""
    opened = text.rfind("“", 0, at)
    closed = text.find("”", at)
    return opened >= 0 and text.rfind("”", 0, at) < opened and closed >= 0 and closed - opened <= _MOTTO


def _hit(masked: Masked, frame: Rule, match: re.Match[str], is_subject: set[int]) -> Hit:
    initiator = None
    units = masked.inside(*match.span("partners"))
    if "initiator" in frame.pattern.groupindex:
        initiator = next(iter(masked.inside(*match.span("initiator"))), None)
        if initiator is not None and initiator.start not in is_subject and any(u.start in is_subject for u in units):
            units = [initiator, *units]
            initiator = None
        elif initiator is not None and initiator.start in is_subject:
            initiator = None
        elif initiator is not None and (initiator.generic or initiator.rule == COMMON):
            units = []
    named = [u for u in units if u.start not in is_subject and u.name and u.rule not in (NOT_MEANT, ANY_BODY)]
    if frame.refers == SPECIFIC:
        named = [u for u in named if not u.generic]
    partners = _without_category(masked, named)
    return Hit(frame.id, initiator, tuple(partners), masked.offset(match.start()), masked.offset(match.end()))


def _without_category(masked: Masked, units: list[Mention]) -> list[Mention]:
    """Drops the word that only sums a list up: of 甲、乙等单位 the last."""
    if len(units) > 1 and units[-1].generic:
        index = bisect_right(masked.offsets, units[-1].start) - 1
        if re.search("等[^，。；：]{0,6}$", masked.text[:index]):
            return units[:-1]
    return units
