"""Plain text and Markdown."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.load.lines import header_pairs, heading_level
from kg.model import Document

TEXT = """梧桐镇司法所党支部
来源：梧桐县政府网　发布日期：2024年5月6日
网址：https://example.org/1
作者：某某

　　一、主要做法
联合镇派出所成立调解室。
"""


def blocks(document: Document) -> list[tuple[str, str, int]]:
    return [(document.text[block.start : block.end], block.kind, block.level) for block in document.blocks]


def test_lines_become_blocks_without_the_blanks_around_them(read: Callable) -> None:
    _, (document,) = read("a.txt", TEXT)
    assert blocks(document) == [
        ("梧桐镇司法所党支部", "heading", 1),
        ("一、主要做法", "heading", 2),
        ("联合镇派出所成立调解室。", "paragraph", 0),
    ]


def test_the_text_is_that_of_the_file(read: Callable) -> None:
    _, (document,) = read("a.txt", TEXT)
    assert document.text == TEXT


def test_header_lines_become_metadata_and_have_no_block(read: Callable) -> None:
    _, (document,) = read("a.txt", TEXT)
    assert document.metadata == {
        "dcterms:source": "https://example.org/1",
        "dcterms:publisher": "梧桐县政府网",
        "dcterms:issued": "2024-05-06",
    }
    assert not any("来源" in text for text, _, _ in blocks(document))


def test_a_line_like_a_header_further_down_is_text(read: Callable) -> None:
    _, (document,) = read("a.txt", "标题\n正文开始了。\n来源：群众举报\n")
    assert blocks(document)[-1] == ("来源：群众举报", "paragraph", 0)
    assert document.metadata == {}


def test_the_first_line_is_the_title_when_it_is_short_and_no_sentence(read: Callable) -> None:
    assert read("a.txt", "某院党支部\n正文。\n")[1][0].title == "某院党支部"
    assert read("b.txt", "某院党支部走访企业86家。\n正文。\n")[1][0].title == "b"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、主要做法", 2),
        ("（一）建机制", 3),
        ("(二)强队伍", 3),
        ("1.突出引领", 4),
        ("2“融”创机制", 4),
        ("（3）走访", 5),
        ("◆第一支部", 0),
        ("1.走访企业86家。", None),
        ("86家企业", None),
        ("1.5万元", None),
        ("近年来，", None),
        ("一、", None),
        ("一是" + "长" * 70, None),
    ],
)
def test_a_heading_is_told_by_its_numbering(line: str, level: int | None) -> None:
    assert heading_level(line) == level


def test_a_header_line_may_hold_several_pairs() -> None:
    assert header_pairs("来源：某报 时间：2024/5/6 10:20 编辑：某某 浏览次数：12") == [
        ("dcterms:source", "某报"),
        ("dcterms:issued", "2024-05-06"),
    ]


def test_markdown_marks_are_read_and_taken_out(read: Callable) -> None:
    _, (document,) = read(
        "a.md", "# 标题\n\n## 做法\n- **“千钧”品牌**见[公告](http://e.org)\n\n| 单位 | 成果 |\n|---|---|\n| 甲院 | 86家 |\n"
    )
    assert blocks(document) == [
        ("标题", "heading", 1),
        ("做法", "heading", 2),
        ("“千钧”品牌见公告", "paragraph", 0),
        ("单位 | 成果", "row", 0),
        ("甲院 | 86家", "row", 0),
    ]


def test_unclosed_marks_of_markdown_cost_no_time(read: Callable) -> None:
    began = time.process_time()
    for marks in ("**a ", "[", "`", "<!--", "*a", "![", "# ", "[a]("):
        assert read("a.md", "正文。" + marks * 20_000)[0].error is None
    assert time.process_time() - began < 5


def test_markdown_front_matter_is_metadata(read: Callable) -> None:
    _, (document,) = read("a.md", "---\ntitle: 共建\nsource: https://e.org/1\ndate: 2024-05-06\n---\n正文。\n")
    assert (document.title, document.metadata) == ("共建", {"dcterms:source": "https://e.org/1", "dcterms:issued": "2024-05-06"})
    assert blocks(document) == [("正文。", "paragraph", 0)]


def test_broken_front_matter_is_noted_and_the_rest_is_read(read: Callable) -> None:
    entry, (document,) = read("a.md", "---\na: [\n---\n正文。\n")
    assert [note.en for note in entry.notes] == ["the front matter is not valid YAML and was left out"]
    assert blocks(document) == [("正文。", "paragraph", 0)]


def test_a_file_of_blanks_is_an_error_with_the_way_out(read: Callable) -> None:
    entry, documents = read("a.txt", " \n\u3000\n")
    assert (documents, str(entry.error)) == ([], f"{entry.source}: there is no text in the file")


def test_a_fifty_megabyte_text_is_read_in_seconds(read: Callable) -> None:
    text = "梧桐县检察院与县税务局共同建立机制，全年走访企业86家。\n" * 620_000
    began = time.process_time()
    _, (document,) = read("big.txt", text)
    assert (len(text.encode()) > 50_000_000, len(document.blocks)) == (True, 620_000)
    assert time.process_time() - began < 30


def test_a_file_over_the_limit_is_an_error_that_names_the_limit(read: Callable) -> None:
    entry, _ = read("a.txt", "甲" * 2_000_000, limit=4 * 1024 * 1024)
    assert "5.7 MB is more than the limit of 4 MB" in str(entry.error)
    assert "limit_mb" in entry.error.hint.en
