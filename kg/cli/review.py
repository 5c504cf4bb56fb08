"""Commands of review: the session in the terminal, the spreadsheet round trip, lists, and the quality report."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.parts import Number, Option, form_option
from kg.cli.words import language, say
from kg.errors import Exit, InputError, Text
from kg.vocab.terms import COOP

if TYPE_CHECKING:
    from kg.pipeline.desk import Desk
    from kg.pipeline.rounds import Applied
    from kg.review import Decision
    from kg.review.queue import Item
    from kg.vocab.reader import Ontology

_BY = Text("Who decides; default: the name you are logged in by.", "审核人；默认取登录名。")
_CLASSES = {"case": "Case", "mechanism": "Mechanism", "cooperation": "Cooperation", "outcome": "Outcome"}


def by_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--by`."""
    return click.option("--by", cls=Option, default="", metavar="NAME", about=_BY)(function)


def desk_of(store: str | None, by: str = "") -> Desk:
    """The desk over what kg.toml names, for the person who sits at it."""
    from kg.pipeline.desk import Desk

    with kg.open(store) as graph:
        return Desk(graph.config, graph.location, by=by or _login())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def kind_names(ontology: Ontology) -> dict[str, str]:
    """The name of each kind of fact in the language in force."""
    return {kind: ontology.label(COOP + name, language()) for kind, name in _CLASSES.items()}


@command(
    Text(
        "Review what was read: with no command below, fact by fact in the terminal, the least sure first. "
        "Each decision is written at once and holds in every later build.",
        "审核读出的事实：不写下级命令时，在终端里从把握最小的开始逐条审核。每个决定立即保存，并在以后的每次构建中生效。",
    ),
    family=True,
)
@by_option
def review(by: str, store: str | None) -> int:
    from kg.cli.session import Session

    if click.get_current_context().invoked_subcommand is not None:
        return Exit.DONE
    return Session(desk_of(store, by), kind_names(kg.open(store).ontology)).run()


def _below(about: Text, name: str) -> Callable[[Callable[..., Any]], Any]:
    return command(about, name, parent=review)


@_below(
    Text("List what is still to be decided, the least sure first.", "列出待审核的事实，把握最小的在前。"),
    "list",
)
@click.option("--decided", is_flag=True, cls=Option, about=Text("List the decisions instead.", "改为列出已有的决定。"))
@click.option(
    "--limit", cls=Option, type=Number(1, 1_000_000), default=50, about=Text("At most so many rows.", "最多列出的行数。")
)
@form_option("table", "json")
def list_(decided: bool, limit: float, form: str, store: str | None) -> int:
    desk = desk_of(store)
    if decided:
        _print_decisions(desk.history()[: int(limit)], form)
    else:
        _print_open(desk, int(limit), form, kind_names(kg.open(store).ontology))
    return Exit.DONE


def _print_open(desk: Desk, limit: int, form: str, kinds: Mapping[str, str]) -> None:
    queue, pairs = desk.queue(), desk.pairs()
    if form == "json":
        from kg.review.records import candidate_json

        for item in queue[:limit]:
            data = candidate_json(item.candidate, item.document, kg.__version__) | {"sure": item.sure}
            click.echo(json.dumps(data, ensure_ascii=False, sort_keys=True))
        return
    columns = [("id", "编号"), ("kind", "种类"), ("sure", "把握"), ("rule", "规则"), ("says", "内容"), ("document", "文档")]
    output.table([say(*column) for column in columns], [_row(item, kinds) for item in queue[:limit]])
    if pairs:
        output.line()
        columns = [("id", "编号"), ("name", "名称"), ("other name", "另一名称"), ("why they may be one", "可能是同一单位的理由")]
        rows = [[p.id, p.proposal.keep.label, p.proposal.other.label, p.proposal.reason.say(language())] for p in pairs[:limit]]
        output.table([say(*column) for column in columns], rows)
    output.line()
    facts, units = len(queue), len(pairs)
    output.line(say(f"{facts} facts and {units} pairs of units to decide.", f"待审核：{facts} 条事实、{units} 对单位。"), "bold")


def _row(item: Item, kinds: Mapping[str, str]) -> list[str]:
    candidate = item.candidate
    return [item.id, kinds[candidate.kind], f"{item.sure:.2f}", candidate.rule, summary(item), item.document]


def summary(item: Item) -> str:
    """A fact in one line."""
    from kg.review.labels import ASKED

    roles = [role for role in ASKED[item.candidate.kind] if role != "owner"]
    return " – ".join("、".join(slot.name for slot in item.candidate.all(role)) for role in roles if item.candidate.all(role))


def _print_decisions(decisions: list[Decision], form: str) -> None:
    from kg.review.labels import ACTIONS

    if form == "json":
        for decision in decisions:
            click.echo(decision.line)
        return
    columns = [("key", "编号"), ("decision", "决定"), ("says", "内容"), ("by", "审核人"), ("at", "时间"), ("document", "文档")]
    rows = [
        [d.key, ACTIONS[d.action].say(language()), in_words(d), d.by, d.at.partition(".")[0].replace("T", " "), d.document]
        for d in decisions
    ]
    output.table([say(*column) for column in columns], rows)


def in_words(decision: Decision) -> str:
    """What a decision is about, in one line."""
    return "、".join(dict.fromkeys([*decision.units, *(words.text for words in decision.roles)])) or decision.id


