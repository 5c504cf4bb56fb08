"""Knowledge lives in ontology/: the package holds no word of the vocabularies, gazetteer bodies or grammar."""

from __future__ import annotations

import re

from rdflib import Graph, Namespace
from rdflib.namespace import SKOS

from tests.house.source import MODULES, ROOT, name, strings_and_comments

CHINESE_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
COOP = Namespace("https://w3id.org/coop-kg/ontology#")

# Words of the vocabularies that any program says to its users: file, network, ledger, database, write, rule, pattern, system,
# matrix, centre (of centralities), (language) model.
PLAIN_WORDS = {"文件", "网络", "台账", "数据库", "写入", "规则", "模式", "系统", "矩阵", "中心", "模型"}


def subject_words() -> set[str]:
    """Labels and triggers of the vocabularies' concepts that are Chinese words of two or more characters."""
    graph = Graph()
    for file in sorted(ROOT.glob("ontology/vocabulary/*.ttl")):
        graph.parse(file)
    labels = {str(label) for term in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel) for label in graph.objects(None, term)}
    return {label for label in labels if CHINESE_WORD.fullmatch(label)} - PLAIN_WORDS


def test_the_package_knows_no_word_of_the_subject() -> None:
    words = subject_words()
    assert len(words) > 50
    pattern = re.compile("|".join(sorted(words, key=len, reverse=True)))
    found = [
        f"{name(path)}:{line} {match[0]}"
        for path in MODULES
        for line, text in strings_and_comments(path)
        if (match := pattern.search(text))
    ]
    assert found == []
