"""How this process and its workers talk: marshal objects, each after its length, which is read in two calls however large."""

from __future__ import annotations

import marshal
import struct
from typing import IO, Any

_LENGTH = struct.Struct("<Q")


def send(out: IO[bytes], *frames: Any) -> None:
    """Writes objects of plain types, and sees them off together."""
    for frame in frames:
        data = marshal.dumps(frame)
        out.write(_LENGTH.pack(len(data)))
        out.write(data)
    out.flush()


def receive(source: IO[bytes]) -> Any:
    """Reads one object.

    Raises:
        EOFError: there is no further one, or only a part of it.

    >>> import io; pipe = io.BytesIO(); send(pipe, ("rows", [1]), 2); _ = pipe.seek(0); receive(pipe), receive(pipe)
    (('rows', [1]), 2)
    """
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    data = source.read(size)
    if len(data) < size:
        raise EOFError
    return marshal.loads(data)
