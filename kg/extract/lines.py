"""Which lines of a document are sentences, and which are no part of its text."""

from __future__ import annotations

from kg.model import Block
from kg.vocab.case_words import CaseWords


def is_running(block: Block, plain: str, words: CaseWords) -> bool:
    """Whether a line is a sentence, not a title or heading."""
    return plain[block.start : block.end].endswith(("。", "；", "！", "”")) or block.end - block.start > words.longest_heading


def is_aside(block: Block, plain: str, words: CaseWords) -> bool:
    """Captions, lines about source and author: not part of the report's text."""
    text = plain[block.start : block.end].strip()
    short = len(text) <= words.longest_heading
    return block.kind == "caption" or bool(words.caption.search(text) or (short and words.aside_line.search(text)))
