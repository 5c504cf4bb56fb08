"""Reads ontology/extraction/{words,units,mechanisms,cooperation,cases}.yaml into a Lexicon."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.vocab.case_words import CaseWords
from kg.vocab.gazetteer import Gazetteer
from kg.vocab.grammar_file import compiled, entry_error, read_grammar
from kg.vocab.lexicon import Known, Lexicon, Rule, UnitWords
from kg.vocab.mechanism_words import MechanismWords
from kg.vocab.outcome_lexicon import read_outcome_lexicon
from kg.vocab.reader import Ontology
from kg.vocab.terms import MECHANISM_KIND, UNIT_KIND

# What the frames of cooperation.yaml may name in braces, besides the word lists of that file.
_ITEM = r"(?:{some})?U(?:（[^（），。]{1,8}）)?"  # 各乙局, 11个甲（乙）
_LIST = rf"{_ITEM}(?:[、和与及同暨]{_ITEM}|，?以及{_ITEM}|，U(?=[、和及与]))*(?:等[^，。；：USM]{{0,6}}U|等)?"
# A mention is one private-use sign in a masked sentence, so that no letter of the text can be taken for it.
SIGNS = {"U": "\ue000", "S": "\ue001", "M": "\ue002"}

_WORD_SETS = (
    "generic_modifiers",
    "systems",
    "boundaries",
    "hard_boundaries",
    "boundaries_in_names",
    "joining",
    "joint_named",
    "long_named",
    "toponym_heads",
    "parts_of_bodies",
    "first_person",
    "common_departments",
    "joining_verbs",
    "with_words",
    "before_count",
    "verbs_in_names",
    "not_first",
    "place_prefixes",
    "province_signs",
    "level_signs",
    "town_signs",
    "part_signs",
    "count_units",
)


def read_lexicon(ontology: Ontology) -> Lexicon:
    """The lexicon of an ontology folder.

    Raises:
        ConfigError: a file is missing or broken; names file, line and entry.
    """
    folder = ontology.folder / "extraction"
    places = Gazetteer.read(ontology.folder)
    words = _words(folder / "words.yaml", places)
    frames, not_before, future, planned = _frames(folder / "cooperation.yaml")
    units = _unit_words(folder / "units.yaml", _heads(ontology, UNIT_KIND), places)
    return Lexicon(
        words=words,
        units=units,
        mechanisms=_mechanism_words(folder / "mechanisms.yaml", _heads(ontology, MECHANISM_KIND), words["v"]),
        frames=frames,
        frames_not_before=not_before,
        frames_future=future,
        measured=read_grammar(folder / "confidence.yaml"),
        frames_planned=planned,
        cases=_case_words(folder / "cases.yaml", units.level_signs),
        outcomes=read_outcome_lexicon(ontology.folder),
        vocabulary=ontology.vocabulary,
        gazetteer=places,
        folder=ontology.folder,
    )


def _heads(ontology: Ontology, scheme: str) -> dict[str, str]:
    """Head noun → notation of its kind."""
    return {trigger: concept.notation for concept in ontology.vocabulary.concepts(scheme) for trigger in concept.triggers}


def _words(path: Path, places: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    words: dict[str, list[str]] = defaultdict(list)
    for entry in read_grammar(path):
        words[entry["tag"]].extend(entry["words"])
    for place in places.places:
        words["ns"].append(place.name)
    return {tag: tuple(entries) for tag, entries in words.items()}


def _unit_words(path: Path, heads: Mapping[str, str], places: Gazetteer) -> UnitWords:
    data = read_grammar(path)
    generic = {head: kind for kind, entries in data["generic_heads"].items() for head in entries}
    by_code = {place.code: place for place in places.places}
    above: dict[str, tuple[str, ...]] = {}
    for place in places.places:
        chain, parent = [], by_code.get(place.parent)
        while parent is not None:
            chain.append(parent.name)
            parent = by_code.get(parent.parent)
        above[place.name] = tuple(chain)
    known = {name: Known(body.name, body.kind) for body in places.bodies for name in (body.name, *body.shorts)}
    sets = {name: frozenset(data[name]) for name in _WORD_SETS}
    return UnitWords(
        heads=heads,
        generic_heads=generic,
        followed_not={head: tuple(words) for head, words in data["followed_not"].items()},
        counted=compiled(path, "counted", data["counted"]),
        persons=tuple(data["persons"]),
        never_before=tuple(data["never_before"]),
        means=tuple(data["means"]),
        spellings=data["spellings"],
        level_words=data["level_words"],
        both_sides=compiled(path, "both_sides", data["both_sides"]),
        implied_sides=compiled(path, "implied_sides", data["implied_sides"]),
        forms=[(compiled(path, "forms", form["pattern"]), form["usual"]) for form in data["forms"]],
        after_places=compiled(path, "after_places", data["after_places"]),
        category=compiled(path, "category", data["category"]),
        any_body=compiled(path, "any_body", data["any_body"]),
        sums_up=compiled(path, "sums_up", data["sums_up"]),
        with_before=compiled(path, "with_before", data["with_before"]),
        short_name=compiled(path, "short_name", data["short_name"]),
        deixis=_rules(path, data["deixis"]),
        aliases=_rules(path, data["alias_definitions"]),
        numerals=data["numerals"],
        places=above,
        bare_kinds=data["bare_kinds"],
        place_kind=data["place_kind"],
        place_shorts=_place_shorts(places, sets["generic_modifiers"] | sets["boundaries"] | sets["verbs_in_names"]),
        known=known,
        **sets,
    )


def _place_shorts(places: Gazetteer, other: frozenset[str]) -> frozenset[str]:
    """Short names of places, without those that are also words of the grammar (会同)."""
    return frozenset(place.short for place in places.places if len(place.short) > 1) - other


def _rules(path: Path, entries: list[dict[str, Any]]) -> tuple[Rule, ...]:
    rules = []
    for entry in entries:
        if not entry.get("example"):
            raise entry_error(path, entry.get("id", ""), "an example is missing", "缺少例句")
        pattern = compiled(path, entry["id"], entry["pattern"])
        rules.append(Rule(entry["id"], pattern, entry["example"], tuple(entry.get("gives", ())), entry.get("refers", "")))
    return tuple(rules)


def _mechanism_words(path: Path, heads: Mapping[str, str], verbs: Sequence[str]) -> MechanismWords:
    data = read_grammar(path)
    return MechanismWords(
        heads={**dict.fromkeys(data["meeting_heads"], "activity"), **data["only_quoted"], **heads},
        creation_verbs=frozenset(data["creation_verbs"]),
        making_verbs=frozenset(data["making_verbs"]),
        activity_verbs=frozenset(data["activity_verbs"]),
        meeting_heads=frozenset(data["meeting_heads"]),
        only_quoted=frozenset(data["only_quoted"]),
        post_before=tuple(data["post_before"]),
        set_piece=compiled(path, "set_piece", data["set_piece"]),
        theme=compiled(path, "theme", data["theme"]),
        naming_verbs=frozenset(data["naming_verbs"]),
        topic=compiled(path, "topic", data["topic"]),
        held=compiled(path, "held", data["held"]),
        came_into_being=compiled(path, "came_into_being", data["came_into_being"]),
        slogan_means=tuple(data["slogan_means"]),
        slogan_starts=tuple(data["slogan_starts"]),
        person_ends=tuple(data["person_ends"]),
        not_heads=frozenset(data["not_heads"]),
        emphasis_before=tuple(data["emphasis_before"]),
        honour_before=tuple(data["honour_before"]),
        emphasis_after=tuple(data["emphasis_after"]),
        practices=tuple(sorted(data["practices"], key=len, reverse=True)),
        bare=frozenset(data["bare"]),
        measures=frozenset(data["measures"]),
        longest_gap=data["longest_gap"],
        longest_name=data["longest_name"],
        not_titles=compiled(path, "not_titles", data["not_titles"]),
        predicates=frozenset((*verbs, *data["creation_verbs"], *data["making_verbs"])) - set(data["verbs_in_compounds"]),
        things=frozenset(data["things"]),
        short_named=frozenset(data["short_named"]),
    )


def _frames(path: Path) -> tuple[tuple[Rule, ...], tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    """The frames, the words before one that deny it, the words after both sides that put off what they do, and plans.

    The frames have their braces filled: {coop}, {noun}, {joint}, {gap} and the signs L, U, S, M of the masked sentence.
    """
    data = read_grammar(path)
    fill = {
        "{coop}": _alternatives(data["coop_verbs"]),
        "{noun}": _alternatives(data["coop_nouns"]),
        "{joint}": _alternatives(data["joint_adverbs"]),
        "{gap}": data["gap"],
        "{opening}": data["opening"],
    }
    listed = _LIST.replace("{some}", _alternatives(data["some"]))
    entries = []
    for entry in data["frames"]:
        pattern = entry["pattern"]
        for brace, value in fill.items():
            pattern = pattern.replace(brace, value)
        pattern = re.sub(r"(?<=>)L(?=\))", lambda _: listed, pattern)
        entries.append({**entry, "pattern": _with_signs(pattern)})
    return _rules(path, entries), tuple(data["not_before"]), tuple(data["future"]), compiled(path, "planned", data["planned"])


def _with_signs(pattern: str) -> str:
    """A list or gap may hold the report's subject too: outside a class that names S, U stands for both."""
    unit = f"[{SIGNS['U']}{SIGNS['S']}]"
    parts = re.split(r"(\[[^\]]*\])", pattern)
    for index, part in enumerate(parts):
        if part.startswith("["):
            part = part.replace("U", SIGNS["U"] + ("" if "S" in part else SIGNS["S"]))
        else:
            part = part.replace("U", unit)
        parts[index] = part.replace("S", SIGNS["S"]).replace("M", SIGNS["M"])
    return "".join(parts)


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _case_words(path: Path, level_signs: frozenset[str]) -> CaseWords:
    data = read_grammar(path)
    return CaseWords(
        caption=compiled(path, "caption", data["caption"]),
        aside_line=compiled(path, "aside_line", data["aside_line"]),
        levels=tuple(compiled(path, "levels", level) for level in data["levels"]),
        heading=compiled(path, "heading", data["heading"]),
        speaker=compiled(path, "speaker", data["speaker"]),
        title_separators=compiled(path, "title_separators", data["title_separators"]),
        summing_up=frozenset(data["summing_up"]),
        longest_heading=data["longest_heading"],
        places_with_offices=compiled(path, "places_with_offices", data["places_with_offices"]),
        office_kinds=frozenset(data["office_kinds"]),
        whole_name=compiled(path, "whole_name", data["whole_name"]),
        clause_start=compiled(path, "clause_start", data["clause_start"]),
        goes_on=compiled(path, "goes_on", data["goes_on"]),
        relative=compiled(path, "relative", data["relative"]),
        case_heading=compiled(path, "case_heading", data["case_heading"]),
        not_actor_after=compiled(path, "not_actor_after", data["not_actor_after"]),
        reporter=compiled(path, "reporter", data["reporter"]),
        level_signs=level_signs,
    )
