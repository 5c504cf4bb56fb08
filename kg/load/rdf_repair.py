"""Faults of RDF files that have one sure repair: language tags with "_", signs in IRIs that RFC 3987 does not allow.

IRIs are percent-encoded where a sign may not stand, and listed in the ledger; what stays wrong after that is left to
the parser, which refuses the file and names the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from kg.errors import InputError, Text
from kg.load.ledger import LedgerEntry

_SHOWN = 20
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_NOT_ALLOWED = re.compile(
    r"[\x00-\x20\x7f-\xa0\"{}|^`\[\]\u2028\u2029\u3000]|\\(?!u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|%(?![0-9A-Fa-f]{2})|[<>]"
)
_TURTLE = re.compile(
    # A string that is never closed is taken to its end, so that no later quote begins the search anew.
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n\r]|\\.)*+"?|\'(?:[^\'\\\n\r]|\\.)*+\'?'
    r"|(?P<double><<\(?)|<(?P<iri>[^<>\n\r]*)>|\#[^\n\r]*|@(?P<tag>[A-Za-z]+(?:[-_][A-Za-z0-9]+)+)",
    re.DOTALL,
)
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[A-Za-z_](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>?", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"(?<![\w.-])(?P<name>[\w.-]++:(?:about|resource|datatype|base|lang))"
    r"(?P<is>\s*=\s*)(?P<quote>[\"'])(?P<value>.*?)(?P=quote)",
    re.DOTALL,
)
_ENTITY = re.compile(r"<!ENTITY\s+(?P<rest>[^>]*)>?")
_PLAIN_ENTITY = re.compile(r"[\w.-]+\s+(?:\"[^\"&%<]{0,500}\"|'[^'&%<]{0,500}')\s*")
_DECLARATION = re.compile(r"^(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_MOST_ENTITIES = 100


@dataclass(slots=True)
class Repairs:
    """What was mended in one file; `tell` writes it into the ledger entry."""

    entry: LedgerEntry
    base: str
    iris: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def iri(self, iri: str) -> str:
        """The IRI with what may not stand in it percent-encoded.

        >>> Repairs(LedgerEntry("a.ttl"), "").iri(" http://e.org/甲 院[1] ")
        'http://e.org/甲%20院%5B1%5D'
        """
        trimmed = iri.strip()
        authority = _AUTHORITY.match(trimmed)
        head = authority[0] if authority and "[" in authority[0] else ""
        mended = head + _NOT_ALLOWED.sub(_encode, trimmed[len(head) :])
        if mended != iri:
            self.iris[iri] = mended
        return mended

    def tag(self, tag: str) -> str:
        """A language tag with "-" for "_" (RFC 5646)."""
        mended = tag.strip().replace("_", "-")
        if mended != tag:
            self.tags[tag] = mended
        return mended

    def tell(self) -> None:
        """Count the repairs in the ledger entry and list the first of them."""
        for what, found, en, zh in (
            ("iris_mended", self.iris, "IRI mended", "已修正 IRI"),
            ("language_tags_mended", self.tags, "language tag mended", "已修正语言标签"),
            ("iris_refused", self.refused, "IRI left out with its statements", "IRI 无效，相关语句未读入"),
        ):
            self.entry.count(what, len(found))
            for old, new in list(found.items())[:_SHOWN]:
                self.entry.note(f"{en}: {old} → {new}", f"{zh}：{old} → {new}")


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def mend_turtle(text: str, repairs: Repairs, absolute: bool) -> str:
    """Text of the Turtle family with mended IRIs and language tags; strings and comments are left alone.

    Args:
        absolute: true for N-Triples and N-Quads, which have no base: relative IRIs are resolved here.

    >>> mend_turtle('<a b> <http://e.org/p> "<a b>"@zh_CN .', Repairs(LedgerEntry("a.ttl"), ""), absolute=False)
    '<a%20b> <http://e.org/p> "<a b>"@zh-CN .'
    """

    def mend(match: re.Match[str]) -> str:
        if match["tag"]:
            return "@" + repairs.tag(match["tag"])
        if match["iri"] is None:
            return match[0]
        iri = repairs.iri(match["iri"])
        if absolute and not SCHEME.match(iri):
            repairs.entry.count("relative_iris_resolved")
            iri = urljoin(repairs.base, iri)
        return f"<{iri}>"

    return _TURTLE.sub(mend, text)


def mend_xml(text: str, repairs: Repairs) -> str:
    """RDF/XML as UTF-8 with mended IRIs and language tags in its attributes.

    Raises:
        InputError: it declares entities that could load something or unfold without bound.
    """
    _refuse_entities(text, repairs.entry.source)

    def mend(match: re.Match[str]) -> str:
        value = match["value"]
        mended = repairs.tag(value) if match["name"] == "xml:lang" else repairs.iri(value)
        return f"{match['name']}{match['is']}{match['quote']}{mended}{match['quote']}"

    text = _DECLARATION.sub(r'\1 encoding="UTF-8"', text.lstrip())
    return _TAGS.sub(lambda tag: tag[0] if tag[0].startswith("<!") else _ATTRIBUTE.sub(mend, tag[0]), text)


def _refuse_entities(text: str, source: str) -> None:
    """Entities that stand for short plain text are namespaces as ontology editors write them; no other kind is read."""
    found = list(_ENTITY.finditer(text))
    if text.count("<!ENTITY") == len(found) <= _MOST_ENTITIES and all(_PLAIN_ENTITY.fullmatch(one["rest"]) for one in found):
        return
    place = text.find("<!ENTITY")
    line = text.count("\n", 0, place) + 1
    raise InputError(
        Text(
            en=f"{source}, line {line}: XML entities that load files or hold other entities are not read",
            zh=f"{source} 第 {line} 行：不读取会加载文件或嵌套的 XML 实体",
        ),
        Text(
            en="save the file as Turtle (.ttl), or write the text in place of the entities",
            zh="请另存为 Turtle（.ttl），或用文字替换实体",
        ),
    )
