"""The store of tests/store/graph.py, open, and the ontology that ships."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import Ontology, read_ontology
from tests.store.graph import ONTOLOGY, build


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return read_ontology(ONTOLOGY)
