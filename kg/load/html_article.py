"""Which part of a page is its article, and the lines in it.

Sentences tell: the article is the smallest element that holds nearly all text with full stops that is not in links
(the idea of Kohlschütter et al., Boilerplate Detection using Shallow Text Features, 2010).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.load.base import Kind
from kg.load.styled import Line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN = re.compile(
    "script|style|noscript|template|iframe|svg|head|button|select|option|textarea|input|object|canvas|audio|video"
)
_FURNITURE = re.compile("nav|footer|aside|form|menu")
_NAMED_FURNITURE = re.compile(
    r"(?:.*[\s_-])?(?:footer|foot|copyright|breadcrumb|crumbs?|sidebar|share|related|recommend|comments?|nav|navigation|menu|toolbar)"
    r"(?:[\s_-].*)?",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS = re.compile(
    "address|article|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|h[1-6]|header|hr|li|main|ol|p|pre|section"
    "|summary|table|tbody|thead|tfoot|tr|td|th|ul|caption|br"
)
_STOPS = re.compile("[。！？；]|[.!?](?:\\s|$)")
_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…"
_FOLDED = re.compile(rf"(?<=[{_CHINESE}])[ \t]*[\r\n]\s*(?=[{_CHINESE}])")
_MOST = 0.75  # share of the sentences that the article holds


def article(body: LexborNode) -> LexborNode:
    """The smallest element that holds most of the page's sentences."""
    weights: dict[int, float] = {}
    _weigh(body, weights)
    node, all_of_it = body, weights.get(body.mem_id, 0.0)
    while all_of_it:
        heavy = [child for child in _elements(node) if weights.get(child.mem_id, 0.0) >= _MOST * all_of_it]
        if not heavy or heavy[0].tag in ("p", "table", "tbody", "tr", "span", "font", "li"):
            break
        node = heavy[0]
    return node


def _weigh(node: LexborNode, weights: dict[int, float]) -> tuple[float, str]:
    """Characters of sentences below a node, outside links and furniture; also its own inline text."""
    weight, inline = 0.0, ""
    for child in node.iter(include_text=True):
        if child.is_text_node:
            inline += child.text_content or ""
        elif child.tag == "a" or _hidden(child):
            continue
        elif _BLOCKS.fullmatch(child.tag or ""):
            weight += _worth(inline) + _weigh(child, weights)[0]
            inline = ""
        else:
            inner, text = _weigh(child, weights)
            weight += inner
            inline += text
    own = weight + (_worth(inline) if _BLOCKS.fullmatch(node.tag or "") else 0.0)
    weights[node.mem_id] = own
    return own, inline


def _worth(text: str) -> float:
    """A text with a full stop counts by its length."""
    words = text.strip()
    return float(len(words)) if _STOPS.search(words) else 0.0


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    return (child for child in node.iter() if child.is_element_node and not _hidden(child))


def _hidden(node: LexborNode) -> bool:
    """Whether an element is never shown or is furniture by its tag, its class or its id."""
    tag, attributes = node.tag or "", node.attributes
    if _UNSEEN.fullmatch(tag) or _FURNITURE.fullmatch(tag) or "hidden" in attributes:
        return True
    if "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
        return True
    return any(_NAMED_FURNITURE.fullmatch(attributes.get(name) or "") for name in ("class", "id"))


def lines_of(node: LexborNode) -> list[Line]:
    """The lines of an element as a reader sees them; a line that is only links is left out."""
    collector = _Collector()
    collector.walk(node, "paragraph", 0, False)
    collector.close("paragraph", 0)
    return collector.lines


class _Collector:
    """Collects inline text until a block element ends the line."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.text = ""
        self.linked = 0

    def walk(self, node: LexborNode, kind: Kind, level: int, in_link: bool) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                text = child.text_content or ""
                self.text += text
                self.linked += len("".join(text.split())) if in_link else 0
            elif child.is_element_node and not _hidden(child):
                self._element(child, kind, level, in_link)

    def _element(self, node: LexborNode, kind: Kind, level: int, in_link: bool) -> None:
        tag = node.tag or ""
        if not _BLOCKS.fullmatch(tag):
            self.walk(node, kind, level, in_link or tag == "a")
            return
        self.close(kind, level)
        if tag == "tr":
            self._row(node)
            return
        if re.fullmatch("h[1-6]", tag):
            kind, level = "heading", int(tag[1])
        elif tag in ("figcaption", "caption"):
            kind, level = "caption", 0
        self.walk(node, kind, level, in_link)
        self.close(kind, level)

    def _row(self, row: LexborNode) -> None:
        """A row of a table is one line; one of a single cell, or one that lays out a page, is read like the body."""
        cells = [lines_of(cell) for cell in row.iter() if cell.tag in ("td", "th")]
        if len(cells) == 1 or any(len(cell) > 3 for cell in cells):
            self.lines += [line for cell in cells for line in cell]
        elif words := " | ".join(text for cell in cells if (text := " ".join(line.text for line in cell))):
            self.lines.append(Line(words, "row"))

    def close(self, kind: Kind, level: int) -> None:
        """End the line."""
        words = " ".join(_FOLDED.sub("", self.text).split())
        only_links = self.linked > 0.6 * len(words.replace(" ", ""))
        if words and not only_links:
            self.lines.append(Line(words, kind, level))
        self.text, self.linked = "", 0
