"""Reports in traditional characters: read like any other, quoted as they are written."""

from __future__ import annotations

from kg.extract.normalise import normalise, simplified
from tests.extract.conftest import Read


def test_a_report_in_traditional_characters_is_read_and_quoted_as_written(read: Read) -> None:
    text = "甲州區檢察院聯合甲州區婦聯建立「護苗」聯動機制，幫扶兒童35人。"
    candidates = read(text)
    cooperation = next(c for c in candidates if c.kind == "cooperation")
    partner = cooperation.one("participant")
    assert (partner.name, partner.text) == ("甲州区妇联", "甲州區婦聯")
    assert text[partner.start : partner.end] == partner.text
    mechanism = next(c for c in candidates if c.kind == "mechanism")
    assert "「護苗」聯動機制" in [slot.name for slot in mechanism.all("alt")]
    assert [c.one("quantity").name for c in candidates if c.kind == "outcome"] == ["35"]


def test_a_sign_that_both_scripts_have_stays_in_a_simplified_text() -> None:
    text = "乾县人民法院在乾陵镇设立法官工作站，著名专家到场指导，共同推进矛盾纠纷多元化解。"
    assert simplified(text) == text
    assert len(normalise("雙方簽訂協議")) == 6
