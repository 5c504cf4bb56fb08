"""IRIs come from names: readable, valid, the same on every build."""

from __future__ import annotations

import pytest

from kg.ids import DEFAULT_BASE, Ids, digest, segment


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("甲区 乙院", "甲区_乙院"),
        ("  甲区\u3000乙院 ", "甲区_乙院"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("100%", "100%25"),
        ("cafe\u0301", "caf\u00e9"),
        ("甲\u202e乙", "甲%E2%80%AE乙"),
        ("<script>", "%3Cscript%3E"),
    ],
)
def test_a_name_becomes_one_path_segment(name: str, wanted: str) -> None:
    assert segment(name) == wanted


def test_a_lone_surrogate_does_not_break_an_iri() -> None:
    assert segment("甲\ud800") == "甲%3F"


def test_a_digest_keeps_parts_apart() -> None:
    assert digest("a", "bc") != digest("ab", "c")


def test_a_document_keeps_its_folders() -> None:
    assert Ids().document("reports/甲 乙.txt") == DEFAULT_BASE + "document/reports/甲_乙.txt"


def test_a_generic_unit_belongs_to_its_case() -> None:
    ids = Ids("https://example.org/")
    case = ids.case("a.txt", "甲院")
    assert ids.unit("高校", case) == "https://example.org/unit/a.txt/甲院/高校"
    assert ids.unit("高校") == "https://example.org/unit/高校"


def test_mechanisms_of_two_owners_are_two() -> None:
    assert Ids().mechanism("甲院", "先锋岗") != Ids().mechanism("乙院", "先锋岗")
