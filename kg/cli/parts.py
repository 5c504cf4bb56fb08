"""Click's parts with help in two languages, and value types that complain in both."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from kg.cli.words import Formatter, say, speak
from kg.errors import InputError, Text


class Context(click.Context):
    """A context whose help pages speak the language in force."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is a `Text`."""

    def __init__(self, *args: Any, about: Text, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about


class Command(click.Command):
    """A command whose help is a `Text`."""

    context_class = Context

    def __init__(self, *args: Any, about: Text, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("Show this page.", "显示本页。")
        return option


def translate(command: click.Command) -> None:
    """Puts the help of a command, its options and its subcommands into the language in force."""
    for part in (command, *command.params):
        about = getattr(part, "about", None)
        if isinstance(about, Text):
            part.help = say(*about)  # type: ignore[attr-defined]
    if isinstance(command, click.Group):
        for child in command.commands.values():
            translate(child)


def near(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known words nearest to what was typed: those that contain it, then those spelt alike.

    >>> near("mechanism", ["partners", "mechanisms-by-kind"])
    ['mechanisms-by-kind']
    """
    names = list(known)
    containing = [name for name in names if word and (word in name or name in word)]
    alike = difflib.get_close_matches(word, names, count, 0.4)
    return list(dict.fromkeys([*containing, *alike]))[:count]


def unknown(what: Text, word: str, known: Sequence[str]) -> InputError:
    """The error for a word that is none of the known ones; its hint names the nearest, else all."""
    close = near(word, known)
    all_of_them = Text(f"Known: {', '.join(known)}.", f"可用：{'、'.join(known)}。")
    hint = all_of_them if known else Text("There are none.", "目前一个也没有。")
    if close:
        hint = Text(f"Did you mean {' or '.join(close)}? {hint.en}", f"是不是 {' 或 '.join(close)}？{hint.zh}")
    return InputError(Text(f"there is no {what.en} “{word}”", f"没有名为“{word}”的{what.zh}"), hint)


class OneOf(click.ParamType[str]):
    """One word of a fixed list."""

    name = "word"

    def __init__(self, what: Text, words: Sequence[str]) -> None:
        self.what = what
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        return "[" + "|".join(self.words) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.words:
            return str(value)
        raise unknown(self.what, str(value), self.words)


class Number(click.ParamType[float]):
    """A number between two bounds."""

    name = "number"

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(value)
            if self.low <= number <= self.high:
                return number
        except (TypeError, ValueError):
            pass
        name = param.opts[0] if param else ""
        wanted = Text(f"Give a number from {self.low:g} to {self.high:g}.", f"请给出 {self.low:g} 到 {self.high:g} 之间的数。")
        raise InputError(Text(f"{name} cannot be “{value}”", f"{name} 不能是“{value}”"), wanted)


class Years(click.ParamType[tuple[int | None, int | None]]):
    """A year (2024) or a span of them (2020-2024, 2020-, -2024)."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int | None, int | None]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"(\d{4})?(-|–|—|~)?(\d{4})?", str(value).strip())
        if not found or not any(found.groups()) or (found[3] and not found[2]) or (found[2] and not found[1] and not found[3]):
            raise InputError(
                Text(f"“{value}” is no span of years", f"“{value}”不是年份"),
                Text("Write 2024, 2020-2024, 2020- or -2024.", "请写成 2024、2020-2024、2020- 或 -2024。"),
            )
        first, last = (int(found[number]) if found[number] else None for number in (1, 3))
        return (first, last) if found[2] else (first, first)


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        speak(value)


def lang_option() -> Option:
    """`--lang`: read before parsing (see words.language_of); here it is only checked."""
    return Option(
        ["--lang"],
        type=OneOf(Text("language", "语言"), ("zh", "en")),
        is_eager=True,
        expose_value=False,
        callback=_speak,
        about=Text("Language of what is printed; default: the locale.", "输出所用的语言；默认依系统区域设置。"),
    )


def form_option(*forms: str) -> Callable[[Any], Any]:
    """Adds `--format`, one of `forms`; the first is the default."""
    how = Text("How to print it.", "输出格式。")
    return click.option("--format", "form", cls=Option, type=OneOf(Text("format", "格式"), forms), default=forms[0], about=how)


def written_as(*forms: str) -> Callable[[Any], Any]:
    """Adds `--format`, one of `forms` (default: by the ending of the file, else a table to be read), and `-o`."""

    def add(function: Any) -> Any:
        how = Text("Format; default: by the ending of -o, else table.", "格式；默认依 -o 的扩展名，否则为 table。")
        form = click.option("--format", "form", cls=Option, type=OneOf(Text("format", "格式"), forms), about=how)
        out = click.option("-o", "out", cls=Option, metavar="FILE", about=Text("Write to a file.", "写到文件。"))
        return form(out(function))

    return add
