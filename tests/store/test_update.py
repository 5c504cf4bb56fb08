"""Updates of a store: the union stays right whatever is added or taken; a failed one leaves the store as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.store import update as updating
from kg.store.embedded import EmbeddedStore
from kg.store.folder import BuildLock, BusyError, Meta
from kg.store.stopped import StoppedError
from kg.store.update import update, with_using
from tests.contracts.store.suite import PROLOGUE, SELF_JOIN, rows
from tests.store.graph import COURT, IDS, build

FIRST, SECOND = (IDS.document(name) for name in ("1清河.txt", "2白石.txt"))
COURT_IRI = IDS.unit(COURT)
MEMORY = 2 << 30


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build(tmp_path))
    yield opened
    opened.close()


def change(store: EmbeddedStore, text: str, **graphs: list[str]) -> None:
    named = (graphs.get("default", []), graphs.get("named", []))
    update(store.folder, PROLOGUE + text, 20, MEMORY, named if graphs else None)


def graphs_of(store: EmbeddedStore, triple: str) -> tuple[bool, list[str]]:
    """Whether the union holds a triple, and the named graphs that do."""
    plain = bool(rows(store, f"SELECT * {{ {triple} }}"))
    return plain, [str(graph) for (graph,) in rows(store, f"SELECT ?g {{ GRAPH ?g {{ {triple} }} }}")]


def is_union_of_the_graphs(store: EmbeddedStore) -> bool:
    every = [rows(store, f"SELECT DISTINCT ?s ?p ?o {{ {pattern} }}") for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }")]
    counted = rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return every[0] == every[1] and counted == [(str(len(every[0])),)]


def test_what_is_added_to_no_graph_gets_a_graph_of_its_own(store: EmbeddedStore) -> None:
    change(store, "INSERT DATA { <a:s> <a:p> 1 }")
    assert graphs_of(store, "<a:s> <a:p> 1") == (True, [f"{store.base}graph/updates"])
    assert is_union_of_the_graphs(store)


def test_what_is_added_to_a_graph_is_seen_in_the_union(store: EmbeddedStore) -> None:
    change(store, f"INSERT DATA {{ GRAPH <{FIRST}> {{ <a:s> <a:p> 1 }} GRAPH <a:g> {{ <a:s> <a:p> 1 }} }}")
    assert graphs_of(store, "<a:s> <a:p> 1") == (True, ["a:g", FIRST])
    assert is_union_of_the_graphs(store)


def test_what_is_taken_without_naming_a_graph_is_taken_from_all(store: EmbeddedStore) -> None:
    assert graphs_of(store, f"<{COURT_IRI}> a coop:Unit") == (True, [FIRST, SECOND])
    change(store, f"DELETE WHERE {{ <{COURT_IRI}> a coop:Unit }}")
    assert graphs_of(store, f"<{COURT_IRI}> a coop:Unit") == (False, [])
    assert is_union_of_the_graphs(store)


def test_what_is_taken_from_one_of_two_graphs_stays_in_the_union(store: EmbeddedStore) -> None:
    change(store, f"DELETE DATA {{ GRAPH <{FIRST}> {{ <{COURT_IRI}> a coop:Unit }} }}")
    assert graphs_of(store, f"<{COURT_IRI}> a coop:Unit") == (True, [SECOND])
    change(store, f"DELETE DATA {{ GRAPH <{SECOND}> {{ <{COURT_IRI}> a coop:Unit }} }}")
    assert graphs_of(store, f"<{COURT_IRI}> a coop:Unit") == (False, [])
    assert is_union_of_the_graphs(store)


@pytest.mark.parametrize(
    "text",
    [
        f"DROP GRAPH <{FIRST}>",
        f"MOVE <{FIRST}> TO <a:g>",
        f"COPY <{FIRST}> TO DEFAULT",
        "DELETE { ?s coop:status ?o } INSERT { ?s coop:status 'accepted' } WHERE { ?s coop:status ?o }",
        "CLEAR DEFAULT ; INSERT DATA { <a:s> <a:p> 1 }",
        "CLEAR NAMED",
    ],
)
def test_whatever_is_done_the_union_holds_each_triple_of_the_graphs_once(store: EmbeddedStore, text: str) -> None:
    before = store.state()
    change(store, text)
    assert store.state() != before
    assert is_union_of_the_graphs(store)


def test_an_update_leaves_one_database(store: EmbeddedStore) -> None:
    change(store, "INSERT DATA { <a:s> <a:p> 1 }")
    assert [path.name for path in store.folder.glob("db-*")] == [Meta.read(store.folder).database]
    assert rows(store, "SELECT (COUNT(*) AS ?n) { <a:s> ?p ?o }", 20.0) == [("1",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("INSERT DATA { <a:s> }", "the query cannot be read: error at 1:"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is refused"),
        ("LOADSILENT<http://127.0.0.1:9/>", "LOAD is refused"),
        ("LOADe:x", "LOAD is refused"),
        ("CLEAR ALL;loade:x", "LOAD is refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_a_wrong_update_changes_nothing(store: EmbeddedStore, text: str, words: str) -> None:
    before = store.state()
    with pytest.raises(QueryError, match=words):
        update(store.folder, "PREFIX e: <http://127.0.0.1:9/> " + text, 20, MEMORY)
    assert store.state() == before
    assert len(list(store.folder.glob("db-*"))) == 1


def test_the_words_of_dangers_in_texts_and_iris_are_none(store: EmbeddedStore) -> None:
    change(store, "INSERT DATA { <a:LOAD> <a:p> 'LOAD <x> SERVICE' } # LOAD <x>")
    assert rows(store, "SELECT ?o { <a:LOAD> ?p ?o }") == [("LOAD <x> SERVICE",)]


def test_an_update_that_takes_too_long_is_stopped_and_changes_nothing(store: EmbeddedStore) -> None:
    before = store.state()
    with pytest.raises(StoppedError) as error:
        update(store.folder, f"INSERT {{ <a:s> <a:p> ?n }} WHERE {{ {SELF_JOIN} }}", 0.5, MEMORY)
    assert (error.value.limit, store.state()) == ("time", before)
    assert len(list(store.folder.glob("db-*"))) == 1


def test_an_update_beside_a_build_is_refused(store: EmbeddedStore) -> None:
    lock = BuildLock(store.folder)
    with pytest.raises(BusyError):
        change(store, "CLEAR ALL")
    lock.release()


def test_graphs_that_the_request_names_are_those_of_the_patterns(store: EmbeddedStore) -> None:
    change(store, "INSERT { GRAPH <a:g> { ?s a coop:Seen } } WHERE { ?s a coop:Branch }", default=[SECOND])
    assert len(rows(store, "SELECT ?s { ?s a coop:Seen }")) == 1
    with pytest.raises(QueryError, match="so does WITH in the update"):
        change(store, "WITH <a:g> DELETE { ?s a coop:Seen } WHERE { ?s a coop:Seen }", default=[SECOND])


def test_only_the_patterns_of_an_operation_are_given_graphs() -> None:
    text = "DELETE WHERE { ?s ?p 1 } ; DELETE { ?s ?p 1 } WHERE { SELECT * WHERE { ?s ?p 1 } }"
    assert with_using(text, [], ["a:g"]) == text.replace("} WHERE { SELECT", "} USING NAMED <a:g> WHERE { SELECT")


def test_a_disk_that_cannot_link_gets_a_copy(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(updating.os, "link", refuse)
    change(store, "INSERT DATA { <a:s> <a:p> 1 }")
    assert is_union_of_the_graphs(store)
