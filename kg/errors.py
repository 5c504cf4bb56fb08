"""Errors that carry what a user needs: what went wrong, where, and the way out, in two languages.

Only the command line turns them into words and exit codes (`kg/cli/group.py`); a bug keeps its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class Text(NamedTuple):
    """One message to users in both languages of the product.

    >>> Text(en="No such file", zh="没有这个文件").say("zh")
    '没有这个文件'
    """

    en: str
    zh: str

    def say(self, lang: str) -> str:
        """The message in `lang` (a language tag; anything that does not start with "zh" gives English)."""
        return self.zh if lang.startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


class Exit(IntEnum):
    """Exit codes of the command line: a contract that users' scripts rely on."""

    DONE = 0
    NOT_CONFORMING = 1
    UNUSABLE = 2
    UNSUPPORTED = 3


class KgError(Exception):
    """Base of all errors a user can do something about.

    Args:
        message: what is wrong, naming the file and the place in it.
        hint: the way out.

    >>> try:
    ...     raise InputError(Text("empty file: a.txt", "空文件：a.txt"), Text("delete it", "请删除它"))
    ... except KgError as error:
    ...     print(error, error.exit.value, error.hint.say("zh"))
    empty file: a.txt 2 请删除它
    """

    exit = Exit.UNUSABLE

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[KgError], tuple[Text, Text]]:
        return type(self), (self.message, self.hint)


class InputError(KgError):
    """A source or an argument that cannot be used as it is."""


class ConfigError(KgError):
    """kg.toml or a file of the ontology folder is broken."""


class QueryError(KgError):
    """A query that cannot be run as typed, or that was stopped."""


class NonConformingError(KgError):
    """The data were read but do not conform."""

    exit = Exit.NOT_CONFORMING


class UnsupportedError(KgError):
    """Something that this installation cannot do (a missing extra, a format)."""

    exit = Exit.UNSUPPORTED


def not_known(what: Text, name: str, known: Sequence[str]) -> QueryError:
    """The error for a name that is none of the known ones; its hint names the nearest, else all.

    >>> print(not_known(Text("view", "视图"), "matrices", ["map", "matrix"]).hint.en)
    there are: matrix
    """
    near = difflib.get_close_matches(name, known, 3, 0.4) or known
    return QueryError(
        Text(f"there is no {what.en} {name!r}", f"没有名为“{name}”的{what.zh}"),
        Text(f"there are: {', '.join(near) or 'none'}", f"可用的有：{'、'.join(near) or '无'}"),
    )
