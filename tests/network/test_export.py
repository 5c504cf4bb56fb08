"""Networks as files that other tools read back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import igraph
import networkx
import openpyxl
import pytest

from kg.errors import InputError, UnsupportedError
from kg.network import export, from_tables, measure, positions
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


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".cyjs", ".neo4j.csv", ".csv", ".xlsx"])
def test_the_same_network_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in "ab":
        export(demo(), tmp_path / (name + ending))
    assert (tmp_path / ("a" + ending)).read_bytes() == (tmp_path / ("b" + ending)).read_bytes()


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".cyjs", ".neo4j.csv", ".csv", ".xlsx"])
def test_control_characters_markup_and_formulas_do_no_harm(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"net{ending}"
    export(hostile(), path)
    if ending == ".xlsx":
        cell = openpyxl.load_workbook(path)["nodes"]["A2"]
        assert (cell.value, cell.data_type) == (HOSTILE.replace("\x00", ""), "s")
    elif ending in (".cyjs", ".neo4j.csv"):
        assert "\x00" not in "".join(file.read_text(encoding="utf-8") for file in tmp_path.iterdir())
    elif ending == ".csv":
        assert "'=cmd" in path.read_text(encoding="utf-8-sig")
    else:
        assert "&lt;b&gt;&amp;" in path.read_text(encoding="utf-8")


def read_back(path: Path) -> networkx.MultiDiGraph[str]:
    """The file as networkx reads it."""
    if path.suffix == ".cyjs":
        return networkx.cytoscape_graph(json.loads(path.read_text(encoding="utf-8")))
    if path.suffix == ".gexf":
        return networkx.read_gexf(path)
    return networkx.read_graphml(path, force_multigraph=True)


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".cyjs"])
def test_values_are_read_back_with_their_types(tmp_path: Path, ending: str) -> None:
    columns = "source target proof mechanism outcome year confidence quote exact"
    rows = [
        ("a", "b", "p", "平台", "办案", "2024", "0.8", "句<一>&。", "句"),
        ("a", "b", "p", "会议", "培训", "2024", "0.8", "句<一>&。", "句"),
        ("a", "b", "q", "", "", "", "", "", ""),
    ]
    names = [("a", "甲院", alias, "court", "true") for alias in ("甲", "甲法院")]
    units = table("node label alt kind generic", *names)
    path = tmp_path / f"net{ending}"
    export(from_tables(table(columns, *rows), units), path)
    back = read_back(path)
    node = back.nodes["a"]
    assert {name: node[name] for name in ("label", "aliases", "kind", "generic", "degree", "betweenness")} == {
        "label": "甲院", "aliases": "甲; 甲法院", "kind": "court", "generic": True, "degree": 1, "betweenness": 0.0,
    }  # fmt: skip
    dated, undated = sorted(back["a"]["b"].values(), key=lambda edge: edge["iri"])
    assert {name: dated[name] for name in ("mechanisms", "outcomes", "year", "confidence", "sentences")} == {
        "mechanisms": "会议; 平台", "outcomes": "办案; 培训", "year": 2024, "confidence": 0.8, "sentences": "句<一>&。",
    }  # fmt: skip
    assert "year" not in undated and "confidence" not in undated


def test_igraph_reads_the_graphml_too(tmp_path: Path) -> None:
    export(demo(), tmp_path / "net.graphml")
    back = igraph.Graph.Read_GraphML(str(tmp_path / "net.graphml"))
    assert (back.vcount(), back.ecount(), back.is_directed()) == (61, 84, True)
    bank = back.vs.find(label="青榆银行")
    assert (bank["kind"], bank["degree"], bank["generic"]) == ("bank", measure(demo())[iri("青榆银行")].degree, False)


def test_gephi_gets_the_positions_of_the_page_and_cytoscape_too(tmp_path: Path) -> None:
    place = positions(demo(), measure(demo()))[iri("青榆银行")]
    export(demo(), tmp_path / "net.gexf")
    assert read_back(tmp_path / "net.gexf").nodes[iri("青榆银行")]["viz"]["position"] == {"x": place.x, "y": -place.y, "z": 0.0}
    export(demo(), tmp_path / "net.cyjs")
    nodes = json.loads((tmp_path / "net.cyjs").read_text(encoding="utf-8"))["elements"]["nodes"]
    assert next(node for node in nodes if node["data"]["name"] == "青榆银行")["position"] == {"x": place.x, "y": place.y}


def test_neo4j_gets_relationships_and_nodes_with_typed_headers(tmp_path: Path) -> None:
    files = export(demo(), tmp_path / "net.neo4j.csv")
    assert [path.name for path in files] == ["net.neo4j.csv", "net.nodes.neo4j.csv"]
    edges, nodes = (list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) for path in files)
    assert (len(edges), len(nodes)) == (84, 61)
    known = {node["iri:ID"] for node in nodes}
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= known
    assert all(re.fullmatch(r"[A-Z_]+", edge[":TYPE"]) for edge in edges)
    bank = next(node for node in nodes if node["label"] == "青榆银行")
    assert (bank[":LABEL"], bank["generic:boolean"], bank["degree:int"].isdigit()) == ("Node;bank", "false", True)
    assert {type(int(edge["year:int"])) for edge in edges if edge["year:int"]} == {int}
    assert not any("\n" in value for row in (*edges, *nodes) for value in row.values())


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
    assert caught.value.hint.en == "use one of .csv .cyjs .gexf .graphml .neo4j.csv .xlsx"


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "links.gexf").mkdir()
    with pytest.raises(InputError, match=r"Cannot write .*links\.gexf"):
        export(demo(), tmp_path / "links.gexf")
    assert [path.name for path in tmp_path.iterdir()] == ["links.gexf"]
