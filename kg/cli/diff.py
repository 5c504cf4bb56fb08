"""The command that compares two builds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.parts import form_option
from kg.cli.words import language, say
from kg.errors import Exit, Text
from kg.vocab.terms import ONTOLOGY

if TYPE_CHECKING:
    from kg.query.diff import Difference
    from kg.vocab.reader import Ontology

CHANGES = {"added": Text("added", "新增"), "removed": Text("removed", "已移除"), "changed": Text("changed", "有改动")}


@command(
    Text(
        "Say which facts were added, removed or changed from OLD to NEW, each a store or an export (.nq, .trig, .ttl, .jsonld). "
        "Exit code 1 if they differ.",
        "说明从 OLD 到 NEW 新增、移除和改动了哪些事实；两者可为图谱库或导出文件（.nq、.trig、.ttl、.jsonld）。"
        "两者不同时退出码为 1。",
    ),
    store=False,
)
@click.argument("old")
@click.argument("new")
@form_option("table", "json")
def diff(old: str, new: str, form: str) -> int:
    from kg.query.diff import Facts, differences
    from kg.store.exported import statements

    found = differences(*(Facts(statements(Path(place))) for place in (old, new)))
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        _print(found, kg.open().ontology)
    return Exit.NOT_CONFORMING if found else Exit.DONE


def _print(found: Sequence[Difference], ontology: Ontology) -> None:
    case = ""
    for one in found:
        if one.case != case:
            case = one.case
            output.line(case, "bold")
        kind = ontology.label(one.kind, language())
        output.line(f"  {CHANGES[one.change].say(language())} {kind}{say(': ', '：')}{one.words}")
        for detail in one.details:
            was, now = (_words(values, ontology) for values in (detail.old, detail.new))
            output.line(f"      {ontology.label(detail.property, language())}{say(': ', '：')}{was} → {now}")
        for sentence in one.sentences if one.change != "changed" else ():
            output.line(f"      {sentence.strip()}", "dim")
    output.line(_summary(found), "bold")


def _words(values: Sequence[str], ontology: Ontology) -> str:
    return "、".join(ontology.label(value, language()) if value.startswith(ONTOLOGY) else value for value in values) or "–"


def _summary(found: Sequence[Difference]) -> str:
    if not found:
        return say("The same facts.", "事实相同。")
    counts = {name: sum(one.change == name for one in found) for name in CHANGES}
    return say(", ", "，").join(f"{text.say(language())} {counts[name]}" for name, text in CHANGES.items())
