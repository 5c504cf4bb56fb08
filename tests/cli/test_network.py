"""The command that measures a network."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kg


def test_units_are_measured(kg: Kg) -> None:
    lines = kg("network", "--top", "1").stdout.splitlines()
    assert lines[0].split() == [
        "unit", "kind", "degree", "strength", "betweenness", "closeness", "eigenvector", "core", "community",
    ]  # fmt: skip
    assert lines[2].split()[-7:] == ["1", "1", "0", "1", "0.707107", "1", "0"]
    assert lines[-1] == "1 of 2 rows"


def test_columns_speak_the_language_in_force(kg: Kg) -> None:
    assert kg("network", "--lang", "zh").stdout.split()[:3] == ["单位", "类别", "度"]


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        (["--bridges"], "unit,partner,proofs"),
        (["--between", "kind"], "group,other,links,proofs"),
        (["--brokers", "level"], "unit,group,across,coordinator,itinerant,representative,liaison,iri"),
        (["--by-year"], "year,units,new,links,proofs,density"),
        (["--compare", "2023", "2024"], "unit,partner,2023,2024,state"),
        (["--measure", "core", "--measure", "leiden", "--weight", "mechanisms"], "unit,kind,core,leiden,iri"),
    ],
)
def test_every_question_is_answered_as_a_table(kg: Kg, question: list[str], columns: str) -> None:
    assert kg("network", *question, "--format", "csv").stdout.splitlines()[0] == columns


def test_the_ending_of_a_file_chooses_its_format(kg: Kg, tmp_path: Path) -> None:
    for ending in ("csv", "json", "xlsx", "md"):
        assert kg("network", "-o", str(tmp_path / f"units.{ending}")).exit_code == 0
    rows = list(csv.DictReader((tmp_path / "units.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["degree"] for row in rows] == ["1", "1"]
    assert len(json.loads((tmp_path / "units.json").read_text(encoding="utf-8"))["results"]["bindings"]) == 2


def test_an_unknown_measure_names_those_there_are(kg: Kg) -> None:
    result = kg("network", "--measure", "fame")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1].startswith("Hint: there are: degree, strength, betweenness")
