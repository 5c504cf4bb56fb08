"""Zip folders of documents."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from kg.load import LedgerEntry, LoadContext, load_sources
from kg.load.zipped import readable_name
from kg.model import Document

TEXT = "某院党支部\n联合乙局走访企业86家。\n"


def read(
    folder: Path, context: LoadContext, files: Sequence[tuple[str, str | bytes]]
) -> list[tuple[LedgerEntry, list[Document]]]:
    with zipfile.ZipFile(folder / "a.zip", "w") as package:
        for name, content in files:
            package.writestr(name, content)
    return list(load_sources([folder / "a.zip"], context))


def test_each_file_inside_has_an_entry_and_an_id_below_the_archive(tmp_path: Path, context: LoadContext) -> None:
    results = read(tmp_path, context, [("二季度/报告.txt", TEXT), ("总结.md", "# 总结\n正文。\n")])
    assert [document.id for _, documents in results for document in documents] == ["a.zip/二季度/报告.txt", "a.zip/总结.md"]
    assert [entry.source for entry, _ in results] == [
        f"{tmp_path}/a.zip/二季度/报告.txt",
        f"{tmp_path}/a.zip/总结.md",
        f"{tmp_path}/a.zip",
    ]
    assert results[-1][0].counts == {"files": 2}


def test_the_title_of_a_file_inside_is_its_own(tmp_path: Path, context: LoadContext) -> None:
    ((_, (document,)), _) = read(tmp_path, context, [("报告.txt", "走访企业86家。")])
    assert (document.title, document.source) == ("报告", "报告.txt")


def test_names_packed_by_chinese_windows_are_read() -> None:
    assert readable_name(zipfile.ZipInfo("工作/报告.txt".encode("gbk").decode("cp437"))) == "工作/报告.txt"


def test_a_name_that_climbs_out_stays_inside(tmp_path: Path, context: LoadContext) -> None:
    results = read(tmp_path, context, [("../../outside.txt", TEXT), ("/abs.txt", TEXT)])
    assert [document.id for _, documents in results for document in documents] == ["a.zip/outside.txt", "a.zip/abs.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip"]


def test_a_bad_file_inside_is_told_and_the_rest_is_read(tmp_path: Path, context: LoadContext) -> None:
    results = read(tmp_path, context, [("坏.docx", b"no docx"), ("好.txt", TEXT), ("图.png", b"x"), ("空.txt", "")])
    said = {entry.source.rsplit("/", 1)[1]: (bool(entry.error), entry.skipped, len(documents)) for entry, documents in results}
    assert said == {
        "坏.docx": (True, False, 0),
        "好.txt": (False, False, 1),
        "图.png": (False, True, 0),
        "空.txt": (True, False, 0),
        "a.zip": (False, False, 0),
    }


def test_a_damaged_file_inside_is_told(tmp_path: Path, context: LoadContext) -> None:
    read(tmp_path, context, [("报告.txt", TEXT), ("好.txt", TEXT)])
    data = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(data.replace(TEXT.encode(), TEXT.encode()[::-1], 1))
    (bad, none), (_, good), _ = load_sources([tmp_path / "a.zip"], context)
    assert (none, "Bad CRC-32" in str(bad.error), len(good)) == ([], True, 1)


def test_a_damaged_archive_is_told(tmp_path: Path, context: LoadContext) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive")
    ((entry, documents),) = load_sources([tmp_path / "a.zip"], context)
    assert (documents, "damaged or not what its ending says" in str(entry.error)) == ([], True)


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, context: LoadContext) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", b"0" * 9_000_000)
    ((entry, _),) = load_sources([tmp_path / "a.zip"], LoadContext(context.root, context.ontology, limit=2_000_000))
    assert "more than the limit of 8 MB" in str(entry.error)


def test_files_of_one_name_are_told_apart(tmp_path: Path, context: LoadContext) -> None:
    results = read(tmp_path, context, [("x/../a.txt", TEXT), ("x/a.txt", TEXT)])
    assert [document.id for _, documents in results for document in documents] == ["a.zip/x/a.txt", "a.zip/x/a (2).txt"]
