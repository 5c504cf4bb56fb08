"""Saved web pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Document

PAGE = """<html><head><meta charset="{charset}"><title>{title}_某某新闻网</title>
<meta name="PubDate" content="2024-05-06 10:20">
<link rel="canonical" href="https://example.org/1.html"></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/x">新闻中心</a></li></ul></div>
<nav>导航，很长的一句导航文字。</nav>
<div id="wrap"><h1>{title}</h1><div class="info">来源：某某新闻网　作者：某某</div>
<div class="TRS"><p>　　镕基路派出所与第一
小学签订协议，开展共建，共同维护校园周边秩序。</p><p>&nbsp;&nbsp;<strong>一、做法</strong></p>
<p>走访企业<span>86</span>家，<a href="#">县妇联</a>参加。<br>发放手册2册，覆盖全镇。</p>
<table><tr><td>单位</td><td>成果</td></tr><tr><td>甲院</td><td>86家</td></tr></table></div>
<ul><li><a href="1">另一条新闻，与本文无关。</a></li></ul></div>
<div class="footer">版权所有。某备1号。</div><script>var a = "。。。";</script></body></html>"""
BODY = [
    "镕基路派出所与第一小学签订协议，开展共建，共同维护校园周边秩序。",
    "一、做法",
    "走访企业86家，县妇联参加。",
    "发放手册2册，覆盖全镇。",
    "单位 | 成果",
    "甲院 | 86家",
]


def page(charset: str = "utf-8") -> str:
    return PAGE.format(charset=charset, title="镕基路派出所共建")


def words(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_the_article_is_read_without_navigation(read: Callable) -> None:
    _, (document,) = read("a.html", page())
    assert words(document) == ["镕基路派出所共建", *BODY]


def test_title_source_and_date_are_metadata(read: Callable) -> None:
    _, (document,) = read("a.html", page())
    assert document.title == "镕基路派出所共建"
    assert document.metadata["dcterms:issued"] == "2024-05-06"
    assert "某某新闻网" in document.metadata.values()


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("gbk", "gbk"), ("", "gbk"), ("utf-8", "gbk"), ("gb2312", "utf-8")]
)
def test_a_page_is_read_in_its_real_encoding_declared_or_not(read: Callable, declared: str, encoding: str) -> None:
    _, (document,) = read("a.htm", page(declared).encode(encoding))
    assert words(document)[1:] == BODY


def test_headings_and_hidden_parts_are_told_apart(read: Callable) -> None:
    _, (document,) = read(
        "a.html", "<body><h2>做法</h2><p>走访企业86家。</p><p style='display: none'>看不见。</p><p hidden>也看不见。</p></body>"
    )
    assert [(document.text[b.start : b.end], b.kind, b.level) for b in document.blocks] == [
        ("做法", "heading", 2),
        ("走访企业86家。", "paragraph", 0),
    ]


def test_unclosed_marks_lose_nothing(read: Callable) -> None:
    _, (document,) = read("a.html", "<p>甲院走访企业86家。<p>乙局<b>发放手册2册。")
    assert words(document) == ["甲院走访企业86家。", "乙局发放手册2册。"]


def test_a_page_saved_as_an_archive_is_read(read: Callable) -> None:
    head = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset="gb2312"\n'
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    _, (document,) = read("a.mht", (head + "<p>甲院走访企业86家。</p>\n--x--\n").encode("gbk"))
    assert words(document) == ["甲院走访企业86家。"]


def test_a_page_without_text_is_an_error(read: Callable) -> None:
    entry, documents = read("a.html", "<html><body><script>draw()</script></body></html>")
    assert (documents, str(entry.error)) == ([], f"{entry.source}: there is no text in the file")
