"""Builds after the first read only what changed, and give the bytes of a first build."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from kg.pipeline import Changes, changes
from kg.pipeline.reader import GrammarReader
from tests.pipeline.conftest import REPORTS, Work

ALL = ("sources/units.csv", "sources/a.txt", "sources/b.txt", "sources/c.txt")


def changed(work: Work) -> Changes:
    return changes(work.config, [work.sources])


def test_a_build_without_a_change_finds_nothing_anew_and_tells_the_same(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    first = work.build()
    monkeypatch.setattr(GrammarReader, "__init__", lambda self, config: pytest.fail("it was read again"))
    second = work.build()
    assert (first.read, first.written, first.unchanged) == (4, True, False)
    assert (second.read, second.written, second.unchanged) == (0, False, True)
    assert (second.facts, second.documents, second.characters) == (first.facts, first.documents, first.characters)
    assert [entry.to_json() for entry in second.ledger.entries] == [entry.to_json() for entry in first.ledger.entries]
    assert changed(work) == Changes(same=ALL)


def test_one_changed_report_is_read_alone_and_gives_the_bytes_of_a_first_build(work: Work) -> None:
    work.build()
    work.put("b.txt", REPORTS["b"] + "白水县税务局与南山大学共建实验室。\n")
    assert changed(work) == Changes(changed=("sources/b.txt",), same=(ALL[0], ALL[1], ALL[3]))
    assert work.build().read == 1
    assert "南山大学".encode() in work.exported()
    assert work.exported() == work.anew()


def test_the_graph_of_a_deleted_report_goes(work: Work) -> None:
    work.build()
    (work.sources / "b.txt").unlink()
    assert changed(work).removed == ("sources/b.txt",)
    assert work.build().read == 0
    assert "白水".encode() not in work.exported()
    assert work.exported() == work.anew()


def test_what_is_no_longer_used_leaves_the_cache(work: Work) -> None:
    work.build()
    before = work.kept().execute("SELECT COUNT(*) FROM read").fetchone()
    (work.sources / "b.txt").unlink()
    work.build()
    assert (before, work.kept().execute("SELECT COUNT(*) FROM read").fetchone()) == ((5,), (4,))  # a table is kept twice


def test_a_renamed_report_is_a_new_document(work: Work) -> None:
    work.build()
    (work.sources / "b.txt").rename(work.sources / "d.txt")
    found = changed(work)
    assert (found.new, found.removed) == (("sources/d.txt",), ("sources/b.txt",))
    assert work.build().read == 1
    assert work.exported() == work.anew()


def test_another_unit_in_a_table_lets_every_report_be_read_again(work: Work) -> None:
    work.build()
    work.put("units.csv", "单位名称,类型\n青川县法院,法院\n白水县税务局,税务\n")
    assert changed(work).tables
    assert work.build().read == 4
    assert work.exported() == work.anew()


def test_a_table_that_names_the_same_units_lets_no_report_be_read_again(work: Work) -> None:
    work.build()
    work.put("units.csv", "单位名称,类型,备注\n青川县法院,法院,县级\n")
    assert work.build().read == 1
    assert work.exported() == work.anew()


def test_a_changed_grammar_reads_every_file_again(work: Work) -> None:
    ontology = shutil.copytree(work.ontology, work.root / "ontology")
    own = Work(work.root, ontology)
    own.build()
    words = ontology / "extraction" / "words.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "# another word\n", encoding="utf-8")
    assert changed(own) == Changes(same=ALL, knowledge=True, writing=True)
    assert own.build().read == 4


def test_a_changed_deriving_rule_writes_the_store_anew_and_reads_nothing(work: Work) -> None:
    ontology = shutil.copytree(work.ontology, work.root / "ontology")
    own = Work(work.root, ontology)
    own.build()
    (ontology / "rules" / "cooperates_with.ru").write_text("INSERT { GRAPH <graph/derived> { <a> <b> <c> } } WHERE {}")
    assert changed(own) == Changes(same=ALL, writing=True)
    result = own.build()
    assert (result.read, result.written) == (0, True)
    assert b"/id/a> <" in own.exported()


def test_a_fresh_build_reads_everything(work: Work) -> None:
    work.build()
    before = work.exported()
    assert work.build(fresh=True).read == 4
    assert work.exported() == before


def test_a_file_that_could_not_be_read_is_tried_again_when_another_changes(work: Work) -> None:
    work.put("bad.txt", "")
    assert not work.build().ledger.ok
    second = work.build()
    assert second.unchanged and not second.ledger.ok
    work.put("b.txt", REPORTS["b"] + "\n")
    third = work.build()
    assert (third.read, third.ledger.ok) == (2, False)


def test_a_zip_folder_is_kept_whole_with_the_tables_in_it(work: Work) -> None:
    with zipfile.ZipFile(work.sources / "more.zip", "w") as folder:
        folder.writestr("units.csv", "单位名称,类型\n白水县税务局,税务\n")
        folder.writestr("d.txt", REPORTS["b"].replace("白水", "沁源"))
    work.build()
    work.put("c.txt", REPORTS["c"] + "\n")
    result = work.build()
    assert result.read == 1
    assert [entry.source.rpartition("sources/")[2] for entry in result.ledger.entries[-3:]] == [
        "more.zip/units.csv", "more.zip/d.txt", "more.zip",
    ]  # fmt: skip
    assert work.exported() == work.anew()


def test_files_are_told_by_the_names_they_are_asked_by_now(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.pipeline import build

    monkeypatch.chdir(work.root)
    build(work.config, ["sources"])
    monkeypatch.chdir(work.sources)
    result = build(work.config, ["."])
    assert (result.read, result.ledger.entries[1].source) == (0, "a.txt")


@pytest.mark.parametrize("damage", ["not a database", ""])
def test_a_damaged_cache_is_made_anew(work: Work, damage: str) -> None:
    work.build()
    before = work.exported()
    (work.store / "cache.sqlite").write_text(damage)
    work.put("b.txt", REPORTS["b"] + "\n")
    assert work.build().read == 4
    work.put("b.txt", REPORTS["b"])
    assert work.build().read == 1
    assert work.exported() == before


def test_a_damaged_entry_of_the_cache_is_read_again(work: Work) -> None:
    work.build()
    with work.kept() as database:
        database.execute("UPDATE read SET value = substr(value, 1, 40)")
    work.put("b.txt", REPORTS["b"] + "\n")
    assert work.build().read == 4
    assert work.exported() == work.anew()


@pytest.mark.parametrize("lost", ["ledger.json", "meta.json"])
def test_a_store_without_its_ledger_or_its_meta_file_is_written_anew(work: Work, lost: str) -> None:
    work.build()
    before = work.exported()
    (work.store / lost).unlink()
    assert changed(work) == Changes(new=ALL, store=False)
    result = work.build()
    assert (result.read, result.written) == (0, True)
    assert work.exported() == before


def test_the_ledger_of_another_database_is_not_relied_on(work: Work) -> None:
    work.build()
    ledger = work.store / "ledger.json"
    content = json.loads(ledger.read_text(encoding="utf-8"))
    content["built"]["database"] = "db-other"
    ledger.write_text(json.dumps(content), encoding="utf-8")
    assert work.build().written


def test_whatever_is_changed_in_turn_the_bytes_are_those_of_a_first_build(work: Work) -> None:
    chance = random.Random(7)
    work.build()
    for step in range(6):
        name = chance.choice("abcdef")
        path: Path = work.sources / f"{name}.txt"
        if path.exists() and chance.random() < 0.4:
            path.unlink()
        else:
            work.put(path.name, REPORTS[chance.choice("abc")].replace("县", f"{chance.choice('东西')}县", step % 2))
        work.build()
    assert work.exported() == work.anew()
