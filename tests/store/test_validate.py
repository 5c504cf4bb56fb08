"""Validation by shapes and checks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ConfigError, Text
from kg.store.embedded import EmbeddedStore
from kg.store.validate import Finding, Report, checks, validate
from kg.vocab.reader import Ontology, read_ontology
from tests.store.graph import COURT, HILL, IDS, ONTOLOGY, build

SHAPES = """
@prefix coop: <https://w3id.org/coop-kg/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://e/kind> a sh:NodeShape ; sh:targetClass coop:Unit ; sh:property
    [ sh:path coop:place ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "no place"@en, "缺少所在地"@zh ] .
<http://e/status> a sh:NodeShape ; sh:targetClass coop:Outcome ; sh:property
    [ sh:path coop:status ; sh:datatype xsd:string ; sh:in ("unreviewed") ], [ sh:path coop:quantity ; sh:datatype xsd:decimal ] .
"""
CHECK = """# Problem: 没有类别 | no kind
# Solution: 补上 | add it
SELECT ?unit { ?unit a coop:Unit FILTER (STRENDS(STR(?unit), "法院")) }
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStore:
    return EmbeddedStore(build(tmp_path_factory.mktemp("store")))


def ontology(folder: Path, shapes: str = "", **checks: str) -> Ontology:
    """The ontology that ships, but with these shapes and checks."""
    (folder / "checks").mkdir()
    if shapes:
        (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    for name, text in checks.items():
        (folder / "checks" / f"{name}.rq").write_text(text, encoding="utf-8")
    return replace(read_ontology(ONTOLOGY), folder=folder)


def test_without_shapes_and_checks_everything_conforms(store: EmbeddedStore, tmp_path: Path) -> None:
    assert validate(store, ontology(tmp_path)) == Report(())


def test_a_check_that_finds_something_is_a_violation_with_label_problem_and_solution(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    report = validate(store, ontology(tmp_path, kind=CHECK))
    assert report.rows == (Finding("violation", "kind", COURT, IDS.unit(COURT), Text("no kind — add it", "没有类别——补上")),)
    assert not report.conforms


def test_a_check_can_be_a_warning(store: EmbeddedStore, tmp_path: Path) -> None:
    report = validate(store, ontology(tmp_path, kind="# Severity: warning\n" + CHECK))
    assert [row.severity for row in report.rows] == ["warning"]
    assert report.conforms


def test_shapes_give_messages_in_both_languages_and_strings_are_strings(store: EmbeddedStore, tmp_path: Path) -> None:
    report = validate(store, ontology(tmp_path, SHAPES))
    assert {(row.severity, row.check, row.message) for row in report.rows} == {
        ("warning", "place MinCount", Text("no place", "缺少所在地"))
    }
    assert (HILL, IDS.unit(HILL)) in {(row.focus, row.iri) for row in report.rows}
    assert len(report.rows) == 5


def test_a_check_without_a_header_is_named(tmp_path: Path) -> None:
    folder = ontology(tmp_path, bad="SELECT * { ?s ?p ?o }").folder
    with pytest.raises(ConfigError, match=r"bad\.rq, line 1: a check begins with"):
        checks(folder)


def test_a_check_that_cannot_be_read_is_named(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"bad\.rq: the query cannot be read"):
        validate(store, ontology(tmp_path, bad=CHECK + "}"))


def test_broken_shapes_are_named_with_their_line(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"shapes\.ttl, line 3: not Turtle"):
        validate(store, ontology(tmp_path, "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<a> sh:x ] .\n"))


def test_the_graph_of_the_tests_conforms_to_the_ontology_that_ships(store: EmbeddedStore) -> None:
    assert [row for row in validate(store, read_ontology(ONTOLOGY)).rows if row.severity == "violation"] == []
