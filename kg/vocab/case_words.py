"""The grammar of reports as compiled Python objects (ontology/extraction/cases.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class CaseWords:
    """How a document falls apart into reports, and which lines are no running text."""

    caption: re.Pattern[str]
    aside_line: re.Pattern[str]
    levels: tuple[re.Pattern[str], ...]
    heading: re.Pattern[str]
    title_separators: re.Pattern[str]
    speaker: re.Pattern[str]
    summing_up: frozenset[str]
    longest_heading: int
    reporter: re.Pattern[str]
    not_actor_after: re.Pattern[str]
    case_heading: re.Pattern[str]
    relative: re.Pattern[str]
    clause_start: re.Pattern[str]
    goes_on: re.Pattern[str]
    whole_name: re.Pattern[str]
    places_with_offices: re.Pattern[str]
    office_kinds: frozenset[str]
    level_signs: frozenset[str]
