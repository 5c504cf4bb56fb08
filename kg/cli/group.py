"""The `kg` command: its language, its streams, and the one place where errors become words and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

import click

from kg.cli.parts import Command, Option, lang_option, translate
from kg.cli.words import language_of, say, speak, usage_text
from kg.errors import Exit, KgError, Text

STOPPED = 130
"""Exit code after Ctrl-C, as shells count it."""

_STORE = Text(
    "Folder of the store, or address of a SPARQL service; default: what kg.toml names, else build/store.",
    "图谱库的文件夹，或 SPARQL 服务的地址；默认取 kg.toml 的设置，否则为 build/store。",
)


class App(Command, click.Group):
    """The main group."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs the command line and ends the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        speak(language_of(arguments, os.environ))
        translate(self)
        for stream in (sys.stdout, sys.stderr):
            to_utf8(stream)
        sys.exit(self._guarded(arguments, prog_name or "kg", complete_var, extra))

    def _guarded(self, arguments: list[str], name: str, complete_var: str | None, extra: dict[str, Any]) -> int:
        try:
            result = super().main(arguments, name, complete_var, standalone_mode=False, **extra)
            return int(result) if isinstance(result, int) else Exit.DONE
        except KgError as error:
            return complain(error.message, error.hint, error.exit)
        except click.ClickException as error:
            return complain(*usage_text(error), Exit.UNUSABLE)
        except (click.Abort, KeyboardInterrupt):
            click.echo(say("Stopped.", "已中止。"), err=True)
            return STOPPED

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a reader that closed the pipe is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return int(Exit.DONE)


def complain(message: Text, hint: Text, code: int) -> int:
    """Prints an error and the way out on stderr."""
    from kg.cli.output import clean

    click.echo(clean(say(f"Error: {message.en}", f"错误：{message.zh}")), err=True)
    click.echo(clean(say(f"Hint: {hint.en}", f"提示：{hint.zh}")), err=True)
    return code


def to_utf8(stream: TextIO) -> None:
    """Lets a stream take Chinese whatever the locale says; a terminal of another encoding keeps it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    ascii_only = stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968", "646")
    if stream.isatty() and not ascii_only:
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", errors="replace")


class Family(Command, click.Group):
    """A command with commands of its own; without one of them it does what its function does."""


def command(
    about: Text, name: str | None = None, store: bool = True, parent: click.Group | None = None, family: bool = False
) -> Callable[[Callable[..., Any]], Any]:
    """Registers a function as a command of `kg`, with `--lang` and, if it works on a store, `--store`.

    Args:
        parent: the command below which it stands; None puts it below `kg`.
        family: commands can be put below it.
    """

    def register(function: Callable[..., Any]) -> Command:
        cls, more = (Family, {"invoke_without_command": True}) if family else (Command, {})
        made = click.command(name, cls=cls, about=about, **more)(function)
        if store:
            made.params.append(Option(["--store"], metavar="DIR|URL", about=_STORE))
        made.params.append(lang_option())
        (parent or app).add_command(made)
        return made

    return register


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from kg import __version__

        click.echo(f"kg {__version__}")
        ctx.exit()


@click.pass_context
def _help_page(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


app = App(
    "kg",
    callback=_help_page,
    invoke_without_command=True,
    about=Text(
        "Builds and explores knowledge graphs about cooperation between organisational units; "
        "every fact carries the sentence that proves it.",
        "构建并浏览机构单位之间合作关系的知识图谱；每个事实都带有证明它的原句。",
    ),
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            about=Text("Show the version.", "显示版本。"),
        ),
        lang_option(),
    ],
)
