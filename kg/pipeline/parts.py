"""What was read from a file, in memory and as the bytes that the cache and other processes hold."""

from __future__ import annotations

import json
import zlib
from typing import NamedTuple

from kg.load.ledger import LedgerEntry
from kg.model import Candidate, Document
from kg.pipeline.codec import plain, restored

Read = tuple[Document, list[Candidate]]


class Part(NamedTuple):
    """What was read from one file: its ledger entry, and its documents with their candidates."""

    entry: LedgerEntry
    documents: list[Read]

    def packed(self) -> bytes:
        """The part as bytes; `unpacked` makes an equal part of them."""
        documents = [[plain(document), plain(candidates)] for document, candidates in self.documents]
        return zlib.compress(json.dumps([self.entry.to_json(), documents]).encode(), 1)

    @classmethod
    def unpacked(cls, value: bytes) -> Part:
        """Raises ValueError where the bytes are damaged."""
        entry, documents = json.loads(zlib.decompress(value))
        read = [(restored(Document, one), [restored(Candidate, each) for each in many]) for one, many in documents]
        return cls(LedgerEntry.from_json(entry), read)
