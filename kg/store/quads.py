"""Facts become quads, exactly as "The graph contract" of DESIGN.md says; one named graph per document, no blank nodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ConfigError, Text
from kg.ids import Ids, segment
from kg.model import Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.review.identity import TOGETHER
from kg.vocab import terms as T

if TYPE_CHECKING:
    from kg.vocab.vocabulary import Vocabulary

Node = NamedNode | Literal
Pair = tuple[str, Node]  # a predicate's IRI and an object

_LETTERS_OF_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_HAS_SOURCE = T.OA + "hasSource"


def to_quads(document: Document, facts: Iterable[Fact], ids: Ids, vocabulary: Vocabulary) -> Iterator[Quad]:
    """All quads of a document, in the graph named by the document's IRI: the document's node, then its facts in order.

    A document that is RDF itself contributes its own triples instead of facts.

    Raises:
        ConfigError: a fact has a kind that the vocabulary does not know.
    """
    graph = NamedNode(ids.document(document.id))
    for predicate, value in _about_document(document):
        yield Quad(graph, NamedNode(predicate), value, graph)
    if document.nquads:
        yield from _own_triples(document, graph, ids)
    writer = _FactWriter(document, ids, vocabulary)
    for fact in facts:
        for subject, predicate, value in writer.triples(fact):
            yield Quad(NamedNode(subject), NamedNode(predicate), value, graph)


def _about_document(document: Document) -> Iterator[Pair]:
    yield from _types(T.DOCUMENT, T.PROV_ENTITY)
    yield T.TITLE, words(document.title)
    yield T.FILE_NAME, Literal(document.source)
    yield T.SHA256, Literal(document.sha256)
    if document.encoding:
        yield T.ENCODING, Literal(document.encoding)
    for term, value in document.metadata.items():
        yield _expand(term), _metadata_value(value)


def _expand(term: str) -> str:
    prefix, _, local = term.partition(":")
    return T.PREFIXES[prefix] + local


def _metadata_value(value: str) -> Node:
    """An address becomes an IRI (what an IRI may not hold is encoded), a full date an xsd:date, other text stays text."""
    if re.match(r"https?://\S", value):
        return NamedNode(_NOT_IN_IRI.sub(lambda sign: f"%{ord(sign[0]):02X}", value))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return Literal(value, datatype=NamedNode(T.XSD + "date"))
    return words(value)


def _own_triples(document: Document, graph: NamedNode, ids: Ids) -> Iterator[Quad]:
    def named(term: object) -> object:
        """Blank nodes get an IRI of this document (RDF 1.1, section 3.5), so that graphs can be merged and compared."""
        return NamedNode(f"{ids.base}genid/{segment(document.id)}/{term.value}") if isinstance(term, BlankNode) else term

    for quad in parse(document.nquads, format=RdfFormat.N_QUADS):
        yield Quad(named(quad.subject), quad.predicate, named(quad.object), graph)  # type: ignore[arg-type]


class _FactWriter:
    """Turns the facts of one document into triples (subject IRI, predicate IRI, object)."""

    def __init__(self, document: Document, ids: Ids, vocabulary: Vocabulary) -> None:
        self._document = document
        self._ids = ids
        self._vocabulary = vocabulary

    def triples(self, fact: Fact) -> Iterator[tuple[str, str, Node]]:
        for predicate, value in self._pairs(fact):
            yield fact.iri, predicate, value
        if isinstance(fact, Mechanism):
            for owner in fact.owners:
                yield owner, T.OPERATES, NamedNode(fact.iri)
        if isinstance(fact, Mechanism | Cooperation | Outcome):
            for evidence in fact.provenance.evidence:
                iri = self._evidence_iri(evidence)
                for predicate, value in _about_evidence(evidence):
                    yield iri, predicate, value

    @singledispatchmethod
    def _pairs(self, fact: Fact) -> Iterator[Pair]:
        raise TypeError(f"not a fact: {fact!r}")

    @_pairs.register
    def _(self, unit: Unit) -> Iterator[Pair]:
        yield from _types(T.UNIT, T.ORG_ORGANIZATION)
        if "branch" in unit.roles:
            yield from _types(T.BRANCH, T.ORG_ORGANIZATIONAL_UNIT)
        if "partner" in unit.roles:
            yield from _types(T.PARTNER)
        yield from _names(unit.label, unit.alts)
        yield from self._kind(T.UNIT_KIND_OF, T.UNIT_KIND, unit.kind)
        yield from self._kind(T.LEVEL_OF, T.LEVEL, unit.level)
        yield T.GENERIC, _typed("true" if unit.generic else "false", "boolean")
        if unit.parent:
            yield from _links(T.PARENT_UNIT, (unit.parent,))
            yield T.ORG_SUB_ORGANIZATION_OF, NamedNode(unit.parent)
        if unit.place:
            yield T.PLACE, Literal(unit.place)
        if unit.case:
            yield from _links(T.REPORTED_IN, (unit.case,))

    @_pairs.register
    def _(self, case: Case) -> Iterator[Pair]:
        yield from _types(T.CASE, T.PROV_ENTITY)
        yield T.TITLE, words(case.title)
        yield from _links(T.IN_DOCUMENT, (case.document,))
        yield from _links(T.SUBJECT, case.subjects)

    @_pairs.register
    def _(self, mechanism: Mechanism) -> Iterator[Pair]:
        yield from _types(T.MECHANISM, T.PROV_PLAN)
        yield from _names(mechanism.label, mechanism.alts)
        yield from self._kind(T.MECHANISM_KIND_OF, T.MECHANISM_KIND, mechanism.kind)
        yield from _links(T.OPERATED_BY, mechanism.owners)
        yield from self._provenance(mechanism.provenance)

    @_pairs.register
    def _(self, cooperation: Cooperation) -> Iterator[Pair]:
        yield from _types(T.COOPERATION, T.PROV_ACTIVITY)
        yield from _names(cooperation.label, ())
        yield from _links(T.INITIATOR, cooperation.initiators)
        yield from _links(T.PARTICIPANT, cooperation.participants)
        yield from _links(T.THROUGH, cooperation.through)
        yield from _links(T.YIELDS, cooperation.yields)
        yield from _year(cooperation.year)
        yield from self._provenance(cooperation.provenance)

    @_pairs.register
    def _(self, outcome: Outcome) -> Iterator[Pair]:
        yield from _types(T.OUTCOME)
        yield from _names(outcome.label, ())
        yield from self._kind(T.OUTCOME_KIND_OF, T.OUTCOME_KIND, outcome.kind)
        if outcome.quantity is not None:
            yield T.QUANTITY, _decimal(outcome.quantity)
        for predicate, text in ((T.QUANTITY_BOUND, outcome.bound), (T.UNIT_TEXT, outcome.unit_text), (T.PERIOD, outcome.period)):
            if text:
                yield predicate, Literal(text)
        yield from _year(outcome.year)
        yield from _links(T.RECOGNISED_BY, outcome.recognised_by)
        yield from _links(T.ACHIEVED_BY, outcome.achieved_by)
        yield from self._provenance(outcome.provenance)

    def _provenance(self, provenance: Provenance) -> Iterator[Pair]:
        yield from _links(T.REPORTED_IN, (provenance.case,))
        yield from _links(T.EVIDENCE, [self._evidence_iri(evidence) for evidence in provenance.evidence])
        for producer in provenance.producer.split(TOGETHER):
            yield T.PRODUCER, Literal(producer)
        yield T.RULE, Literal(provenance.rule)
        yield T.CONFIDENCE, _decimal(Decimal(str(provenance.confidence)))
        yield T.STATUS, Literal(provenance.status)

    def _evidence_iri(self, evidence: Evidence) -> str:
        return self._ids.evidence(self._document.id, evidence.start, evidence.end)

    def _kind(self, predicate: str, scheme: str, notation: str) -> Iterator[Pair]:
        if not notation:
            return
        concept = _found(self._vocabulary.concept, scheme, notation)
        yield predicate, NamedNode(concept)


def _found(lookup: Callable[[str, str], object], scheme: str, notation: str) -> str:
    concept = lookup(scheme, notation)
    if concept is None:
        raise ConfigError(
            Text(f"the vocabulary {scheme} has no kind {notation!r}", f"词表 {scheme} 中没有类别“{notation}”"),
            Text("add it to the vocabulary, or correct the rule that uses it", "请在词表中添加它，或改正用到它的规则"),
        )
    return str(concept.iri)  # type: ignore[attr-defined]


def _about_evidence(evidence: Evidence) -> Iterator[Pair]:
    yield from _types(T.EVIDENCE_CLASS, T.OA_SPECIFIC_RESOURCE)
    yield T.QUOTE, Literal(evidence.quote)
    yield T.EXACT, Literal(evidence.exact)
    yield T.START, _typed(str(evidence.start), "integer")
    yield T.END, _typed(str(evidence.end), "integer")
    yield T.IN_DOCUMENT, NamedNode(evidence.document)
    yield _HAS_SOURCE, NamedNode(evidence.document)


def _types(*classes: str) -> Iterator[Pair]:
    return ((T.TYPE, NamedNode(name)) for name in classes)


def _names(label: str, alts: Sequence[str]) -> Iterator[Pair]:
    yield T.PREF_LABEL, Literal(label, language="zh")
    for alt in alts:
        yield T.ALT_LABEL, Literal(alt, language="zh")


def _links(predicate: str, iris: Iterable[str]) -> Iterator[Pair]:
    return ((predicate, NamedNode(iri)) for iri in iris)


def _year(year: int | None) -> Iterator[Pair]:
    if year is not None:
        yield T.YEAR, _typed(f"{year:04d}", "gYear")


def words(text: str) -> Literal:
    """Text as a literal: tagged zh when it holds a Chinese character, else without a tag.

    >>> words("北京").language, words("Report 7").language
    ('zh', None)
    """
    return Literal(text, language="zh") if _LETTERS_OF_CHINESE.search(text) else Literal(text)


def _typed(lexical: str, datatype: str) -> Literal:
    return Literal(lexical, datatype=NamedNode(T.XSD + datatype))


def _decimal(number: Decimal) -> Literal:
    """The canonical form, which is what Oxigraph stores: 1.50 → 1.5, 2E+3 → 2000."""
    plain = format(number, "f")
    return _typed(plain.rstrip("0").rstrip(".") if "." in plain else plain, "decimal")
