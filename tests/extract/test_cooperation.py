"""Frames of cooperation: who with whom through what; and what is none."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Read, cooperations

LEAD = "临川区税务局党支部深化党建联建。"


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("临川区税务局与吴中区司法局、吴中区图书馆签订共建协议。", ["吴中区司法局", "吴中区图书馆"]),
        ("联合相关单位开展活动。", ["相关单位"]),
        ("与高校、科研机构等单位加强共建。", ["高校", "科研机构"]),
        ("加强吴中区司法局沟通协作。", ["吴中区司法局"]),
        ("建立与吴中区公安局、吴中区民政局等部门的多方会商机制。", ["吴中区公安局", "吴中区民政局"]),
        ("与辖区内11家金融机构签约。", ["金融机构"]),
        ("与吴中区人民医院，围绕群众需求，共同搭建“健康驿站”。", ["吴中区人民医院"]),
    ],
)
def test_partners_of_a_frame(read: Read, text: str, partners: list[str]) -> None:
    assert [found[0] for found in cooperations(read(LEAD + text))] == [partners]


@pytest.mark.parametrize(
    "text",
    [
        "坚持党建与业务同部署、同落实。",
        "参与社区治理。",
        "与社区居民座谈交流。",
        "不断提升服务企业的能力。",
        "吴中区司法局开展培训。",
        "成为联合国关注的样本。",
    ],
)
def test_no_frame(read: Read, text: str) -> None:
    assert cooperations(read(LEAD + text)) == []


def test_through_is_what_follows_in_the_sentence(read: Read) -> None:
    text = LEAD + "与吴中区图书馆加强共建，成立“书香联盟”，打造“一册通”平台。"
    assert cooperations(read(text)) == [(["吴中区图书馆"], ["“书香联盟”", "“一册通”平台"])]


def test_each_frame_has_its_own_mechanism(read: Read) -> None:
    text = LEAD + "与吴中区图书馆成立“书香联盟”；联合吴中区司法局组建“法润专班”。"
    assert cooperations(read(text)) == [(["吴中区图书馆"], ["“书香联盟”"]), (["吴中区司法局"], ["“法润专班”"])]


def test_both_sides_are_those_named_last(read: Read) -> None:
    text = LEAD + "与吴中区图书馆签约。双方共同打造“书香驿站”。"
    assert cooperations(read(text))[-1] == (["吴中区图书馆"], ["“书香驿站”"])


def test_who_acts_is_kept_when_it_is_not_the_reporting_unit(read: Read) -> None:
    candidates = read(LEAD + "吴中区司法局与吴中区图书馆共同签署协作意见。")
    cooperation = next(c for c in candidates if c.kind == "cooperation")
    assert [s.name for s in cooperation.all("initiator")] == ["吴中区司法局"]


def test_outcome_in_the_same_clause_is_yielded(read: Read) -> None:
    candidates = read(LEAD + "与吴中区图书馆共建“书香驿站”，服务读者3200人次。")
    cooperation = next(c for c in candidates if c.kind == "cooperation")
    assert [s.text for s in cooperation.all("yields")] == ["服务读者"]


def test_every_slot_stands_in_the_text(read: Read) -> None:
    text = LEAD + "该支部与吴中区图书馆(以下简称“区图”)签约，区图设立“共读角”平台。"
    for candidate in read(text):
        assert text[candidate.start : candidate.end] in candidate.sentence.text
        assert all(text[slot.start : slot.end] == slot.text for slot in candidate.slots)
