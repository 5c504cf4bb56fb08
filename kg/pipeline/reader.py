"""Who reads documents: the grammar of the ontology folder, which learns from the tables first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kg.config import Config
from kg.ids import Ids
from kg.model import Candidate, Document, Fact, Mechanism
from kg.pipeline.executor import Finder
from kg.pipeline.parts import Read
from kg.review import Naming

if TYPE_CHECKING:
    from kg.vocab.lexicon import Lexicon


class GrammarFinder:
    """Finds candidates by grammar and lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def candidates(self, document: Document) -> list[Candidate]:
        from kg.extract import extract

        return [] if document.nquads else extract(document, self._lexicon)


class Reader(Protocol):
    """Reads the facts out of documents; it may learn units from the tables it is given first."""

    def learn(self, tables: Sequence[Read]) -> str:
        """Takes up the units that table documents name; returns a text that differs where other things were learnt."""

    def finder(self) -> Finder:
        """What finds candidates with all that was learnt; it can be sent to another process."""

    def facts(self, document: Document, candidates: Sequence[Candidate]) -> list[Fact]:
        """The facts that the candidates of a document state."""


class GrammarReader:
    """Reads documents by the grammar and the vocabulary of an ontology folder.

    Args:
        config: names the folder.
        naming: what reviewers decided about names of units.

    Raises:
        ConfigError: a file of the folder is broken.
    """

    def __init__(self, config: Config, naming: Naming | None = None) -> None:
        from kg.resolve import Resolver
        from kg.vocab.lexicon_reader import read_lexicon
        from kg.vocab.reader import read_ontology

        self.ontology = read_ontology(config.ontology)
        self.lexicon = read_lexicon(self.ontology)
        self.resolver = Resolver(self.lexicon, Ids(config.base), naming)
        self.kinds: dict[str, str] = {}  # of mechanisms that tables state, by IRI

    def learn(self, tables: Sequence[Read]) -> str:
        from kg.vocab.lexicon import Known

        known: dict[str, Known] = {}
        for candidate in (candidate for _, candidates in tables for candidate in candidates):
            name, kind = candidate.one("name"), candidate.one("kind")
            if candidate.kind == "unit" and name:
                unit = Known(name.name, kind.name if kind else name.kind)
                known |= dict.fromkeys((name.name, *(alt.name for alt in candidate.all("alt"))), unit)
        self.lexicon = self.lexicon.with_known(known)
        return repr(sorted(known.items()))

    def finder(self) -> Finder:
        return GrammarFinder(self.lexicon)

    def facts(self, document: Document, candidates: Sequence[Candidate]) -> list[Fact]:
        facts = self.resolver.facts(document, candidates)
        return [self._settled(fact, document) if isinstance(fact, Mechanism) else fact for fact in facts]

    def _settled(self, mechanism: Mechanism, document: Document) -> Mechanism:
        """The mechanism with the kind that a table states for it, whatever a text suggests: one thing has one kind."""
        if document.rows:
            self.kinds.setdefault(mechanism.iri, mechanism.kind)
        return replace(mechanism, kind=self.kinds.get(mechanism.iri, mechanism.kind))
