"""The file of decisions: lines that git can merge, old or new state whenever the machine stops, no decision lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import kg.files
from kg.errors import InputError
from kg.review import Decision, DecisionLog
from kg.review.decisions import moment, standing
from kg.review.units import merging


def accept(number: int, **more: str) -> Decision:
    return Decision("accept", f"id{number}", "报告.txt", "outcome", f"第{number}句。", **more)


def test_there_are_no_decisions_before_the_first(tmp_path: Path) -> None:
    assert DecisionLog(tmp_path / "none" / "decisions.jsonl").read() == []


def test_each_decision_is_a_line_with_sorted_keys_and_readable_words(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "review" / "decisions.jsonl")
    log.append(accept(1, by="李四", at="2026-05-01T08:00:00+08:00"))
    assert log.path.read_text(encoding="utf-8") == (
        '{"action": "accept", "at": "2026-05-01T08:00:00+08:00", "by": "李四", "document": "报告.txt", "id": "id1", '
        '"kind": "outcome", "sentence": "第1句。"}\n'
    )


def test_decisions_are_stamped_later_than_all_before_them(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.append(accept(1, at="2099-01-01T00:00:00Z"))
    log.append(accept(2), accept(3))
    times = [moment(decision.at) for decision in log.read()]
    assert times == sorted(set(times))
    assert log.read()[2].at == "2099-01-01T00:00:00.002+00:00"


def test_a_broken_line_is_named_and_the_file_stays(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    for line, complaint in (
        ("{", "line 2"),
        ("[]", "no object"),
        ('{"action": "bless"}', "action: 'bless'"),
        ('{"action": "accept", "kind": "star", "sentence": "句"}', "kind: 'star'"),
        ('{"action": "accept", "kind": "case"}', "sentence: ''"),
        ('{"action": "merge", "units": ["甲"]}', "units"),
        ('{"action": "undo", "at": "yesterday"}', "yesterday"),
        ('{"action": "add", "kind": "case", "sentence": "句", "slots": {"subject": [{"texts": "甲"}]}}', "slots"),
        ('{"action": "add", "kind": "case", "sentence": "句", "slots": {"subject": [{"text": " "}]}}', "subject"),
    ):
        log.path.write_text(accept(1).line + "\n" + line + "\n", encoding="utf-8")
        before = log.path.read_bytes()
        with pytest.raises(InputError, match="line 2") as raised:
            log.append(accept(3))
        assert complaint in str(raised.value)
        assert log.path.read_bytes() == before


def test_a_line_without_its_end_and_marks_of_a_conflict_lose_nothing(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    lines = ["<<<<<<< ours", accept(1).line, "=======", accept(2).line, ">>>>>>> theirs"]
    log.path.write_text("\r\n".join(lines), encoding="utf-8")
    log.append(accept(3))
    assert [decision.id for decision in log.read()] == ["id1", "id2", "id3"]


def test_git_merges_the_files_of_two_people(tmp_path: Path, root: Path) -> None:
    """The attribute that ships makes git keep the lines of both."""

    def git(*words: str) -> None:
        name = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *name, *words], cwd=tmp_path, check=True, capture_output=True)

    log = DecisionLog(tmp_path / "data" / "review" / "decisions.jsonl")
    (tmp_path / ".gitattributes").write_text((root / ".gitattributes").read_text(encoding="utf-8"), encoding="utf-8")
    git("init")
    log.append(accept(0, at="2026-05-01"))
    git("add", "data/review/decisions.jsonl", ".gitattributes")
    git("commit", "-m", "first")
    git("checkout", "-b", "other")
    log.append(accept(1, at="2026-05-02", by="李"), merging("甲", "乙"))
    git("commit", "-am", "other")
    theirs = log.read()
    git("checkout", "main")
    log.append(accept(2, at="2026-05-03", by="王"))
    mine = log.read()
    git("commit", "-am", "mine")
    git("merge", "other", "-m", "both")
    assert standing(log.read()) == standing([*mine, *theirs])
    assert len(log.read()) == 4


def test_whoever_writes_at_once_loses_nothing(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: log.append(accept(number)), range(40)))
    assert sorted(decision.id for decision in log.read()) == sorted(f"id{number}" for number in range(40))


def test_a_failure_at_any_step_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = DecisionLog(tmp_path / "decisions.jsonl")
    log.append(accept(1))
    before = log.path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(kg.files.os, step, fail)
            with pytest.raises(InputError, match="No space left"):
                log.append(accept(2))
        assert log.path.read_bytes() == before


WRITER = """
import sys
from pathlib import Path
from kg.review import Decision, DecisionLog
log = DecisionLog(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(100000):
    log.append(Decision("accept", f"id{number}", "a.txt", "outcome", "句" * 2000))
"""


def test_killed_at_any_moment_the_file_holds_the_old_or_the_new_state(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    for pause in (0.01, 0.03, 0.05, 0.08, 0.13):
        environ = {**os.environ, "PYTHONPATH": str(root)}
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], env=environ, stdout=subprocess.PIPE)
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        lines = path.read_bytes().split(b"\n") if path.exists() else [b""]
        assert lines.pop() == b""
        assert [json.loads(line)["id"] for line in lines][-3:] == [f"id{n}" for n in range(last_run(lines))][-3:]
    assert DecisionLog(path).append(accept(7))[0].id == "id7"


def last_run(lines: list[bytes]) -> int:
    """How many decisions the last writer had written: its numbers begin at 0."""
    return int(json.loads(lines[-1])["id"][2:]) + 1 if lines else 0


def test_what_is_undone_is_not_in_force_unless_that_is_undone_too() -> None:
    first = accept(1, at="2026-05-01")
    undo = Decision("undo", first.key, at="2026-05-02")
    again = Decision("undo", undo.key, at="2026-05-03")
    assert standing([undo, first]) == []
    assert standing([again, undo, first]) == [first]
    assert standing([first, replace(first)]) == [first]
