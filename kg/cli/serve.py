"""The command that serves a graph to browsers and programs."""

from __future__ import annotations

import os

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.parts import Number, Option
from kg.cli.words import say
from kg.errors import Exit, InputError, Text

_SHORTEST = 16


@command(
    Text(
        "Serve the graph on this machine, to browsers and to programs (SPARQL), until Ctrl-C.",
        "在本机开放图谱，供浏览器和程序（SPARQL）使用，按 Ctrl-C 结束。",
    )
)
@click.option("--host", cls=Option, default="127.0.0.1", metavar="IP", about=Text("Address to listen on.", "监听的地址。"))
@click.option(
    "--port", cls=Option, default=8765, type=Number(0, 65535), about=Text("Port; 0 takes a free one.", "端口；0 为任意空闲端口。")
)
@click.option(
    "--allow-host",
    "hosts",
    cls=Option,
    multiple=True,
    metavar="NAME",
    about=Text("Answer to this host name too; may be repeated.", "也接受这个主机名；可重复。"),
)
@click.option(
    "--writable", cls=Option, is_flag=True, about=Text("Allow updates to who sends the token.", "允许持有令牌者修改图谱。")
)
@click.option(
    "--token-env",
    cls=Option,
    default="KG_TOKEN",
    metavar="VARIABLE",
    about=Text("Environment variable that holds the token.", "保存令牌的环境变量。"),
)
def serve(host: str, port: float, hosts: tuple[str, ...], writable: bool, token_env: str, store: str | None) -> int:
    from kg.server.run import address, listen, server_for
    from kg.server.settings import Settings

    token = _token(token_env) if writable else ""
    with kg.open(store) as graph, listen(host, int(port)) as listening:
        settings = Settings(frozenset(map(str.lower, hosts)), token, seconds=graph.config.timeout)
        graph.store.graphs()  # a store that cannot be read is said now, not to the first who asks
        at = address(listening)
        started = say(f"Serving {at} – stop with Ctrl-C", f"已开放：{at}，按 Ctrl-C 结束")
        server_for(graph, settings, lambda: output.line(started)).run(sockets=[listening])
    return Exit.DONE


def _token(variable: str) -> str:
    token = os.environ.get(variable, "")
    if len(token) >= _SHORTEST and token.isascii() and token.isprintable() and " " not in token:
        return token
    raise InputError(
        Text(
            f"--writable needs a token of at least {_SHORTEST} ASCII letters and digits in the variable {variable}",
            f"--writable 需要在环境变量 {variable} 中给出至少 {_SHORTEST} 个 ASCII 字符的令牌",
        ),
        Text(f"set it, for example: {variable}=$(openssl rand -hex 24)", f"请先设置，例如：{variable}=$(openssl rand -hex 24)"),
    )
