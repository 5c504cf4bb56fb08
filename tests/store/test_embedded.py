"""The store on disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.store import worker
from kg.store.base import Solutions, open_store
from kg.store.embedded import EmbeddedStore
from kg.store.folder import DocumentEntry, Meta
from kg.store.frames import send
from kg.store.writer import StoreWriter
from tests.contracts.store.suite import LIMITS, SELF_JOIN, StoreContract, refusal, rows
from tests.store.graph import IDS, build, first


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("store"))


@pytest.fixture
def store(folder: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(folder)
    yield opened
    opened.close()


class TestEmbeddedStore(StoreContract):
    """The suite that every store passes."""


def test_open_store_opens_a_folder(folder: Path) -> None:
    opened = open_store(str(folder))
    assert opened.base == "https://w3id.org/coop-kg/id/"
    opened.close()


def test_a_missing_folder_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        open_store(tmp_path / "none")
    assert error.value.message.en == f"there is no store at {tmp_path / 'none'}"
    assert error.value.hint.en == "build it: `kg build --store DIR`"


def test_a_folder_that_is_no_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="is not a store of kg"):
        open_store(tmp_path)


def test_a_store_of_another_version_is_named_with_the_way_out(tmp_path: Path) -> None:
    meta = build(tmp_path) / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text(encoding="utf-8")) | {"version": 99}), encoding="utf-8")
    with pytest.raises(InputError, match="has version 99; this program reads version 1") as error:
        open_store(tmp_path)
    assert error.value.hint.en == "build it again with this program: `kg build`"


def test_a_store_without_its_database_is_named(tmp_path: Path) -> None:
    build(tmp_path)
    for path in next(tmp_path.glob("db-*")).iterdir():
        path.unlink()
    with pytest.raises(InputError, match="cannot be opened"):
        open_store(tmp_path)


def test_an_open_store_answers_from_a_build_that_ended_since(tmp_path: Path) -> None:
    opened = EmbeddedStore(build(tmp_path))
    count = "SELECT (COUNT(*) AS ?n) { ?s a coop:Document }"
    assert rows(opened, count, 20.0) == [("2",)]
    build(tmp_path, first())
    assert rows(opened, count) == [("1",)]
    assert rows(opened, count, 20.0) == [("1",)]
    opened.close()


def test_rows_can_be_read_in_another_thread(store: EmbeddedStore) -> None:
    answer = store.query("SELECT * { ?s ?p ?o }", 20.0)
    assert isinstance(answer, Solutions)
    read: list[int] = []
    thread = threading.Thread(target=lambda: read.append(len(list(answer.rows))))
    thread.start()
    thread.join()
    assert read == [int(rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0][0] or 0)]


@pytest.mark.parametrize("timeout", LIMITS)
def test_a_triple_in_two_from_clauses_is_counted_once(store: EmbeddedStore, timeout: float | None) -> None:
    first, second = (IDS.document(name) for name in ("1清河.txt", "2白石.txt"))
    both = f"SELECT (COUNT(*) AS ?n) FROM <{first}> FROM <{second}> {{ ?s a coop:Partner }}"
    assert rows(store, both, timeout) == [("2",)]
    named = f"SELECT ?g FROM <{first}> FROM <{second}> FROM NAMED <{second}> {{ GRAPH ?g {{ ?s a coop:Partner }} }}"
    assert rows(store, named, timeout) == [(second,)]


def test_queries_run_beside_one_that_takes_long(store: EmbeddedStore) -> None:
    slow = threading.Thread(target=refusal, args=(store, SELF_JOIN, 3.0))
    slow.start()
    assert rows(store, "SELECT (COUNT(*) AS ?n) { ?s a coop:Branch }", 20.0) == [("2",)]
    assert slow.is_alive()
    slow.join()


def test_a_worker_that_died_in_between_is_replaced(store: EmbeddedStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s a coop:Branch }"
    assert rows(store, count, 20.0) == [("2",)]
    (process,) = store._workers._idle
    process._child.kill()
    process._child.wait()
    assert rows(store, count, 20.0) == [("2",)]


def test_a_worker_whose_asker_was_killed_ends_by_itself(folder: Path, root: Path) -> None:
    database = folder / Meta.read(folder).database
    environ = {**os.environ, "PYTHONPATH": str(root)}
    child = subprocess.Popen([sys.executable, "-m", worker.__name__, str(database)], stdin=subprocess.PIPE, env=environ)
    assert child.stdin
    send(child.stdin, {"query": SELF_JOIN, "base": "http://e/", "seconds": 0.1, "dataset": None})
    child.stdin.close()
    assert child.wait(timeout=20) == (1 if sys.platform == "win32" else -signal.SIGALRM)


def test_a_query_runs_from_a_script_without_a_main_guard(folder: Path, root: Path) -> None:
    script = f"from kg.store.base import open_store\nprint(open_store({str(folder)!r}).query('ASK {{ ?s ?p ?o }}', 20.0))"
    done = subprocess.run([sys.executable, "-"], input=script.encode(), capture_output=True, cwd=root, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == (b"True", b"")


def test_links_of_three_thousand_units_are_not_found_by_trying_every_pair(tmp_path: Path) -> None:
    triples = _links_3k()
    with StoreWriter(tmp_path) as writer:
        graph = IDS.document("links.nt")
        lines = "".join(f"{triple[:-2]} <{graph}> .\n" for triple in triples)
        writer.add(DocumentEntry("links.nt", graph, ""), parse(lines.encode(), format=RdfFormat.N_QUADS))
        writer.finish()
    opened = EmbeddedStore(tmp_path)
    started = time.perf_counter()
    found = rows(opened, "SELECT ?a ?b { ?a a coop:Branch . ?b a coop:Partner . ?a coop:cooperatesWith ?b }", 20.0)
    assert time.perf_counter() - started < 10  # trying every pair takes minutes
    assert len(found) == len({triple for triple in triples if _joins_kinds(triple)})
    opened.close()


def _links_3k() -> list[str]:
    """3,000 units, half of each kind, and 6,000 links in a fixed pattern, as N-Triples."""
    coop, unit = "https://w3id.org/coop-kg/ontology#", "http://example.org/u"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    types = [f"<{unit}{i}> <{kind}> <{coop}{'Branch' if i % 2 else 'Partner'}> ." for i in range(3000)]
    return types + [f"<{unit}{i * 7919 % 3000}> <{coop}cooperatesWith> <{unit}{i * i % 2999}> ." for i in range(6000)]


def _joins_kinds(triple: str) -> bool:
    subject, predicate, value, _ = triple.split(" ")
    numbers = [int(term.strip("<>").removeprefix("http://example.org/u")) for term in (subject, value) if "/u" in term]
    return "cooperatesWith" in predicate and numbers[0] % 2 == 1 and numbers[1] % 2 == 0
