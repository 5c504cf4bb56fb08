"""Mentions of mechanisms in a block of text: quoted names, titles, unquoted compounds, set practices."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.compounds import Compounds
from kg.extract.phrases import Clause
from kg.extract.quoted import QuotedNames
from kg.extract.tokens import Token
from kg.model import Mention
from kg.vocab.mechanism_words import MechanismWords


def find_mechanisms(plain: str, tokens: Sequence[Token], words: MechanismWords) -> list[Mention]:
    """The mentions of a block in text order, not overlapping; where two overlap, the surer way of naming wins.

    Args:
        plain: normalised text of the whole document.
        tokens: the words of the block.
        words: the grammar of ontology/extraction/mechanisms.yaml with the heads of the vocabulary.
    """
    if not tokens:
        return []
    clause = Clause(plain, tokens)
    quoted, compounds = QuotedNames(words, clause), Compounds(words, clause)
    found: list[Mention] = []
    for mentions in (quoted.titles(), quoted.find()):
        _add(found, list(mentions))
    for mentions in (compounds.made(), compounds.coordinated(tuple(found)), compounds.founded(), compounds.practices()):
        _add(found, list(mentions))
    return sorted(found, key=lambda mention: mention.start)


def _add(found: list[Mention], more: Sequence[Mention]) -> None:
    """Adds the mentions that overlap none found before."""
    for mention in more:
        if not any(old.start < mention.end and mention.start < old.end for old in found):
            found.append(mention)
