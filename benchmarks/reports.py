"""Makes any number of reports from those that ship: the same prose about other places, so that the units differ."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path

from kg.vocab.gazetteer import Gazetteer, Place

ROOT = Path(__file__).resolve().parents[1]
REPORTS = sorted(path for path in ROOT.glob("data/reports/*") if path.suffix in (".txt", ".md"))
SEED = 20251125


def counties() -> list[Place]:
    """Counties and districts whose short name has just two characters."""
    return [place for place in Gazetteer.read(ROOT / "ontology").places if place.level == "county" and len(place.short) == 2]


def elsewhere(text: str, names: Mapping[str, str]) -> str:
    """`text` with the names of places in it exchanged.

    >>> elsewhere("海淀区法院与通州区法院。", {"海淀": "沁源", "通州": "阳城"})
    '沁源区法院与阳城区法院。'
    """
    return re.sub("|".join(sorted(names)), lambda match: names[match[0]], text) if names else text


def write_reports(folder: Path, count: int) -> int:
    """Writes `count` reports into `folder`, the same at each call; returns how many characters they hold."""
    chance, places = random.Random(SEED), counties()
    shipped = [path.read_text(encoding="utf-8") for path in REPORTS]
    others = sorted({place.short for place in places if not any(place.short in text for text in shipped)})
    total = 0
    for number, text in enumerate(islice(cycle(shipped), count)):
        here = sorted({place.short for place in places if place.name in text})
        report = elsewhere(text, dict(zip(here, chance.sample(others, len(here)), strict=True)))
        folder.joinpath(f"{number:04}.txt").write_text(report, encoding="utf-8")
        total += len(report)
    return total
