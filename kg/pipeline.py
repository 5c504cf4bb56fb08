"""The build: files → documents → candidates → facts → quads → store, one document at a time, with a ledger of it all.

Tables are read first: the units that they name help to read the reports. A file that cannot be read, or holds nothing
to find, is named in the ledger with the way out, and the rest is built.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kg.config import Config
from kg.errors import InputError, Text
from kg.ids import Ids
from kg.load.base import MEBIBYTE, LoadContext
from kg.load.ledger import Ledger, LedgerEntry
from kg.load.sources import load_sources
from kg.model import Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Unit

if TYPE_CHECKING:
    from kg.store.writer import StoreWriter
    from kg.vocab.vocabulary import Vocabulary

LEDGER = "ledger.json"
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
PLURALS = {Case: "cases", Unit: "units", Mechanism: "mechanisms", Cooperation: "cooperations", Outcome: "outcomes"}
Progress = Callable[[LedgerEntry], None]


class Reader(Protocol):
    """Reads the facts out of documents; it may learn units from the tables it is given first."""

    def learn(self, documents: Sequence[Document]) -> None:
        """Takes up the units that table documents name."""

    def facts(self, document: Document) -> list[Fact]:
        """The facts of a document."""


class Reading(NamedTuple):
    """A file that was read, with its documents and the facts of each."""

    entry: LedgerEntry
    documents: list[tuple[Document, list[Fact]]]


@dataclass
class BuildResult:
    """What a build did.

    Attributes:
        ledger: an entry for every file.
        facts: how many facts of each kind stand in the store, over all documents.
        documents: how many documents the store holds.
        characters: length of all their texts.
        seconds: how long it took.
        written: false if nothing could be read, so that the old store was left as it was.
    """

    ledger: Ledger = field(default_factory=Ledger)
    facts: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    written: bool = False


class GrammarReader:
    """Reads documents by the grammar and the vocabulary of an ontology folder.

    Raises:
        ConfigError: a file of the folder is broken.
    """

    def __init__(self, config: Config) -> None:
        from kg.resolve import Resolver
        from kg.vocab.lexicon_reader import read_lexicon
        from kg.vocab.reader import read_ontology

        self.ontology = read_ontology(config.ontology)
        self.lexicon = read_lexicon(self.ontology)
        self.resolver = Resolver(self.lexicon, Ids(config.base))
        self.kinds: dict[str, str] = {}  # of mechanisms that tables state, by IRI

    def learn(self, documents: Sequence[Document]) -> None:
        from kg.extract import extract
        from kg.vocab.lexicon import Known

        known: dict[str, Known] = {}
        for document in documents:
            for candidate in extract(document, self.lexicon):
                name, kind = candidate.one("name"), candidate.one("kind")
                if candidate.kind == "unit" and name:
                    unit = Known(name.name, kind.name if kind else name.kind)
                    known |= dict.fromkeys((name.name, *(alt.name for alt in candidate.all("alt"))), unit)
        self.lexicon = self.lexicon.with_known(known)

    def facts(self, document: Document) -> list[Fact]:
        from kg.extract import extract

        if document.nquads:
            return []
        facts = self.resolver.facts(document, extract(document, self.lexicon))
        return [self._settled(fact, document) if isinstance(fact, Mechanism) else fact for fact in facts]

    def _settled(self, mechanism: Mechanism, document: Document) -> Mechanism:
        """The mechanism with the kind that a table states for it, whatever a text suggests: one thing has one kind."""
        if document.rows:
            self.kinds.setdefault(mechanism.iri, mechanism.kind)
        return replace(mechanism, kind=self.kinds.get(mechanism.iri, mechanism.kind))


def read_facts(config: Config, sources: Sequence[Path | str], reader: Reader) -> Iterator[Reading]:
    """Reads files one after another, tables first, and finds the facts of each."""
    files = load_sources(sources, load_context(config), first=TABLES)
    ids = Ids(config.base)
    for entry, documents in _learning(files, reader):
        found = [(document, _proved(document, reader.facts(document), ids, entry)) for document in documents]
        _account(entry, found)
        yield Reading(entry, found)


def build(
    config: Config,
    sources: Sequence[Path | str] | None = None,
    store: Path | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> BuildResult:
    """Builds the store from the sources, in one step at the end: until then, and if it fails, the old store stands.

    Args:
        config: where things are.
        sources: files, folders and patterns, relative to the current folder; None takes what kg.toml names.
        store: folder of the store; None takes what kg.toml names.
        progress: called with the ledger entry of each file that is done.
        reader: finds the facts; None takes the grammar of the ontology folder.

    Raises:
        ConfigError: the ontology folder is broken.
        InputError: no source is named, or the store cannot be written.
    """
    from kg.store.writer import StoreWriter
    from kg.vocab.reader import read_ontology

    started = time.perf_counter()
    chosen = _sources(config, sources)
    folder = store or config.store
    vocabulary = read_ontology(config.ontology).vocabulary
    reads = reader or GrammarReader(config)
    result = BuildResult()
    with StoreWriter(folder, base=config.base, ontology=config.ontology) as writer:
        for reading in read_facts(config, chosen, reads):
            _store(writer, reading, config, vocabulary)
            _count(result, reading)
            if progress:
                progress(reading.entry)
        if result.documents:
            writer.finish()
            _write_ledger(result.ledger, folder / LEDGER)
            result.written = True
    result.seconds = time.perf_counter() - started
    return result


def load_context(config: Config) -> LoadContext:
    """Where the loaders work."""
    return LoadContext(config.root, config.ontology, config.base, int(config.limit_mb * MEBIBYTE))


def _sources(config: Config, sources: Sequence[Path | str] | None) -> list[Path | str]:
    below = "" if config.root == Path.cwd() else config.root  # names as people typed them, wherever that is possible
    chosen: list[Path | str] = list(sources) if sources else [os.path.join(below, source) for source in config.sources]
    if chosen:
        return chosen
    raise InputError(
        Text("there is nothing to build from", "没有可供构建的来源"),
        Text(
            "Name files or folders, or list them as “sources” in kg.toml.", "请给出文件或文件夹，或在 kg.toml 的“sources”中列出。"
        ),
    )


File = tuple[LedgerEntry, list[Document]]


def _learning(files: Iterable[File], reader: Reader) -> Iterator[File]:
    """Passes files on, the tables (which come first) only when the reader has learnt from all of them."""
    tables: list[File] = []
    for entry, documents in files:
        if Path(entry.source).suffix.lower() in TABLES:
            tables.append((entry, documents))
            continue
        yield from _learn(tables, reader)
        yield entry, documents
    yield from _learn(tables, reader)


def _learn(tables: list[File], reader: Reader) -> list[File]:
    learnt = list(tables)
    tables.clear()
    if learnt:
        reader.learn([document for _, documents in learnt for document in documents])
    return learnt


def _proved(document: Document, facts: Iterable[Fact], ids: Ids, entry: LedgerEntry) -> list[Fact]:
    """The facts whose quotes stand in the document; the others are dropped, counted and told in the ledger."""
    iri = ids.document(document.id)
    kept: list[Fact] = []
    dropped: set[str] = set()
    for fact in facts:
        if isinstance(fact, Unit | Case):
            kept.append(fact)
            continue
        good = tuple(item for item in fact.provenance.evidence if item.document == iri and stands(item, document.text))
        if good:
            kept.append(replace(fact, provenance=replace(fact.provenance, evidence=good)))
        else:
            dropped.add(fact.iri)
            entry.count("facts_without_proof")
            entry.note(f"dropped, its quote is not in the text: {fact.label}", f"已舍弃，原文中没有所引的句子：{fact.label}")
    return [_without(fact, dropped) for fact in kept] if dropped else kept


def _without(fact: Fact, dropped: set[str]) -> Fact:
    """A fact that no longer points at what was dropped."""
    if not isinstance(fact, Cooperation):
        return fact
    through, yields = (tuple(iri for iri in iris if iri not in dropped) for iris in (fact.through, fact.yields))
    return replace(fact, through=through, yields=yields)


def stands(evidence: Evidence, text: str) -> bool:
    """Whether the exact words stand at their offsets in `text`, and the quoted sentence around them.

    >>> stands(Evidence("", 3, 5, "合作", "甲乙合作。"), "…甲乙合作。")
    True
    """
    inside = evidence.quote.find(evidence.exact)
    while inside >= 0:
        start = evidence.start - inside
        if text[evidence.start : evidence.end] == evidence.exact and text[start : start + len(evidence.quote)] == evidence.quote:
            return bool(evidence.exact) and start >= 0
        inside = evidence.quote.find(evidence.exact, inside + 1)
    return False


def _account(entry: LedgerEntry, found: Sequence[tuple[Document, list[Fact]]]) -> None:
    """Writes into the ledger what was found in a file, or that nothing was."""
    kinds = Counter(PLURALS[type(fact)] for _, facts in found for fact in facts)
    entry.facts = {plural: kinds[plural] for plural in PLURALS.values() if kinds[plural]}
    texts = [document for document, _ in found if not document.rows and not document.nquads]
    tables = [document for document, _ in found if document.rows]
    if entry.error is None and ((tables and not kinds) or (texts and not kinds["cases"])):
        entry.error = _nothing_found(entry.source, bool(tables))


def _nothing_found(source: str, table: bool) -> InputError:
    if table:
        return InputError(
            Text(f"{source}: no row of the table gives a fact", f"{source}：表中没有一行能读出事实"),
            Text("Fill in the columns that name the units.", "请填写写有单位名称的各列。"),
        )
    return InputError(
        Text(f"{source}: no case found in the text", f"{source}：文中没有找到案例"),
        Text(
            "A case needs a heading or a first sentence that names the unit it is about; leave the file out if it holds none.",
            "案例的标题或首句要写明是哪个单位；如果文件中没有案例，请不要列入来源。",
        ),
    )


def _store(writer: StoreWriter, reading: Reading, config: Config, vocabulary: Vocabulary) -> None:
    from kg.store.folder import DocumentEntry
    from kg.store.quads import to_quads

    ids = Ids(config.base)
    for document, facts in reading.documents:
        entry = DocumentEntry(document.id, ids.document(document.id), document.sha256)
        writer.add(entry, to_quads(document, facts, ids, vocabulary))


def _count(result: BuildResult, reading: Reading) -> None:
    result.ledger.entries.append(reading.entry)
    result.facts.update(reading.entry.facts)
    result.documents += len(reading.documents)
    result.characters += sum(len(document.text) for document, _ in reading.documents)


def _write_ledger(ledger: Ledger, path: Path) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(ledger.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    os.replace(beside, path)
