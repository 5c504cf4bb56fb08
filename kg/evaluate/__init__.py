"""How well a graph agrees with a hand-made reference: precision, recall and F1 for each kind of fact, every miss shown."""

from kg.evaluate.found import FoundCase, in_facts, in_store
from kg.evaluate.rules import by_rule, confidences
from kg.evaluate.score import KINDS, Figure, Gold, Score, by_sector, gold_files, score, total, total_of
from kg.evaluate.texts import find_text, score_texts

__all__ = [
    "KINDS",
    "Figure",
    "FoundCase",
    "Gold",
    "Score",
    "by_rule",
    "by_sector",
    "confidences",
    "find_text",
    "gold_files",
    "in_facts",
    "in_store",
    "score",
    "score_texts",
    "total",
    "total_of",
]
