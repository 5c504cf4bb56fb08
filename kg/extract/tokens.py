"""Words with part-of-speech tags and offsets, from rjieba's dictionary (no hidden Markov model) and the ontology's words.

Without the HMM unknown names fall into single characters, which the name grammar reads; with it, function words stick to names.
"""

from __future__ import annotations

from typing import NamedTuple

import rjieba

# High enough that the word wins over any split of it, low enough that two such words compete fairly.
_FREQUENCY = 50_000


class Token(NamedTuple):
    """A word; `tag` is an ICTCLAS tag ("n", "vn", "ns", "x" for signs); offsets are those of the text that was cut."""

    text: str
    tag: str
    start: int
    end: int


class Tokenizer:
    """Cuts and tags text. `words` maps a tag to words that the dictionary is to know."""

    def __init__(self, words: dict[str, list[str]]) -> None:
        self._jieba = rjieba.Jieba()
        for tag, entries in words.items():
            for word in entries:
                self._jieba.add_word(word, _FREQUENCY, tag)

    def cut(self, text: str, start: int = 0) -> list[Token]:
        """The tokens of `text`; `start` is added to the offsets.

        >>> [t.text for t in Tokenizer({"n": ["税务局"]}).cut("与税务局")]
        ['与', '税务局']
        """
        tokens = []
        for word, tag in self._jieba.tag(text, False):
            tokens.append(Token(word, tag, start, start + len(word)))
            start += len(word)
        return tokens
