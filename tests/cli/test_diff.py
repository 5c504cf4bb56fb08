"""The command that compares two builds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.config import Config
from kg.model import Candidate, Document, Fact
from kg.pipeline import build
from tests.cli.conftest import IDS, TEXT, Kg, Reader

UNIT = f"""<{IDS.unit("西山大学")}> a <https://w3id.org/coop-kg/ontology#Unit> ;
    <http://www.w3.org/2004/02/skos/core#prefLabel> "西山大学"@zh ."""


class TextReader(Reader):
    """Finds the sample's facts in every text, and nothing in RDF."""

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        return super().facts(document) if document.text else []


@pytest.fixture
def other(workspace: Path, tmp_path: Path) -> str:
    """A store that holds one unit more than that of the workspace."""
    report, more = tmp_path / "report.txt", tmp_path / "more.ttl"
    report.write_text(TEXT, encoding="utf-8", newline="")
    more.write_text(UNIT, encoding="utf-8")
    build(Config(tmp_path, ontology=workspace / "ontology"), [report, more], reader=TextReader())
    return str(tmp_path / "build" / "store")


def test_the_same_facts_exit_0(kg: Kg) -> None:
    result = kg("diff", "store", "store")
    assert (result.exit_code, result.stdout) == (0, "The same facts.\n")


def test_what_differs_is_said_in_words_and_exits_1(kg: Kg, other: str) -> None:
    result = kg("diff", "store", other, "--lang", "zh")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["  新增 单位：西山大学", "新增 1，已移除 0，有改动 0"]


def test_what_differs_is_given_as_json(kg: Kg, other: str) -> None:
    (one,) = json.loads(kg("diff", other, "store", "--format", "json").stdout)
    assert (one["change"], one["words"], one["iri"]) == ("removed", "西山大学", IDS.unit("西山大学"))


@pytest.mark.parametrize("ending", ["nq", "trig", "ttl", "jsonld"])
def test_an_export_can_be_compared_with_a_store(kg: Kg, tmp_path: Path, ending: str) -> None:
    file = str(tmp_path / f"old.{ending}")
    kg("export", "-o", file)
    assert kg("diff", file, "store").stdout == "The same facts.\n"


@pytest.mark.parametrize(("name", "code"), [("none", 2), ("report.txt", 3), ("kg.toml", 3)])
def test_what_is_no_graph_is_refused(kg: Kg, name: str, code: int) -> None:
    assert kg("diff", name, "store").exit_code == code


def test_a_broken_export_is_named(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "broken.nq"
    file.write_text("<a> <b>", encoding="utf-8")
    result = kg("diff", str(file), "store")
    assert (result.exit_code, "broken.nq: cannot be read" in result.stderr) == (2, True)
