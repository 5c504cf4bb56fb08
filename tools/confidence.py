"""Writes ontology/extraction/confidence.yaml: how often each rule is right on the annotated reports (`make confidence`).

python tools/confidence.py
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.config import Config
from kg.evaluate import by_rule, confidences, gold_files

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "ontology" / "extraction" / "confidence.yaml"
HEADER = """\
# Written by `make confidence`; do not edit. How often each rule is right on tests/corpus and tests/golden, by kind of fact;
# "" is the kind as a whole, and what a rule with few findings stays near to.
"""
PARTS = ("corpus/tuned", "corpus/scored", "golden")
KINDS = {"cases": "case", "mechanisms": "mechanism", "cooperations": "cooperation", "outcomes": "outcome"}


def measured() -> dict[str, dict[str, float]]:
    """Kind of candidate → rule → confidence."""
    golds = gold_files(ROOT / "tests" / part for part in PARTS)
    return {KINDS[kind]: rules for kind, rules in confidences(by_rule(golds, Config.read(ROOT / "kg.toml"))).items()}


def written(kinds: dict[str, dict[str, float]]) -> str:
    """The file: a line a rule."""
    lines = [HEADER]
    for kind, rules in kinds.items():
        lines.append(f"{kind}:\n")
        lines.extend(f"  {json.dumps(rule)}: {share}\n" for rule, share in rules.items())
    return "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(written(measured()), encoding="utf-8")
