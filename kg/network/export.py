"""A network as files for other tools; the ending of a file says which. Same network, same bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import Text, UnsupportedError
from kg.network.exchange import NEO4J, as_cytoscape, as_gexf, as_graphml, as_neo4j
from kg.network.records import Network
from kg.network.sheets import as_csv, as_xlsx
from kg.network.writing import write_whole


def export(network: Network, path: Path) -> tuple[Path, ...]:
    """Write the network in the format that the ending of `path` names; returns the files written.

    A csv holds the edges; the nodes go to a second file beside it (links.csv → links.nodes.csv; links.neo4j.csv →
    links.nodes.neo4j.csv).

    Raises:
        UnsupportedError: another ending. InputError: the place cannot be written.
    """
    name = path.name.lower()
    make = next((make for ending, make in _FORMATS.items() if name.endswith(ending)), None)
    if make is None:
        known = " ".join(sorted(_FORMATS))
        raise UnsupportedError(
            Text(f"A network cannot be written as {path.suffix or path.name}", f"网络不能写成 {path.suffix or path.name} 格式"),
            Text(f"use one of {known}", f"可用的格式：{known}"),
        )
    files = make(network, path)
    for place, data in files.items():
        write_whole(place, data)
    return tuple(files)


_FORMATS: dict[str, Callable[[Network, Path], dict[Path, bytes]]] = {
    ".graphml": as_graphml,
    ".gexf": as_gexf,
    ".cyjs": as_cytoscape,
    NEO4J: as_neo4j,
    ".csv": as_csv,
    ".xlsx": as_xlsx,
}
