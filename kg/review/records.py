"""Candidates and orphans as plain data: one candidate a line is the format that all producers share (`kg extract`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.model import Candidate, Sentence, Slot
from kg.review.identity import candidate_id
from kg.review.replay import Orphan


def candidate_json(candidate: Candidate, document: str, version: str) -> dict[str, Any]:
    """A candidate as plain data; `document` is the id of the document it was read in, `version` the producer's."""
    sentence = candidate.sentence
    producer = {"name": candidate.producer, "rule": candidate.rule, "version": version}
    return {
        "id": candidate_id(candidate),
        "kind": candidate.kind,
        "document": document,
        "case": candidate.case,
        "slots": [_slot_json(slot) for slot in candidate.slots],
        "sentence": {name: getattr(sentence, name) for name in ("text", "start", "end", "index", "block")},
        "start": candidate.start,
        "end": candidate.end,
        "producer": producer,
        "confidence": candidate.confidence,
        "status": candidate.status,
    }


def candidate_line(candidate: Candidate, document: str, version: str) -> str:
    """The same as one line of JSON with sorted keys."""
    return json.dumps(candidate_json(candidate, document, version), ensure_ascii=False, sort_keys=True)


def candidate_from_json(data: Mapping[str, Any]) -> Candidate:
    """The candidate of plain data as `candidate_json` gives them.

    Raises:
        KeyError, TypeError, ValueError: they are no candidate.
    """
    slots = tuple(Slot(**{**slot, "alts": tuple(slot.get("alts", ()))}) for slot in data["slots"])
    return Candidate(
        data["kind"],
        int(data["case"]),
        slots,
        Sentence(**data["sentence"]),
        int(data["start"]),
        int(data["end"]),
        data["producer"]["rule"],
        data["producer"]["name"],
        float(data["confidence"]),
        data["status"],
    )


def _slot_json(slot: Slot) -> dict[str, Any]:
    data = {"role": slot.role, "text": slot.text, "start": slot.start, "end": slot.end}
    more = {"value": slot.value, "kind": slot.kind, "generic": slot.generic, "alts": list(slot.alts)}
    return data | {name: value for name, value in more.items() if value}


def orphan_json(orphan: Orphan) -> dict[str, Any]:
    """An orphan as plain data, for the ledger."""
    data: dict[str, Any] = {"decision": orphan.decision.to_json(), "reason": orphan.reason._asdict()}
    if orphan.nearest is not None:
        near = orphan.nearest
        words = [{"role": slot.role, "text": slot.text} for slot in near.slots]
        data["nearest"] = {"id": candidate_id(near), "sentence": near.sentence.text, "slots": words}
    if orphan.near:
        data["nearest"] = {"name": orphan.near}
    return data | ({"likeness": orphan.likeness} if orphan.likeness else {})
