"""Zip folders: their files one by one, under the names that the people who packed them saw."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kg.errors import KgError
from kg.load.archive import broken, open_package
from kg.load.base import LoadContext
from kg.load.ledger import LedgerEntry

_UTF8_NAME = 0x800  # flag bit 11 of a zip entry (APPNOTE.TXT 4.4.4)
_LONGEST_STEM = 60  # characters of a name, so that it fits every file system


def members(path: Path, folder: Path, entry: LedgerEntry, context: LoadContext) -> Iterator[tuple[str, Path | KgError]]:
    """Unpack a zip folder file by file: (name inside it, where it now is or why it could not be unpacked).

    Args:
        folder: an empty folder; each file is gone from it when the next one is asked for.

    Raises:
        InputError: the zip folder as a whole is damaged, protected or too large.
    """
    taken: set[str] = set()
    with open_package(path, entry, context) as package:
        for index, info in enumerate(package.infolist()):
            name = _distinct(readable_name(info), taken)
            if info.filename.endswith("/") or name.startswith("__MACOSX/"):
                continue
            place = folder / str(index)
            yield name, _unpack(package, info, place, PurePosixPath(name), f"{entry.source}/{name}")
            shutil.rmtree(place, ignore_errors=True)


def readable_name(info: zipfile.ZipInfo) -> str:
    """The path inside the archive; Chinese Windows packs names as GBK without saying so, which Python takes for cp437.

    >>> readable_name(zipfile.ZipInfo("报告.txt".encode("gbk").decode("cp437")))
    '报告.txt'
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        with suppress(UnicodeEncodeError):
            name = _decoded(name.encode("cp437"))
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "unnamed"


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _distinct(name: str, taken: set[str]) -> str:
    number, wanted = 1, PurePosixPath(name)
    while name in taken:
        number += 1
        name = str(wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}"))
    taken.add(name)
    return name


def _unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path, name: PurePosixPath, source: str) -> Path | KgError:
    target = place / (name.stem[:_LONGEST_STEM] + name.suffix[:20])
    place.mkdir()
    try:
        with package.open(info) as packed, target.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        return broken(source, str(error))
    return target
