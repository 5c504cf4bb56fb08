"""Building a store: whole or not at all, one at a time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import ConfigError, InputError
from kg.store.base import open_store
from kg.store.embedded import EmbeddedStore
from kg.store.folder import DocumentEntry, Meta
from kg.store.writer import StoreWriter
from tests.contracts.store.suite import rows
from tests.store.graph import IDS, ONTOLOGY, add, build, entry, first, second

LABELS = "SELECT (COUNT(*) AS ?n) { ?s a coop:Unit }"

BUILD = """
import sys
from pathlib import Path
from tests.store.graph import add, first, second
from kg.store.writer import StoreWriter
writer = StoreWriter(Path(sys.argv[1]))
add(writer, *first())
writer._flush()
print("half", flush=True)
sys.stdin.readline()
writer.finish()
"""


def started(folder: Path, root: Path) -> subprocess.Popen[bytes]:
    """A build in another process that waits for a line when it has written half."""
    child = subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
    assert child.stdout and child.stdout.readline() == b"half\n"
    return child


def ended(child: subprocess.Popen[bytes]) -> int:
    child.communicate(b"go\n", timeout=30)
    return child.returncode


def count(folder: Path) -> int:
    store = EmbeddedStore(folder)
    found = rows(store, LABELS)
    store.close()
    return int(found[0][0] or 0)


def test_meta_names_base_and_documents(tmp_path: Path) -> None:
    meta = Meta.read(build(tmp_path))
    assert meta.base == "https://w3id.org/coop-kg/id/"
    assert meta.documents == (
        DocumentEntry("1清河.txt", IDS.document("1清河.txt"), "0" * 63 + "1"),
        DocumentEntry("2白石.txt", IDS.document("2白石.txt"), "0" * 63 + "2"),
    )


def test_a_document_that_is_gone_leaves_no_fact(tmp_path: Path) -> None:
    assert count(build(tmp_path)) == 5
    assert count(build(tmp_path, second())) == 2


def test_what_was_derived_from_a_document_that_is_gone_is_gone(tmp_path: Path) -> None:
    build(tmp_path)
    store = open_store(build(tmp_path, second()))
    assert rows(store, "SELECT (COUNT(*) AS ?n) { ?a coop:cooperatesWith ?b }") == [("2",)]
    store.close()


def test_a_document_can_be_kept_from_the_store_before(tmp_path: Path) -> None:
    build(tmp_path)
    with StoreWriter(tmp_path, ontology=ONTOLOGY) as writer:
        assert writer.keep(IDS.document("1清河.txt"))
        assert not writer.keep(IDS.document("3.txt"))
        add(writer, *second())
        writer.finish()
    kept, whole = EmbeddedStore(tmp_path), EmbeddedStore(build(tmp_path / "fresh"))
    assert sorted(kept.quads()) == sorted(whole.quads())
    assert kept.meta.documents == whole.meta.documents


def test_a_document_is_added_once(tmp_path: Path) -> None:
    with StoreWriter(tmp_path) as writer:
        add(writer, *first())
        with pytest.raises(ValueError, match="added twice"):
            writer.add(entry(first()[0]), [])


def test_an_empty_build_is_a_store(tmp_path: Path) -> None:
    with StoreWriter(tmp_path) as writer:
        writer.finish()
    assert open_store(tmp_path).graphs() == ()


def test_leaving_without_finishing_keeps_the_old_store(tmp_path: Path) -> None:
    build(tmp_path)
    with StoreWriter(tmp_path) as writer:
        add(writer, *second())
    assert count(tmp_path) == 5
    assert len(list(tmp_path.glob("db-*"))) == 1


def test_the_old_database_is_removed(tmp_path: Path) -> None:
    build(build(tmp_path))
    assert len(list(tmp_path.glob("db-*"))) == 1


def test_readers_see_the_old_store_while_a_build_runs(tmp_path: Path, root: Path) -> None:
    child = started(build(tmp_path), root)
    assert count(tmp_path) == 5
    assert ended(child) == 0
    assert count(tmp_path) == 4


def test_a_second_build_is_refused_while_one_runs(tmp_path: Path, root: Path) -> None:
    child = started(tmp_path, root)
    with pytest.raises(InputError) as error:
        StoreWriter(tmp_path)
    assert error.value.message.en == f"another build is writing {tmp_path} (process {child.pid})"
    assert ended(child) == 0


def test_a_second_build_is_refused_in_the_same_process(tmp_path: Path) -> None:
    with StoreWriter(tmp_path), pytest.raises(InputError, match=f"process {os.getpid()}"):
        StoreWriter(tmp_path)
    with StoreWriter(tmp_path) as writer:
        writer.finish()


def test_a_build_that_was_killed_leaves_the_old_store_and_no_lock(tmp_path: Path, root: Path) -> None:
    child = started(build(tmp_path), root)
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=30)
    assert count(tmp_path) == 5
    assert count(build(tmp_path, second())) == 2
    assert len(list(tmp_path.glob("db-*"))) == 1


def test_a_first_build_that_was_killed_can_be_repeated(tmp_path: Path, root: Path) -> None:
    child = started(tmp_path, root)
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=30)
    with pytest.raises(InputError, match="is not a store of kg"):
        open_store(tmp_path)
    assert count(build(tmp_path)) == 5


def test_a_build_killed_at_any_moment_leaves_the_old_or_the_new_store(tmp_path: Path, root: Path) -> None:
    build(tmp_path)
    for delay in (0.0, 0.005, 0.01, 0.02, 0.05):
        child = started(tmp_path, root)
        assert child.stdin
        child.stdin.write(b"go\n")
        child.stdin.flush()
        time.sleep(delay)
        child.kill()
        child.communicate(timeout=30)
        assert count(tmp_path) in {4, 5}


def test_a_folder_with_other_things_is_not_built_into(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as error:
        StoreWriter(tmp_path)
    assert error.value.message.en == f"{tmp_path} is not a store: it holds letter.txt"
    assert error.value.hint.en == "choose a new or empty folder with --store"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_not_built_into(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"letter\.txt is a file, not a folder"):
        StoreWriter(tmp_path / "letter.txt")


def test_a_store_of_another_version_is_replaced(tmp_path: Path) -> None:
    meta = build(tmp_path) / "meta.json"
    meta.write_text(meta.read_text(encoding="utf-8").replace('"version": 1', '"version": 0'), encoding="utf-8")
    assert count(build(tmp_path)) == 5


def test_a_broken_rule_is_named_and_the_old_store_stays(tmp_path: Path) -> None:
    ontology = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, ontology)
    (ontology / "rules" / "z.ru").write_text("INSERT {", encoding="utf-8")
    store = build(tmp_path / "store")
    with pytest.raises(ConfigError, match=r"z\.ru"), StoreWriter(store, ontology=ontology) as writer:
        writer.finish()
    assert count(store) == 5


def test_derived_links_stand_in_a_graph_below_the_base(tmp_path: Path) -> None:
    with StoreWriter(tmp_path, base="https://例子.测试/数据/", ontology=ONTOLOGY) as writer:
        add(writer, *first())
        writer.finish()
    assert "https://例子.测试/数据/graph/derived" in open_store(tmp_path).graphs()