@_below(
    Text(
        "Report how good the rules are by what was decided: precision by kind and by rule, what is reviewed, what waits. "
        "With -o FILE.html, as a page.",
        "按已有的决定报告规则的质量：各类事实和各条规则的精确率、审核进度和待审核数。用 -o 文件.html 则写成网页。",
    ),
    "quality",
)
@click.option("-o", "--output", "target", cls=Option, metavar="FILE.html", about=Text("Write a page.", "写成网页。"))
@form_option("table", "json")
def quality(target: str | None, form: str, store: str | None) -> int:
    from kg.review.report import page, report_json, tables

    desk = desk_of(store)
    found = desk.quality()
    kinds = kind_names(kg.open(store).ontology)
    if target:
        with output.replacing(Path(target)) as out:
            out.write(page(found, kinds, language()).encode())
        output.line(say(f"Written: {target}", f"已保存：{target}"))
    elif form == "json":
        click.echo(json.dumps(report_json(found), ensure_ascii=False, indent=1))
    else:
        for table in tables(found, kinds, language()):
            output.line(table.title, "bold")
            output.table(table.columns, table.rows)
            output.line()
    return Exit.DONE


@_below(
    Text("Write what is to be decided into FILE.xlsx, for colleagues to fill in.", "把待审核的内容写入 FILE.xlsx，供同事填写。"),
    "export",
)
@click.argument("file")
def export(file: str, store: str | None) -> int:
    from kg.pipeline.rounds import exported

    desk = desk_of(store)
    with output.replacing(Path(file)) as out:
        out.write(exported(desk, language()))
    facts, units = len(desk.queue()), len(desk.pairs())
    en, zh = f"{facts} facts, {units} pairs of units", f"{facts} 条事实，{units} 对单位"
    output.line(say(f"Written: {file} ({en})", f"已保存：{file}（{zh}）"))
    return Exit.DONE


@_below(
    Text(
        "Take up the decisions that FILE.xlsx was filled in with; rows that cannot be applied are listed, exit code 1.",
        "读入 FILE.xlsx 中填写的决定；列出未能应用的各行，此时退出码为 1。",
    ),
    "import",
)
@click.argument("file")
@by_option
def import_(file: str, by: str, store: str | None) -> int:
    from kg.pipeline.rounds import imported

    applied = imported(desk_of(store, by), _content(file))
    _print_applied(applied)
    return Exit.NOT_CONFORMING if applied.refused else Exit.DONE


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError(
            Text(f"cannot read {file}: {error.strerror}", f"无法读取 {file}：{error.strerror}"),
            Text("Name the file that was filled in.", "请给出填写好的文件。"),
        ) from None


def _print_applied(applied: Applied) -> None:
    from kg.pipeline.rounds import SHEETS
    from kg.review.labels import ACTIONS

    if applied.refused:
        output.line(say("Not applied:", "未能应用："), "bold red")
    for row, error in applied.refused:
        title = SHEETS[row.sheet].title.say(language())
        words = row.cells.get("exact") or row.cells.get("keep", "")
        where = say(f"{title}, row {row.number}: ", f"{title}第 {row.number} 行：")
        output.line(f"✗ {where}{error.message.say(language())}", "red")
        output.line(f"  {words}")
        output.line(f"  → {error.hint.say(language())}")
    done = say(", ", "，").join(f"{ACTIONS[name].say(language())} {number}" for name, number in applied.decisions.items())
    total, refused = sum(applied.decisions.values()), len(applied.refused)
    output.line(
        say(
            f"{total} decisions taken up{': ' + done if done else ''}. {applied.open} rows left open, {refused} not applied.",
            f"已应用 {total} 个决定{'：' + done if done else ''}。{applied.open} 行未填，{refused} 行未能应用。",
        ),
        "bold",
    )


@_below(
    Text("Say that two names are one unit, called by the first.", "认定两个名称是同一单位，以前者为名。"),
    "merge",
)
@click.argument("keep")
@click.argument("other")
@by_option
def merge(keep: str, other: str, by: str, store: str | None) -> int:
    return _said(desk_of(store, by).merge(keep, other))


@_below(
    Text(
        "Say that in DOCUMENT (its id) a NAME means another unit than elsewhere, called MEANT.",
        "认定某个名称 NAME 在文档 DOCUMENT（编号）中指另一单位，名为 MEANT。",
    ),
    "split",
)
@click.argument("document")
@click.argument("name")
@click.argument("meant")
@by_option
def split(document: str, name: str, meant: str, by: str, store: str | None) -> int:
    return _said(desk_of(store, by).split(document, name, meant))


@_below(
    Text("Take back a decision by its KEY, or your latest one.", "按编号 KEY 撤销决定；不写则撤销本人最近的一个。"),
    "undo",
)
@click.argument("key", required=False, default="")
@by_option
def undo(key: str, by: str, store: str | None) -> int:
    undone = desk_of(store, by).undo(key)
    output.line(say(f"Taken back: {in_words(undone)}", f"已撤销：{in_words(undone)}"))
    return Exit.DONE


def _said(decision: Decision) -> int:
    output.line(say(f"Decided ({decision.key}): {in_words(decision)}", f"已记录（{decision.key}）：{in_words(decision)}"))
    output.line(say("It holds from the next `kg build` on.", "从下一次 `kg build` 起生效。"))
    return Exit.DONE
