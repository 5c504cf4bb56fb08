"""Runs the SPARQL 1.1 tests of the W3C on kg's own layer and compares what fails with docs/sparql-differences.md (`make w3c`).

The tests are not ours and not kept here: they come with the source package of rdflib, which is fetched when they are run.
Queries go the way of kg: refusals, worker, data set, table, result format; updates up to where the union is carried over.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.errors import KgError
from kg.query.formats import write
from kg.query.table import Table, Term
from kg.store.base import as_rows
from kg.store.sparql import refuse_dangerous, refuse_dangerous_update, syntax_error
from kg.store.worker import answer

ROOT = Path(__file__).resolve().parents[1]
DIFFERENCES = ROOT / "docs" / "sparql-differences.md"
# Of other specifications (entailment regimes, federation, service description), or told in prose for a person to try.
LEFT_OUT = frozenset(["entailment", "service", "syntax-fed", "service-description", "protocol", "http-rdf-update"])
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_FORMATS = {".srx": "xml", ".srj": "json", ".tsv": "tsv", ".csv": "csv"}


class Test(NamedTuple):
    """One entry of a manifest."""

    suite: str
    name: str
    kind: str
    node: Any
    manifest: ox.Store

    def one(self, node: Any, iri: str) -> Any:
        found = list(self.manifest.quads_for_pattern(node, ox.NamedNode(iri), None))
        return found[0].object if found else None

    def all(self, node: Any, iri: str) -> list[Any]:
        return [quad.object for quad in self.manifest.quads_for_pattern(node, ox.NamedNode(iri), None)]


def obtain(folder: Path) -> Path:
    """The folder of the tests; fetches the package that ships them if need be."""
    version = re.search(r"^rdflib==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    archive = folder / f"rdflib-{version[1]}.tar.gz"
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "--quiet", "download", "--no-deps", "--no-binary", "rdflib"]
        subprocess.run([*pip, "--dest", str(folder), f"rdflib=={version[1]}"], check=True)
    tests = Path(f"rdflib-{version[1]}/test/data/suites/w3c/sparql11")
    with tarfile.open(archive) as packed:
        members = [member for member in packed.getmembers() if member.name.startswith(str(tests))]
        packed.extractall(folder, members, filter="data")
    return folder / tests


def read_tests(folder: Path) -> Iterator[Test]:
    """All tests of the suites that are not left out, in the order of their names."""
    for path in sorted(folder.glob("*/manifest.ttl")):
        if path.parent.name in LEFT_OUT:
            continue
        manifest = ox.Store()
        manifest.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
        query = f"SELECT ?test ?kind {{ ?manifest <{MF}entries>/<{RDF}rest>*/<{RDF}first> ?test . ?test a ?kind }}"
        for node, kind in manifest.query(query):  # type: ignore[union-attr]
            name = node.value.rpartition("#")[2]
            yield Test(path.parent.name, name, kind.value.rpartition("#")[2], node, manifest)


def passes(test: Test) -> bool:
    """Whether kg does what the test wants."""
    action = test.one(test.node, MF + "action")
    if test.kind.startswith(("Positive", "Negative")):
        text, base = _text(action), action.value
        wrong = _wrong_update(text, base) if "Update" in test.kind else _wrong_query(text, base)
        return wrong is test.kind.startswith("Negative")
    return _updates(test, action) if test.kind == "UpdateEvaluationTest" else _answers(test, action)


def _text(node: Any) -> str:
    return _path(node.value).read_text(encoding="utf-8")


def _path(iri: str) -> Path:
    return Path(iri.removeprefix("file://"))


def _wrong_query(text: str, base: str) -> bool:
    try:
        refuse_dangerous(text)
        ox.Store().query(text, base_iri=base)
    except (KgError, SyntaxError, ValueError):
        return True
    except RuntimeError:  # it could be read, and asks for a function that nobody knows
        return False
    return syntax_error(text, {}, base) is not None


def _wrong_update(text: str, base: str) -> bool:
    try:
        refuse_dangerous_update(text)
        ox.Store().update(text, base_iri=base)
    except (KgError, SyntaxError, ValueError):
        return True
    except RuntimeError:  # it could be read, and found no graph to work on
        return False
    return False


def _load(store: ox.Store, iri: str, graph: Any) -> None:
    path = _path(iri)
    format = ox.RdfFormat.from_extension(path.suffix[1:])
    assert format
    for quad in ox.parse(path=str(path), format=format, base_iri=iri, rename_blank_nodes=True):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))


def _answers(test: Test, action: Any) -> bool:
    """Whether a query has the answer of the test; the default graph stands in a named one, as all data do in kg."""
    store, default, query = ox.Store(), [], test.one(action, QT + "query")
    for data in test.all(action, QT + "data"):
        _load(store, data.value, data)
        default.append(data.value)
    named = [graph.value for graph in test.all(action, QT + "graphData")]
    for graph in set(named) - set(default):
        _load(store, graph, ox.NamedNode(graph))
    text = _text(query)
    refuse_dangerous(text)
    own = re.findall(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", text, re.IGNORECASE)
    for iri in {urljoin(query.value, name) for name in own} - set(default) - set(named):
        _load(store, iri, ox.NamedNode(iri))
    frames = list(answer(store, text, query.value, None if own else (default or ["urn:none"], named)))
    return _same(frames, test.one(test.node, MF + "result").value)


def _same(frames: list[tuple[str, Any]], expected: str) -> bool:
    kind, head = frames[0]
    rows = list(as_rows([row for name, chunk in frames if name == "rows" for row in chunk]))
    path = _path(expected)
    if kind == "triples":
        return _graph([[_node(term) for term in row] for row in rows]) == _graph(_parsed(path, expected))
    table = Table(head, tuple(rows)) if kind == "variables" else Table(("answer",), ((Term(str(head).lower()),),), "ask")
    if path.suffix in {".ttl", ".rdf"}:
        return _bag(_read_back(table, "json")) == _bag_of_graph(path, expected)
    form = _FORMATS[path.suffix]
    if form == "csv":
        out = BytesIO()
        write(table, "csv", out)
        return _lines(out.getvalue()) == _lines(path.read_bytes())
    results = ox.parse_query_results(path=str(path), format=_results(form))
    return _bag(_read_back(table, form)) == _bag(results)


def _lines(text: bytes) -> list[list[tuple[str, str]]]:
    """Rows in any order, columns too, since SELECT * does not say one; labels of blank nodes are anybody's."""
    rows = csv.DictReader(text.decode().splitlines())
    return sorted(sorted((name, re.sub(r"^_:.*", "_:", cell)) for name, cell in row.items()) for row in rows)


