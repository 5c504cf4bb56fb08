"""Saved web pages: the article without navigation, with its title, source and date."""

from __future__ import annotations

import re
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Text
from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.encoding import decode
from kg.load.html_article import article, lines_of
from kg.load.ledger import LedgerEntry
from kg.load.limits import HEADER, at_most, check_page
from kg.load.lines import header_pairs, iso_date, metadata_of
from kg.load.styled import Line, add_styled
from kg.model import Document

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_CHARSET = re.compile(rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEADERS = re.compile(rb"^content-[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_META = {  # names that site software writes, in lower case
    "dcterms:issued": ("pubdate", "publishdate", "article:published_time", "dcterms.issued", "dc.date", "date"),
    "dcterms:publisher": ("contentsource", "sitename", "og:site_name", "dcterms.publisher"),
    "dcterms:source": ("url", "og:url"),
}
_SITE_NAME = re.compile(r" ?[_|–—][^_|–—]*$| - [^-]*$")


class HtmlLoader:
    """Reads .html and .htm pages and .mht archives in the encoding they declare, else the one they are in."""

    suffixes = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        from selectolax.lexbor import LexborHTMLParser

        data = read_bytes(path, entry, context)
        data, charset = _page_in_archive(data, entry.source) if path.suffix.lower() in (".mht", ".mhtml") else (data, "")
        found = _CHARSET.search(data[:4096])
        text = decode(data, entry, charset or (found[1].decode() if found else ""))
        check_page(text, entry.source)
        tree = LexborHTMLParser(text)
        metadata = _metadata(tree)
        title, lines, pairs = _content(tree, entry)
        builder = TextBuilder()
        _, inner = add_styled(builder, [*([Line(title, "heading", 1)] if title else []), *lines])
        return [builder.document(entry, path, title, metadata | metadata_of([*pairs, *inner]))]


def _page_in_archive(data: bytes, source: str) -> tuple[bytes, str]:
    """The first page of a MIME HTML archive and its charset.

    Raises:
        InputError: a header is so long that only harm can be meant.
    """
    longest = max((len(header) for header in _HEADERS.findall(data)), default=0)
    at_most(longest, HEADER, Text(en="characters of one header", zh="单个邮件头字符"), source)
    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return (payload if isinstance(payload, bytes) else b""), part.get_content_charset("")
    return data, ""


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head says: the canonical address, the date, the publisher."""
    heads = [node.attributes for node in tree.css("meta[content]")]
    said = {(head.get("name") or head.get("property") or "").lower(): (head.get("content") or "").strip() for head in heads}
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None and canonical.attributes.get("href"):
        said["url"] = canonical.attributes["href"] or ""
    found = {term: next((said[name] for name in names if said.get(name)), "") for term, names in _META.items()}
    found["dcterms:issued"] = iso_date(found["dcterms:issued"])
    return {term: value for term, value in found.items() if value}


def _content(tree: LexborHTMLParser, entry: LedgerEntry) -> tuple[str, list[Line], list[tuple[str, str]]]:
    """Title, lines of the article, and the pairs of header lines that stand before it."""
    if tree.body is None:
        return "", [], []
    heading, head = tree.css_first("h1"), tree.css_first("title")
    named = tree.css_first('meta[name="ArticleTitle" i], meta[property="og:title"]')
    title = (named.attributes.get("content") or "") if named is not None else ""
    title = title or (heading.text(strip=True) if heading is not None else "")
    title = " ".join((title or (_SITE_NAME.sub("", " ".join(head.text().split())) if head is not None else "")).split())
    main = article(tree.body)
    inside = lines_of(main)
    everything = lines_of(tree.body)
    pairs = [pair for line in everything for pair in header_pairs(line.text) or ()]
    kept = [line for line in inside if line.text != title]
    entry.count("lines_outside_the_article", len(everything) - len(inside))
    return title, kept, pairs
