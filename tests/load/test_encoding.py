"""Encodings as Chinese office software writes them, and what could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.load.encoding import decode, detect
from kg.load.ledger import LedgerEntry
from kg.load.sources import load_sources

REPORT = "梧桐镇司法所党支部\n会同镇妇联设立“暖心”调解室，调解案件37件。\n"


def decoded(data: bytes) -> tuple[str, LedgerEntry]:
    entry = LedgerEntry("a.txt")
    return decode(data, entry), entry


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_a_report_is_read_in_any_encoding_of_chinese_windows(encoding: str, name: str) -> None:
    text, entry = decoded(REPORT.encode(encoding))
    assert (text, entry.encoding, entry.replaced, entry.counts) == (REPORT, name, 0, {})


@pytest.mark.parametrize("text", ["㼆山镇", "淦", "喆", "报告", "机制", "合作单位", "犇犇公司", "名称,别名,类型", "镕基路"])
def test_short_gb18030_is_never_taken_for_another_encoding(text: str) -> None:
    assert detect(text.encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("text", ["臺北市政府警察局", "高雄地方法院", "本局與地方檢察署共同建立聯繫平臺"])
def test_traditional_text_in_big5_is_read_as_big5(text: str) -> None:
    assert decoded(text.encode("big5"))[0] == text


def test_another_alphabet_is_left_to_statistics() -> None:
    text = "Привет, как дела? Это отчёт о работе."
    assert decoded(text.encode("cp1251"))[0] == text


def test_an_unreadable_character_is_replaced_counted_and_located() -> None:
    data = "第一行，完整。\n第二行，此处有一个".encode() + b"\xff" + "坏字符。\n".encode()
    text, entry = decoded(data)
    assert text == "第一行，完整。\n第二行，此处有一个\ufffd坏字符。\n"
    assert (entry.replaced, entry.replaced_at) == (1, ["2:10"])


def test_a_utf8_file_cut_inside_a_character_stays_utf8() -> None:
    text, entry = decoded(REPORT.encode()[:-2])
    assert (entry.encoding, entry.replaced, text[:9]) == ("utf-8", 1, "梧桐镇司法所党支部")


def test_only_the_first_hundred_unreadable_characters_are_located() -> None:
    _, entry = decoded(("检察院" * 1000).encode() + b"\xff" * 150)
    assert (entry.replaced, len(entry.replaced_at), entry.replaced_at[0]) == (150, 100, "1:3001")


def test_newlines_of_every_kind_become_one_kind() -> None:
    assert decoded("甲\r\n乙\r丙\u2028丁\x0b戊".encode())[0] == "甲\n乙\n丙\n丁\n戊"


def test_control_and_invisible_characters_are_left_out_and_counted() -> None:
    text, entry = decoded("甲\x00院\u200b乙\u202e局\x07".encode())
    assert text == "甲院乙局"
    assert entry.counts == {"control_characters_left_out": 2, "invisible_characters_left_out": 2}


@pytest.mark.parametrize(
    ("magic", "word"), [(b"PK\x03\x04", "zip"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc")]
)
def test_a_binary_file_under_a_text_ending_is_refused_by_its_name(magic: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        decoded(magic + b"\x00" * 20)
    assert "ending" in caught.value.hint.en


def test_the_reference_files_are_read_right(shared: Path | None, context: object) -> None:
    files = {
        "gb18030_rare.txt": ("㼆山镇司法所党支部", "gb18030"),
        "gbk_report.txt": ("柳溪县检察院第二检察部党支部", "gb18030"),
        "utf16_report.txt": ("柳溪县法院民一庭党支部", "utf-16-le"),
    }
    for name, (title, encoding) in files.items() if shared else ():
        ((entry, (document,)),) = load_sources([shared / "cases" / name], context)  # type: ignore[operator,arg-type]
        assert (document.title, document.encoding, entry.replaced) == (title, encoding, 0)
