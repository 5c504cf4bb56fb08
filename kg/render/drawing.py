"""Nodes, edges and options as pyvis makes them for vis-network.

Only pyvis's data structures are used: its template loads a CDN, `from_nx` changes the caller's graph, `set_options`
strips the spaces from font names, and `add_edge` drops parallel edges when undirected and searches all nodes each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.network.geometry import Point
from kg.render.style import Mark

# Physics is off: positions come from kg.network.layout. Labels are drawn by the viewer, which keeps them apart.
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 100,
        "hideEdgesOnDrag": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}, "labelHighlightBold": False},
    "edges": {
        "smooth": False,
        "color": {"color": "#8A94A3", "highlight": "#1F2937", "hover": "#374151", "inherit": False},
        "selectionWidth": 1,
        "hoverWidth": 0.5,
        "font": {"size": 0},
    },
}


def drawn_node(iri: str, mark: Mark, point: Point, size: float, generic: bool) -> dict[str, Any]:
    """One node; a dashed hollow one stands for a kind of body."""
    from pyvis.node import Node  # type: ignore[import-untyped]

    fill = "#FFFFFF" if generic else mark.colour
    colours = {"background": fill, "border": mark.colour if generic else "#FFFFFF"}
    colour = {**colours, "highlight": {**colours, "border": "#111827"}, "hover": {**colours, "border": "#111827"}}
    node = Node(iri, mark.shape, "", x=point.x, y=point.y, size=size, color=colour)
    if generic:
        node.options["shapeProperties"] = {"borderDashes": [3, 2]}
    options: dict[str, Any] = node.options
    return options


def drawn_edge(source: str, target: str, proofs: int) -> dict[str, Any]:
    """One drawn line for a pair, as wide as it has proofs (up to eight)."""
    from pyvis.edge import Edge  # type: ignore[import-untyped]

    edge = Edge(source, target, False, width=round(min(0.8 + 0.7 * proofs, 6.5), 1))
    options: dict[str, Any] = edge.options
    return options


def options() -> Mapping[str, Any]:
    """vis-network's options for the viewer."""
    return OPTIONS
