"""One door for everything that is drawn: the page, and pictures (SVG, PNG) for Word, slides and print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, Text, UnsupportedError
from kg.network import Measures, Network, measure, within
from kg.network.writing import write_whole
from kg.render.carried import Carried
from kg.render.data import About
from kg.render.diagram import diagram
from kg.render.figure import Paper, Picture
from kg.render.grouping import coloured, sized
from kg.render.matrix import matrix
from kg.render.page import render_html
from kg.render.png import png
from kg.render.sheet import Sheet
from kg.render.style import Styles
from kg.render.timeline import timeline
from kg.vocab.gazetteer import Gazetteer

PAGES, PICTURES = (".html", ".htm"), (".svg", ".png")
ON_SCREEN, IN_PRINT = 144.0, 300.0  # dots per inch of a PNG without and with a size on paper
_NOTHING = Gazetteer((), ())


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn how.

    Attributes:
        form: "network", "matrix" or "timeline"; a page has all three.
        size: measure that the area of nodes grows with; "" is their degree.
        colour: what colour and outline of nodes say: "kind", "level", "province", "region", "community", "leiden" or a measure.
        first, last: only proofs of these years, both included; None leaves an end open.
        black: pictures only: no colour, kinds told apart by outline and fill.
        width_mm, height_mm: pictures only: size on paper.
        dpi: dots per inch of a PNG; None chooses.
        evidence: pages only: false leaves the sentences out.
    """

    form: str = "network"
    size: str = ""
    colour: str = "kind"
    first: int | None = None
    last: int | None = None
    black: bool = False
    width_mm: float | None = None
    height_mm: float | None = None
    dpi: float | None = None
    evidence: bool = True

    @property
    def is_dated(self) -> bool:
        """Whether only some years are wanted."""
        return self.first is not None or self.last is not None

    @property
    def is_for_paper(self) -> bool:
        """Whether it asks for what a page cannot give."""
        return self.form != "network" or self.black or any((self.width_mm, self.height_mm, self.dpi))


AS_USUAL = Drawing()


def draw(
    network: Network,
    path: Path,
    about: About,
    styles: Styles,
    drawing: Drawing = AS_USUAL,
    lang: str = "zh",
    gazetteer: Gazetteer = _NOTHING,
    carried: Carried | None = None,
) -> Path:
    """Write a network as a page or a picture (its ending says which) to `path`, whole or not at all; returns `path`.

    Args:
        network: as `kg.network.build` makes it; it is not changed.
        about: title, and the caption of a page.
        styles: names, colours and shapes of kinds.
        gazetteer: by which units are known to lie in a region or province.
        carried: pages only: the graph, for a page that its reader can ask.

    Raises:
        InputError: the drawing asks for what there is not, the paper is too small, the place cannot be written.
        UnsupportedError: another ending, or a PNG where no font holds Chinese characters.
    """
    ending = path.suffix.lower()
    _refuse_unseen(drawing)
    part = within(network, drawing.first, drawing.last) if drawing.is_dated else network
    shown, marks = coloured(part, styles, drawing.colour, gazetteer)
    sizes = sized(part, drawing.size) if drawing.size else None
    if ending in PAGES:
        _refuse_paper(drawing)
        return render_html(shown, path, lang, about.title, about.caption, marks, drawing.evidence, sizes, carried)
    if ending not in PICTURES:
        known = " ".join((*PAGES, *PICTURES))
        raise UnsupportedError(
            Text(f"a drawing cannot be written to {path}", f"无法把图保存为 {path}"),
            Text(f"use one of {known}", f"可用的扩展名：{known}"),
        )
    _refuse_graph(carried)
    sheet = Sheet(about.title, lang, Paper(drawing.width_mm, drawing.height_mm), drawing.black)
    picture = _form(drawing.form)(shown, measure(shown), marks, sheet, sizes)
    dpi = drawing.dpi or (IN_PRINT if any(sheet.paper) else ON_SCREEN)
    write_whole(path, picture.svg if ending == ".svg" else png(picture, dpi))
    return path


_Form = Callable[[Network, Mapping[str, Measures], Styles, Sheet, Mapping[str, float] | None], Picture]
_FORMS: dict[str, _Form] = {
    "network": diagram,
    "matrix": lambda network, measures, styles, sheet, sizes: matrix(network, measures, sheet),
    "timeline": lambda network, measures, styles, sheet, sizes: timeline(network, measures, styles, sheet),
}


def _form(name: str) -> _Form:
    if name in _FORMS:
        return _FORMS[name]
    raise InputError(
        Text(f"a network cannot be drawn as {name}", f"不能画成 {name}"),
        Text(f"use one of {', '.join(_FORMS)}", f"可用：{'、'.join(_FORMS)}"),
    )


def _refuse_unseen(drawing: Drawing) -> None:
    unseen = {"matrix": drawing.size or drawing.colour != "kind", "timeline": drawing.size}
    if unseen.get(drawing.form):
        raise InputError(
            Text(f"a {drawing.form} does not show what size or colour would say", "矩阵不表示大小和颜色，时间线不表示大小"),
            Text("leave them out, or draw the network", "请去掉 --size 和 --colour，或改画网络图"),
        )


def _refuse_paper(drawing: Drawing) -> None:
    if drawing.is_for_paper:
        raise InputError(
            Text("form, black and white, millimetres and dpi are for pictures", "形式、黑白、毫米尺寸和 dpi 只用于图片"),
            Text("write .svg or .png; a page has matrix and timeline as tabs", "请改用 .svg 或 .png；网页中可切换矩阵和时间线"),
        )


def _refuse_graph(carried: Carried | None) -> None:
    if carried:
        raise InputError(
            Text("a picture cannot carry a graph", "图片中不能放入图谱"),
            Text("write a page: .html", "请改为生成网页：.html"),
        )
