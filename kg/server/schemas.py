"""The answers of the JSON endpoints as JSON Schema, for /api/openapi.json; the tests hold the answers against them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.server.endpoints import WORDS, Schema

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_NUMBERS: Schema = {"type": "array", "items": _WHOLE}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def reference(name: str) -> Schema:
    """Points at a schema below."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_NAMED = {"id": _TEXT, "zh": _TEXT, "en": _TEXT}
_OPEN: Schema = {"type": "object"}

_NETWORK: dict[str, Schema] = {
    "lang": {"enum": ["zh", "en"]},
    "title": WORDS,
    "caption": WORDS,
    "limit": _WHOLE,
    "mixed": {"type": "boolean"},
    "kinds": _list(reference("Kind")),
    "relations": _list(_object(_NAMED)),
    "names": _list(_object(_NAMED)),
    "nodes": _list(reference("Node")),
    "edges": _list(reference("Pair")),
    "proofs": _list(reference("Proof")),
    "quotes": _list(reference("Sentence")),
    "documents": _list(reference("Source")),
    "options": _OPEN,
    "total": _WHOLE,
}

SCHEMAS: Mapping[str, Schema] = {
    "Kind": _object({**_NAMED, "colour": _TEXT, "shape": _TEXT}),
    "Node": _object(
        {
            "id": _TEXT,
            "label": _TEXT,
            "aliases": _TEXTS,
            "initials": _TEXTS,
            "kind": _TEXT,
            "level": _TEXT,
            "generic": {"type": "boolean"},
            "degree": _WHOLE,
            "strength": _WHOLE,
            "betweenness": {"type": "number"},
            "community": _WHOLE,
            "findings": _NUMBERS,
            "drawn": _OPEN,
            "page": _TEXT,
        }
    ),
    "Pair": _object({"from": _TEXT, "to": _TEXT, "proofs": _NUMBERS, "drawn": _OPEN}),
    "Proof": _object(
        {"id": _TEXT, "type": _TEXT},
        {
            **dict.fromkeys(("from", "to", "label", "kind", "amount", "rule", "producer", "status"), _TEXT),
            "year": {"type": "integer"},
            "mechanisms": _TEXTS,
            "outcomes": _TEXTS,
            "quotes": _NUMBERS,
            "confidence": {"type": "number"},
        },
    ),
    "Sentence": _object({"text": _TEXT, "mark": _NUMBERS, "document": _WHOLE, "start": _WHOLE}),
    "Source": _object(dict.fromkeys(("title", "file", "address", "page"), _TEXT)),
    "Network": _object(_NETWORK),
    "Path": _object({**_NETWORK, "path": _TEXTS}),
    "Result": _object(
        {
            **dict.fromkeys(("id", "type", "label", "kind", "level", "page"), _TEXT),
            "aliases": _TEXTS,
            "initials": _TEXTS,
            "generic": {"type": "boolean"},
            "degree": _WHOLE,
        }
    ),
    "Results": _object({"results": _list(reference("Result")), "total": _WHOLE}),
    "Evidence": _object(
        {
            "proofs": _list(reference("Proof")),
            "quotes": _list(reference("Sentence")),
            "documents": _list(reference("Source")),
            "total": _WHOLE,
        }
    ),
    "Schema": _object(
        {
            "prefixes": {"type": "object", "additionalProperties": _TEXT},
            "terms": _list(_object({**_NAMED, "name": _TEXT, "class": {"type": "boolean"}})),
            "kinds": _list(_object({**_NAMED, "name": _TEXT, "scheme": _TEXT})),
            "views": _list(_object(_NAMED)),
        }
    ),
    "Statistics": _object(
        {
            "counts": _list(_object({"property": _TEXT, "id": _TEXT, "label": _TEXT, "count": _WHOLE})),
            "documents": _WHOLE,
            "build": _TEXT,
        }
    ),
}
