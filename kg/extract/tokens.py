"""Words with part-of-speech tags and offsets, from rjieba's dictionary (no hidden Markov model) and the ontology's words.

Without the HMM unknown names fall into single characters, which the name grammar reads; with it, function words stick to names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import rjieba

# High enough that the word wins over any split of it, low enough that two such words compete fairly.
_FREQUENCY = 50_000
_AND = "和"


class Token(NamedTuple):
    """A word; `tag` is an ICTCLAS tag ("n", "vn", "ns", "x" for signs); offsets are those of the text that was cut."""

    text: str
    tag: str
    start: int
    end: int


class Tokenizer:
    """Cuts and tags text.

    Args:
        words: tag → words that the dictionary is to know under this tag, whatever it says itself.
        heads: further words that it is to know as nouns, unless it knows them already.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], heads: Collection[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        self._tags = {word: tag for tag, entries in words.items() for word in entries}
        for word, tag in self._tags.items():
            self._jieba.add_word(word, _FREQUENCY, tag)
        for word in heads:
            self._jieba.add_word(word, _FREQUENCY, "n")
        verbs = [word for word, tag in self._tags.items() if tag in ("v", "vn")]
        places = {word for word, tag in self._tags.items() if tag == "ns"}
        compounds = [(verb, verb + head) for verb in verbs for head in heads]
        compounds += [(verb, place) for verb in verbs for place in places if place[:-1] == verb]  # 会同|县
        self._joined = {place for place in places if place[0] in _AND and len(place) == len("和县")}
        self._split = {word: verb for verb, word in compounds if word not in heads and self._jieba.has_word(word)}

    def cut(self, text: str, start: int = 0) -> list[Token]:
        """The tokens of `text`; `start` is added to the offsets.

        >>> [t.text for t in Tokenizer({"n": ["甲乙局"]}).cut("与甲乙局")]
        ['与', '甲乙局']
        """
        tokens: list[Token] = []
        for word, tag in self._words(text):
            if word in self._joined and tokens and tokens[-1].tag[0] == "n":
                tokens.append(Token(word[0], "c", start, start + 1))  # 某站|和|县…, not the county of that name
                word, tag, start = word[1:], "zg", start + 1
            tokens.append(Token(word, self._tags.get(word, tag), start, start + len(word)))
            start += len(word)
        return tokens

    def _words(self, text: str) -> Iterator[tuple[str, str]]:
        """Words and tags; a dictionary word that is one of our words and a head is two (联合|某府)."""
        for word, tag in self._jieba.tag(text, False):
            verb = self._split.get(word)
            if verb is None:
                yield word, tag
            else:
                yield verb, self._tags[verb]
                yield word[len(verb) :], "n"
