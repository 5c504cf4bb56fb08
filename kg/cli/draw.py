"""Commands that draw and write files: render, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.parts import Number, OneOf, Option, Years
from kg.cli.words import language, say
from kg.errors import Exit, Text, UnsupportedError

GRAPHS = (".nq", ".trig", ".ttl", ".jsonld")
NETWORKS = (".graphml", ".gexf", ".cyjs", ".neo4j.csv", ".csv", ".xlsx")
DRAWINGS = (".html", ".htm", ".svg", ".png")


@command(
    Text(
        "Draw a view of ontology/views (default: cooperation): as a page that opens from disk without a network (.html), or as a "
        "picture for a report (.svg, .png).",
        "把 ontology/views 中的一个视图（默认 cooperation）画成离线即可打开的网页（.html），或可插入报告的图片（.svg、.png）。",
    )
)
@click.argument("view", default="cooperation")
@click.option(
    "-o",
    "out",
    cls=Option,
    metavar="FILE",
    required=True,
    about=Text("The file to write: FILE.html, FILE.svg or FILE.png.", "要生成的文件：FILE.html、FILE.svg 或 FILE.png。"),
)
@click.option(
    "--as",
    "form",
    cls=Option,
    type=OneOf(Text("form", "形式"), ("network", "matrix", "timeline")),
    default="network",
    about=Text("Form of a picture; default network.", "图片的形式：网络、矩阵或时间线；默认网络。"),
)
@click.option(
    "--size",
    cls=Option,
    metavar="MEASURE",
    default="",
    about=Text(
        "Measure that nodes grow with (see kg network); default degree.", "节点大小所表示的指标（见 kg network）；默认为度。"
    ),
)
@click.option(
    "--colour",
    "--color",
    "colour",
    cls=Option,
    metavar="WHAT",
    default="kind",
    about=Text(
        "What colour and outline say: kind, level, province, region, community, leiden, or a measure; default kind.",
        "颜色和形状表示什么：kind 类别、level 级别、province 省份、region 区划、community 或 leiden 社群、某个指标；默认类别。",
    ),
)
@click.option(
    "--years",
    cls=Option,
    metavar="YEARS",
    type=Years(),
    about=Text("Only these years: 2024 or 2020-2024.", "只画这些年份：2024 或 2020-2024。"),
)
@click.option(
    "--title",
    cls=Option,
    metavar="TEXT",
    about=Text("Title in place of the view's; empty for none.", "代替视图标题；留空则不写。"),
)
@click.option("--bw", "black", cls=Option, is_flag=True, about=Text("A picture in black and white.", "黑白图片。"))
@click.option(
    "--width-mm",
    cls=Option,
    metavar="MM",
    type=Number(20, 2000),
    about=Text("Width of a picture on paper.", "图片在纸上的宽度（毫米）。"),
)
@click.option(
    "--height-mm",
    cls=Option,
    metavar="MM",
    type=Number(20, 2000),
    about=Text("Height of a picture on paper.", "图片在纸上的高度（毫米）。"),
)
@click.option(
    "--dpi",
    cls=Option,
    metavar="DPI",
    type=Number(36, 1200),
    about=Text("Dots per inch of a PNG; default 300 on paper, else 144.", "PNG 的分辨率；给出毫米时默认 300，否则 144。"),
)
@click.option(
    "--no-evidence",
    "evidence",
    cls=Option,
    is_flag=True,
    flag_value=False,
    default=True,
    about=Text("Leave the sentences of the documents out of the page.", "网页中不附材料原句。"),
)
@click.option(
    "--sparql",
    cls=Option,
    is_flag=True,
    about=Text(
        "Put the whole graph and an engine into the page, so that its reader can run SPARQL in it, offline.",
        "把整个图谱和查询引擎放进网页，离线即可在网页中运行 SPARQL。",
    ),
)
def render(
    view: str, out: str, store: str | None, title: str | None, years: tuple[int | None, int | None] | None, **look: Any
) -> int:
    from kg.render import Drawing

    _ending(Path(out), DRAWINGS, Text("drawing", "图"))
    first, last = years or (None, None)
    sparql = look.pop("sparql")
    with kg.open(store) as graph:
        graph.render(view, Path(out), language(), Drawing(first=first, last=last, **look), title, sparql=sparql)
    output.line(say(f"Written: {out}", f"已生成：{out}"))
    return Exit.DONE


def _ending(path: Path, known: tuple[str, ...], what: Text) -> str:
    """The ending of an output file.

    Raises:
        UnsupportedError: it is none of the known ones.
    """
    ending = path.suffix.lower()
    if ending in known:
        return ending
    raise UnsupportedError(
        Text(
            f"a {what.en} cannot be written to {path}: unknown ending “{path.suffix}”",
            f"无法把{what.zh}保存为 {path}：未知的扩展名“{path.suffix}”",
        ),
        Text(f"Use one of {' '.join(known)}.", f"可用的扩展名：{' '.join(known)}。"),
    )


@command(
    Text(
        f"Write the graph ({' '.join(GRAPHS)}) or the network of a view ({' '.join(NETWORKS)}) to a file; the ending says which.",
        f"把图（{' '.join(GRAPHS)}）或某个视图的网络（{' '.join(NETWORKS)}）保存为文件；格式由扩展名决定。",
    )
)
@click.option("-o", "out", cls=Option, metavar="FILE", required=True, about=Text("The file to write.", "要生成的文件。"))
@click.option(
    "--view", cls=Option, metavar="VIEW", default="cooperation", about=Text("The view, for a network.", "网络所取的视图。")
)
def export(out: str, view: str, store: str | None) -> int:
    path = Path(out)
    ending = _ending(path, (*GRAPHS, *NETWORKS), Text("graph", "图谱"))
    with kg.open(store) as graph:
        written = graph.export(path) if ending in GRAPHS else graph.export_network(path, view)
    output.line(say("Written: ", "已生成：") + ", ".join(map(str, written)))
    return Exit.DONE
