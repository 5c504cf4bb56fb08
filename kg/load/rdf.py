"""RDF: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, mended where a rule says how, else refused with the place.

Nothing is fetched: neither remote JSON-LD contexts nor owl:imports nor entities. Literals keep the form of the source
("1.50" stays "1.50"), blank nodes become IRIs by the order in which they are met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from kg.errors import InputError, Text
from kg.ids import Ids
from kg.load.base import LoadContext, read_bytes
from kg.load.encoding import decode_as_is, locate
from kg.load.jsonld import mend_jsonld
from kg.load.ledger import LedgerEntry
from kg.load.limits import STATEMENTS, at_most, check_xml_depth
from kg.load.rdf_repair import Repairs, mend_turtle, mend_xml
from kg.model import Document

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_NAMES = {
    "TURTLE": "Turtle",
    "TRIG": "TriG",
    "N_TRIPLES": "N-Triples",
    "N_QUADS": "N-Quads",
    "RDF_XML": "RDF/XML",
    "JSON_LD": "JSON-LD",
}
_LANGUAGE = re.compile(rb"@([a-z]+(?:-[a-z0-9]+)+) \.$")
_FORMATS = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".rdf": "RDF_XML",
    ".owl": "RDF_XML",
    ".jsonld": "JSON_LD",
}
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"


class RdfLoader:
    """Reads RDF files into `Document.nquads`: N-Triples lines, sorted, each once."""

    suffixes = tuple(_FORMATS)

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        text = decode_as_is(read_bytes(path, entry, context), entry)
        locate(text, entry)
        base = Ids(context.base).document(entry.id)
        syntax = _syntax(path.suffix.lower(), text)
        repairs = Repairs(entry, base)
        lines = _Reader(base, entry).lines(_parse(_mend(text, syntax, repairs), syntax, base, entry))
        repairs.tell()
        return [
            Document(
                id=entry.id,
                title=path.stem,
                text="",
                source=path.name,
                sha256=entry.sha256,
                encoding=entry.encoding,
                nquads=lines,
            )
        ]


def _syntax(suffix: str, text: str) -> str:
    """The format by the ending; an ontology file (.owl) that does not begin like XML is Turtle."""
    if suffix == ".owl" and not text.lstrip().startswith(("<?xml", "<rdf:RDF", "<!DOCTYPE", "<!--")):
        return "TURTLE"
    return _FORMATS[suffix]


def _mend(text: str, syntax: str, repairs: Repairs) -> str:
    if syntax == "JSON_LD":
        return mend_jsonld(text, repairs)
    if syntax == "RDF_XML":
        return mend_xml(text, repairs)
    return mend_turtle(text, repairs, absolute=syntax in ("N_TRIPLES", "N_QUADS"))


def _parse(mended: str, syntax: str, base: str, entry: LedgerEntry) -> list[Quad]:
    import pyoxigraph

    form: RdfFormat = getattr(pyoxigraph.RdfFormat, syntax)
    data = mended.encode("utf-8", "replace")
    try:
        if syntax == "RDF_XML":
            check_xml_depth(data, entry.source)
        quads = list(islice(pyoxigraph.parse(input=data, format=form, base_iri=base), STATEMENTS + 1))
    except (SyntaxError, ValueError, LookupError, ExpatError) as error:
        raise _syntax_error(error, mended, syntax, entry.source) from error
    at_most(len(quads), STATEMENTS, Text(en="statements", zh="语句"), entry.source)
    return quads


def _syntax_error(error: SyntaxError | ValueError | LookupError | ExpatError, text: str, syntax: str, source: str) -> InputError:
    """Names line and column; where the parser does not, they are looked up."""
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    if not line:
        line, column = _place(str(error), text, syntax)
    reason = re.sub(r"^Parser error .*?: |\s*\(line \d+\)$", "", str(error))
    at_en = f", line {line}, column {column}" if line else ""
    at_zh = f" 第 {line} 行第 {column} 列" if line else ""
    name = _NAMES[syntax]
    return InputError(
        Text(en=f"{source}{at_en}: not valid {name}: {reason}", zh=f"{source}{at_zh}：不是有效的 {name}：{reason}"),
        Text(
            en="mend that place, or save the file again with the program that wrote it; the ending must tell the format",
            zh="请修正该处，或用生成它的程序重新保存；扩展名须与格式一致",
        ),
    )


def _place(message: str, text: str, syntax: str) -> tuple[int | None, int | None]:
    """Line and column (from 1) of what a message of the XML reader is about."""
    import xml.etree.ElementTree as ET

    quoted = message.split("'")[1] if message.count("'") >= 2 else ""
    position = text.find(quoted) if quoted else -1
    if position >= 0:
        return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    if syntax == "RDF_XML":
        try:
            ET.fromstring(text.encode())
        except ET.ParseError as error:
            return error.position[0], error.position[1] + 1
        except ValueError:
            return None, None
    return None, None


def _usual_case(match: re.Match[bytes]) -> bytes:
    """A language tag in the case of RFC 5646 (zh-CN, zh-Hans), which the parser writes in lower case."""
    first, *rest = match[1].split(b"-")
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]
    return b"@" + b"-".join([first, *cased]) + b" ."


@dataclass(slots=True)
class _Reader:
    """Turns quads into sorted lines without blank nodes and graph names."""

    base: str
    entry: LedgerEntry
    nodes: dict[str, NamedNode] = field(default_factory=dict)

    def lines(self, quads: Iterable[Quad]) -> bytes:
        from pyoxigraph import RdfFormat, Triple, serialize

        graphs: set[str] = set()
        triples: list[Any] = []
        for quad in quads:
            graphs.add(str(quad.graph_name))
            if quad.predicate.value == _IMPORTS:
                self.entry.count("imports_not_followed")
                self.entry.note(
                    f"owl:imports {quad.object} is not followed; name that file as a source of its own",
                    f"不跟随 owl:imports {quad.object}；需要时请把该文件另列为来源",
                )
            triples.append(Triple(self._named(quad.subject), quad.predicate, self._named(quad.object)))
        data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        lines = sorted({_LANGUAGE.sub(_usual_case, line) for line in data.split(b"\n") if line})
        self.entry.count("statements", len(lines))
        self.entry.count("graph_names_left_out", len(graphs - {"DEFAULT"}))
        self.entry.count("blank_nodes_named", len(self.nodes))
        if not lines:
            self.entry.note("the file holds no statement", "文件中没有任何语句")
        return b"".join(line + b"\n" for line in lines)

    def _named(self, term: Any) -> Any:
        """The term with each blank node as an IRI that counts the nodes in the order of the file."""
        from pyoxigraph import BlankNode, NamedNode, Triple

        if isinstance(term, BlankNode):
            return self.nodes.setdefault(term.value, NamedNode(f"{self.base}#node-{len(self.nodes) + 1}"))
        if isinstance(term, Triple):
            return Triple(self._named(term.subject), term.predicate, self._named(term.object))
        return term
