"""The main command: languages, errors and their exit codes, streams, a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import app
from kg.graph import Graph
from tests.cli.conftest import Kg

COMMANDS = (
    "build",
    "query",
    "links",
    "path",
    "show",
    "stats",
    "validate",
    "render",
    "export",
    "evaluate",
    "extract",
    "network",
    "doctor",
    "diff",
    "serve",
    "review",
)
MAIN = "import kg.cli; kg.cli.main()"


def process(root: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `kg` in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-c", MAIN, *arguments]
    return subprocess.run(command, cwd=root, env={**clean, "PYTHONPATH": str(root), **environ}, capture_output=True, timeout=60)


def test_every_command_of_the_contract_is_there() -> None:
    assert sorted(app.commands) == sorted(COMMANDS)


def test_without_arguments_the_help_page_is_shown(kg: Kg) -> None:
    assert kg().exit_code == 0
    assert kg("--lang", "en").output == kg("--help").output


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_by_option(kg: Kg, command: str) -> None:
    page = kg("--lang", "zh", command, "--help").output
    assert page.startswith(f"用法：kg {command} [选项]")
    assert "选项：" in page and "显示本页。" in page
    assert "Options" not in page and "Show this page" not in page


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_english_by_locale(kg: Kg, command: str) -> None:
    page = kg(command, "--help").output
    assert page.startswith(f"Usage: kg {command} [OPTIONS]")
    assert not [sign for sign in page if "\u4e00" <= sign <= "\u9fff"]


def test_help_is_chinese_by_locale(kg: Kg) -> None:
    assert "命令：" in kg("--help", LANG="zh_CN.UTF-8").output


def test_the_option_wins_over_the_locale_wherever_it_stands(kg: Kg) -> None:
    assert kg("stats", "--help", "--lang", "en", LANG="zh_CN.UTF-8").output.startswith("Usage:")


def test_the_version_is_shown(kg: Kg) -> None:
    assert kg("--version").output == "kg 0.1.0\n"


def test_an_unknown_command_gets_suggestions(kg: Kg) -> None:
    result = kg("quary")
    assert result.exit_code == 2
    assert result.stderr == "Error: no such command: quary\nHint: Did you mean query? `kg --help` lists what there is.\n"


def test_an_unknown_option_is_named_in_chinese(kg: Kg) -> None:
    result = kg("--lang", "zh", "stats", "--stor", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("错误：没有这个选项：--stor\n提示：是不是 --store？")


def test_a_missing_argument_is_named(kg: Kg) -> None:
    assert kg("path", "甲").stderr.startswith("Error: B is missing\nHint: `kg path --help`")


def test_too_many_arguments_are_named_in_chinese(kg: Kg) -> None:
    assert kg("--lang", "zh", "stats", "x").stderr.startswith("错误：多余的参数：x\n")


def test_an_unknown_language_is_named(kg: Kg) -> None:
    assert kg("--lang", "fr", "stats").stderr.startswith("Error: there is no language “fr”\nHint: Known: zh, en.")


def test_an_error_says_what_and_the_way_out_with_its_exit_code(kg: Kg) -> None:
    result = kg("stats", "--store", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: there is no store at nowhere\nHint: build it")


def test_what_is_not_supported_has_exit_code_3(kg: Kg) -> None:
    assert kg("export", "-o", "x.doc").exit_code == 3


def test_a_bug_keeps_its_traceback(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Graph, "stats", fail)
    assert isinstance(kg("stats").exception, ZeroDivisionError)


def test_ctrl_c_ends_cleanly(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Graph, "stats", stop)
    result = kg("--lang", "zh", "stats")
    assert (result.exit_code, result.stderr) == (130, "\n已中止。\n")


def test_a_broken_settings_file_is_named_with_its_line(kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg.toml").write_text("store = [\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = kg("stats")
    assert result.exit_code == 2
    assert "kg.toml, line 2: not valid TOML" in result.stderr


def test_a_reader_that_closes_the_pipe_is_no_error(root: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import kg.cli\nkg.cli.app.commands['stats'].callback = lambda store: print('x' * 9999999)\n" + MAIN,
        "stats",
    ]
    with subprocess.Popen(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout and running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert (running.stderr.read(), running.wait(30)) == (b"", 0)


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"},
        {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
    ],
)
def test_output_is_utf8_whatever_the_locale(root: Path, environ: dict[str, str]) -> None:
    done = process(root, "--lang", "zh", "--help", **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "选项：" in done.stdout.decode("utf-8")


def test_help_loads_no_heavy_library(root: Path) -> None:
    watch = (
        "import sys, atexit; atexit.register(lambda: print(*(name.partition('.')[0] for name in sys.modules), file=sys.stderr))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch + MAIN, "--help"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {
        "rdflib",
        "networkx",
        "pyoxigraph",
        "oxrdflib",
        "pyshacl",
        "pyvis",
        "jinja2",
        "ahocorasick",
        "docx",
        "openpyxl",
        "yaml",
        "rich",
    }
    assert heavy & set(done.stderr.split()) == set()
