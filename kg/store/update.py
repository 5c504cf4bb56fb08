"""Changes a store by SPARQL: on a copy that takes its place when the change is whole; readers see the old graph or the new."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from kg.errors import QueryError, Text
from kg.store.folder import BuildLock, Meta, new_name, remove_databases
from kg.store.process import Process
from kg.store.sparql import Token, refuse_dangerous_update, tokens
from kg.store.stopped import stopped, wrong
from kg.vocab.terms import PREFIXES

OWN = "graph/updates"
"""Below the base: the graph that takes what an update adds without naming a graph."""


def update(
    folder: Path, text: str, seconds: float, memory: int, graphs: tuple[Sequence[str], Sequence[str]] | None = None
) -> None:
    """Runs a SPARQL update on a store; what plain patterns add or take is added or taken for all graphs.

    Args:
        folder: of the store.
        seconds, memory: limits, the latter in bytes.
        graphs: IRIs that stand in for USING and USING NAMED.

    Raises:
        QueryError: it is wrong, asks for LOAD or SERVICE, or passed a limit; the store stays as it was.
        BusyError: a build or another update is writing the store.
    """
    refuse_dangerous_update(text)
    if graphs:
        text = with_using(text, *graphs)
    lock = BuildLock(folder)
    meta = Meta.read(folder)
    keep = meta.database
    try:
        name = new_name()
        _copy(folder / meta.database, folder / name)
        request = {"text": text, "base": meta.base, "prefixes": PREFIXES, "own": meta.base + OWN, "memory": memory}
        _run(folder / name, folder / meta.database, request, seconds)
        Meta(meta.base, name, meta.documents).write(folder)
        keep = name
    finally:
        remove_databases(folder, keep)
        lock.release()


def _copy(old: Path, new: Path) -> None:
    """Copies a database; its tables never change once written, so they are linked where the disk can do that."""
    new.mkdir()
    for path in old.iterdir():
        if path.name == "LOCK":
            continue
        try:
            if path.suffix != ".sst":
                raise OSError
            os.link(path, new / path.name)
        except OSError:
            shutil.copy2(path, new / path.name)


def _run(new: Path, old: Path, request: dict[str, object], seconds: float) -> None:
    process = Process("kg.store.updater", str(new), str(old))
    process.claim()
    try:
        for kind, payload in process.ask(request, seconds):
            raise stopped(payload) if kind == "limit" else wrong(payload)
    finally:
        process.end()


def with_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update whose patterns are for these graphs (SPARQL 1.1 Protocol, section 2.2.3).

    Raises:
        QueryError: it says itself which graphs they are for.

    >>> with_using("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", ["http://e/g"], [])
    'DELETE { ?s ?p 1 } USING <http://e/g> WHERE { ?s ?p 1 }'
    """
    using = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    before, depth, pieces = Token("sign", "", 0), 0, []
    for token in tokens(text):
        word = token.text.upper() if token.kind == "word" else ""
        if word in {"USING", "WITH"}:
            raise _said_twice(word)
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        is_modify = word == "WHERE" and depth == 0 and before.text.upper() != "DELETE"
        pieces.append(using + token.text if is_modify else token.text)
        before = before if token.kind in {"space", "comment"} else token
    return "".join(pieces)


def _said_twice(word: str) -> QueryError:
    return QueryError(
        Text(f"the request names graphs, and so does {word} in the update", f"请求已指定图，更新中又写了 {word}"),
        Text("do only one of the two", "请只用其中一种"),
    )
