"""The command that measures a network: units, bridges, groups, brokers, two years side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import kg
from kg.cli import output
from kg.cli.ask import write_table
from kg.cli.group import command
from kg.cli.parts import Number, OneOf, Option, Years, written_as
from kg.cli.words import language, say
from kg.errors import Exit, Text

if TYPE_CHECKING:
    from kg.vocab.reader import Ontology

FORMATS = ("table", "csv", "json", "xlsx", "md")
GROUPINGS = ("kind", "level", "province", "region", "community", "leiden")
TOP = 20
_GROUPING = OneOf(Text("grouping", "分组"), GROUPINGS)
WORDS = {
    "unit": "单位", "partner": "协作方", "kind": "类别", "degree": "度", "strength": "强度", "betweenness": "中介中心性",
    "closeness": "接近中心性", "eigenvector": "特征向量中心性", "core": "核数", "community": "社群", "leiden": "社群（Leiden）",
    "proofs": "依据", "group": "组", "other": "另一组", "links": "联系",
    "across": "跨组", "coordinator": "组内协调", "itinerant": "同组外联", "representative": "组际代表", "liaison": "三方联络",
    "state": "状态", "year": "年份", "units": "单位数", "density": "密度", "new": "新增", "gone": "消失", "kept": "保留",
}  # fmt: skip


@command(
    Text(
        "Measure the network of a view: units with degree, strength, betweenness, closeness, eigenvector, core and community; "
        "or its bridges, the links and brokers between groups, two years side by side.",
        "度量一个视图的网络：列出单位及其度、强度、中介、接近和特征向量中心性、核数与社群；"
        "或列出桥、组间联系与中间人，或比较两个年份。",
    )
)
@click.argument("view", default="cooperation")
@click.option(
    "--bridges", cls=Option, is_flag=True, about=Text("Links without which it falls apart.", "列出桥：去掉后网络即断开的联系。")
)
@click.option("--between", cls=Option, type=_GROUPING, about=Text("Links between groups.", "列出各组之间的联系。"))
@click.option(
    "--brokers", cls=Option, type=_GROUPING, about=Text("Units that join groups, by role.", "列出连接各组的中间人及其角色。")
)
@click.option("--by-year", cls=Option, is_flag=True, about=Text("How large it is in each year.", "列出各年份的规模。"))
@click.option(
    "--compare",
    cls=Option,
    nargs=2,
    type=int,
    metavar="YEAR YEAR",
    about=Text("What changed between two years.", "比较两个年份。"),
)
@click.option(
    "--measure",
    "measures",
    cls=Option,
    multiple=True,
    metavar="NAME",
    about=Text("A measure to print (leiden too); may be repeated.", "要列出的指标（还可用 leiden）；可重复。"),
)
@click.option(
    "--weight",
    cls=Option,
    type=OneOf(Text("weight", "权重"), ("proofs", "mechanisms", "outcomes")),
    default="proofs",
    about=Text("What a link counts; default proofs.", "联系的权重按什么计；默认依据。"),
)
@click.option(
    "--years", cls=Option, metavar="YEARS", type=Years(), about=Text("Only these years.", "只取这些年份：2024 或 2020-2024。")
)
@click.option(
    "--top",
    cls=Option,
    metavar="N",
    type=Number(1, 1_000_000),
    about=Text("How many rows; default 20 on the terminal, else all.", "列出几行；终端默认 20，写文件则全部。"),
)
@written_as(*FORMATS)
def network(
    view: str,
    years: tuple[int | None, int | None] | None,
    top: float | None,
    form: str | None,
    out: str | None,
    store: str | None,
    **asked: Any,
) -> int:
    from kg.network import Question
    from kg.query.table import Table

    first, last = years or (None, None)
    with kg.open(store) as graph:
        table = graph.measures(view, Question(first=first, last=last, **asked), language())
        base, words = graph.config.base, _words(graph.ontology)
    on_terminal = form in (None, "table") and not out
    rows = table.rows[: int(top)] if top else table.rows[:TOP] if on_terminal else table.rows
    shown = Table(table.columns, rows)
    if not on_terminal:
        write_table(shown, base, form, Path(out) if out else None)
        return Exit.DONE
    kept = [place for place, name in enumerate(table.columns) if name != "iri"]
    cells = [[str(row[place] or "") for place in kept] for row in rows]
    output.table(
        [words.get(table.columns[place], table.columns[place]) for place in kept],
        [[words.get(cell, cell) for cell in row] for row in cells],
    )
    output.line(say(f"{len(rows)} of {len(table.rows)} rows", f"{len(rows)} 行，共 {len(table.rows)} 行"), "dim")
    return Exit.DONE


def _words(ontology: Ontology) -> dict[str, str]:
    """Columns and states in the language in force; what the ontology has a word for is said in its words."""
    from kg.vocab import terms as T

    if language() != "zh":
        return {}
    return {**WORDS, "mechanisms": ontology.label(T.MECHANISM, "zh"), "outcomes": ontology.label(T.OUTCOME, "zh")}
