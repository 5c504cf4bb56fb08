"""The scripts that `make` calls say clearly what a machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

TOOLS = ("sh", "id", "sed")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder for the PATH of a machine that has a shell and no package manager."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        tmp_path.joinpath(tool).symlink_to(os.path.realpath(found))
    return tmp_path


def install(machine: Path, command: str, script: str) -> None:
    """Puts a shell script on the machine's PATH."""
    machine.joinpath(command).write_text(f"#!{machine}/sh\n{script}\n", encoding="utf-8")
    machine.joinpath(command).chmod(0o755)


def run(machine: Path, script: str) -> subprocess.CompletedProcess[str]:
    command = [str(machine / "sh"), str(ROOT / "tools" / script)]
    return subprocess.run(command, env={"PATH": str(machine)}, capture_output=True, text=True, check=False)


def test_an_old_python_is_named_with_the_way_out(machine: Path) -> None:
    install(machine, "python3", '[ "$1" = --version ] && echo Python 3.9.2; exit 1')
    done = run(machine, "find-python")
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_missing_venv_module_is_named_with_its_package(machine: Path) -> None:
    install(machine, "python3", 'case "$2" in *print*) echo python3.11-venv;; *ensurepip*) exit 1;; esac')
    done = run(machine, "find-python")
    assert (done.returncode, done.stdout) == (1, "")
    assert "sudo apt install python3.11-venv" in done.stderr


def test_the_newest_python_that_runs_is_taken(machine: Path) -> None:
    install(machine, "python3.13", "exit 127")  # a shim with nothing behind it
    install(machine, "python3.12", "exit 0")
    install(machine, "python3", "exit 0")
    assert run(machine, "find-python").stdout == "python3.12\n"


@pytest.fixture
def desktop(machine: Path) -> Path:
    """A machine that has all the browser tests need."""
    install(machine, "chromium", "exit 0")
    install(machine, "fc-list", "echo Noto Sans CJK SC")
    install(machine, "ldconfig", "echo libatomic.so.1")
    return machine


def test_a_browser_that_is_there_is_found(desktop: Path) -> None:
    assert run(desktop, "find-browser").stdout == f"{desktop}/chromium\n"


@pytest.mark.parametrize(
    ("command", "package"), [("chromium", "chromium"), ("fc-list", "fonts-noto-cjk"), ("ldconfig", "libatomic1")]
)
def test_what_the_browser_tests_lack_is_named_with_its_package(desktop: Path, command: str, package: str) -> None:
    install(desktop, command, "exit 0")
    if command == "chromium":
        desktop.joinpath(command).unlink()
    done = run(desktop, "find-browser")
    assert (done.returncode, done.stdout) == (1, "")
    assert package in done.stderr.partition("sudo apt install")[2]
    assert "KG_CHROMIUM=" in done.stderr


def test_a_virtuoso_that_is_there_is_found(machine: Path) -> None:
    install(machine, "virtuoso-t", "exit 0")
    assert run(machine, "find-virtuoso").stdout == f"{machine}/virtuoso-t\n"


def test_a_missing_virtuoso_is_named_with_its_package(machine: Path) -> None:
    done = run(machine, "find-virtuoso")
    assert (done.returncode, done.stdout) == (1, "")
    assert "sudo apt install virtuoso-opensource-7-bin" in done.stderr
