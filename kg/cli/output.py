"""What reaches the terminal: tables as wide as it is, Chinese counted as two columns, no control characters of others."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

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


def console(err: bool = False) -> Console:
    """A console on the current stdout (or stderr): no colours and no wrapping when it is not a terminal."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    terminal = stream.isatty()
    return Console(
        file=stream, force_terminal=terminal, width=None if terminal else PIPED_WIDTH, highlight=False, markup=False, emoji=False
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Prints rows below their column names; numbers stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as RichText

    body = [[clean(cell) for cell in row] for row in rows]
    heading = RichText(clean(title), "bold") if title else None
    shown = Table(box=SIMPLE_HEAD, title=heading, title_justify="left", pad_edge=False, show_edge=False)
    for place, column in enumerate(columns):
        numeric = bool(body) and all(_NUMBER.fullmatch(row[place]) for row in body)
        shown.add_column(RichText(clean(column)), justify="right" if numeric else "left", overflow="fold")
    for row in body:
        shown.add_row(*(RichText(cell) for cell in row))
    _print(shown)


_NUMBER = re.compile(r"-?[\d.,]*%?")


def _print(thing: object) -> None:
    """Prints without the blanks that rich pads a line's end with."""
    out = console()
    with out.capture() as captured:
        out.print(thing)
    text = captured.get()
    click.echo(text if out.is_terminal else re.sub(r"[ ]+$", "", text, flags=re.MULTILINE), nl=False)


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
def written(path: Path, binary: bool = False) -> Iterator[IO[str] | IO[bytes]]:
    """Opens a file beside `path` and puts it in its place when everything was written, so no half file is ever seen.

    Raises:
        InputError: the folder is missing or may not be written.
    """
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise not_writable(path, error) from None
    try:
        with os.fdopen(descriptor, "wb") if binary else os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
        os.chmod(beside, 0o666 & ~_umask())
        _replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _replace(beside: str, path: Path) -> None:
    try:
        os.replace(beside, path)
    except OSError as error:
        raise not_writable(path, error) from None


def not_writable(path: Path, error: OSError) -> InputError:
    """The error for an output file that cannot be written."""
    return InputError(
        Text(f"cannot write {path}: {error.strerror}", f"无法写入 {path}：{error.strerror}"),
        Text("Name a file in a folder that exists and may be written.", "请给出文件夹存在且可写的文件。"),
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
