"""Corrections survive: decisions through a build with other rules and other text, and what is told when their sentence goes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Config
from kg.graph import Graph
from kg.model import Candidate
from kg.pipeline import GrammarReader, read_candidates
from kg.review import Decision, DecisionLog, Words
from kg.review.decisions import about, grouped
from kg.review.units import merging

REPORT = """青川县检察院：携手多方护航企业
青川县检察院联合县税务局、青川大学成立“同心”护企平台，服务企业120家。
该院与青川县财政局建立协作机制，走访群众300人次。
青川县检察院与青川县公安局共建“清风”工作室，获评全省先进集体。
县中医医院派员参加普法活动。
"""
ADDED = "县中医医院派员参加普法活动。"


@pytest.fixture
def work(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A workspace with one report and its own ontology folder."""
    shutil.copytree(root / "ontology", tmp_path / "ontology")
    (tmp_path / "kg.toml").write_text('ontology = "ontology"\nsources = ["reports/*"]\n', encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Config.read(tmp_path / "kg.toml")


def read(config: Config) -> list[Candidate]:
    """The candidates as the rules give them."""
    parts = read_candidates(config, ["reports"], GrammarReader(config))
    return [candidate for part in parts for _, candidates in part.documents for candidate in candidates]


def found(candidates: list[Candidate], kind: str, word: str) -> Candidate:
    return next(c for c in candidates if c.kind == kind and any(word in slot.name for slot in c.slots))


def decide(config: Config) -> list[Decision]:
    """Rejects one fact, edits one, merges two units and adds one fact by hand."""
    candidates = read(config)
    document = "reports/a.txt"
    edit = {"name": (Words("name", "“清风”工作室", "清风工作站"),)}
    slots = grouped([Words("participant", "县中医医院", "青川县中医医院")])
    return DecisionLog(config.decisions).append(
        about(found(candidates, "cooperation", "财政局"), document, "reject"),
        about(found(candidates, "mechanism", "清风"), document, "edit", slots=edit),
        merging("青川县税务局", "青川大学"),
        Decision("add", "", document, "cooperation", ADDED, "", slots, by="李"),
    )


def names(graph: Graph, pattern: str) -> list[str]:
    """The distinct labels that a graph pattern gives for ?x, in order."""
    query = f"SELECT DISTINCT ?label {{ {pattern} ?x skos:prefLabel ?label }} ORDER BY ?label"
    return [str(row["label"]) for row in graph.query(query)]


def all_hold(config: Config) -> None:
    """Builds, and sees that the four decisions hold and none is an orphan."""
    with Graph(config) as graph:
        result = graph.build()
        assert result.ledger.orphans == []
        partners = ["青川县中医医院", "青川县公安局", "青川县税务局"]
        assert names(graph, "?c coop:participant ?x .") == partners
        assert names(graph, '?x a coop:Mechanism ; coop:status "edited" .') == ["清风工作站"]
        assert names(graph, "?c coop:participant/skos:prefLabel '青川县公安局'@zh ; coop:through ?x .") == ["清风工作站"]
        assert names(graph, "?x skos:altLabel '青川大学'@zh .") == ["青川县税务局"]
        [hand] = graph.query(
            'SELECT ?quote ?status ?who { ?c coop:producer "review" ; coop:evidence/coop:quote ?quote ; coop:status ?status ;'
            " coop:initiator/skos:prefLabel ?who }"
        )
        assert hand == {"quote": ADDED, "status": "accepted", "who": "青川县检察院"}
        assert [row for row in graph.validate("en").rows if row.severity == "violation"] == []


def test_decisions_hold_through_new_text_and_new_rules(work: Config) -> None:
    decide(work)
    all_hold(work)
    report = work.root / "reports" / "a.txt"
    in_front = "近年来，青川县检察院坚持服务大局，主动作为。\n\n青川县检察院联合"
    report.write_text(REPORT.replace("青川县检察院联合", in_front, 1), encoding="utf-8")
    for file in (work.ontology / "extraction").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("id: pair-acts", "id: pair-renamed").replace("id: quoted-head", "id: q2"), encoding="utf-8")
    assert "pair-renamed" in {candidate.rule for candidate in read(work)}
    all_hold(work)


