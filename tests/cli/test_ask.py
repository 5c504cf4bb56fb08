"""Commands that answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Kg

LABELS = "SELECT ?label { ?x a coop:Branch ; skos:prefLabel ?label }"


def test_without_a_query_the_saved_ones_are_listed_with_titles(kg: Kg) -> None:
    english, chinese = kg("query"), kg("query", "--lang", "zh")
    assert "cases " in english.stdout and "Cases" in english.stdout
    assert "cases " in chinese.stdout and "Cases" not in chinese.stdout


def test_a_typed_query_needs_no_prefixes(kg: Kg) -> None:
    assert kg("query", "-q", LABELS).stdout.split() == ["label", "────────", "红旗支部"]


def test_a_query_is_read_from_a_file(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(LABELS, encoding="utf-8-sig")
    assert "红旗支部" in kg("query", "-f", str(tmp_path / "q.rq")).stdout


def test_a_missing_query_file_is_named(kg: Kg) -> None:
    assert kg("query", "-f", "none.rq").stderr.startswith("Error: cannot read none.rq: No such file")


def test_a_saved_query_is_answered_by_name_in_the_language_spoken(kg: Kg) -> None:
    assert "红旗支部的做法" in kg("query", "cases").stdout


def test_a_parameter_is_put_into_the_query(kg: Kg) -> None:
    query = "SELECT ?label { VALUES ?label { UNDEF } ?x skos:prefLabel ?name FILTER(STR(?name) = ?label) }"
    assert kg("query", "-q", query, "--param", "label=东海大学", "--format", "csv").stdout == "label\n东海大学\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cases", "-q", LABELS], "a name, -q and -f exclude one another"),
        (["cases", "--param", "x"], "--param “x” has no ="),
        (["cases", "--param", "x=1"], "the query cases has no parameter x"),
        (["cases", "--timeout", "soon"], "--timeout cannot be “soon”"),
        (["case"], "there is no saved query 'case'"),
        (["-q", "SELECT * {"], "line 1, column"),
    ],
)
def test_what_is_wrong_is_said(kg: Kg, arguments: list[str], message: str) -> None:
    result = kg("query", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {message}")


def test_an_unknown_query_gets_the_nearest(kg: Kg) -> None:
    assert "cases" in kg("query", "case").stderr.split("Hint:")[1]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md"])
def test_text_formats_go_to_stdout(kg: Kg, form: str) -> None:
    assert "红旗支部" in kg("query", "-q", LABELS, "--format", form).stdout


def test_json_is_valid(kg: Kg) -> None:
    answer = json.loads(kg("query", "-q", LABELS, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["label"]["value"] == "红旗支部"


def test_the_ending_of_a_file_says_its_format(kg: Kg, tmp_path: Path) -> None:
    result = kg("query", "-q", LABELS, "-o", str(tmp_path / "deep" / "a.csv"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert list(csv.reader(io.StringIO((tmp_path / "deep" / "a.csv").read_text(encoding="utf-8")))) == [["label"], ["红旗支部"]]


def test_a_table_goes_to_a_file_as_plain_text(kg: Kg, tmp_path: Path) -> None:
    kg("query", "-q", LABELS, "-o", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").split() == ["label", "────────", "红旗支部"]


def test_iris_are_shown_in_few_signs(kg: Kg) -> None:
    out = kg("query", "-q", "SELECT ?x ?t { ?x a coop:Branch, ?t } ORDER BY ?t").stdout
    assert "unit/红旗支部" in out and "coop:Branch" in out and "https://" not in out


def test_an_iri_beside_its_label_is_shown_only_to_programs(kg: Kg) -> None:
    query = "SELECT ?x ?xLabel { ?x a coop:Branch ; skos:prefLabel ?xLabel }"
    assert kg("query", "-q", query).stdout.split() == ["xLabel", "────────", "红旗支部"]
    assert kg("query", "-q", query, "--format", "csv").stdout.startswith("x,xLabel\n")


def test_links_show_who_with_whom_and_the_sentence(kg: Kg) -> None:
    lines = kg("links").stdout.splitlines()
    assert lines[0] == "红旗支部 – “同心”平台 – 东海大学 – 企业  (2024)"
    assert lines[1].startswith("    红旗支部创建“同心”平台，【与东海大学合作】，服务企业30家。")
    assert lines[2] == "    report.txt 21-28"
    assert lines[3] == "1 links"


def test_links_of_one_unit_by_a_part_of_its_name(kg: Kg) -> None:
    assert kg("links", "东海").stdout == kg("links", "红旗党支部").stdout == kg("links").stdout


def test_an_unknown_unit_gets_the_nearest(kg: Kg) -> None:
    result = kg("links", "东湖大学")
    assert result.exit_code == 2
    assert "东海大学" in result.stderr.split("Hint:")[1]


def test_a_path_shows_each_step(kg: Kg) -> None:
    lines = kg("path", "东海大学", "红旗支部").stdout.splitlines()
    assert lines[0] == "东海大学 → 红旗支部"
    assert "红旗支部 – “同心”平台 – 东海大学 – 企业  (2024)" in lines


def test_a_path_to_itself_is_none(kg: Kg) -> None:
    assert kg("path", "东海大学", "东海").stdout == "“东海大学” and “东海” are the same unit.\n"


def test_a_unit_is_shown_with_its_facts_and_their_sentences(kg: Kg) -> None:
    out = kg("show", "红旗支部").stdout
    assert out.startswith("红旗支部\n")
    assert "level: county" in out and "outcome: 企业" in out and "false" not in out
    assert "【“同心”平台】" in out and "【服务企业30家】" in out and "【与东海大学合作】" in out


def test_a_mechanism_is_shown_by_its_bare_name_in_chinese(kg: Kg) -> None:
    out = kg("show", "同心", "--lang", "zh").stdout
    assert out.startswith("“同心”平台\n") and "机制类型：平台" in out


def test_show_needs_a_name(kg: Kg) -> None:
    assert kg("show").stderr.startswith("Error: there is nothing to show")


def test_a_document_is_printed_as_offsets_count(kg: Kg) -> None:
    assert kg("show", "--document", "report").stdout == TEXT


def test_a_document_that_has_changed_since_is_told(kg: Kg, workspace: Path) -> None:
    file = workspace / "report.txt"
    before = file.read_bytes()
    try:
        file.write_bytes(before + "又一句。\n".encode())
        assert kg("show", "--document", "report.txt").stderr == "The file has changed since the store was built.\n"
    finally:
        file.write_bytes(before)


def test_an_unknown_document_gets_the_nearest(kg: Kg) -> None:
    assert "Did you mean report.txt?" in kg("show", "--document", "rapport.txt").stderr


def test_a_document_whose_file_is_gone_is_named(kg: Kg, workspace: Path) -> None:
    file = workspace / "report.txt"
    before = file.read_bytes()
    file.unlink()
    try:
        assert kg("show", "--document", "report").stderr.startswith("Error: the file of report.txt is gone")
    finally:
        file.write_bytes(before)


def test_stats_count_classes_and_kinds(kg: Kg) -> None:
    lines = [line.split("  ") for line in kg("stats").stdout.splitlines()]
    rows = {tuple(cell.strip() for cell in line if cell.strip()) for line in lines}
    assert ("class", "unit", "2") in rows
    assert ("mechanism kind", "platform", "1") in rows
