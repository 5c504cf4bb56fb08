"""How often each rule is right: what confidence of its candidates is measured by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.config import Config
from kg.evaluate.found import in_facts
from kg.evaluate.score import Figure, Gold, score
from kg.evaluate.texts import facts_of, find_text
from kg.model import Case, Cooperation, Fact, Mechanism, Outcome, Unit
from kg.pipeline import GrammarReader, Reader

_KINDS = {Mechanism: "mechanisms", Cooperation: "cooperations", Outcome: "outcomes"}
SUBJECT = "case-subject"  # the one rule that says whom a report is about
_WEIGHT = 4  # what is known of the kind counts as so many findings of the rule

RuleFigures = dict[tuple[str, str], Figure]


def by_rule(golds: Iterable[Gold], config: Config, text: Path | None = None, reader: Reader | None = None) -> RuleFigures:
    """What is right and wrong of each rule's findings, by (kind, rule); a report whose subject was missed counts for that only.

    Args:
        golds, config, text, reader: as for `score_texts`.
    """
    reads = reader or GrammarReader(config)
    found: RuleFigures = {}
    for gold in golds:
        facts = facts_of(find_text(gold, config.root, text), config, reads)
        subjects = score(gold, in_facts(facts))["cases"]
        found.setdefault(("cases", SUBJECT), Figure()).add(Figure(subjects.hits, [], subjects.extra))
        if subjects.missed:
            continue
        for kind, rule in sorted({key for fact in facts if (key := _key(fact))}):
            figure = score(gold, in_facts(fact for fact in facts if _stays(fact, kind, rule)))[kind]
            found.setdefault((kind, rule), Figure()).add(Figure(figure.hits, [], figure.extra))
    return found


def confidences(figures: Mapping[tuple[str, str], Figure]) -> dict[str, dict[str, float]]:
    """Kind → rule → how likely a finding is right; "" is the kind as a whole.

    A rule with few findings stays near its kind: its share of right ones is taken with four findings of the kind's share.

    >>> confidences({("outcomes", "a"): Figure(8, [], []), ("outcomes", "b"): Figure(0, [], ["x", "y"])})
    {'outcomes': {'': 0.8, 'a': 0.933, 'b': 0.533}}
    """
    measured: dict[str, dict[str, float]] = {}
    for kind in sorted({kind for kind, _ in figures}):
        whole = Figure()
        for (of, _), figure in figures.items():
            if of == kind:
                whole.add(figure)
        rules = {rule: figure for (of, rule), figure in sorted(figures.items()) if of == kind}
        shares = {
            rule: (figure.hits + _WEIGHT * whole.precision) / (figure.hits + len(figure.extra) + _WEIGHT)
            for rule, figure in rules.items()
        }
        measured[kind] = {name: round(share, 3) for name, share in {"": whole.precision, **shares}.items()}
    return measured


def _key(fact: Fact) -> tuple[str, str] | None:
    kind = _KINDS.get(type(fact))
    return None if kind is None or isinstance(fact, Unit | Case) else (kind, fact.provenance.rule)


def _stays(fact: Fact, kind: str, rule: str) -> bool:
    """Whether a fact is kept to judge one rule: cooperations need the mechanisms that they name."""
    named = isinstance(fact, Unit | Case) or (kind == "cooperations" and isinstance(fact, Mechanism))
    return named or _key(fact) == (kind, rule)
