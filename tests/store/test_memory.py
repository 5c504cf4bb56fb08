"""The store in memory passes the suite that every store passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.store.base import open_store
from kg.store.memory import MemoryStore
from tests.contracts.store.suite import StoreContract
from tests.store.graph import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("store"))


class TestMemoryStore(StoreContract):
    """The suite that every store passes."""

    @pytest.fixture
    def store(self, folder: Path) -> Iterator[MemoryStore]:
        opened = open_store(folder, in_memory=True)
        assert isinstance(opened, MemoryStore)
        yield opened
        opened.close()


def test_a_graph_in_memory_is_built_asked_and_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<http://example.org/a> <http://purl.org/dc/terms/title> "甲"@zh .', encoding="utf-8")
    graph = kg.open(":memory:")
    with graph:
        assert graph.build([file]).written
        assert graph.query("SELECT ?t { <http://example.org/a> dcterms:title ?t }") == [{"t": "甲"}]
    with pytest.raises(InputError, match="there is no store at"):
        graph.query("ASK { ?s ?p ?o }")
