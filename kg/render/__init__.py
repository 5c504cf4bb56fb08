"""From a network to something to look at: the portable page, and pictures as SVG and PNG."""

from __future__ import annotations

from kg.render.carried import Carried, asking
from kg.render.data import About
from kg.render.page import render_html
from kg.render.picture import Drawing, draw
from kg.render.style import Mark, Styles

__all__ = ["About", "Carried", "Drawing", "Mark", "Styles", "asking", "draw", "render_html"]
