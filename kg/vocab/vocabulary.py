"""The controlled vocabularies (SKOS) as Python objects: kinds of mechanisms, units and outcomes, and levels."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.vocab.labels import label_or_name


@dataclass(frozen=True, slots=True)
class Concept:
    """One kind.

    Attributes:
        scheme: name of its scheme: "mechanism-kind", "unit-kind", "level" or "outcome-kind".
        labels: preferred label by language tag.
        triggers: head nouns that stand for the kind, without repetition: labels, other names, then hidden ones.
        examples: sentences in which it is found.
        broader: IRI of the broader concept, or "".
        order: position in lists and legends.
        definitions: definition by language tag.
    """

    iri: str
    notation: str
    scheme: str
    labels: Mapping[str, str]
    triggers: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    broader: str = ""
    order: int = 0
    definitions: Mapping[str, str] = field(default_factory=dict)

    def label(self, lang: str) -> str:
        """The label in `lang`, else in another language, else the notation."""
        return label_or_name(((text, tag) for tag, text in self.labels.items()), lang, self.notation)


class Vocabulary:
    """All concepts, by scheme and by IRI."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        ordered = sorted(concepts, key=lambda concept: (concept.scheme, concept.order, concept.notation))
        self._by_iri = {concept.iri: concept for concept in ordered}
        self._by_notation = {(concept.scheme, concept.notation): concept for concept in ordered}
        self._schemes: dict[str, tuple[Concept, ...]] = {}
        for concept in ordered:
            self._schemes[concept.scheme] = (*self._schemes.get(concept.scheme, ()), concept)
        self._by_words = _by_words(ordered)

    def schemes(self) -> tuple[str, ...]:
        """Names of the schemes."""
        return tuple(self._schemes)

    def concepts(self, scheme: str) -> tuple[Concept, ...]:
        """The concepts of a scheme in their order; empty for a scheme that is not there."""
        return self._schemes.get(scheme, ())

    def concept(self, scheme: str, notation: str) -> Concept | None:
        """The concept with that notation, or None."""
        return self._by_notation.get((scheme, notation))

    def by_iri(self, iri: str) -> Concept | None:
        """The concept with that IRI, or None."""
        return self._by_iri.get(iri)

    def by_label(self, scheme: str, text: str) -> Concept | None:
        """The concept that a cell of a table names by notation, label or any trigger; width and case do not matter."""
        return self._by_words.get((scheme, _fold(text)))

    def label(self, iri: str, lang: str) -> str:
        """Label of a concept in `lang` (with fallback); for an unknown IRI its local name."""
        concept = self._by_iri.get(iri)
        return concept.label(lang) if concept else label_or_name((), lang, iri)


def _by_words(concepts: Iterable[Concept]) -> dict[tuple[str, str], Concept]:
    """(scheme, folded word) → concept; notations win over labels, labels over triggers, earlier concepts over later ones."""
    ordered = tuple(concepts)
    found: dict[tuple[str, str], Concept] = {}
    for words in (_notation, _labels, _triggers):
        for concept in ordered:
            for word in words(concept):
                found.setdefault((concept.scheme, _fold(word)), concept)
    return found


def _notation(concept: Concept) -> Iterable[str]:
    return (concept.notation, concept.notation.replace("_", " "))


def _labels(concept: Concept) -> Iterable[str]:
    return concept.labels.values()


def _triggers(concept: Concept) -> Iterable[str]:
    return concept.triggers


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
