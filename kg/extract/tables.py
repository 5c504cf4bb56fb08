"""The rows of a table as candidates: what a column means is said by the mapping in ontology/tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.load.mapping import TableMapping, read_mappings
from kg.model import Candidate, Cell, Document, Row, Sentence, Slot
from kg.vocab.lexicon import Lexicon
from kg.vocab.terms import LEVEL, MECHANISM_KIND, UNIT_KIND

PRODUCER = "table"
CONFIDENCE = 1.0  # somebody wrote it down as a fact


def table_candidates(document: Document, lexicon: Lexicon) -> list[Candidate]:
    """Units or cooperations, one or more for a row; the evidence sentence is the row's line."""
    mapping = next(m for m in read_mappings(lexicon.folder) if m.id == document.table)
    reader = _RowReader(document, mapping, lexicon)
    return [candidate for index, row in enumerate(document.rows) for candidate in reader.read(index, row)]


class _RowReader:
    """Reads rows one after another; each initiator's first row opens its case."""

    def __init__(self, document: Document, mapping: TableMapping, lexicon: Lexicon) -> None:
        self.document = document
        self.mapping = mapping
        self.lexicon = lexicon
        self.splits = {column.role: column.split for column in mapping.columns}
        self._cases: dict[str, int] = {}

    def read(self, index: int, row: Row) -> Iterator[Candidate]:
        roles = self.mapping.roles(list(row.cells))
        cells = {role: row.cells[header] for role, header in roles.items()}
        sentence = Sentence(self.document.text[row.start : row.end], row.start, row.end, index, index)
        if self.mapping.fact == "unit" and "name" in cells:
            yield self._candidate("unit", 0, tuple(self._unit_slots(cells)), sentence)
        elif self.mapping.fact == "cooperation" and {"initiator", "participant"} <= cells.keys():
            yield from self._cooperation(cells, sentence)

    def _candidate(self, kind: str, case: int, slots: tuple[Slot, ...], sentence: Sentence) -> Candidate:
        start, end = min(s.start for s in slots), max(s.end for s in slots)
        rule = f"table:{self.mapping.id}"
        return Candidate(kind, case, slots, sentence, start, end, rule, PRODUCER, CONFIDENCE)  # type: ignore[arg-type]

    def _parts(self, cells: Mapping[str, Cell], role: str) -> Iterator[Slot]:
        """The values of a cell, each with its offsets."""
        cell = cells.get(role)
        if cell is None:
            return
        split = self.splits.get(role, "")
        pattern = f"[^{re.escape(split)}]+" if split else r"[\s\S]+"
        for match in re.finditer(pattern, cell.text):
            text = match[0].strip()
            if text:
                start = cell.start + match.start() + match[0].index(text)
                yield Slot(role, text, start, start + len(text))

    def _unit(self, slot: Slot, role: str) -> Slot:
        known = self.lexicon.units.known.get(slot.text)
        kind = known.kind if known else self.lexicon.units.kind_of(slot.text)
        generic = slot.text in self.lexicon.units.generic_heads
        return replace(slot, role=role, value=known.name if known else slot.text, kind=kind, generic=generic)

    def _unit_slots(self, cells: Mapping[str, Cell]) -> Iterator[Slot]:
        for slot in self._parts(cells, "name"):
            yield replace(slot, kind=self.lexicon.units.kind_of(slot.text))
        yield from self._parts(cells, "alt")
        for role, scheme in (("kind", UNIT_KIND), ("level", LEVEL)):
            for slot in self._parts(cells, role):
                concept = self.lexicon.vocabulary.by_label(scheme, slot.text)
                if concept:
                    yield replace(slot, value=concept.notation)
        yield from self._parts(cells, "parent")
        yield from self._parts(cells, "place")

    def _cooperation(self, cells: Mapping[str, Cell], sentence: Sentence) -> Iterator[Candidate]:
        initiators = [self._unit(slot, "initiator") for slot in self._parts(cells, "initiator")]
        participants = [self._unit(slot, "participant") for slot in self._parts(cells, "participant")]
        owner = initiators[0]
        if owner.name not in self._cases:
            self._cases[owner.name] = len(self._cases)
            yield self._candidate("case", self._cases[owner.name], (replace(owner, role="subject"),), sentence)
        case = self._cases[owner.name]
        mechanisms = [self._mechanism(slot, cells) for slot in self._parts(cells, "mechanism")]
        for mechanism in mechanisms:
            yield self._candidate("mechanism", case, (mechanism, replace(owner, role="owner")), sentence)
        outcome = list(self._outcome_slots(cells))
        if outcome:
            yield self._candidate("outcome", case, (*outcome, replace(owner, role="owner")), sentence)
        through = [replace(mechanism, role="through") for mechanism in mechanisms]
        yields = [replace(outcome[0], role="yields")] if outcome else []
        slots = (*initiators, *participants, *through, *yields, *self._parts(cells, "year"))
        yield self._candidate("cooperation", case, slots, sentence)

    def _mechanism(self, slot: Slot, cells: Mapping[str, Cell]) -> Slot:
        said = next(self._parts(cells, "mechanism-kind"), None)
        concept = self.lexicon.vocabulary.by_label(MECHANISM_KIND, said.text) if said else None
        words = self.lexicon.mechanisms
        kind = concept.notation if concept else words.heads.get(words.head_at_end(slot.text.rstrip("”》")), "mechanism")
        return replace(slot, role="name", kind=kind)

    def _outcome_slots(self, cells: Mapping[str, Cell]) -> Iterator[Slot]:
        what = next(self._parts(cells, "outcome"), None)
        if what is None:
            return
        quantity = next(self._parts(cells, "quantity"), None)
        number = _decimal(quantity.text) if quantity else ""
        yield replace(what, role="what", kind="count" if number else "qualitative")
        if quantity and number:
            yield replace(quantity, value=number)
            yield Slot("bound", quantity.text, quantity.start, quantity.end, "exactly")
        for slot in self._parts(cells, "measure"):
            yield replace(slot, role="unit")
        yield from self._parts(cells, "year")


def _decimal(text: str) -> str:
    """A cell's number as a plain decimal string, "" if it holds none.

    >>> _decimal("1,286")
    '1286'
    """
    match = re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text.strip())
    return match[0].replace(",", "") if match else ""
