"""Commands that read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg import __version__ as kg_version
from tests.cli.conftest import IDS, TEXT, Kg


def test_a_build_prints_the_ledger_and_a_summary(kg: Kg, read: None, work: Path) -> None:
    result = kg("build", "a.txt")
    assert result.exit_code == 0
    header, _, row, *_, last = result.stdout.splitlines()
    assert header.split() == ["file", "encoding", "case", "unit", "mechanism", "cooperation", "outcome"]
    assert row.split() == ["✓", "a.txt", "utf-8", "1", "2", "1", "1", "1"]
    assert last.startswith("1 files, ") and last.endswith(": case 1, unit 2, mechanism 1, cooperation 1, outcome 1.")


def test_a_build_speaks_chinese(kg: Kg, read: None, work: Path) -> None:
    out = kg("build", "a.txt", "none.txt", "--lang", "zh").stdout
    assert "✗ none.txt：没有这个文件或文件夹" in out
    assert out.splitlines()[-1].endswith("有 1 个文件未能使用，见上（退出码 1）。")


def test_a_file_that_cannot_be_used_is_told_and_exits_1(kg: Kg, read: None, work: Path) -> None:
    (work / "b.txt").write_text("今天天气很好。", encoding="utf-8")
    result = kg("build", "a.txt", "b.txt")
    assert result.exit_code == 1
    assert "✗ b.txt: no case found in the text" in result.stdout
    assert "  → A case needs a heading" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("1 could not be used, see above (exit code 1).")


def test_a_build_in_which_nothing_can_be_read_leaves_the_store(kg: Kg, read: None, work: Path) -> None:
    kg("build", "a.txt")
    assert kg("build", "none.txt").stdout.splitlines()[-1].endswith("the store was left as it was.")
    assert "红旗支部" in kg("links").stdout


def test_a_check_says_what_would_change_and_exits_1_if_anything_would(kg: Kg, read: None, work: Path) -> None:
    kg("build", "a.txt")
    same = kg("build", "--check", "a.txt")
    assert (same.exit_code, same.stdout.splitlines()) == (0, ["A build would change nothing.", "1 files are as they were."])
    (work / "a.txt").write_text(TEXT + "\n", encoding="utf-8")
    (work / "b.txt").write_text(TEXT, encoding="utf-8")
    differs = kg("build", "--check", "a.txt", "b.txt", "--lang", "zh")
    assert differs.exit_code == 1
    head, _, *rows = [line.split() for line in differs.stdout.splitlines()]
    assert (head, rows) == (["改动", "文件"], [["新增", "b.txt"], ["有改动", "a.txt"], [], ["0", "个文件没有改动。"]])
    assert kg("build", "--check", "a.txt").exit_code == 1


def test_a_check_without_a_store_says_so_and_writes_nothing(kg: Kg, work: Path) -> None:
    result = kg("build", "--check", "a.txt")
    assert "There is no store that was built whole" in result.stdout
    assert not (work / "store").exists()


def test_a_second_build_says_that_nothing_changed_and_a_fresh_one_reads_all(kg: Kg, read: None, work: Path) -> None:
    kg("build", "a.txt")
    assert kg("build", "a.txt").stdout.splitlines()[-1].endswith("Nothing has changed since the last build.")
    assert kg("build", "a.txt", "--fresh").stdout.splitlines()[-1].endswith("outcome 1.")
    (work / "b.txt").write_text(TEXT, encoding="utf-8")
    assert kg("build", "a.txt", "b.txt").stdout.splitlines()[-1].endswith("Read now: 1; the others are as they were.")


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_build_by_either_executor_says_the_same(kg: Kg, read: None, work: Path, executor: str) -> None:
    result = kg("build", "a.txt", "--executor", executor, "--workers", "2")
    assert (result.exit_code, "cooperation 1, outcome 1." in result.stdout) == (0, True)


def test_no_source_exits_2(kg: Kg, work: Path) -> None:
    result = kg("build")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: there is nothing to build from")


@pytest.mark.parametrize("broken", ["core.ttl", "vocabulary/unit-kinds.ttl", "extraction/units.yaml"])
def test_a_broken_ontology_file_is_named_with_its_line_and_the_store_stays(
    kg: Kg, work: Path, workspace: Path, broken: str
) -> None:
    kg("build", "a.txt")
    shutil.copytree(workspace / "ontology", work / "ontology")
    (work / "kg.toml").write_text('ontology = "ontology"\nstore = "store"\n', encoding="utf-8")
    file = work / "ontology" / broken
    file.write_text(file.read_text(encoding="utf-8") + "\n  [ broken: :\n", encoding="utf-8")
    before = (work / "store" / "meta.json").read_bytes()
    result = kg("build", "a.txt")
    assert result.exit_code == 2
    assert Path(broken).name in result.stderr and "line" in result.stderr
    assert (work / "store" / "meta.json").read_bytes() == before


def test_a_folder_that_is_no_store_is_not_built_into(kg: Kg, read: None, work: Path) -> None:
    (work / "mine").mkdir()
    (work / "mine" / "letter.doc").touch()
    assert kg("build", "a.txt", "--store", "mine").exit_code == 2
    assert (work / "mine" / "letter.doc").exists()


def test_what_is_found_in_a_file_is_shown_with_its_sentences(kg: Kg, read: None, work: Path) -> None:
    out = kg("extract", "a.txt").stdout
    assert "case: 红旗支部" in out
    assert "cooperation  红旗支部 – “同心”平台 – 东海大学" in out
    assert "    r  21-28" in out and "【与东海大学合作】" in out
    assert not (work / "store").exists()


def test_what_is_found_is_given_as_json(kg: Kg, read: None, work: Path) -> None:
    (document,) = json.loads(kg("extract", "a.txt", "--format", "json").stdout)
    assert document["document"] == "a.txt"
    kinds = [fact["type"] for fact in document["facts"]]
    assert kinds == ["Unit", "Unit", "Case", "Mechanism", "Outcome", "Cooperation"]
    assert document["facts"][4]["quantity"] == "30"


def test_candidates_are_lines_of_json_even_beside_a_missing_file(kg: Kg, work: Path) -> None:
    (work / "b.txt").write_text("青川县检察院：护航企业\n青川县检察院与青川大学建立协作机制。\n", encoding="utf-8")
    result = kg("extract", "b.txt", "none.txt", "--format", "jsonl")
    assert result.exit_code == 2
    case, found = (json.loads(line) for line in result.stdout.splitlines())
    assert (case["kind"], found["kind"], found["document"]) == ("case", "cooperation", "b.txt")
    assert found["producer"] == {"name": "rules", "rule": "pair-acts", "version": kg_version}
    [partner] = [slot for slot in found["slots"] if slot["role"] == "participant"]
    assert partner == {
        "role": "participant",
        "text": "青川大学",
        "start": 19,
        "end": 23,
        "value": "青川大学",
        "kind": "university",
        "alts": ["青川大学"],
    }
    assert found["sentence"]["text"] == "青川县检察院与青川大学建立协作机制。"


def test_a_build_tells_decisions_that_find_no_place(kg: Kg, read: None, work: Path) -> None:
    line = {
        "action": "reject",
        "document": "a.txt",
        "id": "0",
        "kind": "mechanism",
        "sentence": "此句已删。",
        "was": {"name": [{"text": "“删去”平台"}]},
        "exact": "已删",
    }
    (work / "data" / "review").mkdir(parents=True)
    (work / "data" / "review" / "decisions.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    lines = kg("build", "a.txt").stdout.splitlines()
    start = lines.index("Decisions that found no place (they stay in the file):")
    assert lines[start + 1 : start + 4] == [
        "? reject “删去”平台  a.txt",
        "  its sentence is no longer in the document",
        "  此句【已删】。",
    ]


def test_a_broken_file_of_decisions_stops_the_build_with_its_line(kg: Kg, read: None, work: Path) -> None:
    kg("build", "a.txt")
    (work / "data" / "review").mkdir(parents=True)
    (work / "data" / "review" / "decisions.jsonl").write_text("{\n", encoding="utf-8")
    result = kg("build", "a.txt")
    assert (result.exit_code, result.stderr.splitlines()[-2].count("line 1 is no decision")) == (2, 1)
    assert "红旗支部" in kg("links").stdout


def test_extracting_from_a_missing_file_exits_2(kg: Kg, work: Path) -> None:
    assert kg("extract", "none.txt").exit_code == 2


def test_a_sound_store_conforms(kg: Kg) -> None:
    result = kg("validate")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The store conforms.")


def test_a_store_that_does_not_conform_exits_1(kg: Kg, work: Path) -> None:
    (work / "bad.ttl").write_text(f"<{IDS.unit('甲')}> a <https://w3id.org/coop-kg/ontology#Mechanism> .", encoding="utf-8")
    kg("build", "bad.ttl")
    result = kg("validate", "--lang", "zh")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "图谱库不符合要求。"


@pytest.fixture
def gold(work: Path) -> str:
    case = {
        "subject": "红旗支部",
        "mechanisms": [{"text": "“同心”平台", "name": "同心"}, {"text": "“连心”平台", "name": "连心"}],
        "partners": [{"text": "东海大学"}],
        "cooperations": [{"with": ["东海大学"], "through": ["同心"]}],
        "outcomes": [{"what": "企业", "value": 30}],
    }
    (work / "gold.json").write_text(json.dumps({"source": "a.txt", "cases": [case]}), encoding="utf-8")
    return "gold.json"


def test_a_comparison_with_a_reference_gives_a_row_a_kind(kg: Kg, read: None, gold: str) -> None:
    lines = [line.split() for line in kg("evaluate", gold).stdout.splitlines()]
    assert lines[0] == ["kind", "precision", "recall", "F1", "right", "missed", "extra"]
    assert lines[3] == ["mechanism", "1.000", "0.500", "0.667", "1", "1", "0"]
    assert lines[4] == ["partner", "1.000", "1.000", "1.000", "1", "0", "0"]
    assert lines[-1] == ["total", "1.000", "0.833", "0.909", "5", "1", "0"]


def test_misses_are_listed_on_demand(kg: Kg, read: None, gold: str) -> None:
    assert "  missed mechanism: 连心" in kg("evaluate", gold, "--errors").stdout
    assert "连心" not in kg("evaluate", gold).stdout


def test_a_comparison_is_given_as_json(kg: Kg, read: None, gold: str) -> None:
    assert json.loads(kg("evaluate", gold, "--format", "json").stdout)["mechanisms"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.667,
        "hit": 1,
        "missed": ["连心"],
        "extra": [],
    }


def test_sectors_that_references_name_have_rows_of_their_own(kg: Kg, read: None, gold: str, work: Path) -> None:
    reference = json.loads((work / gold).read_text(encoding="utf-8"))
    (work / "one.json").write_text(json.dumps({**reference, "sector": "school"}), encoding="utf-8")
    lines = [line.split() for line in kg("evaluate", gold, "one.json").stdout.splitlines()]
    assert lines[-3] == ["sector", "(F1)", "case", "mechanism", "partner", "cooperation", "outcome", "precision", "recall", "F1"]
    assert lines[-1] == ["school", "1.000", "0.667", "1.000", "1.000", "1.000", "1.000", "0.833", "0.909"]
    figures = json.loads(kg("evaluate", gold, "one.json", "--format", "json").stdout)
    assert (figures["total"]["hit"], figures["sectors"]["school"]["mechanisms"]["missed"]) == (10, ["连心"])


@pytest.mark.parametrize(("floor", "code"), [("0.6", 0), ("0.7", 1), ("7", 2)])
def test_a_floor_decides_the_exit_code(kg: Kg, read: None, gold: str, floor: str, code: int) -> None:
    assert kg("evaluate", gold, "--floor", floor).exit_code == code


def test_a_store_is_compared_with_a_reference(kg: Kg, read: None, gold: str) -> None:
    kg("build", "a.txt")
    assert kg("evaluate", gold, "--store", "store").stdout == kg("evaluate", gold).stdout


def test_a_reference_without_its_text_exits_2(kg: Kg, gold: str, work: Path) -> None:
    (work / "a.txt").unlink()
    result = kg("evaluate", gold)
    assert result.exit_code == 2
    assert "its text a.txt is not found" in result.stderr
