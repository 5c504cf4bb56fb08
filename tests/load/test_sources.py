"""Files, folders and patterns that a user names; and that a bad file never stops the others."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.load import Ledger, LedgerEntry, LoadContext, load_sources
from kg.model import Document

TEXT = "某院党支部\n联合乙局走访企业86家。\n"


def write(folder: Path, *names: str, content: str = TEXT) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")


def ids(sources: list[Path | str], context: LoadContext) -> list[str]:
    return [document.id for _, documents in load_sources(sources, context) for document in documents]


def only(source: Path | str, context: LoadContext) -> tuple[LedgerEntry, list[Document]]:
    (result,) = load_sources([source], context)
    return result


def test_a_folder_is_read_with_all_folders_inside_by_name(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "in/b.txt", "in/a.txt", "in/deep/er/c.txt")
    assert ids([tmp_path / "in"], context) == ["in/a.txt", "in/b.txt", "in/deep/er/c.txt"]


def test_files_of_the_first_endings_are_read_before_the_others(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "a.txt", "b.md", "c.txt")
    found = load_sources([tmp_path], context, first=(".md",))
    assert [document.id for _, documents in found for document in documents] == ["b.md", "a.txt", "c.txt"]


def test_a_pattern_is_expanded(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "in/a.txt", "in/deep/b.txt", "in/c.md")
    assert ids([str(tmp_path / "in/**/*.txt")], context) == ["in/a.txt", "in/deep/b.txt"]


def test_a_name_with_brackets_is_no_pattern(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "[2024]报告.txt")
    assert ids([tmp_path / "[2024]报告.txt"], context) == ["[2024]报告.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert ids([tmp_path / "a.txt", tmp_path, str(tmp_path / "*.txt")], context) == ["a.txt"]


def test_files_of_one_name_outside_the_workspace_get_distinct_ids(tmp_path: Path, root: Path) -> None:
    write(tmp_path, "x/r.txt", "y/r.txt", "y/s.txt", "w/s.txt")
    context = LoadContext(tmp_path / "w", root / "ontology")
    sources: list[Path | str] = [tmp_path / name for name in ("x/r.txt", "y/r.txt", "y/s.txt", "w/s.txt")]
    assert ids(sources, context) == ["x/r.txt", "y/r.txt", "y/s.txt", "s.txt"]


def test_a_loop_of_links_ends(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "in/a.txt")
    (tmp_path / "in/again").symlink_to(tmp_path / "in")
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    found = list(load_sources([tmp_path / "in"], context))
    assert [document.id for _, documents in found for document in documents] == ["in/a.txt"]
    assert ["self.txt: a link to a file that does not exist" in str(entry.error) for entry, _ in found if entry.error] == [True]


@pytest.mark.parametrize("name", ["~$报告.docx", ".hidden.txt", "a.txt.tmp", "a.bak", "a.txt~"])
def test_temporary_and_hidden_files_are_skipped_with_a_note(tmp_path: Path, context: LoadContext, name: str) -> None:
    write(tmp_path, name)
    entry, documents = only(tmp_path, context)
    assert (documents, entry.skipped, entry.error, entry.notes[0].zh) == ([], True, None, "已跳过：隐藏文件或临时文件")


def test_another_kind_of_file_in_a_folder_is_skipped_but_an_error_when_named(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "a.png")
    in_folder, _ = only(tmp_path, context)
    assert (in_folder.skipped, in_folder.error) == (True, None)
    named, _ = only(tmp_path / "a.png", context)
    assert "does not read files ending in .png" in str(named.error)
    assert named.error is not None and ".docx" in named.error.hint.en


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nothing.txt", "there is no such file or folder"),
        ("*.nothing", "no file fits this pattern"),
        ("empty", "there is no file in the folder"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, context: LoadContext, source: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    entry, documents = only(str(tmp_path / source), context)
    assert (documents, said in str(entry.error)) == ([], True)


def test_an_empty_file_is_an_error_and_the_rest_is_read(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "a.txt", content="")
    write(tmp_path, "b.txt")
    (bad, none), (good, documents) = load_sources([tmp_path], context)
    assert (none, str(bad.error)) == ([], f"{bad.source}: the file is empty")
    assert (good.error, good.documents, documents[0].title) == (None, ["b.txt"], "某院党支部")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, context: LoadContext, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    entry, _ = only(tmp_path / "a.txt", context)
    assert str(entry.error) == f"{entry.source}: cannot be read: Permission denied"


def test_a_pipe_is_not_waited_for(tmp_path: Path, context: LoadContext) -> None:
    os.mkfifo(tmp_path / "a.txt")
    entry, _ = only(tmp_path / "a.txt", context)
    assert str(entry.error) == f"{entry.source}: not an ordinary file"


def test_the_ledger_is_plain_data_without_empty_fields(tmp_path: Path, context: LoadContext) -> None:
    write(tmp_path, "a.txt", content="甲院\ufffd乙局。")
    entry, _ = only(tmp_path / "a.txt", context)
    entry.facts = {"unit": 2}
    ledger = Ledger([entry])
    assert json.loads(json.dumps(ledger.to_json())) == {
        "ok": True,
        "files": [
            {
                "source": str(tmp_path / "a.txt"),
                "id": "a.txt",
                "format": "text",
                "size": 18,
                "sha256": entry.sha256,
                "encoding": "utf-8",
                "replaced": 1,
                "replaced_at": ["1:3"],
                "documents": ["a.txt"],
                "facts": {"unit": 2},
            }
        ],
    }


def test_a_ledger_with_an_error_is_not_ok_and_says_why_in_both_languages(tmp_path: Path, context: LoadContext) -> None:
    entry, _ = only(str(tmp_path / "no.txt"), context)
    ledger = Ledger([entry])
    assert ledger.ok is False
    error = ledger.to_json()["files"][0]["error"]
    assert (error["message"]["zh"].endswith("没有这个文件或文件夹"), sorted(error["hint"])) == (True, ["en", "zh"])


def test_notes_are_listed_once_and_not_without_end() -> None:
    entry = LedgerEntry("a")
    for number in range(150):
        entry.note(f"note {number}", f"说明 {number}")
        entry.note("note 0", "说明 0")
    assert (len(entry.notes), entry.counts) == (100, {"notes_not_listed": 50})
