"""Pictures: SVG and PNG of a network, on paper of any size, in colour and in black."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from kg.errors import InputError, Text, UnsupportedError
from kg.network import from_tables, pairs
from kg.network.records import Network
from kg.render import About, Drawing, Styles, draw
from kg.render.png import can_write
from tests.demo_network import demo, table

SVG = "{http://www.w3.org/2000/svg}"
TITLE = About(Text("Region", "青榆地区"), Text("", ""))


def drawn(folder: Path, network: Network | None = None, lang: str = "zh", ending: str = ".svg", **wishes: object) -> Path:
    path = folder / f"picture{ending}"
    return draw(demo() if network is None else network, path, TITLE, Styles(), Drawing(**wishes), lang)  # type: ignore[arg-type]


def texts(path: Path) -> list[str]:
    return [element.text or "" for element in ElementTree.parse(path).iter(SVG + "text")]


def boxes(path: Path) -> list[tuple[float, float, float, float]]:
    """The fields behind names: left, top, right, bottom."""
    found = [element.attrib for element in ElementTree.parse(path).iter(SVG + "rect") if element.get("fill-opacity")]
    numbers = [tuple(float(each[name]) for name in ("x", "y", "width", "height")) for each in found]
    return [(x, y, x + width, y + height) for x, y, width, height in numbers]


def size(path: Path) -> tuple[int, int]:
    """Width and height of a PNG in dots."""
    return struct.unpack(">II", path.read_bytes()[16:24])


def test_names_stay_text_in_the_svg_and_every_unit_is_named(tmp_path: Path) -> None:
    said = "".join(texts(drawn(tmp_path)))
    assert [label for _, label in demo().nodes(data="label") if label not in said] == []
    assert "青榆地区" in said and "Noto Sans CJK SC" in (tmp_path / "picture.svg").read_text(encoding="utf-8")


def test_the_svg_says_how_its_positions_were_found(tmp_path: Path) -> None:
    notes = [ElementTree.parse(drawn(tmp_path, lang=lang)).find(SVG + "desc") for lang in ("zh", "en")]
    assert [note.text for note in notes if note is not None] == [
        "布局：社群内各单位两两施力。",
        "Positions: communities by forces between all their units.",
    ]


def test_every_unit_has_a_symbol_and_every_pair_a_line(tmp_path: Path) -> None:
    root = ElementTree.parse(drawn(tmp_path)).getroot()
    legend = root.find(f"{SVG}g")
    assert legend is not None
    symbols = [list(part.iter(SVG + name)) for part in (root, legend) for name in ("circle", "polygon")]
    assert len(symbols[0]) + len(symbols[1]) - len(symbols[2]) - len(symbols[3]) == 61
    assert len(list(root.iter(SVG + "line"))) == pairs(demo()).number_of_edges() == 60


@pytest.mark.parametrize("wishes", [{}, {"width_mm": 120}, {"width_mm": 80, "height_mm": 160}, {"size": "betweenness"}])
def test_no_name_lies_over_another_or_leaves_the_picture(tmp_path: Path, wishes: dict[str, float]) -> None:
    path = drawn(tmp_path, **wishes)
    width, height = (float(number) for number in ElementTree.parse(path).getroot().attrib["viewBox"].split()[2:])
    found = boxes(path)
    assert [each for each in found if each[0] < 0 or each[1] < 0 or each[2] > width or each[3] > height] == []
    over = [(a, b) for n, a in enumerate(found) for b in found[:n] if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert over == [] and len(found) > 15


def test_lines_fade_where_there_are_very_many(tmp_path: Path) -> None:
    units = [f"u{number:02}" for number in range(60)]
    rows = [(one, other, one + other) for one in units for other in units if one < other]
    lines = ElementTree.parse(drawn(tmp_path, from_tables(table("source target proof", *rows)))).iter(SVG + "line")
    assert {line.get("stroke-opacity") for line in lines} == {"0.92"}
    assert {line.get("stroke-opacity") for line in ElementTree.parse(drawn(tmp_path)).iter(SVG + "line")} == {None}


def test_millimetres_are_the_size_of_the_svg_and_of_the_png(tmp_path: Path) -> None:
    root = ElementTree.parse(drawn(tmp_path, width_mm=160, height_mm=100)).getroot()
    assert (root.get("width"), root.get("height")) == ("160mm", "100mm")
    path = drawn(tmp_path, ending=".png", width_mm=160, height_mm=100, dpi=150)
    assert size(path) == (945, 591)
    assert b"pHYs" + struct.pack(">IIB", 5906, 5906, 1) in path.read_bytes()


def test_names_without_room_are_counted(tmp_path: Path) -> None:
    said = texts(drawn(tmp_path, width_mm=60, height_mm=100))
    missing = [re.match(r"(\d+) 个名称因版面不足", line) for line in said]
    assert any(found and int(found[1]) > 10 for found in missing)


def test_letters_are_never_smaller_than_six_points(tmp_path: Path) -> None:
    path = drawn(tmp_path, width_mm=60, height_mm=100)
    sizes = {float(element.get("font-size", "0")) for element in ElementTree.parse(path).iter(SVG + "text")}
    assert min(sizes) >= 8  # pixels of a 96th of an inch


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
def test_black_pictures_have_no_colour_and_kinds_stay_apart(tmp_path: Path, form: str) -> None:
    text = drawn(tmp_path, form=form, black=True).read_text(encoding="utf-8")
    colours = {colour for colour in re.findall(r'(?:fill|stroke)="#(\w{6})"', text) if colour not in ("1F2937", "4B5563")}
    assert [colour for colour in colours if max(_channels(colour)) - min(_channels(colour)) > 12] == []


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (0, 2, 4)]


def test_a_matrix_has_its_proofs_in_cells_on_both_sides_of_the_diagonal(tmp_path: Path) -> None:
    rows = [("a", "b", "p1"), ("b", "a", "p2"), ("b", "c", "p3")]
    path = drawn(tmp_path, from_tables(table("source target proof", *rows)), form="matrix")
    assert [text for text in texts(path) if text in ("1", "2", "3", "4", "5+")].count("2") == 5  # 2 cells, row, column, legend
    assert {"a", "b", "c"} <= set(texts(path))


def test_a_timeline_counts_proofs_by_unit_and_year(tmp_path: Path) -> None:
    rows = [("a", "b", "p1", 2021), ("a", "b", "p2", 2021), ("a", "c", "p3", 2023), ("a", "d", "p4", None)]
    path = drawn(tmp_path, from_tables(table("source target proof year", *rows)), form="timeline")
    said = texts(path)
    assert {"2021", "2022", "2023", "全部单位"} <= set(said)
    assert "另有 1 条依据没有年份。" in said
    assert "d" not in said


def test_years_narrow_the_drawing(tmp_path: Path) -> None:
    rows = [("a", "b", "p1", 2021), ("c", "d", "p2", 2023)]
    network = from_tables(table("source target proof year", *rows))
    said = texts(drawn(tmp_path, network, first=2022))
    assert {"c", "d"} <= set(said) and "a" not in said


def test_size_and_colour_say_what_is_asked(tmp_path: Path) -> None:
    star = [("hub", leaf, leaf) for leaf in "abcd"]
    path = drawn(tmp_path, from_tables(table("source target proof", *star)), lang="en", size="betweenness", colour="degree")
    radii = sorted({float(element.get("r", "0")) for element in ElementTree.parse(path).getroot().findall(SVG + "circle")})
    assert radii == [6, 26]
    assert {"1", "4"} <= set(texts(path))


def test_communities_are_named_after_their_strongest_member(tmp_path: Path) -> None:
    cliques = [[f"{group}{number}" for number in range(4)] for group in "xy"]
    rows = [(one, other, one + other) for clique in cliques for one in clique for other in clique if one < other]
    links = table("source target proof", *rows, ("x0", "x1", "again"), ("y2", "y3", "again too"))
    assert {"x0等", "y2等"} <= set(texts(drawn(tmp_path, from_tables(links), colour="community")))


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_same_network_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    first = drawn(tmp_path, ending=ending, width_mm=90).read_bytes()
    assert drawn(tmp_path, ending=ending, width_mm=90).read_bytes() == first


def test_hostile_names_are_text(tmp_path: Path) -> None:
    label = "<script>alert(1)</script>\x00\"'&]]>"
    network = from_tables(table("source sourceLabel target targetLabel proof", ("a", label, "b", "乙", "p")))
    path = drawn(tmp_path, network)
    assert [element.tag for element in ElementTree.parse(path).iter() if "script" in element.tag] == []
    assert "<script" not in path.read_text(encoding="utf-8")
    assert size(drawn(tmp_path, network, ending=".png"))[0] == 720


def test_where_other_things_are_drawn_too_nodes_are_counted(tmp_path: Path) -> None:
    network = demo()
    network.graph["nodes_by"] = ("mechanism-kind", "unit-kind")
    assert any(said.startswith("61 个节点，84 条依据") for said in texts(drawn(tmp_path, network)))


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
def test_an_empty_network_is_an_empty_picture(tmp_path: Path, form: str) -> None:
    assert "0 个单位，0 条依据" in texts(drawn(tmp_path, from_tables(table("source target")), form=form))


def test_chinese_is_written_and_a_missing_font_is_noticed() -> None:
    assert (can_write("国"), can_write("国", system_fonts=False)) == (True, False)


@pytest.mark.parametrize(
    ("wishes", "ending", "error"),
    [
        ({"form": "cake"}, ".svg", InputError),
        ({"size": "weight"}, ".svg", InputError),
        ({"colour": "taste"}, ".svg", InputError),
        ({"width_mm": 5}, ".svg", InputError),
        ({"width_mm": 100, "height_mm": 22}, ".svg", InputError),
        ({"width_mm": 1900, "dpi": 600}, ".png", InputError),
        ({"black": True}, ".html", InputError),
        ({"form": "matrix", "colour": "level"}, ".svg", InputError),
        ({"form": "timeline", "size": "core"}, ".svg", InputError),
        ({}, ".gif", UnsupportedError),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    tmp_path: Path, wishes: dict[str, object], ending: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        drawn(tmp_path, ending=ending, **wishes)
    assert list(tmp_path.iterdir()) == []


def test_the_page_takes_sizes_and_groups(tmp_path: Path) -> None:
    text = drawn(tmp_path, ending=".html", size="strength", colour="level").read_text(encoding="utf-8")
    assert '"size":26.0' in text and '"kind":"level:county"' in text


def test_hash_seeds_do_not_matter(root: Path) -> None:
    code = (
        "from tests.render.test_picture import *; import tempfile\n"
        "print(drawn(Path(tempfile.mkdtemp()), colour='community', size='closeness', form='network').read_text())"
    )
    run = [sys.executable, "-c", code]
    seeds = ({"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"} for seed in "12")
    outputs = {subprocess.run(run, cwd=root, env=seed, capture_output=True, check=True).stdout for seed in seeds}
    assert len(outputs) == 1
