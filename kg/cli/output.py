"""What reaches the terminal: tables as wide as it is, Chinese counted as two columns, no control characters of others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.errors import InputError, Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text as RichText

# C0 and C1 except newline and tab, and what turns the direction of writing.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PIPED_WIDTH = 1_000_000


def clean(text: str) -> str:
    """`text` with every control character replaced by one sign, so that a document cannot steer the terminal.

    >>> clean("red\\x1b[31m")
    'red\ufffd[31m'
    """
    return _CONTROL.sub("\ufffd", text)


def console() -> Console:
    """A console on the current stdout: no colours and no wrapping when it is not a terminal."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal else PIPED_WIDTH
    return Console(file=sys.stdout, force_terminal=terminal, width=width, highlight=False, markup=False, emoji=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows below their column names, as wide as the terminal; numbers stand to the right."""
    click.echo(_drawn(console(), columns, rows), nl=False)


def table_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same as plain text of any width."""
    from rich.console import Console

    return _drawn(Console(file=StringIO(), width=PIPED_WIDTH, highlight=False, markup=False, emoji=False), columns, rows)


def _drawn(out: Console, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as RichText

    body = [[clean(cell) for cell in row] for row in rows]
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, column in enumerate(columns):
        numeric = bool(body) and all(_NUMBER.fullmatch(row[place]) for row in body)
        shown.add_column(RichText(clean(column)), justify="right" if numeric else "left", overflow="fold")
    for row in body:
        shown.add_row(*(RichText(cell) for cell in row))
    with out.capture() as captured:
        out.print(shown)
    text = captured.get()
    return text if out.is_terminal else re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)


_NUMBER = re.compile(r"-?[\d.,]*%?")


def line(text: str = "", style: str = "") -> None:
    """Prints one line in a style (bold, dim …), which only a terminal shows."""
    from rich.text import Text as RichText

    console().print(RichText(clean(text), style), soft_wrap=True)


def quote(sentence: str, exact: str, indent: str = "    ") -> None:
    """Prints a sentence with its decisive words emphasised: reverse on a terminal, in 【】 elsewhere."""
    console().print(marked(clean(sentence.strip()), clean(exact.strip()), indent), soft_wrap=not sys.stdout.isatty())


def marked(sentence: str, exact: str, indent: str = "") -> RichText:
    """The sentence with its decisive words marked."""
    from rich.text import Text as RichText

    before, found, after = sentence.partition(exact)
    if not exact or not found:
        return RichText(indent + sentence)
    if sys.stdout.isatty():
        return RichText.assemble(indent + before, (found, "bold underline"), after)
    return RichText(f"{indent}{before}【{found}】{after}")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Opens a file beside `path` and puts it in its place when everything was written, so no half file is ever seen.

    Raises:
        InputError: the folder is missing or may not be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        out = beside.open("wb")
    except OSError as error:
        raise not_writable(path, error) from None
    try:
        with out:
            yield out
        try:
            os.replace(beside, path)
        except OSError as error:
            raise not_writable(path, error) from None
    finally:
        beside.unlink(missing_ok=True)


def not_writable(path: Path, error: OSError) -> InputError:
    """The error for an output file that cannot be written."""
    return InputError(
        Text(f"cannot write {path}: {error.strerror}", f"无法保存 {path}：{error.strerror}"),
        Text("Name a file in a folder that exists and may be written.", "请给出文件夹存在且可保存的文件。"),
    )
