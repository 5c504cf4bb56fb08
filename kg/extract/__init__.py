"""From a document to candidates: by the grammar of the ontology folder for text, by a mapping for tables."""

from __future__ import annotations

from kg.extract.rules import RulesProducer
from kg.extract.tables import table_candidates
from kg.model import Candidate, Document
from kg.vocab.lexicon import Lexicon

__all__ = ["extract"]

_producers: dict[int, RulesProducer] = {}


def extract(document: Document, lexicon: Lexicon) -> list[Candidate]:
    """The candidates of a document, in text order.

    Args:
        document: text or table; an RDF document has none.
        lexicon: the producer for it is kept, so that calling this for many documents costs no set-up.
    """
    if document.table:
        return table_candidates(document, lexicon)
    producer = _producers.get(id(lexicon))
    if producer is None or producer.lexicon is not lexicon:
        _producers.clear()
        producer = _producers[id(lexicon)] = RulesProducer(lexicon)
    return producer.produce(document)
