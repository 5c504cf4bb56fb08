"""Commands that draw and write files: render, network, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg
from kg.cli import output
from kg.cli.group import command
from kg.cli.parts import Number, Option
from kg.cli.words import language, say
from kg.errors import Exit, Text, UnsupportedError

if TYPE_CHECKING:
    from kg.vocab.vocabulary import Vocabulary

GRAPHS = (".nq", ".trig", ".ttl", ".jsonld")
NETWORKS = (".graphml", ".gexf", ".csv", ".xlsx")
PAGES = (".html", ".htm")


@command(
    Text(
        "Draw a view of ontology/views (default: cooperation) as one page that opens from disk without a network.",
        "把 ontology/views 中的一个视图（默认 cooperation）画成一个网页文件，离线即可打开。",
    )
)
@click.argument("view", default="cooperation")
@click.option(
    "-o",
    "out",
    cls=Option,
    metavar="FILE",
    required=True,
    about=Text("The page to write: FILE.html.", "要生成的网页：FILE.html。"),
)
def render(view: str, out: str, store: str | None) -> int:
    _ending(Path(out), PAGES, Text("page", "网页"))
    with kg.open(store) as graph:
        graph.render(view, Path(out), language())
    output.line(say(f"Written: {out}", f"已生成：{out}"))
    return Exit.DONE


@command(
    Text(
        "Measure the network of a view: the units with most links first, with degree, strength, betweenness and community.",
        "度量一个视图的网络：按联系多少列出单位及其度、强度、介数和社群。",
    )
)
@click.argument("view", default="cooperation")
@click.option(
    "--top",
    cls=Option,
    metavar="N",
    type=Number(1, 1_000_000),
    default=20,
    about=Text("How many units; default 20.", "列出几个；默认 20。"),
)
def network(view: str, top: float, store: str | None) -> int:
    from kg.network import measure

    with kg.open(store) as graph:
        net = graph.network(view)
    measures = sorted(
        measure(net).items(), key=lambda item: (-item[1].strength, -item[1].degree, net.nodes[item[0]]["label"], item[0])
    )
    vocabulary = graph.ontology.vocabulary
    rows = [
        [
            net.nodes[iri]["label"],
            _kind(vocabulary, net.nodes[iri]["kind"]),
            *(f"{value:g}" for value in (found.degree, found.strength, round(found.betweenness, 3), found.community)),
        ]
        for iri, found in measures[: int(top)]
    ]
    names = (
        ("unit", "单位"),
        ("kind", "种类"),
        ("degree", "度"),
        ("strength", "强度"),
        ("betweenness", "介数"),
        ("community", "社群"),
    )
    output.table([say(*name) for name in names], rows)
    output.line(
        say(f"{len(measures)} units, {net.number_of_edges()} proofs", f"{len(measures)} 个单位，{net.number_of_edges()} 条依据"),
        "dim",
    )
    return Exit.DONE


def _kind(vocabulary: Vocabulary, notation: str) -> str:
    concept = vocabulary.concept("unit-kind", notation)
    return concept.label(language()) if concept else notation


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
