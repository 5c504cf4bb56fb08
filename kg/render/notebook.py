"""A network that shows itself in a notebook: the page, inside the cell, with nothing loaded from anywhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import networkx

from kg.errors import Text
from kg.network import Network
from kg.render.data import About, page_data
from kg.render.page import page
from kg.render.style import Styles

_FRAME = (
    '<iframe srcdoc="{page}" title="{title}" sandbox="allow-scripts allow-downloads" loading="lazy"'
    ' style="width:100%;height:620px;border:1px solid #d1d5db"></iframe>'
)
LOOKS = "kg.looks"  # name of the attribute of the graph that holds what it is called and how kinds are drawn


if TYPE_CHECKING:
    _Base = networkx.MultiDiGraph[str]
else:
    _Base = networkx.MultiDiGraph


class ShownNetwork(_Base):
    """A networkx.MultiDiGraph as `kg.network.build` makes it; its copies and subgraphs show themselves too."""

    def _repr_html_(self) -> str:
        about, styles, lang = self.graph.get(LOOKS) or (About(Text("Network", "网络图"), Text("", "")), Styles(), "zh")
        html = page(page_data(self, about, styles, lang)).decode()
        return _FRAME.format(page=escape(html), title=escape(about.title.say(lang)))


def shown(network: Network, about: About, styles: Styles, lang: str = "zh") -> ShownNetwork:
    """The same network, which shows itself under that title with those colours."""
    made = ShownNetwork(network)
    made.graph[LOOKS] = (about, styles, lang)
    return made
