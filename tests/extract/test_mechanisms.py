"""Mentions of mechanisms: named with a head, by a verb, in a title, without quotes; and what is none."""

from __future__ import annotations

import pytest

from tests.extract.conftest import Read, mechanisms

SUBJECT = "甲市税务局党支部。"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("打造“星火”党建品牌", "“星火”党建品牌", "brand"),
        ("形成“甲乙、丙丁”的“三联”机制", "“三联”机制", "mechanism"),
        ("设立“先锋示范岗”", "“先锋示范岗”", "post"),
        ("搭建“连心桥畔”", "“连心桥畔”", "mechanism"),
        ("推行“老带新+师带徒”", "“老带新+师带徒”", "mechanism"),
        ("签订《共建协议书》", "《共建协议书》", "document"),
        ("签订跨区域协作意见", "跨区域协作意见", "document"),
        ("建立与乙局的三方会商制度", "三方会商制度", "mechanism"),
        ("成立4个联合创新实验室", "联合创新实验室", "joint_body"),
        ("以“四联”促“四新”", "“四联”促“四新”", "mechanism"),
        ("党建品牌“红色引擎手”", "“红色引擎手”", "brand"),
        ("“丙丁”联盟由此成立", "“丙丁”联盟", "joint_body"),
        ("把凉亭改装出“露天议事厅”", "“露天议事厅”", "platform"),
    ],
)
def test_mechanism_is_named_up_to_its_head(read: Read, text: str, name: str, kind: str) -> None:
    assert mechanisms(read(SUBJECT + text + "。")).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "寻找破解难题的“金钥匙”",
        "推动“盆景”变“风景”",
        "解决“最后一公里”问题",
        "弘扬“甲乙精神”",
        "获评“十佳示范平台”",
        "打破“坐堂办案”传统模式",
        "依据《中华人民共和国民法典》办理",
        "一是健全工作保障体系",
        "探索出新路径",
        "取得“1+1>2”的效果",
        "以“人才”为主题",
    ],
)
def test_emphasis_praise_and_announcements_are_no_mechanisms(read: Read, text: str) -> None:
    assert mechanisms(read(SUBJECT + text + "。")) == {}


def test_items_before_a_shared_head_are_mechanisms_of_their_own(read: Read) -> None:
    found = mechanisms(read(SUBJECT + "制定重大事项报告、重大案件研判等办案机制。"))
    assert set(found) == {"重大事项报告办案机制", "重大案件研判办案机制"}


def test_quotes_side_by_side_are_a_list(read: Read) -> None:
    assert set(mechanisms(read(SUBJECT + "组建了“红枫调解团”“绿叶调解团”等团队。"))) == {"“红枫调解团”", "“绿叶调解团”"}


def test_bare_name_is_the_mechanism_that_has_a_head(read: Read) -> None:
    assert set(mechanisms(read(SUBJECT + "打造“星火石”品牌。叫响“星火石”。"))) == {"“星火石”品牌"}


def test_one_quoted_name_with_two_heads_is_two_mechanisms(read: Read) -> None:
    found = mechanisms(read(SUBJECT + "建立“党建+业务”联席会议制度，开展“党建+业务”双讲坛。"))
    assert set(found) == {"“党建+业务”联席会议制度", "“党建+业务”双讲坛"}


def test_bare_quote_is_another_name(read: Read) -> None:
    candidate = next(c for c in read(SUBJECT + "打造“星火石”党建品牌。") if c.kind == "mechanism")
    assert [alt.value for alt in candidate.all("alt")] == ["星火石"]
