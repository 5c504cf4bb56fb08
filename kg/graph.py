"""One graph as an object: what `kg.open` gives to scripts and notebooks, and what the commands work on."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from kg.config import Config
from kg.errors import InputError, Text
from kg.vocab.terms import XSD

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.load.ledger import LedgerEntry
    from kg.network import Network, Question
    from kg.pipeline import BuildResult, Changes, Options
    from kg.query.evidence import About, Count, Link, Proof, Step
    from kg.query.table import Stream, Table, Term
    from kg.render import Drawing
    from kg.service import Service
    from kg.store.base import Store
    from kg.store.validate import Report
    from kg.vocab.reader import Ontology

MEMORY: Final = ":memory:"  # in place of a folder: a graph that is held in memory
_LOOK = 1.0  # seconds between two looks at the files of the ontology
Value = str | int | float | Decimal | bool | None
_PYTHON: dict[str, Callable[[str], Value]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
}


class Graph:
    """A knowledge graph in a store; the store is opened when it is first asked.

    Args:
        config: where the ontology, the sources and the store are.
        store: folder of the store, or the address of a service; None takes what the configuration names; MEMORY a new one,
            which is to be built and is gone when the graph is closed.
    """

    def __init__(self, config: Config, store: Path | str | None = None) -> None:
        self.config = config
        self._folder = tempfile.TemporaryDirectory(prefix="kg-") if store == MEMORY else None
        self.location: Path | Service = Path(self._folder.name) if self._folder else config.place(store)
        self._store: Store | None = None
        self._ontology: Ontology | None = None
        self._looked = 0.0

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _repr_html_(self) -> str:
        """What is in it, by class, in a notebook."""
        from html import escape

        from kg.query.html import table_html

        try:
            counts = zip(self.stats("zh"), self.stats("en"), strict=True)
        except InputError as error:
            return f"<p>{escape(error.message.zh)} {escape(error.message.en)}</p>"
        rows = [(f"{zh.label} {en.label}", str(zh.count)) for zh, en in counts if not zh.property]
        return table_html(["类 class", "个数 number"], rows)

    def close(self) -> None:
        """Closes the store; the next question opens it again, unless it was in memory."""
        if self._store is not None:
            self._store.close()
            self._store = None
        if self._folder:
            self._folder.cleanup()

    @property
    def store(self) -> Store:
        """The open store.

        Raises:
            InputError: there is none yet, or it cannot be read.
        """
        if self._store is None:
            from kg.store.base import open_store

            self._store = open_store(self.location, self.config.base, in_memory=self._folder is not None)
        return self._store

    @property
    def ontology(self) -> Ontology:
        """The ontology folder as objects; what changes in it is seen within a second."""
        from kg.vocab.reader import read_ontology

        if self._ontology is None or time.monotonic() - self._looked > _LOOK:
            self._ontology, self._looked = read_ontology(self.config.ontology), time.monotonic()
        return self._ontology

    def build(
        self,
        sources: Sequence[Path | str] | None = None,
        progress: Callable[[LedgerEntry], None] | None = None,
        options: Options | None = None,
    ) -> BuildResult:
        """Builds the store from files, folders and patterns (None: what kg.toml names); the result holds the ledger.

        What is as it was in the last build is not read again, unless the options say so.
        """
        from kg.pipeline import build

        return build(self.config, sources, self.location, progress, options=options)

    def changes(self, sources: Sequence[Path | str] | None = None) -> Changes:
        """What a build would change; nothing is written."""
        from kg.pipeline import changes

        return changes(self.config, sources, self.location)

    def table(self, query: str, params: Mapping[str, str] | None = None, timeout: float | None = None, lang: str = "") -> Table:
        """The answer to a query, typed or saved, with its RDF terms; see `stream`."""
        return self.stream(query, params, timeout, lang).table()

    def stream(self, query: str, params: Mapping[str, str] | None = None, timeout: float | None = None, lang: str = "") -> Stream:
        """The same, its rows to be read once and as they come.

        Args:
            lang: value of a saved query's parameter "lang" where `params` does not give it; "" leaves its default.

        Raises:
            QueryError: it cannot be run as typed, took too long, or there is no saved query of that name.
        """
        from kg.query.run import stream
        from kg.query.saved import saved_query

        given: Mapping[str, str] = params or {}
        if re.fullmatch(r"[\w-]+", query):
            saved = saved_query(self.config.ontology, query)
            spoken = {"lang": lang} if lang and any(param.name == "lang" for param in saved.params) else {}
            query, given = saved.text, saved.filled({**spoken, **given})
        return stream(self.store, query, given, timeout or self.config.timeout, self.ontology)

    def query(self, query: str, **params: str) -> list[dict[str, Value]]:
        """The rows of a query as dictionaries of Python values.

        Args:
            query: SPARQL (known prefixes may be left out), or the name of a saved query.
            params: values of its parameters.
        """
        answer = self.table(query, params)
        return [{name: _value(term) for name, term in zip(answer.columns, row, strict=True)} for row in answer.rows]

    def dataset(self) -> Dataset:
        """The graph as a read-only rdflib Dataset over the union of all documents."""
        from kg.store.dataset import dataset

        return dataset(self.store)

    def network(self, view: str = "cooperation") -> Network:
        """The network of a view as a networkx.MultiDiGraph, which shows itself in a notebook."""
        from kg.network import build, view_named
        from kg.render import About, Styles
        from kg.render.notebook import shown

        drawn = view_named(self.config.ontology, view)
        made = build(self.store, drawn, self.ontology, self.config.timeout)
        return shown(made, About(drawn.title, drawn.description), Styles.of(self.ontology))

    def measures(self, view: str = "cooperation", question: Question | None = None, lang: str = "zh") -> Table:
        """Measures of the network of a view as a table: its units, bridges, groups, brokers, or two years side by side.

        Args:
            question: see `kg.network.Question`; None asks for the units.
        """
        from kg.network import Question, answer
        from kg.vocab.gazetteer import Gazetteer

        places = Gazetteer.read(self.config.ontology)
        return answer(self.network(view), question or Question(), self.ontology, places, lang)

    def render(
        self,
        view: str = "cooperation",
        path: Path | str = "network.html",
        lang: str = "zh",
        drawing: Drawing | None = None,
        title: str | None = None,
        *,
        sparql: bool = False,
    ) -> Path:
        """Draws a view as a page that opens from disk without a network, or as a picture (.svg, .png); returns its path.

        Args:
            drawing: form, years, what size and colour say, size on paper; see `kg.render.Drawing`.
            title: in place of the view's; "" for none.
            sparql: true puts the whole graph and an engine into a page, so that its reader can ask it.
        """
        from kg.network import view_named
        from kg.render import About, Carried, Drawing, Styles, draw
        from kg.vocab.gazetteer import Gazetteer

        drawn, drawing = view_named(self.config.ontology, view), drawing or Drawing()
        about = About(drawn.title if title is None else Text(title, title), drawn.description)
        places = Gazetteer.read(self.config.ontology)
        carried = Carried.of(self.store, self.ontology, drawing.evidence) if sparql else None
        return draw(self.network(view), Path(path), about, Styles.of(self.ontology), drawing, lang, places, carried)

    def links(self, unit: str | None = None, lang: str = "zh") -> list[Link]:
        """The cooperations of a unit (name, alias or part of it), or all, each with its sentences."""
        from kg.query.evidence import links
        from kg.query.names import find_unit

        return links(self.store, find_unit(self.store, unit, lang).iri if unit else None, lang)

    def paths(self, start: str, end: str, count: int = 1, lang: str = "zh") -> list[list[Step]]:
        """Chains of cooperation between two units, at most `count`, the shortest first, each step with its links.

        Raises:
            QueryError: a name is unknown, or nothing joins them.
        """
        from kg.query.evidence import paths
        from kg.query.names import find_unit

        first, last = (find_unit(self.store, name, lang).iri for name in (start, end))
        return paths(self.store, first, last, count, lang)

    def stats(self, lang: str = "zh") -> list[Count]:
        """How many things there are of each class and kind."""
        from kg.query.evidence import stats

        return stats(self.store, lang)

    def about(self, name: str, lang: str = "zh") -> About:
        """All about a unit or a mechanism (label, alias or part of it), with the sentences."""
        from kg.query.evidence import show
        from kg.query.names import find_thing

        return show(self.store, find_thing(self.store, name, lang), lang)

    def evidence(self, name: str, lang: str = "zh") -> list[Proof]:
        """Every sentence that says something of a unit or a mechanism, each once."""
        about = self.about(name, lang)
        groups = (about.proofs, *(fact.proofs for fact in about.facts), *(link.proofs for link in about.links))
        return list(dict.fromkeys(proof for proofs in groups for proof in proofs))

    def validate(self, lang: str = "zh") -> Report:
        """Checks the graph against the shapes and checks of the ontology folder."""
        from kg.store.validate import validate

        return validate(self.store, self.ontology, lang)

    def export(self, path: Path) -> list[Path]:
        """Writes the graph in the format of the ending (.nq, .trig, .ttl, .jsonld); the same bytes for the same graph."""
        from kg.store.dump import export

        make_folder(path)
        export(self.store, path)
        return [path]

    def export_network(self, path: Path, view: str = "cooperation") -> list[Path]:
        """Writes the network of a view; the ending says how (see `kg.network.export`). Returns the files."""
        from kg.network import export

        return list(export(self.network(view), path))


def make_folder(path: Path) -> None:
    """Makes the folder that a file is to be written into.

    Raises:
        InputError: it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            Text(f"cannot make the folder {path.parent}: {error.strerror}", f"无法建立文件夹 {path.parent}：{error.strerror}"),
            Text("Choose another place.", "请换一个位置。"),
        ) from None


def _value(term: Term | None) -> Any:
    """A term as a Python value; what is no number or truth value stays text."""
    if term is None:
        return None
    convert = _PYTHON.get(term.datatype)
    return convert(term.value) if convert else term.value
