"""Commands that answer: query, links, show, path, stats."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

import kg
from kg.cli import output
from kg.cli.answers import print_about, print_link
from kg.cli.group import command
from kg.cli.parts import Number, Option, written_as
from kg.cli.words import language, say
from kg.errors import Exit, InputError, Text

if TYPE_CHECKING:
    from kg.config import Config
    from kg.graph import Graph
    from kg.query.evidence import Step
    from kg.query.table import Stream, Table, Term

FORMATS = ("table", "csv", "tsv", "json", "xml", "xlsx", "md", "ttl")


@command(
    Text(
        "Answer a saved query (NAME), a typed one (-q) or one in a file (-f). Without any of them, list the saved queries.",
        "回答一个已存查询（NAME）、直接写出的查询（-q）或文件中的查询（-f）。都不给时列出已存查询。",
    )
)
@click.argument("name", required=False)
@click.option(
    "-q",
    "text",
    cls=Option,
    metavar="TEXT",
    about=Text("SPARQL as typed; known prefixes may be left out.", "SPARQL 查询；已知前缀可省略。"),
)
@click.option("-f", "file", cls=Option, metavar="FILE", about=Text("A file that holds the query.", "写有查询的文件。"))
@click.option(
    "--param",
    cls=Option,
    multiple=True,
    metavar="K=V",
    about=Text("Value of a parameter; may be repeated.", "参数取值；可重复。"),
)
@written_as(*FORMATS)
@click.option(
    "--timeout", cls=Option, metavar="S", type=Number(0.01, 86400), about=Text("Seconds until it is stopped.", "超过几秒即中止。")
)
def query(
    name: str | None,
    text: str | None,
    file: str | None,
    param: tuple[str, ...],
    form: str | None,
    timeout: float | None,
    out: str | None,
    store: str | None,
) -> int:
    with kg.open(store) as graph:
        if not (name or text or file):
            _list_queries(graph.config)
            return Exit.DONE
        found = graph.stream(_asked(name, text, file), _params(param), timeout, language())
        write_table(found, graph.config.base, form, Path(out) if out else None)
    return Exit.DONE


def _asked(name: str | None, text: str | None, file: str | None) -> str:
    """The query, or the name of a saved one."""
    if sum(map(bool, (name, text, file))) > 1:
        raise InputError(
            Text("a name, -q and -f exclude one another", "查询名、-q 和 -f 只能给一个"),
            Text("Give one of them.", "请只给其中一个。"),
        )
    return _file_text(Path(file)) if file else text or name or ""


def _file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            Text(f"cannot read {path}: {reason}", f"无法读取 {path}：{reason}"),
            Text("Name a UTF-8 file with a query.", "请给出 UTF-8 编码的查询文件。"),
        ) from None


def _params(pairs: Sequence[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise InputError(
                Text(f"--param “{pair}” has no =", f"--param “{pair}”中没有 ="),
                Text("Write it as --param name=value.", "请写成 --param 名称=值。"),
            )
    return dict(pair.split("=", 1) for pair in pairs)


def _list_queries(config: Config) -> None:
    from kg.query.saved import saved_queries

    rows = [
        (query.name, query.title.say(language()), ", ".join(f"{param.name}={param.default}" for param in query.params))
        for query in saved_queries(config.ontology)
    ]
    output.table([say("name", "名称"), say("title", "标题"), say("parameters", "参数")], rows)
    output.line(say("Run one: kg query NAME [--param k=v]", "运行其中一个：kg query 名称 [--param k=v]"))


def write_table(found: Table | Stream, base: str, form: str | None, path: Path | None) -> None:
    """Writes a result to a file or stdout; without a format the file's ending chooses, else it is a table to be read."""
    from kg.query.formats import write

    ending = path.suffix.lstrip(".").lower() if path else ""
    form = form or (ending if ending in FORMATS else "table")
    with ExitStack() as stack:
        if path:
            out: BinaryIO = stack.enter_context(output.replacing(path))
        elif form == "table":
            output.table(*_shown(found, base))
            return
        else:
            out = _binary_stdout(form)
        if form == "table":
            out.write(output.table_text(*_shown(found, base)).encode())
        else:
            write(found, form, out)


def _binary_stdout(form: str) -> BinaryIO:
    if form == "xlsx" and sys.stdout.isatty():
        raise InputError(
            Text("xlsx is no text to be shown on a terminal", "xlsx 不是可在终端显示的文字"),
            Text("Write it to a file: -o FILE.xlsx", "请写到文件：-o FILE.xlsx"),
        )
    sys.stdout.flush()
    return sys.stdout.buffer


