"""What rules are worth: the figures of the grammar folder are those that measuring gives."""

from __future__ import annotations

from pathlib import Path

import yaml

from kg.config import Config
from kg.evaluate import by_rule, confidences, gold_files

CLOSE = 0.03  # a rule may be mended without measuring anew, but not much


def test_confidence_is_what_the_annotated_reports_show(root: Path) -> None:
    written = yaml.safe_load((root / "ontology" / "extraction" / "confidence.yaml").read_text(encoding="utf-8"))
    golds = gold_files(root / "tests" / part for part in ("corpus/tuned", "corpus/scored", "golden"))
    measured = confidences(by_rule(golds, Config.read(root / "kg.toml")))
    singular = {kind.removesuffix("s"): rules for kind, rules in measured.items()}
    assert written.keys() == singular.keys()
    far = {
        (kind, rule): (share, written[kind].get(rule))
        for kind, rules in singular.items()
        for rule, share in rules.items()
        if abs(share - written[kind].get(rule, -1)) > CLOSE
    }
    assert far == {}, "run make confidence"


def test_a_rule_that_was_never_met_is_as_sure_as_its_kind(root: Path) -> None:
    from kg.vocab.lexicon_reader import read_lexicon
    from kg.vocab.reader import read_ontology

    lexicon = read_lexicon(read_ontology(root / "ontology"))
    assert lexicon.confidence("mechanism", "no-such-rule") == lexicon.confidence("mechanism", "")
    assert lexicon.confidence("cooperation", "both-sides") < lexicon.confidence("cooperation", "with-units-act")
