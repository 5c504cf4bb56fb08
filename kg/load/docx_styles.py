"""Which paragraph styles of a Word document are titles, headings and captions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from kg.load.base import Kind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """Style id → (kind of block, level)."""

    known: Mapping[str, tuple[Kind, int]]

    def of(self, paragraph: ET.Element) -> tuple[Kind, int]:
        """Kind and level of a paragraph by its own outline level, else by its style."""
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return "paragraph", 0
        own = _outline(properties)
        style = properties.find(_W + "pStyle")
        named = self.known.get(style.get(_W + "val", ""), ("paragraph", 0)) if style is not None else ("paragraph", 0)
        return ("heading", own) if own else named


def read_styles(root: ET.Element | None) -> Styles:
    """The styles of word/styles.xml; a style has what the style that it is based on has."""
    if root is None:
        return Styles({})
    elements = {style.get(_W + "styleId", ""): style for style in root.iter(_W + "style")}
    known: dict[str, tuple[Kind, int] | None] = {}
    for identity in elements:
        current, chain = identity, list[str]()
        while current in elements and current not in known:
            known[current] = _by_itself(elements[current])
            chain.append(current)
            if known[current]:
                break
            based = elements[current].find(_W + "basedOn")
            current = based.get(_W + "val", "") if based is not None else ""
        known |= dict.fromkeys(chain, known.get(current))
    return Styles({identity: found for identity, found in known.items() if found})


def _by_itself(style: ET.Element) -> tuple[Kind, int] | None:
    label = style.find(_W + "name")
    name = label.get(_W + "val", "").lower() if label is not None else ""
    if name in ("title", "标题"):
        return "heading", 1
    if name in ("caption", "题注"):
        return "caption", 0
    if found := _HEADING.match(name):
        return "heading", int(found[1])
    properties = style.find(_W + "pPr")
    level = _outline(properties) if properties is not None else 0
    return ("heading", level) if level else None


def _outline(properties: ET.Element) -> int:
    """The outline level from 1, or 0 for body text (which Word writes as 9)."""
    element = properties.find(_W + "outlineLvl")
    level = small_number(element.get(_W + "val", "") if element is not None else "", 9)
    return level + 1 if level < 9 else 0


def small_number(text: str, default: int) -> int:
    """A number of at most six digits, else the default.

    >>> small_number("12", 0), small_number("²", 0), small_number("9" * 9, 1)
    (12, 0, 1)
    """
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else default