def _shown(table: Table | Stream, base: str) -> tuple[list[str], list[list[str]]]:
    """Columns and cells as people read them: an IRI whose label stands in a column of its own is left out."""
    places = [place for place, name in enumerate(table.columns) if f"{name}Label" not in table.columns]
    rows = [[_short(term, base) if (term := row[place]) else "" for place in places] for row in table.rows]
    return [table.columns[place] for place in places], rows


def _short(term: Term, base: str) -> str:
    """A term in few signs: known namespaces as prefixes, the data's base left out."""
    from kg.vocab.terms import PREFIXES

    if term.kind != "iri":
        return term.value
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value.removeprefix(base)


@command(
    Text(
        "Show who works with whom: initiator – mechanism – partners – outcome, and the sentence that says so; "
        "UNIT (name, alias or part of it) shows only its links.",
        "显示谁与谁合作：发起方 – 依托 – 参与方 – 结果，以及写明这一点的原句；"
        "给出 UNIT（名称、别名或其一部分）时只显示该单位的。",
    )
)
@click.argument("unit", required=False)
def links(unit: str | None, store: str | None) -> int:
    with kg.open(store) as graph:
        found = graph.links(unit, language())
    for link in found:
        print_link(link)
    output.line(say(f"{len(found)} links", f"共 {len(found)} 条"), "dim")
    return Exit.DONE


@command(
    Text(
        "Show a shortest chain of cooperation between two units, A and B, each step with its sentences.",
        "显示 A、B 两个单位之间最短的合作链，每一步附原句。",
    )
)
@click.argument("a")
@click.argument("b")
@click.option(
    "--ways",
    cls=Option,
    metavar="N",
    type=Number(1, 100),
    default=1,
    about=Text("How many ways, the shortest first; default 1.", "列出几条合作链，最短的在前；默认 1。"),
)
def path(a: str, b: str, ways: float, store: str | None) -> int:
    with kg.open(store) as graph:
        found = graph.paths(a, b, int(ways), language())
    if not found[0]:
        output.line(say(f"“{a}” and “{b}” are the same unit.", f"“{a}”与“{b}”是同一个单位。"))
        return Exit.DONE
    for number, steps in enumerate(found):
        if number:
            output.line()
        _print_way(steps)
    return Exit.DONE


def _print_way(steps: Sequence[Step]) -> None:
    output.line(" → ".join([steps[0].source.label, *(step.target.label for step in steps)]), "bold")
    for step in steps:
        output.line()
        output.line(f"{step.source.label} → {step.target.label}", "bold")
        for link in step.links:
            print_link(link)


@command(
    Text(
        "Show all that is known of a unit or a mechanism (NAME: label, alias or part of it), with the sentences.",
        "显示关于某一名称（NAME：名称、别名或其中一部分）的全部内容及原句。",
    )
)
@click.argument("name", required=False)
@click.option(
    "--document",
    cls=Option,
    metavar="NAME",
    about=Text("Print the text of a document instead, exactly as offsets count.", "改为输出某个文档的文本，与位置偏移一致。"),
)
def show(name: str | None, document: str | None, store: str | None) -> int:
    if document:
        return _show_document(kg.open(store), document)
    if not name:
        way_out = Text("Give a NAME, or --document NAME.", "请给出 NAME，或 --document NAME。")
        raise InputError(Text("there is nothing to show", "没有要显示的内容"), way_out)
    with kg.open(store) as graph:
        print_about(graph.about(name, language()), graph.ontology)
    return Exit.DONE


def _show_document(graph: Graph, name: str) -> int:
    from kg.pipeline import ledger_path, load_context
    from kg.query.source import read_source

    source = read_source(name, ledger_path(graph.config, graph.location), load_context(graph.config))
    if source.changed:
        click.echo(say("The file has changed since the store was built.", "该文件在构建图谱库之后有改动。"), err=True)
    text = source.document.text
    click.echo(output.clean(text) if sys.stdout.isatty() else text, nl=False)
    return Exit.DONE


@command(Text("Count what the store holds, by class and kind.", "按类和种类统计图谱库的内容。"))
def stats(store: str | None) -> int:
    with kg.open(store) as graph:
        counts, ontology = graph.stats(language()), graph.ontology
    rows = [
        (
            ontology.label(one.property, language()) if one.property else say("class", "类"),
            ontology.label(one.iri, language()),
            str(one.count),
        )
        for one in counts
    ]
    output.table([say("by", "按"), say("kind", "种类"), say("number", "个数")], rows)
    return Exit.DONE