def test_decisions_hold_when_the_rules_read_nothing_of_it_any_more(work: Config) -> None:
    decide(work)
    words = work.ontology / "extraction" / "cooperation.yaml"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("共建", "共筑"), encoding="utf-8")
    with Graph(work) as graph:
        assert graph.build().ledger.orphans == []
        assert names(graph, '?x a coop:Mechanism ; coop:status "edited" .') == ["清风工作站"]


def test_the_same_decisions_give_the_same_bytes(work: Config) -> None:
    decide(work)
    exported = []
    for name in ("one.nq", "two.nq"):
        with Graph(work) as graph:
            graph.build()
            graph.export(work.root / name)
        exported.append((work.root / name).read_bytes())
        lines = work.decisions.read_text(encoding="utf-8").splitlines()
        work.decisions.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    assert exported[0] == exported[1] != b""


def test_undoing_restores_the_graph_byte_for_byte(work: Config) -> None:
    with Graph(work) as graph:
        graph.build()
        graph.export(work.root / "before.nq")
    decisions = decide(work)
    DecisionLog(work.decisions).append(*(Decision("undo", decision.key) for decision in decisions))
    with Graph(work) as graph:
        assert graph.build().ledger.orphans == []
        graph.export(work.root / "after.nq")
    assert (work.root / "after.nq").read_bytes() == (work.root / "before.nq").read_bytes()


def test_a_decision_whose_sentence_was_deleted_is_told_with_what_is_nearest(work: Config) -> None:
    decide(work)
    report = work.root / "reports" / "a.txt"
    report.write_text(REPORT.replace(ADDED + "\n", "").replace("该院与青川县财政局", "该院携手青川县财政局"), encoding="utf-8")
    with Graph(work) as graph:
        orphans = graph.build().ledger.orphans
        assert [orphan["decision"]["action"] for orphan in orphans] == ["reject", "add"]
        assert [orphan["reason"]["en"] for orphan in orphans] == ["its sentence is no longer in the document"] * 2
        assert orphans[0]["nearest"]["sentence"] == "该院携手青川县财政局建立协作机制，走访群众300人次。"
        assert len(DecisionLog(work.decisions).read()) == 4
        again = graph.build()
        assert again.unchanged and again.ledger.orphans == orphans
    ledger = json.loads((work.store / "ledger.json").read_text(encoding="utf-8"))
    assert ledger["orphans"][0]["nearest"]["sentence"] == "该院携手青川县财政局建立协作机制，走访群众300人次。"


def test_decisions_follow_a_report_that_is_moved_and_renamed(work: Config) -> None:
    decide(work)
    (work.root / "reports" / "2026").mkdir()
    (work.root / "reports" / "a.txt").rename(work.root / "reports" / "2026" / "终稿.txt")
    all_hold(replace(work, sources=("reports",)))


def test_decisions_about_reports_that_are_not_built_now_are_no_orphans(work: Config) -> None:
    decide(work)
    (work.root / "reports" / "b.txt").write_text("丙县法院：多元解纷\n丙县法院与丙县司法局建立协作机制。\n", encoding="utf-8")
    with Graph(work) as graph:
        orphans = graph.build(["reports/b.txt"]).ledger.orphans
        assert [orphan["decision"]["action"] for orphan in orphans] == ["merge"]
        assert orphans[0]["nearest"]["name"] == "丙县司法局"


def test_a_name_that_means_two_bodies_is_split_by_document(work: Config) -> None:
    (work.root / "reports" / "b.txt").write_text(REPORT, encoding="utf-8")
    split = Decision("split", "", "reports/b.txt", units=("青川大学", "青川大学北校区"))
    DecisionLog(work.decisions).append(split)
    with Graph(work) as graph:
        assert graph.build().ledger.orphans == []
        for document, name in (("a.txt", "青川大学"), ("b.txt", "青川大学北校区")):
            inside = f"?c coop:participant ?x ; coop:reportedIn/coop:inDocument/coop:fileName '{document}' ."
            assert name in names(graph, inside)
        assert names(graph, "?x skos:altLabel '青川大学'@zh .") == []
