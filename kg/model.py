"""What flows through the stages: Document → Sentence → Mention → Candidate → Fact. Frozen dataclasses, nothing else.

Offsets are always half-open character (code point) positions in `Document.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a document's text as its loader understood it: `text[start:end]` holds no newline."""

    start: int
    end: int
    kind: Literal["heading", "paragraph", "row", "caption", "note"] = "paragraph"
    level: int = 0  # of a heading: 1 is the highest; 0 where the file does not say


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row, already turned into text; `start:end` are its offsets in the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table document: its cells by column name (only non-empty ones), and the offsets of the row's line."""

    cells: Mapping[str, Cell]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. Tables have `rows` besides their text (one line a row); RDF has `nquads` and no text.

    Attributes:
        id: stable name of the source, unique in a build: the path below the workspace, else the file name.
        title: title as the file gives it, else the file's stem.
        text: the whole text, newlines as "\\n"; evidence offsets point into it.
        source: file name for people.
        sha256: hex digest of the file's bytes.
        encoding: encoding the bytes were read with ("" for binary formats).
        blocks: the lines of `text`, in order, without empty ones.
        metadata: what the file says of itself, by prefixed term: "dcterms:source", "dcterms:issued", …
        table: for a table, the id of the mapping (a file in ontology/tables) that its columns matched.
        nquads: for RDF, canonical N-Quads (UTF-8) after repair, without graph names.
    """

    id: str
    title: str
    text: str
    source: str
    sha256: str
    encoding: str = ""
    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    rows: tuple[Row, ...] = ()
    nquads: bytes = b""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document; `index` counts in the document, `block` is the index into `Document.blocks`."""

    text: str
    start: int
    end: int
    index: int
    block: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a text that name something.

    Attributes:
        text: the words as they stand.
        name: the full normalised name they stand for (乙院 → 甲市乙院); equals `text` where nothing is known.
        type: "unit" or "mechanism".
        kind: notation of its kind in the vocabulary ("procuratorate", "platform"); "" if unknown.
        generic: true for a kind of body (高校), false for one body.
        rule: id of the rule that found it.
        alts: other names of the same thing that these words give (the bare quoted name).
    """

    text: str
    start: int
    end: int
    name: str
    type: Literal["unit", "mechanism"]
    kind: str = ""
    generic: bool = False
    rule: str = ""
    alts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled role of a candidate.

    Attributes:
        role: see `Candidate`.
        text: `Document.text[start:end]`.
        value: normalised value (full unit name, decimal number, year, bound); "" means: same as `text`.
        kind: notation of the kind in the vocabulary, where the role has one.
        generic: of a unit: a kind of body, not one body.
        alts: of a unit: the other spellings in the document.
    """

    role: str
    text: str
    start: int
    end: int
    value: str = ""
    kind: str = ""
    generic: bool = False
    alts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.value or self.text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact as a producer read it, before identity is decided.

    Roles by kind ("*" any number, "+" one or more, "?" at most one):
        case: subject (unit), title?
        unit: name (unit), alt*, kind?, level?, parent?, place?
        mechanism: name (mechanism), alt*, owner+ (unit)
        cooperation: initiator+ (unit), participant+ (unit), through* (mechanism), yields* (text of an outcome's `what`), year?
        outcome: what (outcome kind), quantity?, bound?, unit?, year?, period?, by* (unit: who recognised),
            owner* (unit: who achieved)

    Attributes:
        kind: one of the five above.
        case: index of the case in the document (0-based).
        slots: in text order within a role.
        sentence: the sentence that proves it (its evidence quote).
        start, end: offsets of the exact words that state the fact; inside the sentence.
        rule: id of the rule (an entry in ontology/extraction), or of the table mapping.
        producer: name of the producer ("rules", "table", "llm").
        confidence: 0..1.
        status: review state: "unreviewed", "accepted", "edited".
    """

    kind: Literal["case", "unit", "mechanism", "cooperation", "outcome"]
    case: int
    slots: tuple[Slot, ...]
    sentence: Sentence
    start: int
    end: int
    rule: str
    producer: str = "rules"
    confidence: float = 0.8
    status: Literal["unreviewed", "accepted", "edited"] = "unreviewed"

    def all(self, role: str) -> tuple[Slot, ...]:
        """The slots of a role."""
        return tuple(slot for slot in self.slots if slot.role == role)

    def one(self, role: str) -> Slot | None:
        """The first slot of a role, or None."""
        return next((slot for slot in self.slots if slot.role == role), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: `exact` = document text[start:end], inside the sentence `quote`. `document` is an IRI."""

    document: str
    start: int
    end: int
    exact: str
    quote: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every mechanism, cooperation and outcome carries. `case` is an IRI; evidence in text order, at least one."""

    case: str
    evidence: tuple[Evidence, ...]
    producer: str
    rule: str
    confidence: float
    status: str = "unreviewed"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as resolved. `iri`, `parent` and `case` are IRIs; `roles` holds "branch" and/or "partner"."""

    iri: str
    label: str
    alts: tuple[str, ...] = ()
    kind: str = ""
    level: str = ""
    parent: str = ""
    place: str = ""
    generic: bool = False
    case: str = ""  # of a generic unit: the case it belongs to
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One report inside a document; all references are IRIs."""

    iri: str
    document: str
    title: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mechanism:
    iri: str
    label: str
    kind: str
    owners: tuple[str, ...]
    provenance: Provenance
    alts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cooperation:
    iri: str
    label: str
    initiators: tuple[str, ...]
    participants: tuple[str, ...]
    provenance: Provenance
    through: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`bound` is one of exactly, at least, more than, nearly, about (or "" without a quantity)."""

    iri: str
    label: str
    kind: str
    provenance: Provenance
    quantity: Decimal | None = None
    bound: str = ""
    unit_text: str = ""
    year: int | None = None
    period: str = ""
    recognised_by: tuple[str, ...] = ()
    achieved_by: tuple[str, ...] = ()


Fact = Unit | Case | Mechanism | Cooperation | Outcome
