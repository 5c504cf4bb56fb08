"""The build as a stream: what reaches the store, what the ledger says, what stays when something breaks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ConfigError, InputError
from kg.graph import Graph
from kg.ids import Ids
from kg.load.ledger import LedgerEntry
from kg.model import Candidate, Case, Document, Evidence, Fact, Mechanism, Provenance, Unit
from kg.pipeline import BuildResult, GrammarReader, build, read_facts, stands
from kg.pipeline.executor import Finder
from kg.pipeline.parts import Read
from kg.store.base import open_store

IDS = Ids()


class OneCase:
    """Reads "NAME：WORDS" as a case about NAME that created WORDS."""

    def __init__(self) -> None:
        self.learnt: list[str] = []
        self.read: list[str] = []

    def learn(self, tables: Sequence[Read]) -> str:
        self.learnt += [document.id for document, _ in tables]
        return ""

    def finder(self) -> Finder:
        return self

    def candidates(self, document: Document) -> list[Candidate]:
        return []

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        self.read.append(document.id)
        name, colon, words = document.text.strip().partition("：")
        if not colon:
            return []
        unit, case = IDS.unit(name), IDS.case(document.id, name)
        start = document.text.index(words)
        proof = Evidence(IDS.document(document.id), start, start + len(words), words, document.text.strip())
        mechanism = Mechanism(
            IDS.mechanism(name, words), words, "platform", (unit,), Provenance(case, (proof,), "rules", "r", 0.9)
        )
        return [Unit(unit, name, roles=frozenset({"branch"})), Case(case, IDS.document(document.id), "标题", (unit,)), mechanism]


class Inventor(OneCase):
    """Quotes what is not in the text."""

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        *others, mechanism = super().facts(document)
        assert isinstance(mechanism, Mechanism)
        moved = replace(mechanism.provenance.evidence[0], start=0)
        return [*others, replace(mechanism, provenance=replace(mechanism.provenance, evidence=(moved,)))]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def texts(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def built(work: Path, *sources: str, reader: OneCase | None = None) -> BuildResult:
    return build(Config(work), sources, reader=reader or OneCase())


def exported(work: Path) -> bytes:
    store = open_store(work / "build" / "store")
    with (work / "out.nq").open("wb") as out:
        store.dump(out, "nq")
    store.close()
    return (work / "out.nq").read_bytes()


def entry_of(result: BuildResult, source: str) -> LedgerEntry:
    return next(entry for entry in result.ledger.entries if entry.source == source)


def test_facts_of_every_document_reach_the_store(work: Path) -> None:
    texts(work, a="甲：同心桥", b="乙：连心桥")
    result = built(work, "a.txt", "b.txt")
    assert result.ledger.ok and result.written
    assert dict(result.facts) == {"units": 2, "cases": 2, "mechanisms": 2}
    assert (result.documents, result.characters) == (2, 12)
    assert "连心桥".encode() in exported(work)


def test_the_same_build_twice_gives_the_same_bytes(work: Path) -> None:
    texts(work, a="甲：同心桥", b="乙：连心桥")
    built(work, "a.txt", "b.txt")
    first = exported(work)
    shutil.rmtree(work / "build")
    built(work, "b.txt", "a.txt")
    assert exported(work) == first


def test_the_ledger_stands_in_the_store(work: Path) -> None:
    texts(work, a="甲：同心桥")
    built(work, "a.txt", "none.txt")
    ledger = json.loads((work / "build" / "store" / "ledger.json").read_text(encoding="utf-8"))
    assert ledger["ok"] is False
    found = {entry["source"]: entry for entry in ledger["files"]}
    assert found["a.txt"]["facts"] == {"cases": 1, "units": 1, "mechanisms": 1}
    assert "no such file" in found["none.txt"]["error"]["message"]["en"]


def test_progress_is_told_file_by_file(work: Path) -> None:
    texts(work, a="甲：同心桥", b="乙：连心桥")
    told: list[str] = []
    build(Config(work), ["a.txt", "b.txt"], progress=lambda entry: told.append(entry.source), reader=OneCase())
    assert told == ["a.txt", "b.txt"]


def test_tables_are_learnt_from_before_any_report_is_read(work: Path) -> None:
    texts(work, a="甲：同心桥")
    (work / "z.csv").write_text("单位名称,类型\n甲,法院\n", encoding="utf-8")
    reader = OneCase()
    built(work, "a.txt", "z.csv", reader=reader)
    assert reader.learnt == ["z.csv"]
    assert reader.read == ["z.csv", "a.txt"]


def test_a_fact_without_its_quote_in_the_text_is_dropped_and_told(work: Path) -> None:
    texts(work, a="甲：同心桥")
    entry = entry_of(built(work, "a.txt", reader=Inventor()), "a.txt")
    assert entry.facts == {"cases": 1, "units": 1}
    assert entry.counts["facts_without_proof"] == 1
    assert entry.notes[-1].en == "dropped, its quote is not in the text: 同心桥"
    assert open_store(work / "build" / "store").query("ASK { ?x a <https://w3id.org/coop-kg/ontology#Mechanism> }") is False


@pytest.mark.parametrize(
    ("start", "end", "exact", "quote", "expected"),
    [
        (3, 5, "合作", "甲乙合作。", True),
        (3, 5, "合作", "丙乙合作。", False),
        (2, 4, "合作", "甲乙合作。", False),
        (3, 3, "", "甲乙合作。", False),
        (3, 5, "合作", "共赢", False),
    ],
)
def test_a_quote_stands_only_where_its_offsets_say(start: int, end: int, exact: str, quote: str, expected: bool) -> None:
    assert stands(Evidence("", start, end, exact, quote), "　甲乙合作。") is expected


def test_words_that_the_sentence_repeats_are_found_at_their_own_place() -> None:
    assert stands(Evidence("", 3, 4, "甲", "甲和乙甲"), "甲和乙甲")


def test_sources_come_from_the_configuration_without_any_given(work: Path) -> None:
    texts(work, a="甲：同心桥")
    result = build(Config(work, sources=("*.txt",)), reader=OneCase())
    assert [entry.id for entry in result.ledger.entries] == ["a.txt"]


def test_no_source_at_all_is_an_error(work: Path) -> None:
    with pytest.raises(InputError, match="nothing to build from"):
        built(work)


def test_when_nothing_can_be_read_the_old_store_stays(work: Path) -> None:
    texts(work, a="甲：同心桥")
    built(work, "a.txt")
    before = exported(work)
    result = built(work, "none.txt")
    assert not result.written
    assert exported(work) == before


def test_a_broken_ontology_leaves_the_old_store_untouched(work: Path, root: Path) -> None:
    texts(work, a="甲：同心桥")
    built(work, "a.txt")
    before = exported(work)
    shutil.copytree(root / "ontology", work / "ontology")
    core = work / "ontology" / "core.ttl"
    core.write_text(core.read_text(encoding="utf-8") + "\ncoop:Broken a [ .\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"core\.ttl.*line \d+"):
        build(Config(work, ontology=work / "ontology"), ["a.txt"], reader=OneCase())
    assert exported(work) == before


def test_a_broken_rule_leaves_the_old_store_untouched(work: Path, root: Path) -> None:
    texts(work, a="甲：同心桥", b="乙：连心桥")
    built(work, "a.txt")
    before = exported(work)
    shutil.copytree(root / "ontology", work / "ontology")
    (work / "ontology" / "rules").mkdir(exist_ok=True)
    (work / "ontology" / "rules" / "zz.ru").write_text("INSERT {", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"zz\.ru"):
        build(Config(work, ontology=work / "ontology"), ["b.txt"], reader=OneCase())
    assert exported(work) == before


# The real reader on the documents that ship.


def test_every_quote_of_every_shipped_document_stands_at_its_offsets(root: Path, shared: Path | None) -> None:
    seeds = [*sorted((shared / "seeds").glob("*.txt"))] if shared else []
    config = Config.read(root / "kg.toml")
    sources = [*(root / source for source in config.sources), *seeds]
    proved = 0
    for entry, documents in read_facts(config, sources, GrammarReader(config)):
        assert entry.error is None
        assert "facts_without_proof" not in entry.counts
        for document, facts in documents:
            for evidence in (item for fact in facts if not isinstance(fact, Unit | Case) for item in fact.provenance.evidence):
                assert document.text[evidence.start : evidence.end] == evidence.exact
                assert evidence.exact in evidence.quote and evidence.quote in document.text
                proved += 1
    assert proved > 200


def test_the_shipped_documents_conform(root: Path, tmp_path: Path) -> None:
    graph = Graph(Config.read(root / "kg.toml"), tmp_path / "store")
    assert graph.build().ledger.ok
    assert [row for row in graph.validate("en").rows if row.severity == "violation"] == []


def test_the_shipped_documents_give_the_same_bytes_whatever_the_hash_seed(root: Path, tmp_path: Path) -> None:
    script = "import kg, sys; g = kg.open(sys.argv[1]); g.build(); g.export(__import__('pathlib').Path(sys.argv[1] + '.nq'))"
    for seed in ("1", "2"):
        environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], cwd=root, env=environ, check=True)
    first, second = ((tmp_path / f"{seed}.nq").read_bytes() for seed in ("1", "2"))
    assert first == second != b""


# Bad input: each is named with the reason and the way out, and the good file beside it is built.


def bad(work: Path, source: str) -> LedgerEntry:
    texts(work, good="甲：同心桥")
    result = built(work, "good.txt", source)
    assert not result.ledger.ok
    assert result.facts["mechanisms"] == 1
    assert "同心桥".encode() in exported(work)
    entry = next(entry for entry in result.ledger.entries if entry.source != "good.txt")
    assert entry.error is not None and source in entry.error.message.zh and entry.error.hint.zh
    return entry


def reason(entry: LedgerEntry) -> str:
    assert entry.error is not None
    return entry.error.message.en


def test_an_empty_file(work: Path) -> None:
    texts(work, bad="")
    assert "empty" in reason(bad(work, "bad.txt"))


def test_another_format_under_a_wrong_ending(work: Path) -> None:
    (work / "bad.docx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert "bad.docx" in reason(bad(work, "bad.docx"))


def test_an_empty_folder(work: Path) -> None:
    (work / "bad").mkdir()
    assert "no file in the folder" in reason(bad(work, "bad"))


def test_a_folder_that_is_named_like_a_file(work: Path) -> None:
    (work / "bad.txt").mkdir()
    texts(work / "bad.txt", inside="乙：连心桥")
    texts(work, good="甲：同心桥")
    assert built(work, "good.txt", "bad.txt").facts["mechanisms"] == 2


def test_a_missing_file(work: Path) -> None:
    assert "no such file" in reason(bad(work, "bad.txt"))


def test_a_pipe_instead_of_a_file(work: Path) -> None:
    os.mkfifo(work / "bad.txt")
    assert "not an ordinary file" in reason(bad(work, "bad.txt"))


def test_an_unreadable_file(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts(work, bad="乙：连心桥")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "bad.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "Permission denied" in reason(bad(work, "bad.txt"))


def test_a_text_of_50_megabytes(work: Path) -> None:
    (work / "bad.txt").write_bytes("字".encode() * (50_000_000 // 3))
    assert "more than the limit" in reason(bad(work, "bad.txt"))


def test_a_text_without_a_case(work: Path) -> None:
    texts(work, bad="今天天气很好。")
    assert "no case found in the text" in reason(bad(work, "bad.txt"))


def test_a_table_without_the_named_columns(work: Path) -> None:
    (work / "bad.csv").write_text("颜色,大小\n红,3\n", encoding="utf-8")
    assert "bad.csv" in reason(bad(work, "bad.csv"))


def test_a_broken_turtle_file(work: Path) -> None:
    (work / "bad.ttl").write_text("@prefix ex: <http://example.org/> .\nex:a ex:b .\n", encoding="utf-8")
    assert "2" in reason(bad(work, "bad.ttl"))
