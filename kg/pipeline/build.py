"""The build: files → documents → candidates → facts → quads → store, one document at a time, with a ledger of it all.

Tables are read first: the units that they name help to read the reports. A file that cannot be read, or holds nothing
to find, is named in the ledger with the way out, and the rest is built. What was read is kept (see `kg.pipeline.cache`).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.config import Config
from kg.errors import InputError, Text
from kg.ids import Ids
from kg.load.base import MEBIBYTE, LoadContext
from kg.load.ledger import Ledger, LedgerEntry
from kg.model import Case, Cooperation, Document, Fact, Mechanism, Outcome, Unit
from kg.pipeline.asking import asking
from kg.pipeline.cache import Cache
from kg.pipeline.decisions import decision_book, names_of, replayed
from kg.pipeline.executor import Automatic, Executor, Serial
from kg.pipeline.inputs import Inputs
from kg.pipeline.intake import Intake
from kg.pipeline.parts import Part
from kg.pipeline.proof import proved
from kg.pipeline.reader import GrammarReader, Reader
from kg.pipeline.record import LEDGER, Changes, Former, Record, write_ledger
from kg.review import DecisionBook
from kg.review.records import orphan_json

if TYPE_CHECKING:
    from kg.service import Service

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
        written: whether a new store was written.
        unchanged: true if nothing differs from the last build, so that its store and its ledger stand.
        read: how many files were read; the others are as they were when they were read before.
    """

    ledger: Ledger = field(default_factory=Ledger)
    facts: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    written: bool = False
    unchanged: bool = False
    read: int = 0


@dataclass(frozen=True)
class Options:
    """How a build goes about it.

    Attributes:
        fresh: read every file, whatever was read before, and write the store anew.
        executor: does the reading; None lets this process do it, or several where there are many files.
    """

    fresh: bool = False
    executor: Executor | None = None


def read_candidates(
    config: Config, sources: Sequence[Path | str], reader: Reader, book: DecisionBook | None = None
) -> Iterator[Part]:
    """Reads files one after another, tables first: candidates after the decisions of a book; nothing is kept."""
    intake = Intake(Inputs.of(config, sources), load_context(config), reader)
    return (replayed(part, book or DecisionBook()) for part in intake.parts())


def read_facts(config: Config, sources: Sequence[Path | str], reader: Reader) -> Iterator[Reading]:
    """Reads files one after another, tables first, and finds the facts of each, without any decision; nothing is kept."""
    ids = Ids(config.base)
    return (_reading(part, reader, ids) for part in read_candidates(config, sources, reader))


def _reading(part: Part, reader: Reader, ids: Ids) -> Reading:
    """The facts of a file, and its ledger entry that tells them."""
    found = []
    for document, candidates in part.documents:
        facts = reader.facts(document, candidates)
        found.append((document, proved(document, facts, ids, part.entry)))
    _account(part.entry, found)
    return Reading(part.entry, found)


def build(
    config: Config,
    sources: Sequence[Path | str] | None = None,
    store: Path | Service | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
    options: Options | None = None,
) -> BuildResult:
    """Builds the store from the sources, in one step at the end: until then, and if it fails, the old store stands.

    Files that are as they were in the last build are not read again, and a store that would become the same is left alone.

    Args:
        config: where things are.
        sources: files, folders and patterns, relative to the current folder; None takes what kg.toml names.
        store: folder of the store, or a service; None takes what kg.toml names.
        progress: called with the ledger entry of each file that is done.
        reader: finds the facts, and nothing is kept for the next build; None takes the grammar of the ontology folder.
        options: how to go about it.

    Raises:
        ConfigError: the ontology folder is broken.
        InputError: no source is named, or the store cannot be written.
    """
    from kg.store.base import is_filled

    started = time.perf_counter()
    place, options = store or config.store, options or Options()
    inputs = Inputs.of(config, sources_of(config, sources))
    former = Former.of(config.folder(place))
    if former.changes(inputs).none and not options.fresh and reader is None and is_filled(place, config.base):
        result = _unchanged(former)
    else:
        try:
            with ExitStack() as stack:
                result = _Build(config, inputs, place, options, reader, stack).run(progress)
        except OSError as error:
            raise _not_written(place, error) from error
    result.seconds = time.perf_counter() - started
    return result


