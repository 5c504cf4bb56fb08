"""Outcomes of one sentence: what was counted, changed, conferred, cited or taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.honours import conferred
from kg.extract.measures import measured
from kg.extract.scene import OutcomeHit, Scene, scene
from kg.model import Mention
from kg.vocab.outcome_lexicon import OutcomeLexicon

__all__ = ["OutcomeHit", "find_outcomes"]

# Any of these roles in a sentence makes it worth reading.
_TRIGGERS = "|".join(
    f"<{role}>"
    for role in ["honour", "honour-giving", "honour-weak", "rank", "citation", "citation-passive", "adoption", "praise", "many"]
)


def find_outcomes(text: str, mentions: Sequence[Mention], lexicon: OutcomeLexicon, start: int = 0) -> list[OutcomeHit]:
    """The outcomes that a sentence states, in text order, none inside another.

    Args:
        text: the sentence.
        mentions: unit and mechanism mentions inside it, with document offsets.
        lexicon: see `kg.vocab.outcome_lexicon`.
        start: document offset of the sentence.
    """
    numerals = "".join([*lexicon.digits, *lexicon.magnitudes])
    trigger = lexicon.compile(rf"\d|[{numerals}]|{_TRIGGERS}")
    if not trigger.search(text):
        return []
    laid_out = scene(text, mentions, lexicon, start)
    given = _apart(sorted(conferred(laid_out), key=lambda hit: (hit.start, -hit.end)))
    spans = [(hit.start - start, hit.end - start) for hit in given]
    hits = [*given, *_respectively(laid_out, list(measured(laid_out, spans))), *_many(laid_out)]
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _respectively(laid_out: Scene, hits: list[OutcomeHit]) -> list[OutcomeHit]:
    """甲412列、乙36万吨，分别升63%、58%: as many changes as things counted before belong to them in turn."""
    found, at = list(hits), 0
    while at < len(found):
        end = at + 1
        what = found[at].what.value or found[at].what.text
        if found[at].kind == "change" and laid_out.lexicon["respectively"].pattern.search(what):
            while end < len(found) and 0 <= found[end].start - found[end - 1].end <= 1 and found[end].kind == "change":
                end += 1
            things = found[max(0, 2 * at - end) : at]
            if len(things) == end - at and all(thing.kind == "count" for thing in things):
                found[at:end] = [replace(hit, what=thing.what) for hit, thing in zip(found[at:end], things, strict=True)]
        at = end
    return found


def _apart(hits: list[OutcomeHit]) -> list[OutcomeHit]:
    """Of hits that state the same thing the first; titles of one list share a beginning and stay."""
    kept: list[OutcomeHit] = []
    for hit in hits:
        if kept and hit.what.start < kept[-1].what.end and kept[-1].what.start < hit.what.end:
            continue
        if kept and hit.start < kept[-1].end and hit.rule != kept[-1].rule:
            continue
        kept.append(hit)
    return kept


def _many(laid_out: Scene) -> Iterator[OutcomeHit]:
    """孵化出一批典型案例: more than one, how many is not said."""
    lexicon, text = laid_out.lexicon, laid_out.text
    for found in lexicon.compile(r"(?P<verb><qualitative>)(?:出了|出|了|过)?<many>").finditer(text):
        _, end = laid_out.clause(found.end())
        if end - found.end() < 2 or laid_out.masked(found.start()) or laid_out.planned(found.start()):
            continue
        yield laid_out.hit("qualitative", found.start(), end, (found.end(), end), lexicon["qualitative"].rule(found["verb"]))
