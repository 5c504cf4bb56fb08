"""The ledger: what a build did with each file, so that nothing is lost silently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import Exit, InputError, KgError, Text, UnsupportedError

LISTED = 100  # positions and notes that one entry lists; the rest is counted


@dataclass(slots=True)
class LedgerEntry:
    """What was done with one source; loaders and later stages fill it in while they read.

    Attributes:
        source: the file as the user named it, or as it was found in a folder.
        id: `Document.id` of the source (a workbook with several tables adds the sheet's name).
        format: name of the loader.
        size: bytes.
        sha256: hex digest of the bytes.
        encoding: encoding chosen ("" for binary formats).
        replaced: how many characters could not be read and stand as U+FFFD in the text.
        replaced_at: where the first 100 of them stand, as "line:column" (from 1) in the text.
        counts: what was read or left out, by name: "tables", "text_boxes", "deletions_left_out", "rows_skipped", …
        notes: repairs and skips in words.
        error: why the source could not be read, with the way out; None when it was.
        skipped: true for a file left out on purpose (a temporary file, another kind of file in a folder).
        documents: ids of the documents that were read from it.
        facts: facts found, by kind (filled in by the pipeline).
    """

    source: str
    id: str = ""
    format: str = ""
    size: int = 0
    sha256: str = ""
    encoding: str = ""
    replaced: int = 0
    replaced_at: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    error: KgError | None = None
    skipped: bool = False
    documents: list[str] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a count; adding nothing leaves no trace.

        >>> entry = LedgerEntry("a.docx")
        >>> entry.count("tables"); entry.count("tables", 2); entry.count("text_boxes", 0)
        >>> entry.counts
        {'tables': 3}
        """
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    def note(self, en: str, zh: str) -> None:
        """Record a repair or a skip in words, once; past `LISTED` notes the rest is only counted."""
        text = Text(en=en, zh=zh)
        if text in self.notes:
            return
        if len(self.notes) < LISTED:
            self.notes.append(text)
        else:
            self.count("notes_not_listed")

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data; empty fields are left out."""
        data: dict[str, Any] = {
            "source": self.source,
            "id": self.id,
            "format": self.format,
            "size": self.size,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "replaced": self.replaced,
            "replaced_at": self.replaced_at,
            "counts": self.counts,
            "notes": [note._asdict() for note in self.notes],
            "skipped": self.skipped,
            "documents": self.documents,
            "facts": self.facts,
        }
        if self.error is not None:
            error = self.error
            data["error"] = {"message": error.message._asdict(), "hint": error.hint._asdict(), "exit": int(error.exit)}
        return {key: value for key, value in data.items() if value or key == "source"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LedgerEntry:
        """The entry that `to_json` made the data from.

        >>> LedgerEntry.from_json(LedgerEntry("a.txt", size=3).to_json())
        LedgerEntry(source='a.txt', id='', format='', size=3, ...)
        """
        entry = cls(**{key: value for key, value in data.items() if key not in {"notes", "error"}})
        entry.notes = [_text(note) for note in data.get("notes", ())]
        if error := data.get("error"):
            kind = UnsupportedError if error.get("exit") == Exit.UNSUPPORTED else InputError
            entry.error = kind(_text(error["message"]), _text(error["hint"]))
        return entry


def _text(data: Mapping[str, str]) -> Text:
    return Text(data["en"], data["zh"])


@dataclass(slots=True)
class Ledger:
    """All entries of a build, in the order of reading.

    >>> Ledger([LedgerEntry("a.txt")]).ok
    True
    """

    entries: list[LedgerEntry] = field(default_factory=list)
    orphans: list[dict[str, Any]] = field(default_factory=list)  # decisions that found no place, as plain data

    @property
    def ok(self) -> bool:
        """Whether every source could be read."""
        return all(entry.error is None for entry in self.entries)

    def to_json(self) -> dict[str, Any]:
        """The ledger as plain data, as it is written to ledger.json beside the store."""
        told = {"orphans": self.orphans} if self.orphans else {}
        return {"ok": self.ok, "files": [entry.to_json() for entry in self.entries], **told}
