"""How fast sentences become candidates on one core, beside a word segmenter alone on the same text in the same run."""

from __future__ import annotations

from pathlib import Path

import rjieba

from benchmarks.reports import ROOT, write_reports
from benchmarks.timing import Figure, best
from kg.extract import extract
from kg.load.base import LoadContext
from kg.load.sources import load_sources
from kg.model import Document
from kg.vocab.lexicon_reader import read_lexicon
from kg.vocab.reader import read_ontology

REPORTS = 400


def documents(work: Path) -> list[Document]:
    """Generated reports, each about other places, so that nothing is read twice."""
    write_reports(work, REPORTS)
    return [document for _, found in load_sources([work], LoadContext(work, ROOT / "ontology")) for document in found]


def measure(work: Path) -> list[Figure]:
    """Characters per second of `kg.extract.extract`, and of rjieba's cut."""
    lexicon = read_lexicon(read_ontology(ROOT / "ontology"))
    texts = documents(work)
    total = sum(len(document.text) for document in texts)
    ours = total / best(lambda: [extract(document, lexicon) for document in texts])
    words = total / best(lambda: [rjieba.cut(document.text, False) for document in texts])
    return [
        Figure("extraction, one core", ours, "characters/s", f"rjieba alone: {words:,.0f}", ours / words),
    ]
