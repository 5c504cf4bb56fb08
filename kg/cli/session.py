"""What commands share: the configuration, the open store, the ontology; found when a command needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Config

if TYPE_CHECKING:
    from kg.store.base import Store
    from kg.vocab.reader import Ontology


class Session:
    """One run of a command.

    Args:
        store: what `--store` says; None takes what kg.toml names.
    """

    def __init__(self, store: str | None = None) -> None:
        self.config = Config.read()
        self.location = Path(store) if store else self.config.store

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The store, closed again at the end."""
        from kg.store.base import open_store

        store = open_store(self.location)
        try:
            yield store
        finally:
            store.close()

    def ontology(self) -> Ontology:
        """The ontology folder as objects."""
        from kg.vocab.reader import read_ontology

        return read_ontology(self.config.ontology)
