"""From the rows of a query to a network: networkx.MultiDiGraph, measures, positions, files for other tools."""

from __future__ import annotations

from kg.network.between import GROUPINGS, bridges, brokers, groups, mixing, regions
from kg.network.build import from_tables
from kg.network.compare import Comparison, compare
from kg.network.export import export
from kg.network.layout import positions
from kg.network.measures import MEASURES, Measures, measure, values
from kg.network.project import WEIGHTS, pairs, within, years
from kg.network.records import Network, Proof, Quote
from kg.network.report import Question, answer
from kg.network.view import View, build, view_named, views

__all__ = [
    "GROUPINGS",
    "MEASURES",
    "WEIGHTS",
    "Comparison",
    "Measures",
    "Network",
    "Proof",
    "Question",
    "Quote",
    "View",
    "answer",
    "bridges",
    "brokers",
    "build",
    "compare",
    "export",
    "from_tables",
    "groups",
    "measure",
    "mixing",
    "pairs",
    "positions",
    "regions",
    "values",
    "view_named",
    "views",
    "within",
    "years",
]
