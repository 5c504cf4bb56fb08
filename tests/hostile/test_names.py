"""Names of files that are paths, options, escapes of terminals, or no text at all: built, told and exported like any other."""

from __future__ import annotations

import os
from pathlib import Path

import kg
from tests.hostile.samples import ROOT, packed

TEXT = "甲院党支部\n联合乙局走访企业86家，创建“同心”平台。\n"
NAMES = [
    *(
        "-rf.txt",
        "--help.txt",
        "a\x1b[2Jb.txt",
        "\u202etxt.exe.txt",
        "a\nb.txt",
        "%2e%2e.txt",
        "$(touch x).txt",
        "a#b?c.txt",
        "*.txt",
    ),
    *("a b'\"<script>alert(1).txt", os.fsdecode("乙局.txt".encode("gbk")), os.fsdecode(b"\xff\xfe.txt")),
]


def test_every_name_is_built_and_exported(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in NAMES:
        folder.joinpath(name).write_text(TEXT, "utf-8")
    with kg.open(tmp_path / "store", ROOT / "kg.toml") as graph:
        ledger = graph.build([folder]).ledger
        graph.export(tmp_path / "out.nq")
    assert ([entry.error for entry in ledger.entries], len(ledger.entries)) == ([None] * len(NAMES), len(NAMES))
    assert not any("\n" in entry.source for entry in ledger.entries)
    assert {entry.id.rpartition("/")[2] for entry in ledger.entries} >= {"乙局.txt", "-rf.txt"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.nq", "store"]
    assert len(list(folder.iterdir())) == len(NAMES)


def test_members_of_a_zip_folder_stay_in_their_place(tmp_path: Path) -> None:
    names = (
        "../../up.txt",
        "/root.txt",
        "..\\..\\up.txt",
        "C:\\up.txt",
        "-rf.txt",
        "a\x1b[2J.txt",
        "x" * 300 + ".txt",
        "a/" * 50 + "b.txt",
    )
    content = packed({**dict.fromkeys(names, TEXT), "zero.txt": TEXT}).replace(b"zero.txt", b"\0" * 8)  # a name of nothing
    tmp_path.joinpath("a.zip").write_bytes(content)
    with kg.open(tmp_path / "store", ROOT / "kg.toml") as graph:
        ledger = graph.build([tmp_path / "a.zip"]).ledger
    assert [entry.error for entry in ledger.entries] == [None] * (len(names) + 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "store"]
