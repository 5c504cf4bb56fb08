"""Which language the command line speaks, and click's own words in it."""

from __future__ import annotations

import locale
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar

import click

from kg.errors import Text

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The language in force: "zh" or "en"."""
    return _language.get()


def speak(lang: str) -> None:
    """Puts `lang` in force."""
    _language.set("zh" if lang.lower().startswith(("zh", "chinese")) else "en")


def say(en: str, zh: str) -> str:
    """The words in the language in force."""
    return Text(en, zh).say(language())


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that the arguments or else the locale ask for; known before parsing, so that help can speak it.

    >>> language_of(["build", "--lang", "zh"], {"LANG": "en_US.UTF-8"})
    'zh'
    >>> language_of(["build"], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    'C'
    """
    asked = _option(arguments, "--lang")
    if asked:
        return asked
    by_environ = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), None)
    return by_environ or locale.getlocale()[0] or "en"


def _option(arguments: Sequence[str], name: str) -> str:
    before_dashes = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    for place, argument in enumerate(before_dashes):
        if argument == name and place + 1 < len(before_dashes):
            return before_dashes[place + 1]
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
    return ""


_PIECE = re.compile(r"[（“《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[，。；：、！？）”》]*\s*|\s+")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese signs take two.

    >>> columns("a甲")
    3
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; broken at spaces and between Chinese signs, none beginning with a closing one.

    >>> wrapped("甲乙，丙丁 word", 6)
    ['甲乙，', '丙丁', 'word']
    """
    lines = [""]
    for piece in filter(None, _PIECE.findall(" ".join(text.split()))):
        if columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    return lines


SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数", "Positional arguments": "参数"}


class Formatter(click.HelpFormatter):
    """Help pages whose own words are in the language in force."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        if language() == "zh":
            for word, meaning in (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]...")):
                args = args.replace(word, meaning)
        super().write_usage(prog, args, prefix or say("Usage: ", "用法："))

    def write_text(self, text: str) -> None:
        """A paragraph, wrapped by the columns that its signs take."""
        indent = " " * self.current_indent
        self.write("".join(f"{indent}{line}\n" for line in wrapped(text, max(20, self.width - self.current_indent))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms with what they mean beside them, or below them where they are long."""
        indent = " " * self.current_indent
        pairs = list(rows)
        first = min(max((len(term) for term, _ in pairs), default=0), col_max) + col_spacing
        for term, meaning in pairs:
            lines = wrapped(meaning, max(20, self.width - self.current_indent - first)) if meaning else [""]
            head = [term.ljust(first) + lines.pop(0)] if len(term) <= first - col_spacing else [term]
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in head + [" " * first + line for line in lines]))

    def write_heading(self, heading: str) -> None:
        """Headings in click's way, but with the colon of the language."""
        words = SECTIONS.get(heading, heading) if language() == "zh" else heading
        self.write(f"{'':>{self.current_indent}}{words}{say(':', '：')}\n")


def usage_text(error: click.ClickException) -> tuple[Text, Text]:
    """What click complains about, and the way out, in both languages."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "kg"
    return _complaint(error), _way_out(error, path)


def _complaint(error: click.ClickException) -> Text:
    en = error.format_message()
    if isinstance(error, click.NoSuchOption):
        return Text(f"no such option: {error.option_name}", f"没有这个选项：{error.option_name}")
    if isinstance(error, click.MissingParameter) and error.param is not None:
        option = isinstance(error.param, click.Option)
        name = error.param.opts[0] if option else str(error.param.name).upper()
        return Text(f"{name} is missing", f"缺少 {name}")
    if isinstance(error, click.BadOptionUsage):
        return Text(en.rstrip("."), f"选项 {error.option_name} 用法有误：{en}")
    unknown = re.match(r"No such command '(.*?)'", en)
    if unknown:
        return Text(f"no such command: {unknown[1]}", f"没有这个命令：{unknown[1]}")
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)\.?", en)
    if extra:
        return Text(f"too many arguments: {extra[1]}", f"多余的参数：{extra[1]}")
    return Text(en, f"用法有误：{en}")


def _way_out(error: click.ClickException, path: str) -> Text:
    help_page = Text(f"`{path} --help` lists what there is.", f"`{path} --help` 列出可用的写法。")
    near = [str(name) for name in getattr(error, "possibilities", None) or ()]
    if not near:
        return help_page
    return Text(f"Did you mean {' or '.join(near)}? {help_page.en}", f"是不是 {' 或 '.join(near)}？{help_page.zh}")
