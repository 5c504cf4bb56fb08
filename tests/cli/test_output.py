"""What reaches the terminal and files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from kg.cli import output
from kg.errors import InputError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, show: Callable[[], None]) -> str:
    """What a terminal of 40 columns is sent."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with redirect_stdout(Terminal()) as screen:
        show()
    return screen.getvalue()


def test_control_characters_become_one_sign_each() -> None:
    assert output.clean("a\x1b]0;x\x07b\u202ec\r\n\td\x9b") == "a\ufffd]0;x\ufffdb\ufffdc\ufffd\n\td\ufffd"


def test_a_table_counts_chinese_as_two_columns(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["名称", "n"], [["甲乙丙", "1"], ["ab", "22"]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:] == ["甲乙丙    1", "ab       22"]


def test_a_piped_table_is_never_wrapped_or_coloured(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["text"], [["长" * 500]])
    out = capsys.readouterr().out
    assert "长" * 500 in out and "\x1b" not in out


def test_a_table_keeps_within_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = on_terminal(monkeypatch, lambda: output.table(["text", "more"], [["长" * 50, "短"]]))
    lines = re.sub(r"\x1b\[[\d;]*m", "", sent).replace("─", "-").splitlines()
    assert max(len(line.encode("gb18030")) for line in lines) <= 40


def test_square_brackets_of_a_document_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["t"], [["[bold]x[/bold] :smile:"]])
    output.line("[red]y[/red]", "bold")
    assert "[bold]x[/bold] :smile:" in (out := capsys.readouterr().out) and "[red]y[/red]" in out


def test_the_words_that_prove_are_marked_with_brackets_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    output.quote("甲与乙合作。", "与乙合作", "")
    assert capsys.readouterr().out == "甲【与乙合作】。\n"


def test_the_words_that_prove_are_emphasised_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "甲\x1b[1;4m与乙合作\x1b[0m。" in on_terminal(monkeypatch, lambda: output.quote("甲与乙合作。", "与乙合作", ""))


def test_a_document_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[2J" not in on_terminal(monkeypatch, lambda: output.line("a\x1b[2Jb"))


def test_a_file_is_replaced_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with output.replacing(path) as out:
        out.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), output.replacing(path) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=r"cannot write .*folder"), output.replacing(tmp_path / "folder") as out:
        out.write(b"x")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot write"), output.replacing(tmp_path / "file" / "x.txt"):
        pass
