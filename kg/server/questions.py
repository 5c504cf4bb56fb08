"""What the review page shows and takes, as plain data. Places inside sentences count UTF-16 units, as scripts do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.errors import QueryError, Text
from kg.model import Candidate, Evidence
from kg.pipeline import BuildResult
from kg.pipeline.desk import Desk
from kg.pipeline.pairs import Pair
from kg.pipeline.rounds import as_typed
from kg.review import Decision
from kg.review.labels import ACTIONS, ASKED, ROLES
from kg.review.queue import Item

_SHOWN = 40  # questions and decisions that one answer holds


def questions(desk: Desk, lang: str) -> dict[str, Any]:
    """The next questions, what was decided last, and how much is left."""
    queue, pairs = desk.queue(), desk.pairs()
    return {
        "items": [_item(item) for item in queue[:_SHOWN]],
        "pairs": [_pair(pair, lang) for pair in pairs[:_SHOWN]],
        "left": {"facts": len(queue), "pairs": len(pairs)},
        "decided": [_decision(decision, lang) for decision in desk.history()[:_SHOWN]],
    }


def vocabulary(kinds: Mapping[str, str], lang: str) -> dict[str, Any]:
    """The words for kinds and roles, and which roles of a kind are asked about."""
    return {
        "kinds": dict(kinds),
        "roles": {role: label.say(lang) for role, label in ROLES.items()},
        "asked": {kind: list(roles) for kind, roles in ASKED.items()},
    }


def units16(text: str, place: int) -> int:
    """How many UTF-16 units stand before a place.

    >>> units16("𠮷甲", 1)
    2
    """
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _span(candidate: Candidate, start: int, end: int) -> list[int] | None:
    """Where words stand in the candidate's sentence; None if they stand elsewhere."""
    sentence = candidate.sentence
    if not sentence.start <= start <= end <= sentence.end:
        return None
    return [units16(sentence.text, place - sentence.start) for place in (start, end)]


def _item(item: Item) -> dict[str, Any]:
    candidate = item.candidate
    return {
        "id": item.id,
        "document": item.document,
        "title": item.title,
        "kind": candidate.kind,
        "sentence": candidate.sentence.text,
        "exact": _span(candidate, candidate.start, candidate.end),
        "spans": [
            {"role": slot.role, "span": span}
            for slot in candidate.slots
            if slot.role in ASKED[candidate.kind] and (span := _span(candidate, slot.start, slot.end))
        ],
        "roles": as_typed(candidate),
        "rule": candidate.rule,
        "producer": candidate.producer,
        "sure": item.sure,
        "sentences": item.sentences,
        "rivals": [{"producer": rival.producer, "roles": as_typed(rival)} for rival in item.rivals],
    }


def _pair(pair: Pair, lang: str) -> dict[str, Any]:
    sides = ((pair.proposal.keep.label, pair.keep_proofs), (pair.proposal.other.label, pair.other_proofs))
    return {
        "id": pair.id,
        "reason": pair.proposal.reason.say(lang),
        "sure": pair.proposal.sure,
        "units": [{"name": name, "proofs": [_proof(name, proof) for proof in proofs]} for name, proofs in sides],
    }


def _proof(name: str, proof: Evidence) -> dict[str, Any]:
    """A sentence; what is marked in it is the unit's name, or else the words that state the fact."""
    words = name if name in proof.quote else proof.exact
    at = proof.quote.find(words)
    return {"text": proof.quote, "mark": [units16(proof.quote, at), units16(proof.quote, at + len(words))]}


def _decision(decision: Decision, lang: str) -> dict[str, Any]:
    words = dict.fromkeys([*decision.units, *(words.text for words in decision.roles)])
    said = {"key": decision.key, "action": decision.action, "label": ACTIONS[decision.action].say(lang)}
    return {**said, "words": "、".join(words) or decision.id, "by": decision.by, "at": decision.at}


def built(result: BuildResult, lang: str) -> dict[str, Any]:
    """What a build did, and the decisions that found no place."""
    orphans = [
        {
            **_decision(Decision.from_json(orphan["decision"]), lang),
            "reason": orphan["reason"][lang],
            "nearest": orphan.get("nearest", {}).get("sentence") or orphan.get("nearest", {}).get("name", ""),
        }
        for orphan in result.ledger.orphans
    ]
    return {"built": {"seconds": round(result.seconds, 1), "documents": result.documents, "orphans": orphans}}


def decide(desk: Desk, asked: Mapping[str, Any]) -> None:
    """Does what the page asks for.

    Raises:
        QueryError: the request is not one of the page's.
        InputError: the text does not bear it, or it was decided meanwhile.
    """
    action = _text(asked, "action")
    if action in ("accept", "reject", "edit"):
        item = desk.item(_text(asked, "document"), _text(asked, "id"))
        if action == "edit":
            desk.edit(item, _roles(asked), _text(asked, "exact"), _text(asked, "note"))
        else:
            (desk.accept if action == "accept" else desk.reject)(item, _text(asked, "note"))
    elif action == "add":
        document, sentence, kind = (_text(asked, name) for name in ("document", "sentence", "kind"))
        if kind not in ASKED:
            raise _wrong("kind")
        desk.add(document, sentence, kind, _roles(asked), _text(asked, "exact"), _text(asked, "note"))
    elif action in ("merge", "apart"):
        units = asked.get("units")
        if not isinstance(units, list) or len(units) != 2 or not all(isinstance(unit, str) and unit for unit in units):
            raise _wrong("units")
        (desk.merge if action == "merge" else desk.apart)(units[0], units[1], _text(asked, "note"))
    elif action == "undo":
        desk.undo(_text(asked, "key"))
    else:
        raise _wrong("action")


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name)
    return value


def _roles(asked: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    roles = asked.get("roles")
    if not isinstance(roles, dict):
        raise _wrong("roles")
    for role, filled in roles.items():
        if role not in ROLES or not isinstance(filled, list) or not all(isinstance(words, str) for words in filled):
            raise _wrong(f"roles.{role}")
    return {role: [words for words in filled if words.strip()] for role, filled in roles.items()}


def _wrong(name: str) -> QueryError:
    return QueryError(
        Text(f"“{name}” is missing or cannot be taken", f"“{name}”缺失或无法识别"),
        Text("load the page again", "请重新打开页面"),
    )
