"""The code stays readable: short files, short functions, docstrings, messages in both languages, tests beside it."""

from __future__ import annotations

import ast

from tests.house.source import MODULES, ROOT, functions, name

LONGEST_FILE = 320
LONGEST_FUNCTION = 45


def test_no_file_of_the_package_is_too_long() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in MODULES
        for function in functions(path)
    }
    assert {function: lines for function, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for() -> None:
    modules = [*MODULES, *ROOT.glob("benchmarks/*.py"), *ROOT.glob("tools/*.py")]
    assert [name(path) for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_every_folder_of_the_package_has_a_folder_of_tests() -> None:
    folders = {path.parent.relative_to(ROOT / "kg").as_posix() for path in MODULES} - {"."}
    assert sorted(folder for folder in folders if not list((ROOT / "tests" / folder).glob("test_*.py"))) == []


def test_nothing_is_left_undone() -> None:
    marks = ("TODO", "FIXME", "XXX", "raise NotImplementedError")
    assert [name(path) for path in MODULES if any(mark in path.read_text(encoding="utf-8") for mark in marks)] == []


def test_every_message_is_said_in_both_languages() -> None:
    one_sided = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text" and not _in_both_languages(node)
    ]
    assert one_sided == []


def _in_both_languages(call: ast.Call) -> bool:
    """Whether a call Text(en, zh) gives two arguments, both with words or (where nothing is said) both empty."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return True
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return len(values) == 2 and len({isinstance(value, ast.Constant) and value.value == "" for value in values}) == 1
