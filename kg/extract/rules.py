"""The rules producer: from a document to candidates, by grammar and lexicon alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.cases import CaseSpan, find_cases
from kg.extract.coreference import Coreference, defined_aliases, headed_names
from kg.extract.frames import Hit, find_frames, mask
from kg.extract.lines import is_aside
from kg.extract.mechanisms import find_mechanisms
from kg.extract.naming import unified
from kg.extract.normalise import normalise, simplified
from kg.extract.outcomes import OutcomeHit, find_outcomes
from kg.extract.segment import sentences
from kg.extract.tokens import Token, Tokenizer
from kg.extract.units import BOTH_SIDES, COUNTED, IMPLIED_SIDES, PLACE_ACTS, UnitFinder
from kg.model import Candidate, Document, Mention, Sentence, Slot
from kg.vocab.lexicon import Lexicon

_FEW = 2  # a long list of kinds of body is a statement of its own
_NAMING_RULES = ("head", "place-for-body", "common-words", "system", "known-name", "relative-name")


@dataclass(frozen=True, slots=True)
class _Reading:
    """All mentions of one report, resolved: units and mechanisms by block, and which of them stand for the subject."""

    case: CaseSpan
    subject: Slot
    units: Sequence[Sequence[Mention]]
    mechanisms: Sequence[Sequence[Mention]]
    subject_at: set[int]
    recent: list[Hit]  # the cooperation read last, which 双方 refers to


class RulesProducer:
    """Reads documents with one lexicon; holds the tokenizer, so make it once per process."""

    name = "rules"

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._tokenizer = Tokenizer(lexicon.words, lexicon.heads())

    def produce(self, document: Document) -> list[Candidate]:
        """The candidates of a document in text order; none where no report can be made out."""
        plain = normalise(document.text)
        tokens = [self._tokenizer.cut(plain[b.start : b.end], b.start) for b in document.blocks]
        lexicon = self.lexicon
        units = [UnitFinder(lexicon.units).find(plain, block) for block in tokens]
        aliases = headed_names(document, plain, units, lexicon.cases)
        aliases |= defined_aliases(plain, [m for block in units for m in block], lexicon.units)
        if aliases:
            lexicon = lexicon.with_known(aliases)
            units = [UnitFinder(lexicon.units).find(plain, block) for block in tokens]
        cases = find_cases(document, plain, units, lexicon.cases, lexicon.units.key)
        units = [_without_other_places(block, cases) for block in units]
        sents = sentences(document, plain)
        found: list[Candidate] = []
        for case in cases:
            reading = self._read(lexicon, case, document, plain, tokens, units)
            found.extend(self._case_candidates(document, plain, reading, sents))
        return found

    def _read(
        self,
        lexicon: Lexicon,
        case: CaseSpan,
        document: Document,
        plain: str,
        tokens: Sequence[Sequence[Token]],
        units: Sequence[Sequence[Mention]],
    ) -> _Reading:
        """Resolves the units of a report and finds its mechanisms."""
        names = [m.name for block in units[case.first : case.last] for m in block if m.name and not m.generic]
        coreference = Coreference(case.subject.name, names, lexicon.units)
        subject_name = coreference.resolve(case.subject).name
        coreference = Coreference(subject_name, names, lexicon.units)
        resolved = {n: [coreference.resolve(m) for m in units[n]] for n in range(case.first, case.last)}
        key = lexicon.units.key
        spellings = _spellings(document, (m for block in resolved.values() for m in block), key)
        resolved = {n: [replace(m, alts=spellings.get(key(m.name), ())) for m in block] for n, block in resolved.items()}
        mechanisms = {n: find_mechanisms(plain, tokens[n], lexicon.mechanisms) for n in range(case.first, case.last)}
        same = unified([m for n in sorted(mechanisms) for m in mechanisms[n]])
        head = case.subject
        alts = spellings.get(key(subject_name), ())
        subject = Slot("subject", head.text, head.start, head.end, subject_name, head.kind, head.generic, alts)
        return _Reading(
            case,
            subject,
            [resolved.get(n, []) for n in range(case.last)],
            [[same[m.start] for m in mechanisms.get(n, [])] for n in range(case.last)],
            {m.start for block in resolved.values() for m in block if coreference.is_subject(m)},
            [],
        )

    def _case_candidates(
        self, document: Document, plain: str, reading: _Reading, sents: Sequence[Sentence]
    ) -> Iterator[Candidate]:
        case = reading.case
        head = next(s for s in sents if s.start <= case.subject.start < s.end)
        title = document.blocks[max(0, case.title_block)]
        slots = (reading.subject, Slot("title", document.text[title.start : title.end], title.start, title.end, case.title))
        yield self._candidate("case", case, slots, head, case.subject.start, case.subject.end, "case-subject")
        summing_up = False
        named: set[str] = set()
        for sentence in sents:
            if not case.first <= sentence.block < case.last:
                continue
            text = plain[sentence.start : sentence.end].strip("。：； ")
            summing_up = summing_up or text in self.lexicon.cases.summing_up
            if is_aside(document.blocks[sentence.block], plain, self.lexicon.cases):
                continue
            yield from self._sentence_candidates(document, plain, reading, sentence, summing_up, named)

    def _sentence_candidates(
        self, document: Document, plain: str, reading: _Reading, sentence: Sentence, summing_up: bool, named: set[str]
    ) -> Iterator[Candidate]:
        inside = [m for m in reading.mechanisms[sentence.block] if sentence.start <= m.start and m.end <= sentence.end]
        heading = sentence.block == reading.case.title_block
        for mention in inside:
            if summing_up and mention.name not in named:
                continue
            named.add(mention.name)
            yield self._mechanism(document, reading, sentence, mention)
        if summing_up or heading:
            return
        covered = [(m.start, m.end) for m in inside]
        within = [m for m in reading.units[sentence.block] if sentence.start <= m.start and m.end <= sentence.end]
        units = [m for m in within if not any(a < m.end and m.start < b for a, b in covered)]
        hits = self._hits(plain, reading, sentence, units, inside)
        hits = _joined(plain, self._with_both_sides(plain, hits, units, reading, inside), inside)
        outcomes = find_outcomes(plain[sentence.start : sentence.end], [*units, *inside], self.lexicon.outcomes, sentence.start)
        for index, hit in enumerate(hits):
            reach = hits[index + 1].start if index + 1 < len(hits) else sentence.end
            yield self._cooperation(
                document,
                reading,
                sentence,
                hit,
                _through(inside, hits, index, reach),
                [o for o in outcomes if hit.start <= o.start < reach],
            )
        for outcome in outcomes:
            yield self._outcome(document, reading, sentence, outcome)

    def _hits(
        self, plain: str, reading: _Reading, sentence: Sentence, units: Sequence[Mention], mechanisms: Sequence[Mention]
    ) -> list[Hit]:
        mentions = sorted([*units, *mechanisms], key=lambda m: m.start)
        masked = mask(plain, sentence.start, sentence.end, mentions, reading.subject_at)
        lexicon = self.lexicon
        return find_frames(masked, lexicon.frames, lexicon.frames_not_before, lexicon.frames_planned, reading.subject_at)

    def _with_both_sides(
        self, plain: str, hits: list[Hit], units: Sequence[Mention], reading: _Reading, mechanisms: Sequence[Mention]
    ) -> list[Hit]:
        """Adds what 双方 do: a cooperation of those named last, if the sentence names a mechanism for it."""
        found = list(hits)
        for mention in units:
            if plain.startswith(self.lexicon.frames_future, mention.end):
                continue
            here = [hit for hit in found if hit.start < mention.start]
            before = here or reading.recent
            implied = mention.rule == IMPLIED_SIDES and not here  # 与甲签约，共同打造…: the frame before goes on
            counted = bool(before) and self._counts(mention, len(before[-1].partners) + 1)
            if (mention.rule == BOTH_SIDES or implied or counted) and before and any(m.start > mention.start for m in mechanisms):
                found.append(replace(before[-1], rule=BOTH_SIDES, start=mention.start, end=mention.end))
        if hits:
            reading.recent[:] = [hits[-1]]
        return sorted(found, key=lambda hit: hit.start)

    def _counts(self, mention: Mention, sides: int) -> bool:
        """Whether a mention is the subject and all partners counted (三家单位据此建立…)."""
        return mention.rule == COUNTED and mention.generic and self.lexicon.units.number(mention.text) == sides

    # -- candidates

    def _candidate(
        self, kind: str, case: CaseSpan, slots: tuple[Slot, ...], sentence: Sentence, start: int, end: int, rule: str
    ) -> Candidate:
        sure = self.lexicon.confidence(kind, rule)
        return Candidate(kind, case.index, slots, sentence, start, end, rule, self.name, sure)  # type: ignore[arg-type]

    def _mechanism(self, document: Document, reading: _Reading, sentence: Sentence, mention: Mention) -> Candidate:
        name = _slot(document, "name", mention)
        alts = tuple(replace(name, role="alt", value=alt) for alt in (*mention.alts, *_written(document, mention)))
        owner = replace(reading.subject, role="owner")
        return self._candidate(
            "mechanism", reading.case, (name, *alts, owner), sentence, mention.start, mention.end, mention.rule
        )

    def _cooperation(
        self,
        document: Document,
        reading: _Reading,
        sentence: Sentence,
        hit: Hit,
        through: Sequence[Mention],
        yields: Sequence[OutcomeHit],
    ) -> Candidate:
        initiator = _slot(document, "initiator", hit.initiator) if hit.initiator else replace(reading.subject, role="initiator")
        slots = [
            initiator,
            *(_slot(document, "participant", p) for p in hit.partners),
            *(_slot(document, "through", m) for m in through),
        ]
        slots += [Slot("yields", document.text[o.what.start : o.what.end], o.what.start, o.what.end) for o in yields]
        year = next((o.year for o in yields if o.year), None)
        if year:
            slots.append(year)
        return self._candidate(
            "cooperation", reading.case, tuple(slots), sentence, hit.start, max(hit.end, *(p.end for p in hit.partners)), hit.rule
        )

    def _outcome(self, document: Document, reading: _Reading, sentence: Sentence, hit: OutcomeHit) -> Candidate:
        parts = [hit.what, hit.quantity, hit.bound, hit.unit, hit.year, hit.period, hit.by]
        slots = [replace(s, text=document.text[s.start : s.end]) for s in parts if s is not None]
        slots[0] = replace(slots[0], kind=hit.kind)
        slots.append(replace(reading.subject, role="owner"))
        return self._candidate("outcome", reading.case, tuple(slots), sentence, hit.start, hit.end, hit.rule)


def _joined(plain: str, hits: list[Hit], mechanisms: Sequence[Mention]) -> list[Hit]:
    """联合甲，推动乙设立丙: two frames of one actor in a row, only the second with a mechanism, are one cooperation."""
    found: list[Hit] = []
    for hit in hits:
        last = found[-1] if found else None
        if last is not None and _goes_on(plain, last, hit, mechanisms):
            partners = (*last.partners, *(p for p in hit.partners if p.name not in {q.name for q in last.partners}))
            found[-1] = replace(last, partners=partners, end=hit.end)
        else:
            found.append(hit)
    return found


def _goes_on(plain: str, last: Hit, hit: Hit, mechanisms: Sequence[Mention]) -> bool:
    """Whether `hit` states the mechanism for the cooperation that `last` began."""
    specific = len(hit.partners) <= _FEW or any(not partner.generic for partner in hit.partners)
    one_actor = last.initiator is hit.initiator is None and "；" not in plain[last.start : hit.start]
    named_late = not _between(mechanisms, last.start, hit.start) and _between(mechanisms, hit.start, math.inf)
    return specific and one_actor and named_late


def _between(mechanisms: Sequence[Mention], start: float, end: float) -> bool:
    return any(start <= mention.start < end for mention in mechanisms)


def _without_other_places(mentions: Sequence[Mention], cases: Sequence[CaseSpan]) -> list[Mention]:
    """Without places that act but that no report is about: there they only say where something happens."""
    about = {case.subject.name for case in cases if case.subject.rule == PLACE_ACTS}
    return [m for m in mentions if m.rule != PLACE_ACTS or any(name.endswith(m.name) or m.name.endswith(name) for name in about)]


def _spellings(document: Document, mentions: Iterable[Mention], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Key of each specific unit's full name → the names it goes by in the text (not 该院)."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        if not mention.generic and mention.rule in _NAMING_RULES:
            found.setdefault(key(mention.name), set()).update((mention.text, mention.name, *_written(document, mention)))
    return {name: tuple(sorted(texts)) for name, texts in found.items()}


def _written(document: Document, mention: Mention) -> tuple[str, ...]:
    """How a mention is spelled in the document, if in traditional characters."""
    text = document.text[mention.start : mention.end]
    return () if text == mention.text or simplified(text) == text else (text,)


def _slot(document: Document, role: str, mention: Mention) -> Slot:
    text = document.text[mention.start : mention.end]
    alts = (*mention.alts, *_written(document, mention)) if mention.type == "unit" else ()
    alts = (*alts, text) if mention.rule == COUNTED and mention.generic else alts  # 11家甲机构
    return Slot(role, text, mention.start, mention.end, mention.name, mention.kind, mention.generic, alts)


def _through(mechanisms: Sequence[Mention], hits: Sequence[Hit], index: int, reach: int) -> list[Mention]:
    """The mechanisms a cooperation works through: those after its frame up to the next one, else those before it."""
    hit = hits[index]
    after = [m for m in mechanisms if hit.start <= m.start < reach]
    if after:
        return after
    following = hits[index + 1 : index + 2]
    if following and all(p.generic for p in following[0].partners):  # 与甲局协作，联合某些机构成立乙台
        return [m for m in mechanisms if m.start >= following[0].start]
    since = hits[index - 1].end if index else 0
    return [m for m in mechanisms if since <= m.start < hit.start]
