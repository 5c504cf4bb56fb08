"""Every word that the pages say, in both languages; names of classes and properties come from the ontology."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import Text
from kg.vocab import terms as T

WORDS: Mapping[str, Text] = {
    "aliases": Text("Also called", "又名"),
    "any": Text("everything", "全部"),
    "api": Text("Data interface", "数据接口"),
    "api_about": Text(
        "Read-only addresses for programs; whoever wants to generate a client finds the description in OpenAPI.",
        "供程序读取的地址，只读；需要生成客户端时请用 OpenAPI 描述。",
    ),
    "as_network": Text("Show in the network", "在网络图中查看"),
    "capped": Text("Only the first {shown} of {total} are shown here.", "共 {total} 项，此处列出前 {shown} 项。"),
    "changed": Text(
        "The file has changed since the graph was built; marks stand only where the words are still the same.",
        "构建之后文件有改动；只有原词句未变之处才标出。",
    ),
    "chart": Text("Networks", "网络图"),
    "communities": Text("Communities", "社群"),
    "communities_about": Text(
        "Groups of units with more links inside than to others; named after their most connected unit.",
        "内部联系多于外部联系的单位群，以其中联系最多的单位命名。",
    ),
    "connected": Text("Most connected units", "联系最多的单位"),
    "data": Text("This page as data", "本页数据"),
    "documents": Text("Recent documents", "最近的文档"),
    "documents_all": Text("Documents", "文档"),
    "facts": Text("Facts in the text", "正文中的事实"),
    "facts_about": Text("In the order of the text; a number leads to the words.", "按正文顺序排列；点序号可回到原文。"),
    "found": Text("{total} found", "找到 {total} 项"),
    "generic": Text("a kind of body, not one body", "泛称，不指某一个单位"),
    "holds": Text("What the graph holds", "图谱内容"),
    "in_networks": Text("Drawn in", "网络图中"),
    "issued": Text("Date", "日期"),
    "language": Text("中文", "English"),
    "links": Text("units", "个单位"),
    "looks": Text("units worked with", "协作单位数"),
    "missing": Text("Not found", "没有找到"),
    "moved": Text("Facts whose words are no longer in the text", "原词句已不在正文中的事实"),
    "name": Text("Graph explorer", "图谱浏览"),
    "next": Text("Next", "下一页"),
    "no_text": Text("The text cannot be shown", "无法显示正文"),
    "nobody": Text(
        "Nothing fits. Try fewer words, or the initials of the pinyin.", "没有符合的结果，请减少字数或输入拼音首字母。"
    ),
    "none": Text("The graph is empty: build it from documents first (kg build).", "图谱为空：请先用文档构建（kg build）。"),
    "others": Text("and {count} more", "另有 {count} 项"),
    "pages": Text("Pages", "翻页"),
    "previous": Text("Previous", "上一页"),
    "proofs": Text("Where it says so", "原文依据"),
    "quality": Text("Quality of what was read", "读取质量报告"),
    "review": Text("Review", "审核"),
    "search": Text("Search", "搜索"),
    "search_hint": Text("Name, part of a name or pinyin initials", "名称、简称或拼音首字母"),
    "skip": Text("Skip to the content", "跳到正文"),
    "source": Text("Published at", "原文地址"),
    "to_mark": Text("to the words in the text", "回到原文"),
    "trouble": Text("This cannot be shown", "无法显示"),
    "type": Text("Kind of thing", "类型"),
    "unnamed": Text("unnamed", "未命名"),
    "viewer_needs_script": Text(
        "The drawing needs JavaScript. The pages of the units say the same in words.",
        "网络图需要 JavaScript；各单位的页面以文字给出同样的内容。",
    ),
}
"""Words by name; `{…}` are filled in."""

INVERSE: Mapping[str, Text] = {
    T.PARENT_UNIT: Text("parts", "下级"),
    T.RECOGNISED_BY: Text("recognised", "由其认可"),
}
"""What is listed under a property on the page of its value, where the name of its class alone would mislead."""


def say(name: str, lang: str, **values: object) -> str:
    """The words of a name in a language.

    >>> say("found", "en", total=3)
    '3 found'
    """
    return WORDS[name].say(lang).format(**values)
