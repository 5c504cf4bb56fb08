"""The commands of review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import app
from kg.cli.session import Session
from kg.cli.words import speak
from kg.config import Config
from kg.pipeline.desk import Desk
from kg.review import DecisionLog
from tests.review.workspace import asked, workspace


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kg(*arguments: str, keys: str = "") -> Result:
    result = CliRunner(env={"LC_ALL": "en_US.UTF-8"}).invoke(app, list(arguments), input=keys)
    speak("en")
    return result


def to(kind: str, word: str) -> str:
    """The keys that pass on to the question about a fact of that kind with the word in it."""
    desk = Desk(Config.read(Path("kg.toml")))
    item = asked(desk, kind, word)
    return "s" * [question.id for question in Session(desk, {}).questions()].index(item.id)


def decided(work: Path) -> list[tuple[str, str]]:
    log = DecisionLog(work / "data" / "review" / "decisions.jsonl").read()
    return [(decision.action, decision.by) for decision in log]


def test_a_session_asks_the_least_sure_first_and_takes_one_key_an_answer(work: Path) -> None:
    questions = Session(Desk(Config.read(Path("kg.toml"))), {}).questions()
    first = "s" * [hasattr(question, "proposal") for question in questions].index(True)
    result = kg("review", "--by", "李", keys=f"{first}arsuzq")
    assert result.exit_code == 0
    assert "\nOne unit?  one may be short for the other (without 医)\n  青川县中医医院\n" in result.stdout
    assert decided(work) == [("merge", "李"), ("reject", "李"), ("undo", "李")]
    assert result.stdout.splitlines()[-2].startswith("1 decided, ")


def test_a_session_shows_the_sentence_with_its_words_marked(work: Path) -> None:
    out = kg("review", keys=to("cooperation", "青川县税务局") + "q").stdout
    assert "    青川县检察院【联合县税务局、青川大学】成立“同心”护企平台，服务企业120余家。" in out
    assert "    partner: 县税务局=青川县税务局、青川大学" in out
    assert "[a] accept  [r] reject  [e] edit" in out


def test_an_edit_in_a_session_asks_for_each_role_and_refuses_other_words(work: Path) -> None:
    out = kg("review", keys=to("cooperation", "青川县税务局") + "e\n别的局\n\n\ne\n青川大学\n-\n\nq").stdout
    assert "✗ not in the document: 别的局" in out
    [edit] = DecisionLog(work / "data" / "review" / "decisions.jsonl").read()
    assert {role: [words.name for words in filled] for role, filled in edit.slots.items()} == {
        "participant": ["青川大学"],
        "through": [],
    }


def test_a_fact_is_added_in_a_session(work: Path) -> None:
    out = kg("review", keys=to("cooperation", "青川县税务局") + "n3服务企业\n120余家\n\nq").stdout
    [added] = DecisionLog(work / "data" / "review" / "decisions.jsonl").read()
    assert (added.action, added.kind) == ("add", "outcome")
    assert {words.role: words.name for words in added.roles} == {
        "what": "服务企业",
        "quantity": "120",
        "bound": "more than",
        "unit": "家",
    }
    assert "✓ add" in out


def test_what_waits_and_what_was_decided_is_listed(work: Path) -> None:
    out = kg("review", "list").stdout
    assert out.splitlines()[0].split() == ["id", "kind", "sure", "rule", "says", "document"]
    assert "one may be short for the other (without 医)" in out
    kg("review", "merge", "青川县中医医院", "青川县中医院", "--by", "王")
    [line] = kg("review", "list", "--decided", "--format", "json").stdout.splitlines()
    assert json.loads(line)["units"] == ["青川县中医医院", "青川县中医院"]
    open_ = [json.loads(line) for line in kg("review", "list", "--format", "json").stdout.splitlines()]
    assert [row["sure"] for row in open_] == sorted(row["sure"] for row in open_)
    assert {row["status"] for row in open_} == {"unreviewed"}


def test_a_decision_is_taken_back_by_its_key(work: Path) -> None:
    kg("review", "split", "reports/b.txt", "青川大学", "青川大学医学院")
    key = kg("review", "list", "--decided").stdout.splitlines()[2].split()[0]
    assert kg("review", "undo", key).stdout == "Taken back: 青川大学、青川大学医学院\n"
    result = kg("review", "undo", key)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "Error: there is no decision to take back")


def test_a_round_trip_through_a_spreadsheet(work: Path) -> None:
    assert kg("review", "export", "queue.xlsx").stdout.startswith("Written: queue.xlsx (")
    result = kg("review", "import", "queue.xlsx")
    assert (result.exit_code, result.stdout.split(".")[0]) == (0, "0 decisions taken up")
    (work / "bad.xlsx").write_bytes(b"no")
    assert kg("review", "import", "bad.xlsx").stderr.startswith("Error: the file is no workbook")
    assert kg("review", "import", "none.xlsx").exit_code == 2


def test_the_quality_report_is_a_table_data_and_a_page(work: Path) -> None:
    kg("review", keys="rr")
    out = kg("review", "quality").stdout
    assert out.splitlines()[0] == "kind" and "total" in out
    data = json.loads(kg("review", "quality", "--format", "json").stdout)
    assert (data["total"]["wrong"], data["total"]["precision"]) == (1, 0.0)
    kg("review", "quality", "-o", "quality.html")
    assert (work / "quality.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_a_terminal_a_session_says_the_way_out(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(echo: bool = False) -> str:
        raise OSError(6, "No such device or address")

    monkeypatch.setattr("click.getchar", none)
    result = kg("review")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (3, "Error: a review needs a terminal for its keys")
