"""How IRIs are made: from names, so that they are the same on every build; Chinese characters stay readable (RFC 3987)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

DEFAULT_BASE = "https://w3id.org/coop-kg/id/"

# Everything that RFC 3987 does not allow unencoded in one path segment (ucschar stays), and what would look like structure.
_NOT_IN_SEGMENT = re.compile(
    r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`%/?#\[\]\ud800-\udfff\ufff0-\uffff\ufdd0-\ufdef\u200e\u200f\u202a-\u202e]"
)


def segment(name: str) -> str:
    """`name` as one path segment: NFC, spaces as "_", what an IRI may not hold percent-encoded.

    >>> segment("甲市乙院 “千里”/行")
    '甲市乙院_“千里”%2F行'
    """
    text = "_".join(unicodedata.normalize("NFC", name).split())
    return _NOT_IN_SEGMENT.sub(_encode, text)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def digest(*parts: str) -> str:
    """Twelve hex digits that stand for the parts in their order.

    >>> digest("a", "bc") != digest("ab", "c")
    True
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:12]


class Ids:
    """Makes the IRIs of one graph below `base`.

    >>> Ids().unit("甲区乙院")
    'https://w3id.org/coop-kg/id/unit/甲区乙院'
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.base = base

    def document(self, document_id: str) -> str:
        """`document_id` is `Document.id`; the IRI also names the document's graph."""
        return self.base + "document/" + "/".join(segment(part) for part in document_id.split("/"))

    def case(self, document_id: str, subject: str) -> str:
        return f"{self.base}case/{segment(document_id)}/{segment(subject)}"

    def unit(self, name: str, case: str = "") -> str:
        """A generic unit belongs to its case (an IRI), so that 高校 in two cases are two nodes."""
        inside = case.removeprefix(self.base + "case/") + "/" if case else ""
        return f"{self.base}unit/{inside}{segment(name)}"

    def mechanism(self, owner: str, name: str) -> str:
        """A mechanism is owner + name (with its head noun)."""
        return f"{self.base}mechanism/{segment(owner)}/{segment(name)}"

    def cooperation(self, case: str, *parts: str) -> str:
        return f"{self.base}cooperation/{digest(case, *parts)}"

    def outcome(self, case: str, *parts: str) -> str:
        return f"{self.base}outcome/{digest(case, *parts)}"

    def evidence(self, document_id: str, start: int, end: int) -> str:
        return f"{self.base}evidence/{segment(document_id)}/{start}-{end}"
