"""What a person types for a role is understood as the grammar understands it."""

from __future__ import annotations

import pytest

from kg.extract.typed import typed
from kg.review.decisions import Words
from kg.vocab.lexicon import Lexicon


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        ("name", "“同心”平台", [Words("name", "“同心”平台", "", "platform")]),
        ("through", "“同心”", [Words("through", "“同心”", "", "mechanism")]),
        ("participant", "县法院=青川县法院", [Words("participant", "县法院", "青川县法院", "court")]),
        ("participant", "高校", [Words("participant", "高校", "", "university", generic=True)]),
        ("participant", "各区图书馆=*", [Words("participant", "各区图书馆", "", "museum", generic=True)]),
        ("year", "2024年5月", [Words("year", "2024年5月", "2024")]),
        ("year", "去年 = 2023", [Words("year", "去年", "2023")]),
        ("what", " 走访群众 ", [Words("what", "走访群众")]),
        (
            "quantity",
            "近3万户",
            [Words("quantity", "近3万户", "30000"), Words("bound", "近3万户", "nearly"), Words("unit", "近3万户", "户")],
        ),
        ("quantity", "1,286", [Words("quantity", "1,286", "1286"), Words("bound", "1,286", "exactly")]),
        ("quantity", "若干=12", [Words("quantity", "若干", "12"), Words("bound", "若干", "exactly")]),
    ],
)
def test_words_get_their_kind_and_value(lexicon: Lexicon, role: str, text: str, expected: list[Words]) -> None:
    assert typed(role, text, lexicon) == expected


def test_words_that_filled_the_role_before_keep_their_meaning(lexicon: Lexicon) -> None:
    known = [Words("participant", "县院", "青川县法院", "court"), Words("participant", "银行网点", "网点", "bank", generic=True)]
    assert typed("participant", "县院", lexicon, known) == [known[0]]
    assert typed("participant", "银行网点=网点", lexicon, known) == [known[1]]
    assert typed("participant", "县院=青川县检察院", lexicon, known)[0].name == "青川县检察院"
    odd = Words("name", "“1+1=2；3”平台", "“1+1”平台", "platform")
    assert typed("name", odd.text, lexicon, [odd]) == typed("name", "“1+1=2；3”平台=“1+1”平台", lexicon, [odd]) == [odd]
