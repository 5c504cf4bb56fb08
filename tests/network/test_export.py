"""Networks as files that other tools read back."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx
import openpyxl
import pytest

from kg.errors import InputError, UnsupportedError
from kg.network import export, from_tables
from tests.demo_network import demo, iri, table

HOSTILE = "=cmd|'/c calc'!A1\x00<b>&"


def hostile() -> networkx.MultiDiGraph[str]:
    columns = "source sourceLabel target targetLabel proof mechanism year quote exact"
    return from_tables(table(columns, ("s", HOSTILE, "t", "乙院", "p", "“同行”机制", "", "句。", "句")))


@pytest.mark.parametrize(("ending", "read"), [(".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)])
def test_networkx_reads_back_every_node_and_proof(tmp_path: Path, ending: str, read: object) -> None:
    path = tmp_path / f"net{ending}"
    assert export(demo(), path) == (path,)
    back = read(path, force_multigraph=True) if ending == ".graphml" else read(path)  # type: ignore[operator]
    assert back.number_of_nodes() == demo().number_of_nodes()
    assert back.number_of_edges() == demo().number_of_edges()
    assert back.nodes[iri("青榆银行")]["kind"] == "bank"
    assert back.nodes[iri("青榆银行")]["label"] == "青榆银行"


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".csv", ".xlsx"])
def test_the_same_network_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in "ab":
        export(demo(), tmp_path / (name + ending))
    assert (tmp_path / ("a" + ending)).read_bytes() == (tmp_path / ("b" + ending)).read_bytes()


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".csv", ".xlsx"])
def test_control_characters_markup_and_formulas_do_no_harm(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"net{ending}"
    export(hostile(), path)
    if ending == ".xlsx":
        cell = openpyxl.load_workbook(path)["nodes"]["A2"]
        assert (cell.value, cell.data_type) == (HOSTILE.replace("\x00", ""), "s")
    elif ending == ".csv":
        assert "'=cmd" in path.read_text(encoding="utf-8-sig")
    else:
        assert "&lt;b&gt;&amp;" in path.read_text(encoding="utf-8")


def test_csv_holds_edges_and_the_nodes_stand_beside_it(tmp_path: Path) -> None:
    files = export(demo(), tmp_path / "links.csv")
    assert files == (tmp_path / "links.csv", tmp_path / "links.nodes.csv")
    rows = list(csv.DictReader(files[0].read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 84
    assert (rows[0]["source"], rows[0]["target"]) == ("外省某检察机关", "旧城改造指挥部")
    assert len(files[1].read_text(encoding="utf-8-sig").splitlines()) == 62


def test_xlsx_has_nodes_edges_and_evidence(tmp_path: Path) -> None:
    export(demo(), tmp_path / "links.xlsx")
    book = openpyxl.load_workbook(tmp_path / "links.xlsx")
    assert {sheet.title: sheet.max_row for sheet in book} == {"nodes": 62, "edges": 85, "evidence": 85}


def test_an_unknown_ending_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError) as caught:
        export(demo(), tmp_path / "links.doc")
    assert caught.value.hint.en == "use one of .csv .gexf .graphml .xlsx"


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "links.gexf").mkdir()
    with pytest.raises(InputError, match=r"Cannot write .*links\.gexf"):
        export(demo(), tmp_path / "links.gexf")
    assert [path.name for path in tmp_path.iterdir()] == ["links.gexf"]
