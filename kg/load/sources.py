"""From what the user named (files, folders, patterns) to documents, one ledger entry for each file."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import InputError, KgError, Text, UnsupportedError
from kg.load.archive import broken
from kg.load.base import LoadContext, Loader
from kg.load.ledger import LedgerEntry
from kg.load.zipped import members
from kg.model import Document
from kg.plugins import plugins

_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TEMPORARY = ("~$", ".~", "~wrl")
_TEMPORARY_ENDINGS = (".tmp", ".bak", ".swp", "~", ".crdownload", ".part")


@dataclass(slots=True)
class Source:
    """A file to read: `named` as users know it, `chosen` when they named it themselves rather than its folder."""

    path: Path
    named: str
    chosen: bool
    id: str = ""


def load_sources(
    sources: Sequence[Path | str], context: LoadContext, first: Sequence[str] = ()
) -> Iterator[tuple[LedgerEntry, list[Document]]]:
    """Read files one after another; a bad one is told in its ledger entry and never raises.

    Args:
        sources: files, folders (read in the order of their names, with all folders inside) and patterns
            (`reports/**/*.txt`); relative ones from the current folder. A zip file is read like a folder.
        first: endings of files that are read before all others.

    Yields:
        The ledger entry of each file with its documents (none for a file that is skipped or cannot be read).
    """
    loaders = loaders_by_suffix()
    files, failed = find_sources(sources, context.root, first)
    yield from ((entry, []) for entry in failed)
    for source in files:
        yield from load_source(source, context, loaders)


def find_sources(sources: Sequence[Path | str], root: Path, first: Sequence[str] = ()) -> tuple[list[Source], list[LedgerEntry]]:
    """The files that `load_sources` reads, in its order, and entries for what is not there; nothing is read yet."""
    files, failed = expand(sources, root)
    return sorted(files, key=lambda file: file.path.suffix.lower() not in first), failed


def load_source(
    source: Source, context: LoadContext, loaders: dict[str, tuple[str, Loader]]
) -> Iterator[tuple[LedgerEntry, list[Document]]]:
    """The ledger entry of a file with its documents; of a zip folder, those of each file in it, then its own."""
    entry = LedgerEntry(source.named, id=source.id)
    if source.path.suffix.lower() == ".zip" and source.path.is_file() and not _is_temporary(source.path.name):
        yield from _load_folder(source, entry, context, loaders)
    else:
        yield entry, _load(source, entry, context, loaders)


def loaders_by_suffix() -> dict[str, tuple[str, Loader]]:
    """Which loader reads which ending: (its name, the loader); a plug-in's ending wins over a built-in's."""
    found: dict[str, tuple[str, Loader]] = {}
    for name, make in plugins("loaders").items():
        loader: Loader = make()
        found |= dict.fromkeys(loader.suffixes, (name, loader))
    return found


def expand(sources: Sequence[Path | str], root: Path) -> tuple[list[Source], list[LedgerEntry]]:
    """All files that the sources stand for, each once and with its id, and entries for what is not there."""
    files: list[Source] = []
    failed: list[LedgerEntry] = []
    seen: set[str] = set()
    for source in sources:
        found = list(_expand_one(str(source)))
        if not found:
            failed.append(_missing(writable(str(source))))
        for file in found:
            if (real := os.path.realpath(file.path)) not in seen:
                seen.add(real)
                files.append(file)
    _name(files, root)
    return files, failed


def _expand_one(source: str) -> Iterator[Source]:
    path = Path(source)
    if path.is_dir():
        yield from _walk(path)
    elif os.path.lexists(path):
        yield Source(path, source, chosen=True)
    else:
        for match in sorted(glob.glob(source, recursive=True)):
            if Path(match).is_dir():
                continue
            yield Source(Path(match), match, chosen=False)


def _walk(folder: Path) -> Iterator[Source]:
    """The files below a folder by name; links to folders are not followed, so that no loop is."""
    for directory, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            path = Path(directory, name)
            yield Source(path, str(path), chosen=False)


def _name(files: Sequence[Source], root: Path) -> None:
    """Give each file its id: the path below the workspace, else the file name, longer by its folders where two would be equal."""
    base = root.resolve()
    taken: set[str] = set()
    outside: list[tuple[Source, tuple[str, ...]]] = []
    for file in files:
        path = Path(os.path.abspath(file.path))
        if path.is_relative_to(base):
            file.id = path.relative_to(base).as_posix()
            taken.add(file.id)
        else:
            outside.append((file, path.parts))
    same_name = Counter(parts[-1] for _, parts in outside)
    for file, parts in outside:
        size = 1 if same_name[parts[-1]] == 1 else 2
        while size < len(parts) and "/".join(parts[-size:]) in taken:
            size += 1
        file.id = "/".join(parts[-size:])
        taken.add(file.id)
    for file in files:
        file.id, file.named = writable(file.id), writable(file.named).replace("\n", "\ufffd")


def writable(name: str) -> str:
    """A name that can be written: one of bytes that are no UTF-8 is most likely one of Chinese Windows.

    >>> writable(os.fsdecode("乙局.txt".encode("gbk")))
    '乙局.txt'
    """
    try:
        name.encode()
        return name
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")


def _load(source: Source, entry: LedgerEntry, context: LoadContext, loaders: dict[str, tuple[str, Loader]]) -> list[Document]:
    path = source.path
    if _is_temporary(path.name):
        return _skip(entry, "a hidden or temporary file", "隐藏文件或临时文件")
    known = loaders.get(path.suffix.lower())
    if known is None and not source.chosen:
        return _skip(
            entry,
            f"not a kind of file that kg reads ({path.suffix or 'no ending'})",
            f"不是 kg 能读取的文件类型（{path.suffix or '无扩展名'}）",
        )
    try:
        if known is None:
            raise _unknown(entry.source, path.suffix, loaders)
        entry.format = known[0]
        _must_be_readable(path, entry.source)
        documents = [_readable(document) for document in known[1].load(path, entry, context)]
    except KgError as error:
        entry.error = error
        return []
    except (OSError, RecursionError, MemoryError) as error:
        entry.error = unreadable(entry.source, error)
        return []
    except BaseException as error:
        if not _is_panic(error):
            raise
        entry.error = broken(entry.source, str(error))
        return []
    entry.documents = [document.id for document in documents]
    return documents


def _load_folder(
    source: Source, entry: LedgerEntry, context: LoadContext, loaders: dict[str, tuple[str, Loader]]
) -> Iterator[tuple[LedgerEntry, list[Document]]]:
    """The files of a zip folder, each with an entry of its own; the folder's entry comes last and counts them."""
    entry.format = "zip"
    try:
        with TemporaryDirectory() as folder:
            for name, place in members(source.path, Path(folder), entry, context):
                inner = LedgerEntry(f"{source.named}/{name}", id=f"{source.id}/{name}")
                entry.count("files")
                if isinstance(place, KgError):
                    inner.error = place
                    yield inner, []
                else:
                    yield inner, _load(Source(place, inner.source, chosen=False), inner, context, loaders)
    except KgError as error:
        entry.error = error
    except OSError as error:
        entry.error = unreadable(entry.source, error)
    yield entry, []


