"""The text of a document that a store was built from, read again from its file exactly as the build read it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, Text
from kg.load.base import LoadContext
from kg.load.sources import load_sources
from kg.model import Document


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it is in its file now; `changed` since the store was built, so that offsets may have moved."""

    document: Document
    changed: bool


def read_source(name: str, ledger: Path, context: LoadContext) -> Source:
    """Reads a document that a build read.

    Args:
        name: its id, file name, or an unambiguous part of it; or the path of a file.
        ledger: ledger.json of the store.
        context: where the loaders work; the id is a path below its root.

    Raises:
        InputError: there is no such document, or its file is gone or cannot be read.
    """
    known = ledger_documents(ledger)
    if name not in known and Path(name).is_file():
        return Source(_load(Path(name), "", context), changed=False)
    id = _choose(name, list(known))
    entry = known[id]
    places = [context.root / entry["id"], Path(entry["source"])]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise InputError(
            Text(f"the file of {id} is gone: {entry['source']}", f"{id} 的文件已不在：{entry['source']}"),
            Text("Put it back, or build again without it.", "请放回该文件，或去掉它重新构建。"),
        )
    document = _load(path, id, context)
    return Source(document, changed=document.sha256 != entry.get("sha256"))


def ledger_documents(ledger: Path) -> dict[str, dict[str, Any]]:
    """Entry of the ledger for each document's id.

    Raises:
        InputError: the ledger cannot be read.
    """
    try:
        content = json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else {"files": []}
    except (OSError, ValueError):
        raise InputError(
            Text(f"there is no readable ledger at {ledger}", f"{ledger} 处没有可读的记录"),
            Text("Build the store again.", "请重新构建图谱库。"),
        ) from None
    return {id: entry for entry in content["files"] for id in entry.get("documents", ())}


def _choose(name: str, ids: Sequence[str]) -> str:
    """The one id that is `name`, or whose file name is, or that holds it."""
    for found in ([name] if name in ids else [], [id for id in ids if Path(id).name == name], [id for id in ids if name in id]):
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                Text(f"“{name}” fits {len(found)} documents", f"“{name}”对应 {len(found)} 个文档"),
                Text(f"Name one: {', '.join(found[:5])}", f"请指定其中一个：{'、'.join(found[:5])}"),
            )
    near = difflib.get_close_matches(name, ids, 3, 0.3) or list(ids[:3])
    raise InputError(
        Text(f"there is no document “{name}”", f"没有名为“{name}”的文档"),
        Text(f"Did you mean {' or '.join(near)}?", f"是不是 {' 或 '.join(near)}？"),
    )


def _load(path: Path, id: str, context: LoadContext) -> Document:
    for entry, documents in load_sources([path], context):
        if entry.error:
            raise entry.error
        for document in documents:
            if not id or document.id == id or len(documents) == 1:
                return document
    raise InputError(Text(f"{path} holds no document", f"{path} 中没有文档"), Text("Name another file.", "请指定其他文件。"))
