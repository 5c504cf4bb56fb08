"""The page of a document: its whole text with the words marked that state facts, and the facts in the order of the text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import InputError
from kg.model import Block, Document
from kg.query.library import ask
from kg.query.run import run
from kg.query.table import Term
from kg.server.explorer import Snapshot
from kg.server.index import Entry
from kg.server.things import Names, Ref
from kg.vocab import terms as T

_PROPERTIES = """SELECT DISTINCT ?property ?value {
  VALUES ?document { UNDEF }
  VALUES ?property { coop:fileName dcterms:source dcterms:issued }
  ?document ?property ?value
}"""
_CASES = "SELECT DISTINCT ?case { VALUES ?document { UNDEF } ?case a coop:Case ; coop:inDocument ?document }"


@dataclass(frozen=True, slots=True)
class Found:
    """A fact of a text: its class by name, and itself."""

    type: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Span:
    """Words at `start:end` of a text that state facts; `number` counts in the order of the text."""

    number: int
    start: int
    end: int
    exact: str
    quote: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; `span` is the shortest that covers it, `anchor` the offset where one or more spans begin here."""

    text: str
    span: Span | None = None
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text as its loader understood it."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All that the page of a document says.

    Attributes:
        file: its name; issued: the date it bears; address: where it was published. Each "" if not known.
        trouble: why there is no text.
        changed: the file is another than the one that was built from.
        lost: spans whose words do not stand where they stood.
    """

    entry: Entry
    ref: Ref
    file: str
    issued: str
    address: str
    cases: tuple[Ref, ...]
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    lost: tuple[Span, ...]
    changed: bool = False
    trouble: InputError | None = None


def document_page(now: Snapshot, entry: Entry, lang: str) -> DocumentPage:
    """What is to be said of a document."""
    names = Names(now, lang)
    spans = _spans(now, entry.iri, names)
    properties = _properties(now, entry.iri)
    cases = run(now.store, _CASES, {"document": Term(entry.iri, "iri")}).rows
    text, changed, trouble = _text(now, entry.iri)
    standing = [span for span in spans if text and text.text[span.start : span.end] == span.exact]
    return DocumentPage(
        entry=entry,
        ref=names.ref(entry.iri),
        file=properties["fileName"],
        issued=properties["issued"],
        address=properties["source"],
        cases=tuple(names.ref(case.value) for (case,) in cases if case),
        lines=tuple(lines(text.text, text.blocks, standing)) if text else (),
        spans=tuple(standing),
        lost=tuple(span for span in spans if span not in standing),
        changed=changed,
        trouble=trouble,
    )


def _text(now: Snapshot, iri: str) -> tuple[Document | None, bool, InputError | None]:
    try:
        source = now.source(iri)
    except InputError as error:
        return None, False, error
    return source.document, source.changed, None


def _properties(now: Snapshot, iri: str) -> dict[str, str]:
    """Values by the name of the property, "" where nothing is stated; of several the first in order."""
    found = dict.fromkeys(("fileName", "source", "issued"), "")
    for which, value in sorted(run(now.store, _PROPERTIES, {"document": Term(iri, "iri")}).values(), reverse=True):
        found[T.local_name(which or "")] = value or ""
    return found


def _spans(now: Snapshot, iri: str, names: Names) -> list[Span]:
    """The places of a document that state facts, in the order of the text."""
    found: dict[tuple[int, int, str, str], dict[str, None]] = {}
    for row in ask(now.store, "marks", {"document": Term(iri, "iri")}):
        place = (int(row["start"].value), int(row["end"].value), row["exact"].value, row["quote"].value)
        found.setdefault(place, {})[row["fact"].value] = None
    ordered = sorted(found, key=lambda place: (place[0], -place[1], place[2:]))
    return [
        Span(number, *place, tuple(_found(now, fact, names) for fact in sorted(found[place])))
        for number, place in enumerate(ordered, 1)
    ]


def _found(now: Snapshot, iri: str, names: Names) -> Found:
    entry = now.index.entries.get(iri)
    return Found(names.name(entry.type) if entry else "", names.ref(iri))


def lines(text: str, blocks: Iterable[Block], spans: Sequence[Span]) -> Iterator[Line]:
    """The lines of a text, cut where spans begin and end.

    >>> span = Span(1, 1, 3, "乙丙", "", ())
    >>> [[piece.text for piece in line.pieces] for line in lines("甲乙丙丁\\n戊", [Block(0, 4), Block(5, 6)], [span])]
    [['甲', '乙丙', '丁'], ['戊']]
    """
    coming, near = deque(sorted(spans, key=lambda span: span.start)), list[Span]()
    for block in blocks:
        near = [span for span in near if span.end > block.start]
        while coming and coming[0].start < block.end:
            near.append(coming.popleft())
        yield Line(block.kind, block.level, tuple(_pieces(text, block, near)))


def _pieces(text: str, block: Block, spans: Sequence[Span]) -> Iterator[Piece]:
    cuts = {block.start, block.end}
    for span in spans:
        cuts |= {at for at in (span.start, span.end) if block.start < at < block.end}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        covering = [span for span in spans if span.start <= start and end <= span.end]
        shortest = min(covering, key=lambda span: (span.end - span.start, span.number), default=None)
        yield Piece(text[start:end], shortest, start if any(span.start == start for span in covering) else None)