def _is_temporary(name: str) -> bool:
    return name.lower().startswith((*_TEMPORARY, ".")) or name.lower().endswith(_TEMPORARY_ENDINGS)


def _skip(entry: LedgerEntry, en: str, zh: str) -> list[Document]:
    entry.skipped = True
    entry.note(f"left out: {en}", f"已跳过：{zh}")
    return []


def _must_be_readable(path: Path, source: str) -> None:
    if not path.exists():
        raise InputError(
            Text(en=f"{source}: a link to a file that does not exist", zh=f"{source}：链接所指的文件不存在"),
            Text(en="mend the link, or name the file itself", zh="请修复链接，或直接指定该文件"),
        )
    if not path.is_file():
        raise InputError(
            Text(en=f"{source}: not an ordinary file", zh=f"{source}：不是普通文件"),
            Text(en="name a file or a folder", zh="请指定文件或文件夹"),
        )


def _readable(document: Document) -> Document:
    """The document with a title and source that can be shown: the name of a file may hold any sign, even half of one."""
    title, source = (_UNREADABLE.sub("\ufffd", text) for text in (document.title, document.source))
    return document if (title, source) == (document.title, document.source) else replace(document, title=title, source=source)


def _is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust met what it takes for impossible; such an error is not an Exception."""
    return type(error).__name__ == "PanicException"


def unreadable(source: str, error: BaseException) -> InputError:
    """The error for a file that the system does not let us read, or that no memory suffices for."""
    if isinstance(error, RecursionError):
        return broken(source, "nested too deeply")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return InputError(
        Text(en=f"{source}: cannot be read: {reason}", zh=f"{source}：无法读取：{reason}"),
        Text(
            en="check that the file is whole, that you may read it and that no other program locks it",
            zh="请检查文件是否完整、是否有读取权限、是否被其他程序占用",
        ),
    )


def _missing(source: str) -> LedgerEntry:
    path = Path(source)
    if path.is_dir():
        error = InputError(
            Text(en=f"{source}: there is no file in the folder", zh=f"{source}：文件夹中没有文件"),
            Text(en="put the documents into it, or name another folder", zh="请把文档放入其中，或指定其他文件夹"),
        )
    elif glob.has_magic(source):
        error = InputError(
            Text(en=f"{source}: no file fits this pattern", zh=f"{source}：没有文件符合该模式"),
            Text(en="check the folder and the ending; ** stands for any folders", zh="请检查文件夹和扩展名；** 表示任意层文件夹"),
        )
    else:
        error = InputError(
            Text(en=f"{source}: there is no such file or folder", zh=f"{source}：没有这个文件或文件夹"),
            Text(en=f"check the name; the current folder is {Path.cwd().name}", zh=f"请检查名称；当前文件夹是 {Path.cwd().name}"),
        )
    return LedgerEntry(source, error=error)


def _unknown(source: str, suffix: str, loaders: dict[str, tuple[str, Loader]]) -> UnsupportedError:
    known = " ".join(sorted({".zip"} | {ending for ending, (name, _) in loaders.items() if name != "refused"}))
    return UnsupportedError(
        Text(
            en=f"{source}: kg does not read files ending in {suffix or '(nothing)'}",
            zh=f"{source}：kg 不读取扩展名为 {suffix or '（无）'} 的文件",
        ),
        Text(en=f"save it as one of: {known}", zh=f"请另存为以下格式之一：{known}"),
    )
