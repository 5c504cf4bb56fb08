"""The desk of a reviewer: decisions are written at once, refused when the text does not bear them, and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import InputError
from kg.graph import Graph
from kg.pipeline.desk import Desk
from kg.review import DecisionLog
from tests.extract.llm.conftest import Stub
from tests.review.workspace import asked, workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(workspace(tmp_path), by="李")


def log(desk: Desk) -> list[tuple[str, str]]:
    return [(decision.action, decision.by) for decision in DecisionLog(desk.log.path).read()]


def test_what_is_decided_is_no_longer_asked(desk: Desk) -> None:
    before = len(desk.queue())
    desk.accept(asked(desk, "mechanism", "同心"))
    desk.reject(asked(desk, "outcome", "走访"), note="not theirs")
    assert len(desk.queue()) == before - 2
    assert log(desk) == [("accept", "李"), ("reject", "李")]
    assert [decision.note for decision in desk.history()] == ["not theirs", ""]
    with pytest.raises(InputError, match="nothing to decide"):
        desk.item("reports/a.txt", desk.history()[0].id)


def test_an_edit_knows_kinds_and_numbers(desk: Desk) -> None:
    edit = desk.edit(asked(desk, "outcome", "服务企业"), {"quantity": ["120余"], "what": ["企业"]})
    assert {role: [words.name for words in filled] for role, filled in edit.slots.items()} == {
        "what": ["企业"],
        "quantity": ["120"],
        "bound": ["exactly"],
    }
    edit = desk.edit(asked(desk, "mechanism", "暖心"), {"name": ["“暖心”"]})
    assert [words.kind for words in edit.slots["name"]] == ["mechanism"]
    assert edit.slots["alt"] == ()  # the other names were those of the old words
    edit = desk.edit(asked(desk, "cooperation", "同心"), {"participant": ["县税务局", "青川大学=青川大学法学院"], "through": []})
    assert [words.name for words in edit.slots["participant"]] == ["青川县税务局", "青川大学法学院"]
    assert edit.slots["through"] == ()


def test_a_cleared_number_takes_its_bound_and_measure_along(desk: Desk) -> None:
    edit = desk.edit(asked(desk, "outcome", "走访"), {"quantity": []})
    assert edit.slots == {"quantity": (), "bound": (), "unit": ()}


@pytest.mark.parametrize(
    ("kind", "word", "roles", "complaint"),
    [
        ("mechanism", "同心", {"name": ["“齐心”平台"]}, "not in the document: “齐心”平台"),
        ("cooperation", "同心", {"participant": []}, "a role is missing"),
        ("outcome", "走访", {"quantity": ["300人次=many"]}, "a number is none"),
    ],
)
def test_what_the_text_does_not_bear_is_refused(
    desk: Desk, kind: str, word: str, roles: dict[str, list[str]], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        desk.edit(asked(desk, kind, word), roles)
    assert log(desk) == []


def test_a_fact_is_added_from_its_sentence(desk: Desk) -> None:
    sentence = "该院邀请青川县图书馆讲解=1+1的故事。"
    desk.reject(asked(desk, "cooperation", "图书馆"))
    desk.add("reports/a.txt", sentence, "cooperation", {"participant": ["青川县图书馆"]}, exact="邀请青川县图书馆")
    with pytest.raises(InputError, match="not in the document"):
        desk.add("reports/a.txt", "没有这句。", "cooperation", {"participant": ["青川县图书馆"]})
    with pytest.raises(InputError, match="there is no document"):
        desk.add("reports/c.txt", sentence, "cooperation", {"participant": ["青川县图书馆"]})


def test_units_that_look_alike_are_asked_about_until_decided(desk: Desk) -> None:
    [pair] = desk.pairs()
    assert (pair.proposal.keep.label, pair.proposal.other.label) == ("青川县中医医院", "青川县中医院")
    assert [proof.quote for proof in pair.other_proofs] == ["青川县中医院与青川大学建立协作机制。"]
    desk.apart("青川县中医院", "青川县中医医院")
    assert desk.pairs() == []
    desk.undo()
    desk.merge("青川县中医医院", "青川县中医院")
    assert desk.pairs() == []


def test_only_the_own_latest_decision_is_taken_back_unless_it_is_named(desk: Desk) -> None:
    mine = desk.accept(asked(desk, "mechanism", "同心"))
    desk.by = "王"
    with pytest.raises(InputError, match="no decision to take back"):
        desk.undo()
    assert desk.undo(mine.key) == mine
    assert desk.history() == []
    assert asked(desk, "mechanism", "同心")


def test_the_desk_reads_what_the_build_kept_and_the_build_what_was_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    with Graph(config) as graph:
        graph.build()
        desk = Desk(config)
        desk.merge("青川县中医医院", "青川县中医院")
        desk.split("reports/b.txt", "青川大学", "青川大学医学院")
        desk.reject(asked(desk, "cooperation", "“暖心”"))
        assert graph.build().ledger.orphans == []
        rows = graph.query("SELECT DISTINCT ?name { ?c coop:participant/skos:prefLabel ?name } ORDER BY ?name")
    assert {row["name"] for row in rows} >= {"青川大学", "青川大学医学院"}


def test_what_others_decide_meanwhile_is_taken_up(desk: Desk, tmp_path: Path) -> None:
    item = asked(desk, "mechanism", "同心")
    other = Desk(Config.read(tmp_path / "kg.toml"), by="王")
    other.accept(asked(other, "mechanism", "同心"))
    with pytest.raises(InputError, match="nothing to decide"):
        desk.item(item.document, item.id)
    assert item.id not in [each.id for each in desk.queue()]
    other.undo()
    assert item.id in [each.id for each in desk.queue()]


def test_the_report_counts_what_waits(desk: Desk) -> None:
    desk.accept(asked(desk, "mechanism", "同心"))
    found = desk.quality()
    assert (found.by_kind["mechanism"].right, found.by_kind["mechanism"].open, found.proposals) == (1, 2, 1)
    assert found.total.open == len(desk.queue())


def test_without_sources_in_the_configuration_what_was_built_is_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    bare = replace(config, sources=())
    with pytest.raises(InputError, match="nothing to build from"):
        Desk(bare)
    with Graph(bare) as graph:
        graph.build(["reports/b.txt"])
    assert {item.document for item in Desk(bare).queue()} == {"reports/b.txt"}


def test_what_a_model_read_in_a_build_is_on_the_desk_and_it_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = {"fact": "cooperation", "sentence": 1, "quote": "联合县税务局、青川大学", "participant": ["青川大学"]}
    with Stub(lambda body: json.dumps({"facts": [fact]}, ensure_ascii=False)).running() as stub:
        config = replace(workspace(tmp_path), llm=stub.settings())
        monkeypatch.chdir(tmp_path)
        with Graph(config) as graph:
            graph.build()
        asked_before = len(stub.bodies)
        first = Desk(config).queue()[0]
        assert (len(stub.bodies), asked_before > 0) == (asked_before, True)
    assert {first.candidate.producer, *(rival.producer for rival in first.rivals)} == {"rules", "llm"}
    assert first.candidate.sentence.text.startswith("青川县检察院联合县税务局")
