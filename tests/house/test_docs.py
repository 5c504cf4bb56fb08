"""The documents promise only what exists: targets, commands, options, queries, files; both READMEs say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import app
from tests.house.source import ROOT, name

READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCUMENTS = [*READMES, ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
PATH = re.compile(r"(?:kg|ontology|tests|web|data|docs|tools|benchmarks|notebooks)/[\w./-]*")
IS_COMMAND = re.compile("make |kg ").match
CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def code_lines(document: Path) -> Iterator[str]:
    """The lines of code in a document, in blocks and in running text."""
    for block, inline in CODE.findall(document.read_text(encoding="utf-8")):
        yield from (line.strip().removeprefix("$ ") for line in (block or inline).splitlines())


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):", ROOT.joinpath("Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands(line: str) -> Iterator[list[str]]:
    """The calls of kg in a shell line, as words."""
    for part in re.split(r"&&|\||;", line):
        words = part.split("#")[0].split()
        if words[:1] == ["kg"] and len(words) > 1:
            yield words[1:]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_make_target_of_a_document_exists(document: Path) -> None:
    named = {word for line in code_lines(document) for word in re.findall(r"^make ([a-z0-9-]+)", line)}
    assert sorted(named - make_targets()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_and_option_of_a_document_exists(document: Path) -> None:
    unknown = [" ".join(words) for line in code_lines(document) for words in commands(line) if not known(words)]
    assert unknown == []


def known(words: list[str]) -> bool:
    """Whether the command exists and has all the options."""
    command = app.get_command(click.Context(app), words[0]) if not words[0].startswith("-") else app
    if isinstance(command, click.Group) and words[1:2] and (below := command.commands.get(words[1])):
        command = below
    if command is None:
        return False
    options = {option for parameter in (*command.params, *app.params) for option in parameter.opts} | {"--help"}
    return all(word.split("=")[0] in options for word in words if re.match(r"-[a-z-]", word))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_of_a_document_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_path_in_a_document_exists(document: Path) -> None:
    to_write = set(re.findall(r"Write `([^`]+)`", document.read_text(encoding="utf-8")))
    paths = {line for line in code_lines(document) if PATH.fullmatch(line)} - to_write
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_both_readmes_have_the_same_shape() -> None:
    english, chinese = (re.findall(r"^(#+|```|!\[)", file.read_text(encoding="utf-8"), re.MULTILINE) for file in READMES)
    assert english == chinese


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = ([line.split("#")[0].strip() for line in code_lines(file) if IS_COMMAND(line)] for file in READMES)
    assert english == chinese


def test_the_help_names_every_command_in_one_screen() -> None:
    text = CliRunner().invoke(app, ["--help"]).output
    assert [command for command in app.list_commands(click.Context(app)) if command not in text] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    files = sorted(ROOT.glob("docs/decisions/0*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert [int(file.read_text(encoding="utf-8")[2:].split(".")[0]) for file in files] == list(range(1, len(files) + 1))
