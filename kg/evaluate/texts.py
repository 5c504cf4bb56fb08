"""Finds the text that a reference is about, reads it as a build would, and scores what was found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.config import Config
from kg.errors import InputError, Text
from kg.evaluate.found import in_facts
from kg.evaluate.score import Gold, Score, score
from kg.model import Fact
from kg.pipeline import GrammarReader, Reader, read_facts

REPORTS = Path("data", "reports")


def score_texts(golds: Iterable[Gold], config: Config, text: Path | None = None, reader: Reader | None = None) -> list[Score]:
    """The score of each reference, over the facts in its text; nothing is written.

    Args:
        golds: the references.
        config: where the ontology and data/reports are.
        text: the text, or the folder that holds it; None looks beside the reference and in data/reports.
        reader: finds the facts; None takes the grammar of the ontology folder.

    Raises:
        InputError: a text is not found or cannot be read.
    """
    reads = reader or GrammarReader(config)
    return [score(gold, in_facts(facts_of(find_text(gold, config.root, text), config, reads))) for gold in golds]


def facts_of(path: Path, config: Config, reader: Reader) -> list[Fact]:
    """The facts in a file.

    Raises:
        InputError: it cannot be read.
    """
    readings = list(read_facts(config, [path], reader))
    unread = next((reading.entry.error for reading in readings if reading.entry.error and not reading.documents), None)
    if unread:
        raise unread
    return [fact for reading in readings for _, facts in reading.documents for fact in facts]


def find_text(gold: Gold, root: Path, text: Path | None = None) -> Path:
    """The file that a reference is about.

    Raises:
        InputError: it is in none of the places looked at.
    """
    folders = [text] if text else [gold.path.parent, root / REPORTS]
    places = [text] if text and text.is_file() else [folder / gold.source for folder in folders]
    found = next((place for place in places if place.is_file()), None)
    if found:
        return found
    looked = [str(place) for place in places]
    raise InputError(
        Text(f"{gold.path}: its text {gold.source} is not found", f"{gold.path}：找不到原文 {gold.source}"),
        Text(
            f"Name the file or its folder with --text (looked for {', '.join(looked)}).",
            f"请用 --text 指明该文件或其文件夹（已查找 {'、'.join(looked)}）。",
        ),
    )
