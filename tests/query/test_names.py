"""Names as people write them."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query.names import Named, find_thing, find_unit
from kg.store.embedded import EmbeddedStore
from tests.store.graph import BRANCH, COURT, IDS, SCHOOL


@pytest.mark.parametrize(
    "text",
    ["清河法院", "清河区法院", " 清河 法院 ", "“清河法院”", "河区法", IDS.unit(COURT), f"<{IDS.unit(COURT)}>", "qhfy", "QHQFY"],
)
def test_a_unit_is_found_by_label_other_name_part_iri_and_initials(store: EmbeddedStore, text: str) -> None:
    assert find_unit(store, text) == Named(IDS.unit(COURT), COURT)


def test_a_whole_name_wins_over_a_part_of_another(store: EmbeddedStore) -> None:
    assert find_unit(store, "清河检察院").label == "清河检察院"
    assert find_unit(store, "第一党支部").label == BRANCH


def test_a_part_that_several_have_is_refused_and_they_are_named(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError) as error:
        find_unit(store, "白石")
    assert error.value.message.zh == "“白石”对应 2 个名称"
    assert error.value.hint.zh == f"请指明是哪一个：{SCHOOL}、白石镇政府"


def test_an_unknown_name_is_answered_with_the_nearest(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError) as error:
        find_unit(store, "白石中学")
    assert error.value.message.en == "there is no unit “白石中学”"
    assert error.value.hint.zh.startswith(f"相近的有：{SCHOOL}、")


@pytest.mark.parametrize("text", ["", "“”", " "])
def test_no_name_is_no_unit(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(QueryError, match="there is no unit"):
        find_unit(store, text)


def test_a_mechanism_is_found_by_its_bare_name(store: EmbeddedStore) -> None:
    assert find_thing(store, "清源") == Named(IDS.mechanism(BRANCH, "“清源”平台"), "“清源”平台")


def test_a_mechanism_is_no_unit(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="there is no unit “清源”"):
        find_unit(store, "清源")
