"""The folder of a store on disk: meta.json names the database that counts, so that replacing it is one rename.

store/meta.json      version, base, database, documents (id, iri, sha256)
store/ledger.json    what the build read (written by the pipeline)
store/cache.sqlite   what was read from each file (written by the pipeline); may be deleted
store/answers.sqlite what a language model answered, where one is asked
store/db-<token>/    the Oxigraph database; another one is being built, or was left by a build that died
store/lock           locked by a running build; the system frees it when that process ends, however it ends
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from kg.errors import InputError, Text
from kg.files import lock

VERSION = 1
_FORMAT = "kg-store"
_BUILD = Text("build it: `kg build --store DIR`", "请先构建：`kg build --store 目录`")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document that a store holds."""

    id: str
    iri: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What meta.json says; `database` is the name of a folder beside it."""

    base: str
    database: str
    documents: tuple[DocumentEntry, ...] = field(default=())

    def write(self, folder: Path) -> None:
        """Replaces meta.json in one step; from then on readers see this database."""
        content = {"format": _FORMAT, "version": VERSION, **asdict(self)}
        beside = folder / "meta.json.new"
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            json.dump(content, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, folder / "meta.json")

    @classmethod
    def read(cls, folder: Path) -> Meta:
        """Reads meta.json of a store.

        Raises:
            InputError: there is no store in the folder, or one of another version.
        """
        content = _content(folder)
        if content.get("version") != VERSION:
            raise InputError(
                Text(
                    f"the store {folder} has version {content.get('version')}; this program reads version {VERSION}",
                    f"图谱库 {folder} 的版本是 {content.get('version')}；本程序只能读取版本 {VERSION}",
                ),
                Text("build it again with this program: `kg build`", "请用本程序重新构建：`kg build`"),
            )
        documents = tuple(DocumentEntry(**entry) for entry in content["documents"])
        return cls(content["base"], content["database"], documents)


def _content(folder: Path) -> dict[str, Any]:
    if not folder.exists():
        raise InputError(Text(f"there is no store at {folder}", f"{folder} 处没有图谱库"), _BUILD)
    try:
        content = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        raise InputError(Text(f"{folder} is not a store of kg", f"{folder} 不是 kg 的图谱库"), _BUILD)
    return content


def check_target(folder: Path) -> None:
    """Refuses to build into something that is not a store, an empty folder or a build that died.

    Raises:
        InputError: the folder holds other things, or is a file.
    """
    if folder.is_dir():
        strangers = [name for name in sorted(os.listdir(folder)) if not _is_ours(name)]
        if not strangers or ((folder / "meta.json").exists() and _content(folder)):
            return
        what = Text(f"{folder} is not a store: it holds {strangers[0]}", f"{folder} 不是图谱库：其中有 {strangers[0]}")
    elif folder.exists():
        what = Text(f"{folder} is a file, not a folder", f"{folder} 是文件，不是文件夹")
    else:
        return
    raise InputError(what, Text("choose a new or empty folder with --store", "请用 --store 指定一个新的或空的文件夹"))


def _is_ours(name: str) -> bool:
    files = {"lock", "meta.json", "meta.json.new", "ledger.json", "ledger.json.new"}
    return name in files or name.startswith(("db-", "cache.sqlite", "answers.sqlite"))


def new_name() -> str:
    """A name for a database that is to be written."""
    return f"db-{secrets.token_hex(6)}"


def remove_databases(folder: Path, keep: str) -> None:
    """Removes what builds left behind."""
    for path in folder.glob("db-*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)  # on Windows a reader may still hold it; the next build tries again


class BusyError(InputError):
    """A store that another build or update is writing."""


class BuildLock:
    """Keeps a second build out of a folder while this one runs.

    Raises:
        BusyError: another build runs.
    """

    _held: ClassVar[set[Path]] = set()  # a lock of the system is per process, so this process's own are counted here

    def __init__(self, folder: Path) -> None:
        self._path = (folder / "lock").resolve()
        if self._path in self._held:
            raise _busy(folder, os.getpid())
        self._file = self._path.open("a+", encoding="utf-8")
        if not lock(self._file):
            self._file.seek(0)
            owner = self._file.read().strip()
            self._file.close()
            raise _busy(folder, owner)
        self._held.add(self._path)
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    @property
    def held(self) -> bool:
        """Whether it was not released yet."""
        return not self._file.closed

    def release(self) -> None:
        """Lets the next build in."""
        self._held.discard(self._path)
        self._file.truncate(0)
        self._file.close()


def _busy(folder: Path, owner: int | str) -> BusyError:
    return BusyError(
        Text(f"another build is writing {folder} (process {owner})", f"另一个构建正在写入 {folder}（进程 {owner}）"),
        Text("wait until it ends, or choose another folder with --store", "请等它结束，或用 --store 指定其他文件夹"),
    )
