"""What the ledger counts, in words."""

from __future__ import annotations

from kg.cli.words import say

CHINESE = {
    "automatic_numbers": "自动编号",
    "blank_nodes_named": "已命名的空白节点",
    "content_controls": "内容控件",
    "control_characters_left_out": "略去的控制字符",
    "deletions_left_out": "略去的修订删除",
    "endnotes": "尾注",
    "facts_without_proof": "因无原句而舍弃的事实",
    "fields": "域",
    "files": "文件",
    "footnotes": "脚注",
    "graph_names_left_out": "略去的图名",
    "hidden_runs_left_out": "略去的隐藏文字",
    "imports_not_followed": "未跟随的导入",
    "invisible_characters_left_out": "略去的不可见字符",
    "iris_mended": "修正的 IRI",
    "iris_refused": "拒绝的 IRI",
    "keys_without_meaning_left_out": "略去的无含义字段",
    "language_tags_mended": "修正的语言标签",
    "lines_outside_the_article": "正文之外的行",
    "llm_answers_not_json": "语言模型的无效回答",
    "llm_candidates": "语言模型的候选",
    "llm_facts_malformed": "略去的语言模型事实（格式不符）",
    "llm_facts_outside_any_case": "略去的语言模型事实（找不到所属的一篇）",
    "llm_numbers_not_in_the_text": "略去的语言模型事实（数字与原文不符）",
    "llm_questions": "向语言模型的提问",
    "llm_quotes_not_in_the_text": "略去的语言模型事实（原文中没有所引的句子）",
    "llm_tokens": "语言模型的词元",
    "llm_words_not_in_the_sentence": "略去的语言模型事实（句中没有所引的词语）",
    "llm_words_that_name_no_mechanism": "略去的语言模型事实（无法归类的名称）",
    "llm_words_that_name_no_unit": "略去的语言模型事实（不是单位的名称）",
    "merged_cells": "合并单元格",
    "notes_not_listed": "未逐一列出的说明",
    "page_numbers_left_out": "略去的页码",
    "pages": "页",
    "pages_without_text": "没有文字的页",
    "radicals_mended": "还原的部首字符",
    "relative_iris_resolved": "补全的相对 IRI",
    "rows": "行",
    "rows_skipped": "跳过的行",
    "running_heads_left_out": "略去的页眉页脚",
    "statements": "语句",
    "symbols": "符号字符",
    "tables": "表格",
    "text_boxes": "文本框",
}


def counted(counts: dict[str, int]) -> str:
    """Counts in one line.

    >>> from kg.cli.words import speak
    >>> speak("en")
    >>> counted({"text_boxes": 2, "rows": 30})
    'text boxes 2, rows 30'
    """
    words = (f"{say(name.replace('_', ' '), CHINESE.get(name, name))} {number}" for name, number in counts.items())
    return say(", ", "，").join(words)
