"""kg: knowledge graphs of cooperation between organisational units, where every fact carries the sentence that proves it.

>>> import kg, pathlib, tempfile
>>> with tempfile.TemporaryDirectory() as folder, kg.open(pathlib.Path(folder, "store")) as graph:
...     file = pathlib.Path(folder, "a.ttl")
...     _ = file.write_text('<http://example.org/a> <http://purl.org/dc/terms/title> "甲"@zh .', encoding="utf-8")
...     graph.build([file]).ledger.ok, graph.query("SELECT ?t { <http://example.org/a> dcterms:title ?t }")
(True, [{'t': '甲'}])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import Graph

__version__ = "0.1.0"


def open(store: Path | str | None = None, config: Path | str | None = None) -> Graph:
    """The graph in a store, which may yet have to be built.

    Args:
        store: folder of the store, address of a SPARQL service, or ":memory:"; None takes what kg.toml names, else build/store.
        config: a kg.toml; None takes the nearest at or above the current folder, else the defaults.

    Raises:
        ConfigError: kg.toml is broken.
    """
    from kg.config import Config
    from kg.graph import Graph

    return Graph(Config.read(Path(config) if config else None), store or None)
