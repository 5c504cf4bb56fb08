"""Builds a store beside the one that is there and puts it in its place in one step: a reader finds the old or the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from kg.errors import ConfigError, InputError, Text
from kg.ids import DEFAULT_BASE
from kg.store.folder import BuildLock, DocumentEntry, Meta, check_target, new_name, remove_databases
from kg.vocab.terms import ALT_LABEL, LABEL, NOTATION, ORDER, PREF_LABEL, PREFIXES, SKOS

_BATCH = 200_000  # quads that are written at once
_SHOWN = frozenset({PREF_LABEL, ALT_LABEL, NOTATION, LABEL, ORDER, SKOS + "inScheme", SKOS + "broader"})
_CONCEPT = NamedNode(SKOS + "Concept")


class StoreWriter:
    """Writes a new database into the folder of a store; until `finish`, readers see the old one.

        with StoreWriter(folder, ontology=…) as writer:
            writer.add(DocumentEntry(…), quads)
            writer.finish()

    Args:
        target: folder of the store, new, empty or a store.
        base: base of the data's IRIs.
        ontology: folder whose rules/*.ru derive links, and whose labels are put into a graph of their own.

    Raises:
        InputError: the folder holds other things, or another build is writing it.
    """

    def __init__(self, target: Path, base: str = DEFAULT_BASE, ontology: Path | None = None) -> None:
        self._folder = Path(target)
        check_target(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = BuildLock(self._folder)
        self._base = base
        self._ontology = ontology
        self._old = self._read_old()
        remove_databases(self._folder, keep=self._old.database if self._old else "")
        self._name = new_name()
        self._database: Store | None = Store(str(self._folder / self._name))
        self._documents: dict[str, DocumentEntry] = {}
        self._batch: list[Quad] = []

    def _read_old(self) -> Meta | None:
        try:
            return Meta.read(self._folder)
        except InputError:
            return None

    @property
    def name(self) -> str:
        """Name of the database that is written, as meta.json will name it."""
        return self._name

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, document: DocumentEntry, quads: Iterable[Quad]) -> int:
        """Adds a document's quads, all in the graph named by its IRI; returns how many were given.

        Raises:
            ValueError: the document was added before.
        """
        if document.iri in self._documents:
            raise ValueError(f"added twice: {document.iri}")
        self._documents[document.iri] = document
        return self._write(quads)

    def keep(self, document_iri: str) -> bool:
        """Copies an unchanged document from the old store; False if the old store does not hold it."""
        entry = next((entry for entry in self._old.documents if entry.iri == document_iri), None) if self._old else None
        if entry is None or self._old is None:
            return False
        old = Store.read_only(str(self._folder / self._old.database))
        self.add(entry, old.quads_for_pattern(None, None, None, NamedNode(document_iri)))
        return True

    def _write(self, quads: Iterable[Quad]) -> int:
        count = 0
        for quad in quads:
            count += 1
            self._batch.append(quad)
            if len(self._batch) >= _BATCH:
                self._flush()
        return count

    def _flush(self) -> None:
        """Writes the batch into its graphs and into the union.

        As text, which Oxigraph reads with all cores: that takes half as long as going through objects twice.
        """
        self._load(serialize(self._batch, format=RdfFormat.N_QUADS) or b"")
        self._unite(quad.triple for quad in self._batch)
        self._batch.clear()

    def _unite(self, triples: Iterable[Triple]) -> None:
        """Writes triples into the default graph, which is the union."""
        self._load(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")

    def _load(self, nquads: bytes) -> None:
        assert self._database is not None, "the writer has ended"
        self._database.bulk_load(nquads, RdfFormat.N_QUADS)

    def finish(self) -> None:
        """Adds the vocabulary, derives, and makes this database the one that readers see; the lock stays until `close`.

        Raises:
            ConfigError: a rule or a vocabulary file is broken; the old store stays.
        """
        if self._ontology:
            self._write(self._vocabulary(self._ontology))
            self._flush()
            self._derive(self._ontology)
        self._flush()
        assert self._database is not None
        self._database.flush()
        self._database = None  # closes it
        documents = sorted(self._documents.values(), key=lambda entry: entry.id)
        self._old = Meta(self._base, self._name, tuple(documents))
        self._old.write(self._folder)
        remove_databases(self._folder, keep=self._name)

    def _vocabulary(self, ontology: Path) -> Iterator[Quad]:
        graph = NamedNode(self._base + "graph/vocabulary")
        for path in [*sorted(ontology.glob("core.ttl")), *sorted((ontology / "vocabulary").glob("*.ttl"))]:
            try:
                for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                    if quad.predicate.value in _SHOWN or quad.object == _CONCEPT:
                        yield Quad(quad.subject, quad.predicate, quad.object, graph)
            except SyntaxError as error:
                raise _broken(path, error) from error

    def _derive(self, ontology: Path) -> None:
        """Runs the rules in the order of their names; their graphs are relative to the base of the data."""
        assert self._database is not None
        before = set(self._database.named_graphs())
        for path in sorted((ontology / "rules").glob("*.ru")):
            try:
                self._database.update(path.read_text(encoding="utf-8"), base_iri=self._base, prefixes=PREFIXES)
            except SyntaxError as error:
                raise _broken(path, error) from error
        for graph in set(self._database.named_graphs()) - before:
            quads = self._database.quads_for_pattern(None, None, None, graph)
            self._unite(quad.triple for quad in quads)

    def close(self) -> None:
        """Lets the next build in; an unfinished one is given up, and the old store stays as it was."""
        self._database = None
        if self._lock.held:
            remove_databases(self._folder, keep=self._old.database if self._old else "")
            self._lock.release()


def _broken(path: Path, error: SyntaxError) -> ConfigError:
    return ConfigError(
        Text(f"{path}: {error}", f"{path}：{error}"),
        Text("correct the file at that place; the old store is untouched", "请在该处改正文件；原图谱库未改动"),
    )
