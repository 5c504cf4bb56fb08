"""Reads an ontology folder: the OWL schema, the SKOS vocabularies and the styles, with places of errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ConfigError, Text
from kg.vocab import terms
from kg.vocab.labels import label_or_name
from kg.vocab.styles import Style
from kg.vocab.vocabulary import Concept, Vocabulary

if TYPE_CHECKING:
    from pyoxigraph import Triple


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the schema, with its labels and comments by language tag."""

    iri: str
    is_class: bool
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    parents: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Local name, as written after the prefix."""
        return terms.local_name(self.iri)


@dataclass(frozen=True, slots=True)
class Ontology:
    """What an ontology folder says.

    Attributes:
        vocabulary: all kinds and levels.
        schema: classes and properties by IRI, in the order of core.ttl.
        styles: how kinds and relations are drawn, by IRI.
        folder: where it was read from.
        title: title by language tag.
        version: owl:versionInfo of core.ttl.
    """

    vocabulary: Vocabulary
    schema: Mapping[str, Term]
    styles: Mapping[str, Style]
    folder: Path
    title: Mapping[str, str] = field(default_factory=dict)
    version: str = ""

    def label(self, iri: str, lang: str) -> str:
        """Label of a class, property or concept; for anything else its local name."""
        term = self.schema.get(iri)
        if term is None:
            return self.vocabulary.label(iri, lang)
        return label_or_name(((text, tag) for tag, text in term.labels.items()), lang, iri)


class _Node:
    """The triples of one subject: predicate IRI → objects in file order."""

    def __init__(self) -> None:
        self.objects: dict[str, list[tuple[str, str]]] = {}  # (text or IRI, language tag)

    def values(self, predicate: str) -> tuple[str, ...]:
        return tuple(value for value, _ in self.objects.get(predicate, ()))

    def one(self, predicate: str, default: str = "") -> str:
        return next(iter(self.values(predicate)), default)

    def tagged(self, predicate: str) -> dict[str, str]:
        return {tag: value for value, tag in reversed(self.objects.get(predicate, []))}


Nodes = dict[str, _Node]


def read_ontology(folder: Path) -> Ontology:
    """The ontology of a folder: core.ttl, vocabulary/*.ttl and, where there is one, style.ttl.

    Read once a process, and again when a file has changed.

    Raises:
        ConfigError: a file is missing, is not Turtle, or says something that cannot be; names file and line.
    """
    files = ontology_files(folder)
    return _read(folder.resolve(), tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def ontology_files(folder: Path) -> tuple[Path, ...]:
    """The Turtle files that `read_ontology` reads: core.ttl first, then the vocabularies by name, then style.ttl.

    Raises:
        ConfigError: the folder has no core.ttl.
    """
    core, style = folder / "core.ttl", folder / "style.ttl"
    if not core.is_file():
        raise ConfigError(
            Text(f"no ontology here: {core} is missing", f"此处没有本体：缺少 {core}"),
            Text("name the ontology folder in kg.toml, or copy the one that ships", "请在 kg.toml 中写明本体文件夹"),
        )
    return (core, *sorted((folder / "vocabulary").glob("*.ttl")), *([style] if style.is_file() else []))


def parse_turtle(path: Path) -> list[Triple]:
    """The triples of a Turtle file in file order.

    Raises:
        ConfigError: the file cannot be read or parsed; names file and line.
    """
    from pyoxigraph import RdfFormat, parse

    try:
        return [quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        line = error.lineno or 1
        raise _broken(path, line, Text(error.msg or "not Turtle", f"不是合法的 Turtle（{error.msg}）")) from error
    except OSError as error:
        raise ConfigError(
            Text(f"cannot read {path}: {error.strerror}", f"无法读取 {path}：{error.strerror}"),
            Text("check the file and its permissions", "请检查该文件及其权限"),
        ) from error


@lru_cache(maxsize=8)
def _read(folder: Path, files: tuple[tuple[str, int, int], ...]) -> Ontology:
    nodes: Nodes = {}
    places: dict[str, Path] = {}
    for name, _, _ in files:
        for subject, predicate, value, tag in _flat(parse_turtle(Path(name))):
            nodes.setdefault(subject, _Node()).objects.setdefault(predicate, []).append((value, tag))
            places.setdefault(subject, Path(name))
    header = nodes.get(terms.ONTOLOGY, _Node())
    return Ontology(
        vocabulary=Vocabulary(_concepts(nodes, places)),
        schema={term.iri: term for term in _terms(nodes)},
        styles={iri: Style.of(node) for iri, node in nodes.items() if terms.COLOUR in node.objects},
        folder=folder,
        title=header.tagged(terms.TITLE),
        version=header.one(terms.OWL + "versionInfo"),
    )


def _flat(triples: Iterable[Triple]) -> Iterator[tuple[str, str, str, str]]:
    """(subject, predicate, object's text or IRI, language tag) of each triple."""
    for subject, predicate, value in triples:
        yield _text(subject), predicate.value, _text(value), getattr(value, "language", "") or ""


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _terms(nodes: Nodes) -> Iterator[Term]:
    for iri, node in nodes.items():
        types = node.values(terms.TYPE)
        if iri.startswith(terms.COOP) and any(kind.startswith(terms.OWL) for kind in types):
            yield Term(
                iri=iri,
                is_class=terms.OWL + "Class" in types,
                labels=node.tagged(terms.LABEL),
                comments=node.tagged(terms.COMMENT),
                parents=node.values(terms.RDFS + "subClassOf") + node.values(terms.RDFS + "subPropertyOf"),
                domains=node.values(terms.RDFS + "domain") + node.values(terms.SCHEMA + "domainIncludes"),
                ranges=node.values(terms.RDFS + "range"),
            )


def _concepts(nodes: Nodes, places: Mapping[str, Path]) -> Iterator[Concept]:
    for iri, node in nodes.items():
        if terms.SKOS + "Concept" in node.values(terms.TYPE):
            yield _concept(iri, node, places[iri])


def _concept(iri: str, node: _Node, path: Path) -> Concept:
    scheme = node.one(terms.SKOS + "inScheme").removeprefix(terms.ONTOLOGY + "/")
    notation = node.one(terms.NOTATION)
    order = node.one(terms.ORDER, "0")
    if not scheme or not notation or not order.isdecimal():
        name = terms.local_name(iri)
        problem = Text(
            f"the concept {name} needs skos:inScheme, skos:notation and a whole number as coop:order",
            f"概念 {name} 须有 skos:inScheme、skos:notation，coop:order 须为整数",
        )
        raise _broken(path, _line_of(path, name), problem)
    labels = node.tagged(terms.PREF_LABEL)
    spoken = (text for tag, text in labels.items() if tag.startswith("zh") or not tag)
    words = [*spoken, *node.values(terms.ALT_LABEL), *node.values(terms.HIDDEN_LABEL)]
    return Concept(
        iri=iri,
        notation=notation,
        scheme=scheme,
        labels=labels,
        triggers=tuple(dict.fromkeys(words)),
        examples=node.values(terms.SKOS + "example"),
        broader=node.one(terms.SKOS + "broader"),
        order=int(order),
        definitions=node.tagged(terms.SKOS + "definition"),
    )


def _line_of(path: Path, name: str) -> int:
    """First line of a file that speaks of `name`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if name in line), 1)


def _broken(path: Path, line: int, problem: Text) -> ConfigError:
    return ConfigError(
        Text(f"{path}, line {line}: {problem.en}", f"{path} 第 {line} 行：{problem.zh}"),
        Text(f"correct line {line} of {path.name}", f"请改正 {path.name} 的第 {line} 行"),
    )
