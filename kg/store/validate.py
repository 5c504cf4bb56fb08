"""Checks a graph: SHACL shapes and the checks of the ontology folder (queries that must find nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import ConfigError, QueryError, Text
from kg.store.base import Solutions, Store, Term
from kg.store.dataset import memory_graph
from kg.vocab.labels import label_or_name
from kg.vocab.terms import PREF_LABEL, PREFIXES, SH, TITLE, XSD, local_name

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from kg.vocab.reader import Ontology

Severity = Literal["violation", "warning", "info"]
_SEVERITIES: dict[str, Severity] = {"violation": "violation", "warning": "warning", "info": "info"}
_ORDER = ("violation", "warning", "info")
_HEADER = re.compile(r"#\s*(problem|solution|severity)\s*[:：]\s*(.*)", re.IGNORECASE)
_AT_MOST = 1000  # rows a check may add


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        check: name of the check's file, or the path and constraint of the shape.
        focus: label of the thing it is about; iri: its IRI ("" for a literal).
    """

    severity: Severity
    check: str
    focus: str
    iri: str
    message: Text


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found, the worst first."""

    rows: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings are allowed."""
        return all(row.severity != "violation" for row in self.rows)


def validate(store: Store, ontology: Ontology, lang: str = "zh") -> Report:
    """Checks the union of a store's graphs against shapes.ttl and checks/*.rq of the ontology folder.

    Args:
        lang: language of the labels of what is found.

    Raises:
        ConfigError: a shape or a check is broken.
    """
    found = [*_checked(store, ontology.folder, lang), *_shaped(store, ontology.folder, lang)]
    rows = sorted(set(found), key=lambda row: (_ORDER.index(row.severity), row.check, row.focus, row.iri, row.message))
    return Report(tuple(rows))


@dataclass(frozen=True, slots=True)
class Check:
    """A query that must find nothing; its header says what is wrong otherwise, and the way out."""

    name: str
    problem: Text
    solution: Text
    severity: Severity
    text: str


def checks(folder: Path) -> tuple[Check, ...]:
    """The checks of an ontology folder.

    Raises:
        ConfigError: a header lacks the problem or the solution.
    """
    return tuple(_read_check(path) for path in sorted((folder / "checks").glob("*.rq")))


def _read_check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    headers = {match[1].lower(): match[2].strip() for line in text.splitlines() if (match := _HEADER.match(line))}
    if not headers.get("problem") or not headers.get("solution"):
        raise ConfigError(
            Text(
                f"{path}, line 1: a check begins with `# Problem:` and `# Solution:`",
                f"{path} 第 1 行：须以 `# Problem:` 和 `# Solution:` 开头",
            ),
            Text("add the two lines", "请补上这两行"),
        )
    severity = _SEVERITIES.get(headers.get("severity", "violation"), "violation")
    return Check(path.stem, _both(headers["problem"]), _both(headers["solution"]), severity, text)


def _both(words: str) -> Text:
    """`zh | en`; without a bar the same in both languages."""
    zh, bar, en = words.partition("|")
    return Text(en=en.strip() if bar else words, zh=zh.strip())


def _checked(store: Store, folder: Path, lang: str) -> Iterator[Finding]:
    prologue = "".join(f"PREFIX {name}: <{space}> " for name, space in PREFIXES.items())
    for check in checks(folder):
        try:
            answer = store.query(prologue + check.text)
        except QueryError as error:
            raise ConfigError(
                Text(f"{check.name}.rq: {error.message.en}", f"{check.name}.rq：{error.message.zh}"), error.hint
            ) from error
        rows = list(answer.rows)[:_AT_MOST] if isinstance(answer, Solutions) else []
        things = [next((term for term in row if term), Term("")) for row in rows]
        labels = _labels(store, things, lang)
        message = Text(f"{check.problem.en} — {check.solution.en}", f"{check.problem.zh}——{check.solution.zh}")
        for thing in things:
            iri = thing.value if thing.kind == "iri" else ""
            yield Finding(check.severity, check.name, labels.get(thing.value, thing.value), iri, message)


def _labels(store: Store, things: Iterable[Term], lang: str) -> dict[str, str]:
    iris = sorted({thing.value for thing in things if thing.kind == "iri"})
    values = " ".join(f"<{iri}>" for iri in iris)
    answer = store.query(f"SELECT ?x ?l {{ VALUES ?x {{ {values} }} ?x <{PREF_LABEL}>|<{TITLE}> ?l }}")
    found: dict[str, list[tuple[str, str]]] = {iri: [] for iri in iris}
    for iri, label in answer.rows if isinstance(answer, Solutions) else ():
        if iri and label:
            found[iri.value].append((label.value, label.lang))
    return {iri: label_or_name(labels, lang, iri) for iri, labels in found.items()}


def _shaped(store: Store, folder: Path, lang: str) -> Iterator[Finding]:
    """What SHACL finds, on a copy in memory: over a store's adapter pyshacl is slow and takes plain strings for wrong."""
    path = folder / "shapes.ttl"
    if not path.is_file():
        return
    from pyshacl import validate as shacl

    shapes = _read_shapes(path)
    data = memory_graph(store)
    for vocabulary in sorted((folder / "vocabulary").glob("*.ttl")):
        data.parse(vocabulary, format="turtle")  # the shapes read from it which kinds there are
    _, results, _ = shacl(data, shacl_graph=shapes, advanced=True, inference="none")
    found = list(_results(results))
    labels = _labels(store, [focus for _, _, focus, _ in found], lang)
    for severity, check, focus, message in found:
        iri = focus.value if focus.kind == "iri" else ""
        yield Finding(severity, check, labels.get(focus.value, focus.value), iri, message)


def _read_shapes(path: Path) -> Graph:
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    try:
        return Graph().parse(path, format="turtle")
    except BadSyntax as error:
        line = error.lines + 1
        raise ConfigError(
            Text(f"{path}, line {line}: not Turtle", f"{path} 第 {line} 行：不是合法的 Turtle"),
            Text("correct that line", "请改正该行"),
        ) from error


def _results(results: Graph) -> Iterator[tuple[Severity, str, Term, Text]]:
    from rdflib import URIRef

    def one(node: Node, name: str) -> Node | None:
        return results.value(node, URIRef(SH + name))

    for node in results.objects(None, URIRef(SH + "result")):  # not the details inside a result
        focus = one(node, "focusNode")
        path = local_name(str(one(node, "resultPath") or ""))
        constraint = local_name(str(one(node, "sourceConstraintComponent") or "")).removesuffix("ConstraintComponent")
        severity = _SEVERITIES.get(local_name(str(one(node, "resultSeverity") or "")).lower(), "violation")
        messages = [
            (str(text), getattr(text, "language", "") or "") for text in results.objects(node, URIRef(SH + "resultMessage"))
        ]
        said = Text(*(label_or_name(messages, lang, constraint) for lang in ("en", "zh")))
        kind: Literal["iri", "literal"] = "iri" if isinstance(focus, URIRef) else "literal"
        yield (
            severity,
            " ".join(filter(None, (path, constraint))),
            Term(str(focus), kind, "" if kind == "iri" else XSD + "string"),
            said,
        )
