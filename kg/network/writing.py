"""Writing a file whole or not at all: beside its place first, then one rename."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from kg.errors import InputError, Text

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""`text` without the characters that XML 1.0 does not allow.

    >>> xml_text("a\x00b\ud800")
    'ab'
    """
    return _NOT_IN_XML.sub("", text)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`; a failure leaves what was there before.

    Raises:
        InputError: the place cannot be written (no such folder and none can be made, a directory, no rights, disk full).
    """
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".kg-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(beside, 0o666 & ~_umask())
        os.replace(beside, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(beside)
        reason = error.strerror or str(error)
        raise InputError(
            Text(f"Cannot write {path}: {reason}", f"无法写入 {path}：{reason}"),
            Text("choose another place with -o", "请用 -o 换一个位置"),
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
