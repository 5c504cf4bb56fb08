"""Mentions of units: what belongs to a name, what is generic, what is no unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.normalise import normalise
from kg.extract.tokens import Tokenizer
from kg.extract.units import NOT_MEANT, UnitFinder
from kg.model import Mention
from kg.vocab.lexicon import Lexicon

Find = Callable[[str], list[Mention]]


@pytest.fixture(scope="module")
def find(lexicon: Lexicon) -> Find:
    tokenizer, finder = Tokenizer(lexicon.words, lexicon.heads()), UnitFinder(lexicon.units)

    def units(text: str) -> list[Mention]:
        plain = normalise(text)
        return finder.find(plain, tokenizer.cut(plain))

    return units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("近日,临川区税务局与吴中区图书馆签约", ["临川区税务局", "吴中区图书馆"]),
        ("联合国网江苏省电力有限公司苏州供电分公司开展", ["国网江苏省电力有限公司苏州供电分公司"]),
        ("市公安局京口分局四牌楼派出所党支部携手", ["市公安局京口分局四牌楼派出所党支部"]),
        ("会同蚌埠市宏业肉类联合加工有限责任公司", ["蚌埠市宏业肉类联合加工有限责任公司"]),
        ("苏州市文化和旅游局与甲大学", ["苏州市文化和旅游局", "甲大学"]),
        ("抚州市临川区人民法院上顿渡人民法庭立足辖区", ["抚州市临川区人民法院上顿渡人民法庭"]),
        ("二连出入境边防检查站与二连浩特市商务局", ["二连出入境边防检查站", "二连浩特市商务局"]),
        ("甲（北京）科技有限公司参与", ["甲（北京）科技有限公司"]),
    ],
)
def test_name_holds_what_belongs_to_it(find: Find, text: str, names: list[str]) -> None:
    assert [m.name for m in find(text) if not m.generic] == names


@pytest.mark.parametrize("text", ["与高校签约", "联合辖区企业", "会同11家金融机构", "与相关单位共建", "联合知名高校"])
def test_kind_of_body_is_generic(find: Find, text: str) -> None:
    assert [m.generic for m in find(text)] == [True]


def test_number_of_bodies_is_not_part_of_the_name(find: Find) -> None:
    mention = find("携手辖区内11家银行网点举办")[0]
    assert (mention.text, mention.name) == ("辖区内11家银行网点", "银行网点")


def test_signs_of_places_before_a_number_are_part_of_the_name(find: Find) -> None:
    assert [(m.name, m.generic) for m in find("加强京津冀晋五地检察机关协作")] == [("京津冀晋五地检察机关", False)]


def test_three_bodies_that_share_a_head(find: Find) -> None:
    assert [m.name for m in find("会同胶西、杜村、里岔三家派出所")] == ["胶西派出所", "杜村派出所", "里岔派出所"]


def test_count_that_does_not_agree_shares_no_head(find: Find) -> None:
    assert "胶西派出所" not in [m.name for m in find("会同胶西、杜村五家派出所")]


def test_body_without_a_known_head_in_a_list_of_units(find: Find) -> None:
    names = [m.name for m in find("与铜陵市税务局、铜陵海事、铜陵市公安局签订")]
    assert names == ["铜陵市税务局", "铜陵海事", "铜陵市公安局"]


@pytest.mark.parametrize("text", ["依据公司法办理", "走访社区矫正对象", "按下签署键", "家庭和睦"])
def test_words_that_look_like_a_unit_are_none(find: Find, text: str) -> None:
    assert find(text) == []


def test_people_of_a_generic_body_are_not_the_body(find: Find) -> None:
    assert [m.rule for m in find("与税务所党员座谈")] == [NOT_MEANT]
