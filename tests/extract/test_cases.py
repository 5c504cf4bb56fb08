"""Where reports begin, whom they are about, which lines are no running text."""

from __future__ import annotations

from tests.extract.conftest import Read, mechanisms


def subjects(candidates: list) -> list[tuple[int, str]]:  # type: ignore[type-arg]
    return [(c.case, c.one("subject").name) for c in candidates if c.kind == "case"]


def test_each_line_that_is_a_units_name_begins_a_report(read: Read) -> None:
    text = "编者按\n选登如下。\n临川区税务局党支部\n用心服务\n设立“先锋示范岗”。\n吴中区司法局\n依法调解\n成立“红枫调解团”。"
    candidates = read(text)
    assert subjects(candidates) == [(0, "临川区税务局党支部"), (1, "吴中区司法局")]
    assert [(c.case, c.one("name").name) for c in candidates if c.kind == "mechanism"] == [
        (0, "“先锋示范岗”"),
        (1, "“红枫调解团”"),
    ]


def test_one_report_is_about_the_unit_of_its_title(read: Read) -> None:
    text = "临川区税务局：走出新路\n近日,吴中区司法局来访。临川区税务局介绍经验。"
    assert subjects(read(text)) == [(0, "临川区税务局")]


def test_text_without_a_unit_is_no_report(read: Read) -> None:
    assert read("今天天气很好。\n我们去公园散步。") == []


def test_caption_and_source_lines_are_left_out(read: Read) -> None:
    text = "临川区税务局党支部\n来源:“周末课堂”平台\n图为“青年讲习班”活动现场\n设立“先锋示范岗”。"
    assert set(mechanisms(read(text))) == {"“先锋示范岗”"}


def test_summing_up_states_nothing_anew(read: Read) -> None:
    text = "临川区税务局党支部\n用心服务\n设立“先锋示范岗”。\n典型意义\n创新“甲乙融合”模式，与吴中区图书馆签约。"
    candidates = read(text)
    assert set(mechanisms(candidates)) == {"“先锋示范岗”"}
    assert not [c for c in candidates if c.kind == "cooperation"]


def test_a_first_line_that_is_a_sentence_is_read_as_one(read: Read) -> None:
    assert [c.kind for c in read("临川区税务局与吴中区图书馆签订共建协议书。")] == ["case", "mechanism", "cooperation"]
