"""A store whose graph is held in memory: queries without a limit are answered from there, as fast as it goes."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store as Oxigraph

from kg.store.embedded import EmbeddedStore


class MemoryStore(EmbeddedStore):
    """A copy in memory of the store in a folder; queries with a limit still run in a process over the folder."""

    def _load(self, database: Path) -> Oxigraph:
        memory = Oxigraph()
        memory.extend(super()._load(database))
        return memory