def changes(config: Config, sources: Sequence[Path | str] | None = None, store: Path | Service | None = None) -> Changes:
    """What `build` with the same arguments would change; reads the files' bytes and writes nothing.

    Raises:
        InputError: no source is named.
    """
    return Former.of(config.folder(store or config.store)).changes(Inputs.of(config, sources_of(config, sources)))


def _not_written(place: Path | Service, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    return InputError(
        Text(f"the store {place} cannot be written: {reason}", f"无法写入图谱库 {place}：{reason}"),
        Text(
            "Make room on the disk, see that its folder may be written, or choose another with --store; no half store is left.",
            "请清理磁盘空间，确认其文件夹可写，或用 --store 指定其他位置；不会留下不完整的图谱库。",
        ),
    )


def _unchanged(former: Former) -> BuildResult:
    assert former.record
    facts: Counter[str] = Counter()
    for entry in former.ledger.entries:
        facts.update(entry.facts)
    return BuildResult(former.ledger, facts, former.record.documents, former.record.characters, unchanged=True)


class _Build:
    """One run: everything that it holds open ends with `stack`."""

    def __init__(
        self, config: Config, inputs: Inputs, place: Path | Service, options: Options, reader: Reader | None, stack: ExitStack
    ) -> None:
        from kg.store.base import open_writer
        from kg.vocab.reader import read_ontology

        folder = config.folder(place)
        self._vocabulary = read_ontology(config.ontology).vocabulary
        self._book = decision_book(config, {source.id for source in inputs.files}, self._vocabulary)
        self._reader = reader or GrammarReader(config, self._book.naming)
        self._inputs, self._folder, self._ids = inputs, folder, Ids(config.base)
        self._writer = stack.enter_context(open_writer(place, folder, config.base, config.ontology))
        self._cache = stack.enter_context(Cache(folder, options.fresh)) if reader is None else None
        executor = options.executor or (Automatic(seconds=config.seconds) if reader is None else Serial())
        self._intake = Intake(inputs, load_context(config), self._reader, self._cache, executor)
        self._asking = asking(config, self._reader, folder, stack)

    def run(self, progress: Progress | None) -> BuildResult:
        result = BuildResult()
        names: set[str] = set()
        parts = self._intake.parts()
        for part in self._asking.parts(parts) if self._asking else parts:
            reading = _reading(replayed(part, self._book), self._reader, self._ids)
            self._store(reading)
            _count(result, reading)
            names |= names_of(fact for _, facts in reading.documents for fact in facts)
            if progress:
                progress(reading.entry)
        result.read = len(self._intake.again)
        result.ledger.orphans = [orphan_json(orphan) for orphan in self._book.orphans(names)]
        if result.documents:
            self._finish(result)
        return result

    def _store(self, reading: Reading) -> None:
        from kg.store.folder import DocumentEntry
        from kg.store.quads import to_quads

        for document, facts in reading.documents:
            entry = DocumentEntry(document.id, self._ids.document(document.id), document.sha256)
            self._writer.add(entry, to_quads(document, facts, self._ids, self._vocabulary))

    def _finish(self, result: BuildResult) -> None:
        self._writer.finish()
        inputs, database = self._inputs, self._writer.name
        whole = not (self._asking and self._asking.incomplete)
        made_of = (inputs.reading, inputs.writing if whole else "", inputs.prints, inputs.asked)
        write_ledger(result.ledger, Record(database, *made_of, result.documents, result.characters), self._folder)
        if self._cache:
            self._cache.forget_unused()
        result.written = True


def ledger_path(config: Config, place: Path | Service) -> Path:
    """Where the ledger of a store is."""
    return config.folder(place) / LEDGER


def load_context(config: Config) -> LoadContext:
    """Where the loaders work."""
    return LoadContext(config.root, config.ontology, config.base, int(config.limit_mb * MEBIBYTE))


def sources_of(config: Config, sources: Sequence[Path | str] | None) -> list[Path | str]:
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


def _count(result: BuildResult, reading: Reading) -> None:
    result.ledger.entries.append(reading.entry)
    result.facts.update(reading.entry.facts)
    result.documents += len(reading.documents)
    result.characters += sum(len(document.text) for document, _ in reading.documents)
