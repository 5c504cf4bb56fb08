"""Who is who: a unit is its full normalised name; what only looks alike is never merged.

Three spellings of one name are known to be one: with and without 人民 in the name of a state organ, with and without the
upper places of a place that is unique in the gazetteer, and the aliases that a units table states.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.ids import Ids
from kg.model import Candidate, Unit
from kg.review import Naming
from kg.vocab.lexicon import Lexicon

_SHORTEST_NAME = 3


class Identities:
    """The units that tables name, and the normal form of all other names.

    Args:
        lexicon: places, heads and known names.
        ids: makes the IRIs.
        naming: names that reviewers found to be one unit.
    """

    def __init__(self, lexicon: Lexicon, ids: Ids, naming: Naming) -> None:
        self._words = lexicon.units
        self._gazetteer = lexicon.gazetteer
        self._ids = ids
        self._listed: dict[str, Unit] = {}
        self._normal: dict[str, str] = {}
        # Names come again and again, and what a name tells by itself never changes.
        self._places_in = cache(self._words.places_in)
        self.parent_name = cache(self._parent_name)
        self._shortest = cache(self._without_upper_places)
        self.key = cache(self._key)
        self._merged = {self.key(name): kept for name, kept in naming.merged.items()}
        self._split = {(document, self.key(name)): meant for (document, name), meant in naming.split.items()}

    def splits(self, name: str, document: str) -> bool:
        """Whether a name means another unit in a document than everywhere else."""
        return (document, self.key(name)) in self._split

    def called(self, name: str, document: str = "") -> str:
        """The name of the unit that a name stands for (in a document, by its id) after the reviewers' decisions."""
        meant = self._split.get((document, self.key(name)), name)
        return self._merged.get(self.key(meant), meant)

    def learn(self, candidate: Candidate) -> Unit:
        """Takes up a unit that a table names, and returns it."""
        name = candidate.one("name")
        assert name is not None
        label = self.called(name.name)
        kind, level, parent, place = (candidate.one(role) for role in ("kind", "level", "parent", "place"))
        unit = Unit(
            iri=self._ids.unit(label),
            label=label,
            alts=tuple(sorted({name.name, *(alt.name for alt in candidate.all("alt"))} - {label})),
            kind=kind.name if kind else self._words.kind_of(label),
            level=level.name if level else self._level(label),
            parent=self._ids.unit(parent.name) if parent else "",
            place=self._place_code(place.name) if place else "",
        )
        for spelling in (label, *unit.alts):
            self._listed.setdefault(self.key(spelling), unit)
        return unit

    def unit(self, name: str, kind: str = "") -> Unit:
        """The unit of a name: the listed one, else one made from the normal form of the name."""
        name = self.called(name)
        listed = self._listed.get(self.key(name))
        if listed is not None:
            return listed
        normal = self._normal.setdefault(self.key(name), self._shortest(name))
        parent = self.parent_name(normal)
        return Unit(
            iri=self._ids.unit(normal),
            label=normal,
            kind=self._words.kind_of(normal) or kind,
            level=self._level(normal),
            parent=self.unit(parent).iri if parent else "",
            place=self._place_code(normal),
        )

    def _place_code(self, name: str) -> str:
        """Code of the lowest place in a name; "" if there is none, or several places are named so and nothing tells which."""
        if name.isdecimal() and len(name) == 6:
            return name
        place = next(iter(self._places_in(name)), name)
        found = self._gazetteer.by_name(place)
        if len(found) > 1:
            found = tuple(one for one in found if any(upper.name in name for upper in self._gazetteer.chain(one) if upper != one))
        return found[0].code if len(found) == 1 else ""

    def parents(self, name: str) -> Iterator[Unit]:
        """The units above an unlisted one, nearest first, as far as its name tells."""
        parent = "" if self.key(name) in self._listed else self.parent_name(self._shortest(name))
        while parent:
            yield self.unit(parent)
            parent = "" if self.key(parent) in self._listed else self.parent_name(parent)

    def spellings(self, name: str) -> set[str]:
        """The usual spellings of a name: with all its places, without those that say nothing more, without the body above it."""
        return {name, self._shortest(name), self.key(name), *self._own_parts(name), self._without_places(name) or name}

    def _without_places(self, name: str) -> str:
        """甲县乙镇 is called 乙镇 at home; "" where only a kind of body would be left."""
        rest = name
        for place in reversed(self._places_in(name)):
            rest = rest.removeprefix(place)
        words = self._words
        return "" if rest == name or rest in words.heads or rest in words.generic_heads or len(rest) < _SHORTEST_NAME else rest

    def _own_parts(self, name: str) -> Iterator[str]:
        """A subordinate body without its superior (丁市某队甲区某队 → 甲区某队), if the rest is a name of its own."""
        words, parent = self._words, self.parent_name(name)
        while parent:
            rest = name.removeprefix(parent)
            inner = [head for start, end, head in words.heads_in(rest, 0, len(rest)) if start > 1 and len(head) > 1]
            if inner and words.heads.get(inner[0]) not in words.parts_of_bodies:
                yield rest
            parent = self.parent_name(parent)

    def _key(self, name: str) -> str:
        """What all known spellings of one name share."""
        return self._words.key(self._shortest(name))

    def _parent_name(self, name: str) -> str:
        """The body that a part belongs to, "" if the name shows none: 甲区某院 of 甲区某院第一部."""
        best = ""
        for _, end, head in self._words.inner_heads(name):
            if len(best) < end < len(name) - 1 and head not in self._words.generic_heads:
                best = name[:end]
        return best

    def _without_upper_places(self, name: str) -> str:
        """Without the places above a place that no other place is named like (北京市海淀区… → 海淀区…)."""
        for place in self._places_in(name):
            at = name.find(place)
            above = name[:at]
            if at > 0 and len(self._gazetteer.by_name(place)) == 1 and self._is_above(above, place):
                return name[at:]
        return name

    def _is_above(self, prefix: str, place: str) -> bool:
        """Whether `prefix` is made of places above `place` only."""
        for upper in self._gazetteer.chain(self._gazetteer.by_name(place)[0])[1:]:
            prefix = prefix.replace(upper.name, "", 1).replace(upper.short, "", 1)
        return not prefix

    def _level(self, name: str) -> str:
        """Level that the name's end tells (…村), else that of the lowest place in it; "" if it shows none."""
        body = self._gazetteer.body(name)
        if body is not None:
            return body.level
        for length in range(min(5, len(name)), 0, -1):
            if name[-length:] in self._words.level_words:
                return self._words.level_words[name[-length:]]
        return next((self._gazetteer.by_name(place)[0].level for place in self._places_in(name)), "")
