"""From the rows of a query to a network: networkx.MultiDiGraph, measures, positions, files for other tools."""

from __future__ import annotations

from kg.network.build import from_tables, pairs
from kg.network.export import export
from kg.network.layout import positions
from kg.network.measures import Measures, measure
from kg.network.records import Network, Proof, Quote
from kg.network.view import View, build, view_named, views

__all__ = [
    "Measures",
    "Network",
    "Proof",
    "Quote",
    "View",
    "build",
    "export",
    "from_tables",
    "measure",
    "pairs",
    "positions",
    "view_named",
    "views",
]
