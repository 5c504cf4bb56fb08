"""How kinds look: colour and shape and words together, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import Text

if TYPE_CHECKING:
    from kg.vocab.reader import Ontology

# Okabe & Ito's colours (2008), which people with any colour vision tell apart; their yellow is too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6B7280")
SHAPES = ("dot", "square", "triangle", "diamond", "hexagon", "triangleDown", "star")
# For numbers, from light to dark, also without colour: ColorBrewer's Blues (Harrower & Brewer 2003).
RAMP = ("#C6DBEF", "#9ECAE1", "#6BAED6", "#3182BD", "#08519C")
UNKNOWN = Text(en="kind not known", zh="类别未知")


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind is named and drawn.

    Attributes:
        label: its name in both languages.
        colour: "#rrggbb"; shape: one of SHAPES. "" for kinds that are not drawn as nodes (levels, relations).
        order: place in the legend, inside its scheme.
        scheme: name of the vocabulary it belongs to, "" for none.
    """

    label: Text
    colour: str = ""
    shape: str = ""
    order: int = 0
    scheme: str = ""


@dataclass(frozen=True)
class Styles:
    """Marks by notation: of kinds of nodes, kinds of relations (mechanisms), other notations (levels, outcome kinds)."""

    kinds: Mapping[str, Mark] = field(default_factory=dict)
    relations: Mapping[str, Mark] = field(default_factory=dict)
    others: Mapping[str, Mark] = field(default_factory=dict)

    @classmethod
    def of(cls, ontology: Ontology) -> Styles:
        """The styles and names that an ontology states, by notation (of terms of the schema: by local name)."""
        concepts = [concept for scheme in ontology.vocabulary.schemes() for concept in ontology.vocabulary.concepts(scheme)]
        named = {concept.notation: _mark_of(ontology, concept.iri, concept.scheme, concept.order) for concept in concepts}
        schema = {term.name: _mark_of(ontology, term.iri, "", 1000) for term in ontology.schema.values()}
        return cls(kinds=named, relations={**schema, **named}, others=named)

    def legend(self, notations: Iterable[str], schemes: Sequence[str] = ()) -> dict[str, Mark]:
        """A mark for each notation that occurs: schemes as given, kinds in their order inside.

        No two look the same while there are enough looks.

        >>> [mark.shape for mark in Styles().legend(["b", "a", "a"]).values()]
        ['dot', 'square']
        """
        present = sorted(set(notations), key=lambda name: (name == "", *self._order(name, schemes), name))
        taken = {(mark.colour, mark.shape) for name in present if (mark := self.kinds.get(name)) and mark.shape in SHAPES}
        free = [look for look in _looks() if look not in taken]
        return {name: self._mark(name, free) for name in present}

    def _order(self, notation: str, schemes: Sequence[str]) -> tuple[int, int]:
        mark = self.kinds.get(notation)
        if mark is None:
            return len(schemes) + 1, 0
        return schemes.index(mark.scheme) if mark.scheme in schemes else len(schemes), mark.order

    def _mark(self, notation: str, free: list[tuple[str, str]]) -> Mark:
        mark = self.kinds.get(notation) or Mark(UNKNOWN if not notation else Text(notation, notation))
        if mark.colour and mark.shape in SHAPES:
            return mark
        if not notation:
            return Mark(mark.label, COLOURS[-1], "dot", 10_001)
        colour, shape = free.pop(0) if free else (COLOURS[-1], "dot")
        return Mark(mark.label, colour, shape, mark.order)


def _mark_of(ontology: Ontology, iri: str, scheme: str, order: int) -> Mark:
    label = Text(en=ontology.label(iri, "en"), zh=ontology.label(iri, "zh"))
    style = ontology.styles.get(iri)
    return Mark(label, style.colour if style else "", style.shape if style else "", order, scheme)


def _looks() -> list[tuple[str, str]]:
    """All pairs of colour and shape, those that differ in both first."""
    count = len(COLOURS)
    return [(COLOURS[number], SHAPES[(number + turn) % count]) for turn in range(count) for number in range(count)]
