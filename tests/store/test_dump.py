"""Exports: every format says the same, in a fixed order, whatever the locale and the hash seed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Dataset

from kg.errors import InputError, UnsupportedError
from kg.store.base import Term
from kg.store.dump import FORMATS, export, nt, turtle
from kg.store.embedded import EmbeddedStore
from tests.store.graph import BRANCH, COURT, IDS, build

READ = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


def dumped(store: EmbeddedStore, form: str) -> bytes:
    out = io.BytesIO()
    store.dump(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_formats_with_graphs_hold_every_quad(store: EmbeddedStore, form: str) -> None:
    assert set(parse(dumped(store, form), format=READ[form])) == set(parse(dumped(store, "nq"), format=READ["nq"]))


def test_turtle_holds_every_triple_once(store: EmbeddedStore) -> None:
    triples = [quad.triple for quad in parse(dumped(store, "ttl"), format=READ["ttl"])]
    assert len(triples) == len(set(triples))
    assert set(triples) == {quad.triple for quad in parse(dumped(store, "nq"), format=READ["nq"])}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib of itself
def test_rdflib_reads_the_same_from_json_ld(store: EmbeddedStore) -> None:
    found = Dataset()
    found.parse(data=dumped(store, "jsonld"), format="json-ld")
    assert sum(len(graph) for graph in found.graphs()) == len(dumped(store, "nq").splitlines())


def test_json_ld_is_json_with_graphs_in_order(store: EmbeddedStore) -> None:
    content = json.loads(dumped(store, "jsonld"))
    assert [graph["@id"] for graph in content] == list(store.graphs())


def test_trig_has_prefixes_and_chinese_names(store: EmbeddedStore) -> None:
    text = dumped(store, "trig").decode()
    assert f"coop:participant unit:{COURT}, unit:白石小学 ;" in text
    assert "@prefix unit: <https://w3id.org/coop-kg/id/unit/> ." in text
    assert "coop:quantity 15000 ;" not in text  # would be an integer
    assert 'coop:quantity "15000"^^xsd:decimal ;' in text


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_does_not_depend_on_hash_seed_or_locale(store: EmbeddedStore, form: str, tmp_path: Path, root: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kg.store.base import open_store; from kg.store.dump import export;"
        "export(open_store(sys.argv[1]), Path(sys.argv[2]))"
    )
    written = []
    for seed, locale in (("1", "C"), ("2", "C.UTF-8")):
        path = tmp_path / f"{seed}.{form}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        command = [sys.executable, "-c", script, str(store.folder), str(path)]
        subprocess.run(command, env=environment, cwd=root, check=True, timeout=60)
        written.append(path.read_bytes())
    assert written == [dumped(store, form)] * 2


def test_two_builds_give_the_same_bytes(store: EmbeddedStore, tmp_path: Path) -> None:
    again = EmbeddedStore(build(tmp_path))
    assert [dumped(again, form) for form in FORMATS] == [dumped(store, form) for form in FORMATS]


def test_export_takes_the_format_from_the_ending(store: EmbeddedStore, tmp_path: Path) -> None:
    export(store, tmp_path / "a.TTL")
    assert (tmp_path / "a.TTL").read_bytes() == dumped(store, "ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["a.TTL"]


def test_an_unknown_ending_writes_nothing(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="there is no graph format 'docx'"):
        export(store, tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write .*a\.nq: No such file or directory"):
        export(store, tmp_path / "none" / "a.nq")


@pytest.mark.parametrize(
    "value", ['"', "\\", "a\nb\r\t", "\x00\x1f\x7f", "'''", "中文𠀀", "\u2028", "^^<http://e>", '"@en'], ids=ascii
)
def test_every_text_survives_n_triples_and_turtle(value: str) -> None:
    term = Term(value, "literal", "http://www.w3.org/2001/XMLSchema#string")
    name = Term("http://e/s", "iri")
    line = f"{nt(name)} {nt(name)} {nt(term)} .\n"
    assert [quad.object.value for quad in parse(line.encode(), format=RdfFormat.N_TRIPLES)] == [value]
    assert [quad.object.value for quad in parse(turtle([(name, name, term)]).encode(), format=RdfFormat.TURTLE)] == [value]


@pytest.mark.parametrize("local", ["Branch", "a.b", "b.", "-x", "“甲”", "a/b", "", "党委", "%41", "1", "a~b"], ids=ascii)
def test_every_iri_survives_turtle(local: str) -> None:
    iri = f"https://w3id.org/coop-kg/ontology#{local}"
    name = Term(iri, "iri")
    assert [quad.subject for quad in parse(turtle([(name, name, name)]).encode(), format=RdfFormat.TURTLE)] == [NamedNode(iri)]


def test_a_branch_comes_with_its_types_first(store: EmbeddedStore) -> None:
    text = dumped(store, "ttl").decode()
    assert f"unit:{BRANCH} a org:Organization, org:OrganizationalUnit, coop:Branch, coop:Unit ;" in text
    assert IDS.unit(BRANCH) not in text


@pytest.mark.parametrize("run", [50, 100, 777, 100_000])
def test_n_quads_are_sorted_by_way_of_the_disk_where_memory_is_short(
    run: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EmbeddedStore(build(tmp_path))
    whole, parts = io.BytesIO(), io.BytesIO()
    store.dump(whole, "nq")
    monkeypatch.setattr("kg.store.dump._RUN", run)
    store.dump(parts, "nq")
    assert parts.getvalue() == whole.getvalue()
    lines = whole.getvalue().splitlines()
    assert lines == sorted(lines) and len(lines) > 400
