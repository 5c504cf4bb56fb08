"""The grammar of mechanism names as compiled Python objects (ontology/extraction/mechanisms.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class MechanismWords:
    """The grammar of mechanism names (ontology/extraction/mechanisms.yaml) with the heads of the vocabulary."""

    heads: Mapping[str, str]
    creation_verbs: frozenset[str]
    making_verbs: frozenset[str]
    activity_verbs: frozenset[str]
    meeting_heads: frozenset[str]
    only_quoted: frozenset[str]
    post_before: tuple[str, ...]
    set_piece: re.Pattern[str]
    theme: re.Pattern[str]
    naming_verbs: frozenset[str]
    topic: re.Pattern[str]
    came_into_being: re.Pattern[str]
    held: re.Pattern[str]
    slogan_means: tuple[str, ...]
    slogan_starts: tuple[str, ...]
    person_ends: tuple[str, ...]
    not_heads: frozenset[str]
    emphasis_before: tuple[str, ...]
    honour_before: tuple[str, ...]
    emphasis_after: tuple[str, ...]
    practices: tuple[str, ...]
    bare: frozenset[str]
    measures: frozenset[str]
    longest_gap: int
    longest_name: int
    not_titles: re.Pattern[str]
    things: frozenset[str]
    short_named: frozenset[str]
    predicates: frozenset[str]

    @property
    def opening_verbs(self) -> frozenset[str]:
        """Verbs that may follow one another before what is made (建立 健全 …)."""
        return (self.making_verbs | self.activity_verbs) & self.predicates

    @property
    def making_verbs_tuple(self) -> tuple[str, ...]:
        return tuple(self.making_verbs)

    def is_thing(self, head: str) -> bool:
        """Whether a head names a kind of thing that one can set up, several at a time."""
        return self.heads.get(head) in self.things

    def head_at_end(self, name: str) -> str:
        """The longest head that `name` ends in, "" if none."""
        for length in range(min(8, len(name)), 0, -1):
            if name[-length:] in self.heads:
                return name[-length:]
        return ""
