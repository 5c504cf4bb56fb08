"""How much one file may hold, so that no file takes more than some hundred megabytes of memory or some seconds to read.

The limits are far above what people write; a file beyond them is a dump, a fault of a program, or made to do harm.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ParserCreate

from kg.errors import InputError, Text

LINES = 1_000_000  # of a text
ROWS = 500_000  # of a table
TAGS = 4_000_000  # of an XML part
ELEMENTS = 200_000  # of a web page
STATEMENTS = 1_000_000  # of an RDF file
DEPTH = 2_000  # of elements in one another; what a browser draws is at most 512 deep
ATTRIBUTES = 2_000  # of one element
HEADER = 5_000  # characters of one header of a saved page

_NESTED = Text(en="elements in one another", zh="层嵌套元素")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_LONG_TAG = re.compile(r"<[A-Za-z][^>]{20000,}")
_UNCLOSED = re.compile(  # elements without an end, or whose end a page may leave out
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|td|th|tr|tbody|thead|tfoot|option|colgroup",
    re.IGNORECASE,
)


def at_most(number: int, most: int, what: Text, source: str) -> None:
    """Refuse a file with more of something than a limit.

    Raises:
        InputError: names the number and the limit.
    """
    if number > most:
        raise InputError(
            Text(
                en=f"{source}: {number:,} {what.en} are more than the {most:,} that one file may have",
                zh=f"{source}：{what.zh}有 {number:,} 个，超过单个文件 {most:,} 个的上限",
            ),
            Text(en="split the file, or leave out what is not needed", zh="请拆分文件，或删去不需要的内容"),
        )


def check_lines(text: str, source: str) -> None:
    """Refuse a text with too many lines."""
    at_most(text.count("\n"), LINES, Text(en="lines", zh="行"), source)


def check_xml(data: bytes, source: str) -> None:
    """Refuse an XML part with too many tags."""
    at_most(data.count(b"<"), TAGS, Text(en="XML tags", zh="XML 标签"), source)


def check_xml_depth(data: bytes, source: str) -> None:
    """Refuse XML that ends too early or goes too deep; its entities are not followed.

    Raises:
        ExpatError: it is not well-formed.
    """
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        at_most(depth, DEPTH, _NESTED, source)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)


def check_page(text: str, source: str) -> None:
    """Refuse a page with too many or too deep elements: the time that a reader takes grows with the square of the depth."""
    depth = deepest = number = 0
    for number, tag in enumerate(_TAG.finditer(text)):
        if not _UNCLOSED.fullmatch(tag[2]):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > deepest:
                deepest = depth
        if deepest > DEPTH or number > 2 * ELEMENTS + 1:
            break
    at_most(deepest, DEPTH, _NESTED, source)
    at_most(number // 2, ELEMENTS, Text(en="elements", zh="元素"), source)
    most = max((len(tag[0].split()) for tag in _LONG_TAG.finditer(text)), default=0)
    at_most(most, ATTRIBUTES, Text(en="attributes of one element", zh="单个元素的属性"), source)
