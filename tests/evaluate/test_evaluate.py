"""Comparing a graph with a reference."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import InputError
from kg.evaluate import FoundCase, Gold, find_text, gold_files, in_facts, in_store, score, score_texts, total
from kg.evaluate.found import FoundCooperation, FoundOutcome
from kg.ids import Ids
from kg.model import Candidate, Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.pipeline.executor import Finder

TEXT = "甲市红旗支部的报告。创建“同心”平台，与大学合作，服务企业30家。\n"
GOLD = {
    "source": "a.txt",
    "cases": [
        {
            "subject": "甲市红旗支部",
            "mechanisms": [
                {"text": "“同心”平台", "name": "同心", "alt": ["同心平台"]},
                {"text": "“联动”机制", "name": "“联动”机制"},
            ],
            "partners": [{"text": "大学"}, {"text": "乙区法院"}],
            "cooperations": [{"with": ["大学"], "through": ["同心"]}, {"with": ["乙区法院"], "through": []}],
            "outcomes": [{"what": "企业", "value": 30}, {"what": "锦旗"}],
            "optional_mechanisms": ["示范岗"],
            "optional_partners": ["社区"],
            "optional_outcomes": ["满意"],
        }
    ],
}
IDS = Ids()
DOCUMENT = IDS.document("a.txt")
CASE = IDS.case("a.txt", "甲市红旗支部")


def proof(exact: str) -> Provenance:
    start = TEXT.index(exact)
    return Provenance(CASE, (Evidence(DOCUMENT, start, start + len(exact), exact, TEXT[10:-1]),), "rules", "r1", 0.8)


def sample_facts() -> list[Fact]:
    branch, university, shop = (IDS.unit(name) for name in ("甲市红旗支部", "大学", "商店"))
    platform, post = IDS.mechanism("甲市红旗支部", "“同心”平台"), IDS.mechanism("甲市红旗支部", "示范岗")
    return [
        Unit(branch, "甲市红旗支部", roles=frozenset({"branch"})),
        Unit(university, "大学", roles=frozenset({"partner"})),
        Unit(shop, "商店", roles=frozenset({"partner"})),
        Case(CASE, DOCUMENT, "报告", (branch,)),
        Mechanism(platform, "“同心”平台", "platform", (branch,), proof("同心"), ("同心",)),
        Mechanism(post, "示范岗", "post", (branch,), proof("创建")),
        Cooperation(IDS.cooperation(CASE, "1"), "合作", (branch,), (university,), proof("与大学合作"), (platform,)),
        Cooperation(IDS.cooperation(CASE, "2"), "合作", (branch,), (shop,), proof("合作")),
        Outcome(IDS.outcome(CASE, "1"), "服务企业", "count", proof("服务企业30家"), Decimal(30), "exactly", "家"),
        Outcome(IDS.outcome(CASE, "2"), "企业", "count", proof("企业30家"), Decimal(31), "exactly", "家"),
    ]


def gold(folder: Path, content: object = GOLD) -> Path:
    path = folder / "gold.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def found() -> FoundCase:
    (case,) = in_facts(sample_facts())
    return case


def test_facts_are_gathered_by_case() -> None:
    case = found()
    assert case.subject == ("甲市红旗支部",)
    assert sorted(case.mechanisms.values()) == [("“同心”平台", "同心"), ("示范岗",)]
    assert FoundCooperation(frozenset({("大学",)}), frozenset({("“同心”平台", "同心")})) in case.cooperations.values()
    assert FoundOutcome("服务企业", 30.0) in case.outcomes.values()


def test_what_is_right_missed_and_extra_is_counted_for_each_kind(tmp_path: Path) -> None:
    figures = score(Gold.read(gold(tmp_path)), [found()])
    assert {kind: (figure.hits, figure.missed, figure.extra) for kind, figure in figures.items()} == {
        "cases": (1, [], []),
        "mechanisms": (1, ["“联动”机制"], []),  # 示范岗 is optional
        "partners": (1, ["乙区法院"], ["商店"]),
        "cooperations": (1, ["乙区法院 → "], ["商店 → "]),
        "outcomes": (1, ["锦旗"], ["企业 31"]),
    }


def test_a_case_that_is_not_found_misses_everything(tmp_path: Path) -> None:
    figures = score(Gold.read(gold(tmp_path)), [])
    assert [len(figure.missed) for figure in figures.values()] == [1, 2, 2, 2, 2]


def test_a_case_that_nobody_asked_for_is_extra(tmp_path: Path) -> None:
    figures = score(Gold.read(gold(tmp_path)), [found(), FoundCase(("丙局",))])
    assert figures["cases"].extra == ["丙局"]


def test_a_cooperation_with_two_strangers_more_is_not_the_same(tmp_path: Path) -> None:
    crowd = FoundCooperation(frozenset({("大学",), ("商店",), ("银行",)}), frozenset({("同心",)}))
    figures = score(Gold.read(gold(tmp_path)), [FoundCase(("甲市红旗支部",), cooperations={"x": crowd})])
    assert figures["cooperations"].hits == 0


def test_a_sum_adds_counts_and_words(tmp_path: Path) -> None:
    one = score(Gold.read(gold(tmp_path)), [found()])
    both = total([one, one])
    assert (both["partners"].hits, both["partners"].extra) == (2, ["商店", "商店"])


def test_nothing_wanted_and_nothing_found_is_perfect(tmp_path: Path) -> None:
    assert score(Gold(tmp_path, "a.txt", ()), [])["outcomes"].f1 == 1.0


@pytest.mark.parametrize(
    ("content", "reason"),
    [({"cases": []}, "it has no 'source'"), ({"source": "a", "cases": [{}]}, "it has no 'subject'"), ([], "list indices")],
)
def test_a_broken_reference_is_named(tmp_path: Path, content: object, reason: str) -> None:
    with pytest.raises(InputError, match="gold.json is no reference .*" + reason):
        Gold.read(gold(tmp_path, content))


def test_a_folder_gives_its_references_by_name(tmp_path: Path) -> None:
    gold(tmp_path)
    (tmp_path / "b.json").write_text('{"source": "b.txt", "cases": []}', encoding="utf-8")
    assert [one.source for one in gold_files([tmp_path])] == ["b.txt", "a.txt"]


def test_the_text_is_looked_for_beside_the_reference_then_in_the_reports(tmp_path: Path) -> None:
    reports = tmp_path / "root" / "data" / "reports"
    reports.mkdir(parents=True)
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    reference = Gold.read(gold(tmp_path))
    assert find_text(reference, tmp_path / "root") == reports / "a.txt"
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert find_text(reference, tmp_path / "root") == tmp_path / "a.txt"
    assert find_text(reference, tmp_path, reports) == reports / "a.txt"


def test_a_missing_text_is_named_with_the_places_looked_at(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"its text a\.txt is not found") as caught:
        find_text(Gold.read(gold(tmp_path)), tmp_path)
    assert str(tmp_path / "data" / "reports" / "a.txt") in caught.value.hint.en


class FakeReader:
    """Finds the sample facts in any document."""

    def learn(self, tables: object) -> str:
        raise AssertionError("there is no table")

    def finder(self) -> Finder:
        return self

    def candidates(self, document: Document) -> list[Candidate]:
        return []

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        return sample_facts()


def test_texts_are_read_as_a_build_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (figures,) = score_texts([Gold.read(gold(tmp_path))], Config(tmp_path), reader=FakeReader())
    assert (figures["mechanisms"].hits, figures["cooperations"].hits) == (1, 1)


def stored(folder: Path, root: Path) -> Path:
    from kg.store.folder import DocumentEntry
    from kg.store.quads import to_quads
    from kg.store.writer import StoreWriter
    from kg.vocab.reader import read_ontology

    vocabulary = read_ontology(root / "ontology").vocabulary
    document = Document("a.txt", "报告", TEXT, "a.txt", "0" * 64)
    with StoreWriter(folder / "store") as writer:
        writer.add(DocumentEntry("a.txt", DOCUMENT, "0" * 64), to_quads(document, sample_facts(), IDS, vocabulary))
        writer.finish()
    return folder / "store"


def test_a_store_gives_the_same_as_the_facts_in_it(tmp_path: Path, root: Path) -> None:
    from kg.store.base import open_store

    store = open_store(stored(tmp_path, root))
    assert in_store(store, "a.txt") == [found()]
    assert in_store(store) == [found()]
    assert in_store(store, "other.txt") == []


def test_the_figures_are_those_of_the_scoring_script(tmp_path: Path, root: Path, shared: Path | None) -> None:
    from kg.store.base import open_store

    expected = {
        "cases": (1, 0, 0),
        "mechanisms": (1, 1, 0),
        "partners": (1, 1, 1),
        "cooperations": (1, 1, 1),
        "outcomes": (1, 1, 1),
    }
    store = open_store(stored(tmp_path, root))
    figures = score(Gold.read(gold(tmp_path)), in_store(store))
    assert {kind: (one.hits, len(one.missed), len(one.extra)) for kind, one in figures.items()} == expected
    if shared is not None:
        with (tmp_path / "graph.nq").open("wb") as out:
            store.dump(out, "nq")
        script = [sys.executable, str(shared / "tools" / "score.py"), "graph.nq", "gold.json", "--json"]
        answer = json.loads(subprocess.run(script, cwd=tmp_path, check=True, capture_output=True).stdout)
        assert {kind: (answer[kind]["hit"], answer[kind]["missed"], answer[kind]["extra"]) for kind in expected} == expected
        assert {kind: answer[kind]["f1"] for kind in expected} == {kind: round(one.f1, 3) for kind, one in figures.items()}
