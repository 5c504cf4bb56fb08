"""Views of an ontology folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ConfigError, QueryError
from kg.network import build, view_named, views
from kg.network.records import Network
from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import read_ontology
from tests.store.graph import ONTOLOGY
from tests.store.graph import build as build_store

GOOD = "title: {zh: 合作, en: Cooperation}\nedges: |\n  SELECT ?source ?target { ?source ?p ?target }\n"


def folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "views").mkdir()
    for name, text in files.items():
        (tmp_path / "views" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_default_view_comes_first(tmp_path: Path) -> None:
    found = views(folder(tmp_path, a=GOOD, cooperation=GOOD, b=GOOD))
    assert [view.id for view in found] == ["cooperation", "a", "b"]
    assert (found[0].title.zh, found[0].title.en) == ("合作", "Cooperation")


def test_broken_yaml_is_named_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"broken\.yaml, line 3"):
        views(folder(tmp_path, broken=GOOD.replace("edges: |", "edges: [")))


def test_a_view_without_edges_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"half\.yaml"):
        views(folder(tmp_path, half="title: {zh: 合作}"))


def test_an_unknown_view_gets_suggestions(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        view_named(folder(tmp_path, cooperation=GOOD), "coperation")
    assert caught.value.hint.en == "there are: cooperation"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build_store(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


def lines(network: Network) -> list[tuple[str, str, str]]:
    label = {node: data["label"] for node, data in network.nodes(data=True)}
    return sorted((label[source], label[target], relation) for source, target, relation in network.edges(data="relation"))


def test_cooperation_joins_units_through_kinds_of_mechanisms(store: EmbeddedStore) -> None:
    network = build(store, view_named(ONTOLOGY, "cooperation"), read_ontology(ONTOLOGY))
    assert lines(network) == [
        ("清河检察院第一党支部", "清河法院", "platform"),
        ("清河检察院第一党支部", "白石小学", "platform"),
        ("白石镇政府", "清河法院", ""),
    ]
    findings = {data["label"]: data["findings"] for _, data in network.nodes(data=True)}
    assert [(proof.type, proof.label) for proof in findings["清河检察院第一党支部"]] == [
        ("mechanism", "“清源”平台"),
        ("outcome", "帮助群众"),
    ]


def test_mechanisms_join_their_owners_and_partners_by_relation(store: EmbeddedStore) -> None:
    network = build(store, view_named(ONTOLOGY, "mechanisms"), read_ontology(ONTOLOGY))
    assert {relation for *_, relation in lines(network)} == {"operates", "participant"}
    assert network.graph["nodes_by"] == ("mechanism-kind", "unit-kind")
