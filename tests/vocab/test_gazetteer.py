"""Places and well-known bodies."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.vocab.gazetteer import Gazetteer
from kg.vocab.reader import read_ontology


@pytest.fixture(scope="module")
def gazetteer(root: Path) -> Gazetteer:
    return Gazetteer.read(root / "ontology")


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the gazetteer that a test may break."""
    shutil.copytree(root / "ontology" / "gazetteer", tmp_path / "gazetteer")
    return tmp_path


def test_all_divisions_of_three_levels_are_there(gazetteer: Gazetteer) -> None:
    assert Counter(place.level for place in gazetteer.places) == {"provincial": 34, "municipal": 333, "county": 2850}


def test_codes_do_not_repeat(gazetteer: Gazetteer) -> None:
    codes = [place.code for place in gazetteer.places]
    assert len(set(codes)) == len(codes)


def test_every_place_stands_under_a_known_one(gazetteer: Gazetteer) -> None:
    assert [place for place in gazetteer.places if place.level != "provincial" and not gazetteer.by_code(place.parent)] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("海淀区", ["110108"]),
        ("海淀", ["110108"]),
        ("延边", ["222400"]),
        ("内蒙古", ["150000"]),
        ("神农架", ["429021"]),
        ("朝阳", ["110105", "211300", "211321", "220104"]),
        ("台湾省", ["710000"]),
        ("无此县", []),
    ],
)
def test_a_place_is_found_by_full_and_short_name(gazetteer: Gazetteer, name: str, codes: list[str]) -> None:
    assert [place.code for place in gazetteer.by_name(name)] == codes


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("姑苏区", ["姑苏区", "苏州市", "江苏省"]),
        ("海淀区", ["海淀区", "北京市"]),
        ("石河子市", ["石河子市", "新疆维吾尔自治区"]),
    ],
)
def test_the_divisions_above_a_place_are_known(gazetteer: Gazetteer, name: str, chain: list[str]) -> None:
    assert [place.name for place in gazetteer.chain(gazetteer.by_name(name)[0])] == chain


@pytest.mark.parametrize("name", ["最高人民检察院", "最高检", "高检院"])
def test_a_body_is_found_by_full_and_short_name(gazetteer: Gazetteer, name: str) -> None:
    body = gazetteer.body(name)
    assert body is not None
    assert (body.name, body.kind, body.level) == ("最高人民检察院", "procuratorate", "national")


def test_about_a_hundred_bodies_are_known(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.bodies) >= 100


def test_no_name_stands_for_two_bodies(gazetteer: Gazetteer) -> None:
    names = Counter(name for body in gazetteer.bodies for name in (body.name, *body.shorts))
    assert [name for name, count in names.items() if count > 1] == []


def test_kinds_and_levels_of_bodies_and_places_are_in_the_vocabulary(gazetteer: Gazetteer, root: Path) -> None:
    vocabulary = read_ontology(root / "ontology").vocabulary
    used = {("unit-kind", body.kind) for body in gazetteer.bodies}
    used |= {("level", body.level) for body in gazetteer.bodies} | {("level", place.level) for place in gazetteer.places}
    assert [pair for pair in used if vocabulary.concept(*pair) is None] == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"divisions\.csv is missing"):
        Gazetteer.read(tmp_path)


def test_a_row_with_too_few_columns_is_named_with_its_line(folder: Path) -> None:
    path = folder / "gazetteer" / "divisions.csv"
    path.write_text("code,name,short,level,parent\n110000,北京市,北京,provincial,\n110108,海淀区\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"divisions\.csv, line 3:"):
        Gazetteer.read(folder)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- {name: 甲部, kind: government, level: national}\n- {name: 乙部, kind: government}\n", 2),
        ("- {name: 甲部, kind: government, level: national, colour: red}\n", 1),
        ("- {name: 甲部\n  shorts: x: y\n", 2),
        ("name: 甲部\n", 1),
        ("", 1),
    ],
)
def test_broken_bodies_are_named_with_their_line(folder: Path, text: str, line: int) -> None:
    (folder / "gazetteer" / "bodies.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"bodies\.yaml, line {line}:"):
        Gazetteer.read(folder)


def test_the_script_leaves_out_what_is_no_division(tmp_path: Path, root: Path) -> None:
    specification = importlib.util.spec_from_file_location("make", root / "ontology" / "gazetteer" / "make.py")
    assert specification is not None
    assert specification.loader is not None
    make = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(make)
    lists = {
        "provinces": "code,name\n41,甲省\n",
        "cities": "code,name,provinceCode\n4101,乙市,41\n4190,省直辖县级行政区划,41\n",
        "areas": "code,name\n410101,市辖区\n410102,丙区\n410171,乙经济开发区\n419001,丁市\n",
    }
    (tmp_path / "dist").mkdir()
    for name, text in lists.items():
        (tmp_path / "dist" / f"{name}.csv").write_text(text, encoding="utf-8")
    rows = [row for row in make.divisions(tmp_path) if row[0].startswith("41")]
    assert rows == [
        ("410000", "甲省", "甲省", "provincial", ""),
        ("410100", "乙市", "乙市", "municipal", "410000"),
        ("410102", "丙区", "丙区", "county", "410100"),
        ("419001", "丁市", "丁市", "county", "410000"),
    ]
