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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.config import Config
from kg.errors import InputError, Text
from kg.ids import Ids
from kg.load.base import MEBIBYTE, LoadContext
from kg.load.ledger import Ledger, LedgerEntry
from kg.load.sources import load_sources
from kg.model import Case, Cooperation, Document, Fact, Mechanism, Outcome, Unit
from kg.pipeline.proof import proved
from kg.pipeline.reader import GrammarReader, Reader

if TYPE_CHECKING:
    from kg.store.writer import StoreWriter
    from kg.vocab.vocabulary import Vocabulary

LEDGER = "ledger.json"
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
PLURALS = {Case: "cases", Unit: "units", Mechanism: "mechanisms", Cooperation: "cooperations", Outcome: "outcomes"}
Progress = Callable[[LedgerEntry], None]


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


def read_facts(config: Config, sources: Sequence[Path | str], reader: Reader) -> Iterator[Reading]:
    """Reads files one after another, tables first, and finds the facts of each."""
    files = load_sources(sources, load_context(config), first=TABLES)
    ids = Ids(config.base)
    for entry, documents in _learning(files, reader):
        found = []
        for document in documents:
            facts = reader.facts(document, reader.candidates(document))
            found.append((document, proved(document, facts, ids, entry)))
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
