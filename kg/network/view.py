"""Views: the networks an ontology folder offers to draw, each a YAML file with its queries (see ontology/views/README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError, Text, not_known
from kg.network.build import from_tables
from kg.network.records import Network

if TYPE_CHECKING:
    from kg.query.table import Table
    from kg.store.base import Store
    from kg.vocab.reader import Ontology

DEFAULT = "cooperation"


@dataclass(frozen=True, slots=True)
class View:
    """A network to draw.

    Attributes:
        id: the file's stem.
        description: one sentence that says what the drawing shows.
        edges, nodes, findings: SPARQL; the columns that `from_tables` reads. The last two may be "".
        nodes_by: schemes whose kinds the nodes have, in the legend's order.
        edges_by: scheme whose concepts name the edges, or "" for the relation itself.
    """

    id: str
    title: Text
    description: Text
    edges: str
    nodes: str = ""
    findings: str = ""
    nodes_by: tuple[str, ...] = ()
    edges_by: str = ""


def build(store: Store, view: View, ontology: Ontology | None = None, timeout: float | None = None) -> Network:
    """The network of a view over a store; see `from_tables` for what it carries.

    Raises:
        QueryError: a query of the view cannot be run, or lacks a column.
    """
    from kg.query.run import run

    def ask(text: str) -> Table | None:
        return run(store, text, timeout=timeout, ontology=ontology) if text else None

    edges = run(store, view.edges, timeout=timeout, ontology=ontology)
    network = from_tables(edges, ask(view.nodes), ask(view.findings), by_relation=not view.edges_by)
    network.graph["nodes_by"] = view.nodes_by
    return network


def views(folder: Path) -> tuple[View, ...]:
    """The views of an ontology folder, the default one first, then by id.

    Raises:
        ConfigError: a file is broken; names the file, and the line where YAML tells it.
    """
    found = [read_view(path) for path in sorted((folder / "views").glob("*.yaml"))]
    return tuple(sorted(found, key=lambda view: (view.id != DEFAULT, view.id)))


def view_named(folder: Path, name: str = DEFAULT) -> View:
    """The view with that id.

    Raises:
        QueryError: there is none; the hint names those there are.
    """
    known = {view.id: view for view in views(folder)}
    if name in known:
        return known[name]
    raise not_known(Text("view", "视图"), name, list(known))


def read_view(path: Path) -> View:
    """Reads one file.

    Raises:
        ConfigError: it is not YAML, or lacks a title or the query of edges.
    """
    import yaml

    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _broken(path, f"{error}".splitlines()[0], mark.line + 1 if mark else 1) from error
    if not isinstance(values, dict) or not isinstance(values.get("edges"), str) or not isinstance(values.get("title"), dict):
        raise _broken(path, "title: {zh: …, en: …} / edges: |", 1)
    return View(
        id=path.stem,
        title=_both(values["title"]),
        description=_both(values.get("description") or {}),
        edges=values["edges"],
        nodes=values.get("nodes") or "",
        findings=values.get("findings") or "",
        nodes_by=tuple(values.get("nodes_by") or ()),
        edges_by=values.get("edges_by") or "",
    )


def _both(words: dict[str, str]) -> Text:
    """One language stands in for the other where it is missing."""
    zh, en = str(words.get("zh", "")), str(words.get("en", ""))
    return Text(en=en or zh, zh=zh or en)


def _broken(path: Path, problem: str, line: int) -> ConfigError:
    return ConfigError(
        Text(f"{path}, line {line}: a view cannot be read: {problem}", f"{path} 第 {line} 行：无法读取视图：{problem}"),
        Text("ontology/views/README.md shows how a view is written", "写法见 ontology/views/README.md"),
    )
