"""What the pages and the JSON answers stand on: the graph, and what is kept in memory of one build of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from kg import __version__
from kg.errors import InputError, KgError, Text
from kg.graph import Graph
from kg.ids import Ids
from kg.network import View, build, view_named, views
from kg.network.view import DEFAULT
from kg.pipeline import ledger_path, load_context
from kg.query.source import Source, ledger_documents, read_source
from kg.render import Styles
from kg.server.drawn import DrawnView
from kg.server.index import Index
from kg.server.links import href
from kg.store.base import Store
from kg.vocab.reader import Ontology

Made = TypeVar("Made")
_KEPT = 16  # documents whose text is kept


@dataclass
class Snapshot:
    """What is known of one build, each part made when it is first asked for.

    Attributes:
        token: names the build.
        ledger: ledger.json of that build.
    """

    graph: Graph
    token: str
    ledger: Path
    _views: dict[str, DrawnView] = field(default_factory=dict)
    _sources: dict[str, Source | InputError] = field(default_factory=dict)
    _kept: dict[object, Any] = field(default_factory=dict)
    _index: Index | None = None
    _naming: threading.Lock = field(default_factory=threading.Lock)
    _drawing: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def store(self) -> Store:
        """The open store."""
        return self.graph.store

    @property
    def index(self) -> Index:
        """All things by name."""
        with self._naming:
            if self._index is None:
                self._index = Index(self.store)
            return self._index

    @cached_property
    def ontology(self) -> Ontology:
        """The ontology folder as objects."""
        return self.graph.ontology

    @cached_property
    def styles(self) -> Styles:
        """Names and looks of kinds."""
        return Styles.of(self.ontology)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The views that the ontology folder offers, the default one first."""
        return views(self.ontology.folder)

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Id of each document by its IRI."""
        ids = Ids(self.store.base)
        return {ids.document(id): id for id in ledger_documents(self.ledger)}

    def kept(self, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """What `make` gave when it was first asked for under that key."""
        if key not in self._kept:
            self._kept[key] = make()
        made: Made = self._kept[key]
        return made

    def warm(self) -> None:
        """Makes now what the first pages need, so that nobody waits for it."""
        with suppress(KgError):  # a graph that cannot be read is said to those who ask
            _ = self.index, self.view(DEFAULT).overview()
            for view in self.views:
                self.view(view.id)

    def view(self, name: str) -> DrawnView:
        """A view with its network.

        Raises:
            QueryError: there is no such view.
        """
        with self._drawing:
            if name not in self._views:
                view = view_named(self.graph.config.ontology, name)
                network = build(self.store, view, self.ontology)
                self._views[name] = DrawnView(view, network, self.styles, partial(href, self.store.base))
            return self._views[name]

    def source(self, iri: str) -> Source:
        """The text of a document of this build; only the build's own documents are ever read.

        Raises:
            InputError: the file is gone or cannot be read.
        """
        with self._reading:
            if iri not in self._sources:
                if len(self._sources) >= _KEPT:
                    self._sources.pop(next(iter(self._sources)))
                self._sources[iri] = self._read(iri)
            found = self._sources[iri]
        if isinstance(found, InputError):
            raise found
        return found

    def _read(self, iri: str) -> Source | InputError:
        id = self._ids.get(iri)
        if id is None:
            return _unknown(iri)
        try:
            source = read_source(id, self.ledger, load_context(self.graph.config))
        except InputError as error:
            return error
        return source if source.document.text else _no_text(id)


def _unknown(iri: str) -> InputError:
    return InputError(
        Text(f"the ledger names no file of <{iri}>", f"台账中没有 <{iri}> 的文件"),
        Text("Build the store again: `kg build`.", "请重新构建图谱库：`kg build`。"),
    )


def _no_text(id: str) -> InputError:
    return InputError(
        Text(f"{id} holds data, no text", f"{id} 是数据，没有正文"), Text("See its facts below.", "请看下面所列的内容。")
    )


class Explorer:
    """The graph as the server sees it; after a build it answers from the new one.

    Args:
        graph: an open graph; its owner closes it.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._snapshot: Snapshot | None = None
        self._guard = threading.Lock()

    @property
    def now(self) -> Snapshot:
        """What is known of the present build.

        Raises:
            InputError: there is no store.
        """
        with self._guard:
            ledger = ledger_path(self.graph.config, self.graph.location)
            state = repr((__version__, self.graph.store.state(), _stamp(ledger)))
            token = hashlib.sha256(state.encode()).hexdigest()[:16]
            if self._snapshot is None or self._snapshot.token != token:
                self._snapshot = Snapshot(self.graph, token, ledger)
                threading.Thread(target=self._snapshot.warm, name="kg-warm", daemon=True).start()
            return self._snapshot


def _stamp(path: Path) -> tuple[int, int]:
    """What tells a file from the one that replaces it."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_ino
