"""Writing files so that a reader, or whoever looks after a crash, finds the old content or the new, never half of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, Any


def lock(file: IO[Any]) -> bool:
    """Locks an open file for this process alone; False if another process holds it. Ends with the file or the process."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 20)  # a locked range cannot be read there: lock one byte far behind the text
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def replace_whole(path: Path, content: bytes) -> None:
    """Writes beside `path`, waits until the disk has it, then puts it in its place; one writer at a time."""
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, path)
