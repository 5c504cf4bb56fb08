"""The record of a build in its ledger: what it was made from, so that the next one knows what has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.files import replace_whole
from kg.load.ledger import Ledger, LedgerEntry
from kg.pipeline.inputs import TABLES, Inputs

LEDGER = "ledger.json"


@dataclass(frozen=True)
class Record:
    """What a store was built from.

    Attributes:
        database: name of the database that the build wrote; a record of another one says nothing.
        reading, writing: see `Inputs`.
        prints: fingerprint of each file by its id, in the order of reading.
        asked: digest of the names by which the files were asked for, in order.
        documents, characters: see `BuildResult`.
    """

    database: str
    reading: str
    writing: str
    prints: Mapping[str, str]
    asked: str
    documents: int
    characters: int


@dataclass(frozen=True)
class Changes:
    """What differs between a store and what a build would make it from now.

    Attributes:
        new, changed, removed, same: ids of files.
        knowledge: the ontology folder, the settings or the program read otherwise now, so that every file is read again.
        tables: a table is among the new, changed or removed ones; what it names may change how texts are read.
        writing: what is made of the files differs in another way: the store is written anew.
        store: there is a store that was built whole.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    knowledge: bool = False
    tables: bool = False
    writing: bool = False
    store: bool = True

    @property
    def none(self) -> bool:
        """Whether a build would change nothing."""
        return self.store and not (self.new or self.changed or self.removed or self.knowledge or self.writing)


@dataclass
class Former:
    """The build that wrote a store: its record, None where there is none to rely on, and its ledger."""

    record: Record | None = None
    ledger: Ledger = field(default_factory=Ledger)

    @classmethod
    def of(cls, folder: Path) -> Former:
        """Reads the ledger of a store; a missing, damaged or older one gives no record."""
        from kg.store.folder import Meta

        try:
            content = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
            record = Record(**content["built"])
            ledger = Ledger([LedgerEntry.from_json(entry) for entry in content["files"]], content.get("orphans", []))
            there = Meta.read(folder).database == record.database and (folder / record.database).is_dir()
        except (OSError, ValueError, TypeError, KeyError, InputError):
            return cls()
        return cls(record, ledger) if there else cls()

    def changes(self, inputs: Inputs) -> Changes:
        """What a build from these inputs would change."""
        if self.record is None:
            return Changes(new=tuple(inputs.prints), store=False)
        old, now = self.record.prints, inputs.prints
        new = tuple(name for name in now if name not in old)
        changed = tuple(name for name in now if name in old and (old[name] != now[name] or not now[name]))
        removed = tuple(name for name in old if name not in now)
        tables = {source.id for source in inputs.tables()} | {name for name in removed if name.lower().endswith(TABLES)}
        return Changes(
            new,
            changed,
            removed,
            tuple(name for name in now if name in old and name not in changed),
            knowledge=self.record.reading != inputs.reading,
            tables=bool(tables.intersection((*new, *changed, *removed))),
            writing=(self.record.writing, self.record.asked) != (inputs.writing, inputs.asked),
        )


def write_ledger(ledger: Ledger, record: Record, folder: Path) -> None:
    """Replaces the ledger of a store in one step."""
    content: dict[str, Any] = {**ledger.to_json(), "built": asdict(record)}
    replace_whole(folder / LEDGER, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
