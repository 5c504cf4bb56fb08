"""The corpus of annotated reports: sound references, figures that may not fall, and no fact without a quote in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config
from kg.evaluate import Gold, by_sector, find_text, gold_files, score_texts, total, total_of
from kg.pipeline import GrammarReader, read_facts

PARTS = ("tuned", "scored")


@pytest.fixture(scope="session")
def corpus(root: Path) -> Path:
    return root / "tests" / "corpus"


@pytest.fixture(scope="session")
def config(root: Path) -> Config:
    return Config.read(root / "kg.toml")


def test_the_corpus_is_wide(corpus: Path) -> None:
    golds = gold_files(corpus / part for part in PARTS)
    assert len(golds) >= 60
    assert len({gold.sector for gold in golds}) >= 12
    assert [gold.sector for gold in golds] == [gold.path.stem.split("-")[1] for gold in golds]
    assert {gold.path.with_suffix(".txt") for gold in golds} == {*corpus.glob("*/*.txt")}


def not_in_text(case: Mapping[str, Any], lines: list[str]) -> Iterator[str]:
    """What a reference says about a case that its text does not bear out."""
    first, last = case["lines"]
    for kind in ("mechanisms", "partners", "outcomes"):
        yield from (item["text"] for item in case[kind] if item["text"] not in lines[item["line"]])
        yield from (f"{item['line']}: {item['text']}" for item in case[kind] if not first <= item["line"] <= last)
    partners = {item["text"] for item in case["partners"]}
    mechanisms = {item["name"] for item in case["mechanisms"]}
    for cooperation in case["cooperations"]:
        yield from sorted({*cooperation["with"]} - partners | {*cooperation["through"]} - mechanisms)
    yield from sorted(partners - {name for cooperation in case["cooperations"] for name in cooperation["with"]})


@pytest.mark.parametrize("part", PARTS)
def test_every_annotated_string_stands_in_its_line(corpus: Path, part: str) -> None:
    wrong = {}
    for gold in gold_files([corpus / part]):
        lines = find_text(gold, corpus).read_text(encoding="utf-8").splitlines()
        wrong[gold.source] = [what for case in gold.cases for what in not_in_text(case, lines)]
    assert {source: what for source, what in wrong.items() if what} == {}


def figures(golds: list[Gold], config: Config) -> dict[str, float]:
    """F1 of each kind, and of the worst sector with all kinds counted together."""
    scores = score_texts(golds, config)
    worst = min(total_of(score).f1 for score in by_sector(golds, scores).values())
    reached = {**{kind: figure.f1 for kind, figure in total(scores).items()}, "worst sector": worst}
    return {name: round(figure, 3) for name, figure in reached.items()}


@pytest.mark.parametrize("part", PARTS)
def test_no_figure_falls_below_its_floor(corpus: Path, config: Config, part: str) -> None:
    floors = json.loads((corpus / "floors.json").read_text(encoding="utf-8"))[part]
    reached = figures(gold_files([corpus / part]), config)
    assert floors.keys() == reached.keys()
    assert {name: reached[name] for name, floor in floors.items() if reached[name] < floor} == {}


@pytest.mark.parametrize("part", PARTS)
def test_every_fact_has_a_quote_that_stands_in_the_text(corpus: Path, config: Config, part: str) -> None:
    texts = sorted((corpus / part).glob("*.txt"))
    for text, reading in zip(texts, read_facts(config, texts, GrammarReader(config)), strict=True):
        ((document, facts),) = reading.documents
        written = text.read_text(encoding="utf-8")
        proofs = [fact.provenance.evidence for fact in facts if hasattr(fact, "provenance")]
        assert all(proofs), text
        for proof in (one for evidence in proofs for one in evidence):
            assert document.text[proof.start : proof.end] == proof.exact != "", text
            assert proof.exact in proof.quote, text
            assert proof.quote in written, text
        assert "facts_without_proof" not in reading.entry.counts, text