def _results(form: str) -> Any:
    return getattr(ox.QueryResultsFormat, form.upper())


def _read_back(table: Table, form: str) -> Any:
    """What a program reads from the result that kg writes."""
    out = BytesIO()
    write(table, form, out)
    return ox.parse_query_results(out.getvalue(), format=_results(form))


def _bag(results: Any) -> object:
    """Rows as a canonical graph, so that neither order nor labels of blank nodes count; or the boolean."""
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return _canonical([{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in results])


def _canonical(rows: list[dict[str, Any]]) -> object:
    same = Counter(tuple(sorted((name, str(_plain(term))) for name, term in row.items())) for row in rows)
    if not any(isinstance(term, ox.BlankNode) for row in rows for term in row.values()):
        return same
    nodes = [ox.BlankNode() for _ in rows]
    pairs = ((node, row.items()) for node, row in zip(nodes, rows, strict=True))
    return _graph([[node, ox.NamedNode(f"urn:{name}"), _plain(term)] for node, cells in pairs for name, term in cells])


def _plain(term: Any) -> Any:
    """Numbers by value: 1.0 and 1.00 are one."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        except ValueError:
            return term
    return term


def _graph(triples: list[list[Any]]) -> object:
    graph = ox.Dataset(ox.Quad(subject, predicate, _plain(value)) for subject, predicate, value in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return graph


def _parsed(path: Path, base: str) -> list[list[Any]]:
    format = ox.RdfFormat.from_extension(path.suffix[1:])
    assert format
    return [[quad.subject, quad.predicate, quad.object] for quad in ox.parse(path=str(path), format=format, base_iri=base)]


def _bag_of_graph(path: Path, base: str) -> object:
    """An expected answer that is told as a graph (vocabulary result-set)."""
    store = ox.Store()
    for subject, predicate, value in _parsed(path, base):
        store.add(ox.Quad(subject, predicate, value))
    test = Test("", "", "", None, store)
    result = next(iter(store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(RS + "ResultSet")))).subject
    boolean = test.one(result, RS + "boolean")
    if boolean is not None:
        return bool(boolean.value == "true")
    solutions = [test.all(solution, RS + "binding") for solution in test.all(result, RS + "solution")]
    rows = [{test.one(one, RS + "variable").value: test.one(one, RS + "value") for one in bindings} for bindings in solutions]
    return _canonical(rows)


def _node(term: Term | None) -> Any:
    assert term
    if term.kind == "literal":
        datatype = None if term.lang else ox.NamedNode(term.datatype)
        return ox.Literal(term.value, datatype=datatype, language=term.lang or None)
    return ox.NamedNode(term.value) if term.kind == "iri" else ox.BlankNode(term.value)


def _updates(test: Test, action: Any) -> bool:
    """Whether an update leaves the graphs of the test."""
    request = test.one(action, UT + "request")
    before, wanted = _dataset(test, action), _dataset(test, test.one(test.node, MF + "result"))
    text = _text(request)
    refuse_dangerous_update(text)
    before.update(text, base_iri=request.value)
    found, expected = ox.Dataset(iter(before)), ox.Dataset(iter(wanted))
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found == expected


def _dataset(test: Test, node: Any) -> ox.Store:
    store = ox.Store()
    for data in test.all(node, UT + "data"):
        _load(store, data.value, ox.DefaultGraph())
    for graph in test.all(node, UT + "graphData"):
        source, label = test.one(graph, UT + "graph") or graph, test.one(graph, RDFS + "label")
        _load(store, source.value, ox.NamedNode(label.value if label else source.value))
    return store


def run(tests: Iterator[Test]) -> tuple[dict[str, Counter[bool]], dict[str, str]]:
    """Passed and failed by suite, and what failed with the reason."""
    counts: dict[str, Counter[bool]] = {}
    failed = {}
    for test in tests:
        reason = "another answer"
        try:
            good = passes(test)
        except Exception as error:  # whatever goes wrong, the test has failed, and the others are to be run
            good, reason = False, " ".join(f"{type(error).__name__}: {error}".split())
        counts.setdefault(test.suite, Counter())[good] += 1
        if not good:
            failed[f"{test.suite}/{test.name}"] = reason
    return counts, failed


def main() -> int:
    """Prints the figures; 1 if other tests fail than the documentation tells."""
    counts, failed = run(read_tests(obtain(ROOT / "build" / "w3c")))
    for suite, count in sorted(counts.items()):
        print(f"{suite:20} {count[True]:4} of {count.total():4}")
    print(f"{'all':20} {sum(c[True] for c in counts.values()):4} of {sum(c.total() for c in counts.values()):4}")
    for name, reason in sorted(failed.items()):
        print(f"differs: {name}: {reason}")
    told = set(re.findall(r"^\| `([\w-]+/[\w.-]+)`", DIFFERENCES.read_text(encoding="utf-8"), re.MULTILINE))
    for name in sorted(told ^ set(failed)):
        print(f"docs/sparql-differences.md is wrong about {name}")
    return int(told != set(failed))


if __name__ == "__main__":
    sys.exit(main())
