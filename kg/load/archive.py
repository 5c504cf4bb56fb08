"""Office files are zip packages: opened with a guard against bombs, and told apart from what only has their ending."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError, Text
from kg.load.base import MEBIBYTE, LoadContext, too_large
from kg.load.ledger import LedgerEntry
from kg.load.limits import check_xml

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML_FAULTS = (ET.ParseError, LookupError, ValueError)  # the latter two for an encoding that is not known
UNPACKED = 4  # a package may unpack to this many times the limit of one file
_RATIO = 100  # and to this many times its own size, which no text or table reaches
_SMALL = 8 * MEBIBYTE  # unless that is little


@contextmanager
def open_package(path: Path, entry: LedgerEntry, context: LoadContext) -> Iterator[zipfile.ZipFile]:
    """A zip package whose members together unpack to no more than `UNPACKED` times the limit, nor to very many times its size.

    Raises:
        InputError: not a package, encrypted, broken, or too large; also for what goes wrong while it is read.
    """
    refuse_ole(path, entry.source)
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            if (size := sum(member.file_size for member in members)) > UNPACKED * context.limit:
                raise too_large(entry.source, size, UNPACKED * context.limit)
            if size > max(_SMALL, _RATIO * path.stat().st_size):
                raise _bomb(entry.source, size // MEBIBYTE)
            if any(member.flag_bits & 1 for member in members):
                raise protected(entry.source)
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, UnicodeDecodeError) as error:
        raise broken(entry.source, str(error)) from error


def refuse_ole(path: Path, source: str) -> None:
    """Raise InputError for a file that is password-protected or in the old binary format under a new ending."""
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if head.startswith(_OLE):
        raise protected(source) if "EncryptedPackage".encode("utf-16-le") in head else _old(source)


def protected(source: str) -> InputError:
    return InputError(
        Text(en=f"{source}: the file is protected by a password", zh=f"{source}：文件有密码保护"),
        Text(en="open it with the password and save it without one", zh="请用密码打开后，去除密码另存"),
    )


def _bomb(source: str, size: int) -> InputError:
    return InputError(
        Text(
            en=f"{source}: the file would unpack to {size} MB, more than {_RATIO} times its size, as only a zip bomb does",
            zh=f"{source}：解压后达 {size} MB，超过原文件的 {_RATIO} 倍，疑似压缩炸弹",
        ),
        Text(en="do not open it; ask its sender for another copy", zh="请勿打开；请向发送者重新索取"),
    )


def _old(source: str) -> InputError:
    return InputError(
        Text(
            en=f"{source}: by its content this is an old Office or WPS file (doc, wps, xls)",
            zh=f"{source}：从内容看是旧版 Office 或 WPS 文件（doc、wps、xls）",
        ),
        Text(en="open it in Office or WPS and save it as .docx or .xlsx", zh="请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx"),
    )


def broken(source: str, reason: str) -> InputError:
    """The error for a package that is damaged or is not what its ending says."""
    return InputError(
        Text(
            en=f"{source}: the file is damaged or not what its ending says: {reason}",
            zh=f"{source}：文件已损坏，或与扩展名不符：{reason}",
        ),
        Text(
            en="open it in its program and save it again, or ask for a fresh copy",
            zh="请用原程序打开后重新保存，或重新获取该文件",
        ),
    )


class _NoDoctype(ET.TreeBuilder):
    """Office XML has no document type; one could only bring entities."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise ET.ParseError(f"document type {name} is not allowed")


def parse_xml(data: bytes, source: str) -> ET.Element:
    """The root element; a document type (and with it any entity) is refused.

    Raises:
        InputError: the XML is broken, has a document type or too many tags.
    """
    check_xml(data, source)
    try:
        parser = ET.XMLParser(target=_NoDoctype())
        parser.feed(data)
        root: ET.Element = parser.close()
        return root
    except XML_FAULTS as error:
        raise broken(source, str(error)) from error
