"""From a network to something to look at: the portable page."""

from __future__ import annotations

from kg.render.page import render_html
from kg.render.style import Mark, Styles

__all__ = ["Mark", "Styles", "render_html"]
