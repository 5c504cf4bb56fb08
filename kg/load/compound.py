"""Old Office files (.xls) are compound files, a file system in a file: their chains of sectors are checked before they are read.

A chain that comes back to itself would be read until no memory is left. Follows [MS-CFB], version 2021-10-05.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterator, Sequence

from kg.errors import InputError
from kg.load.archive import broken

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109  # sectors of the allocation table that the header names itself
_LAST = 0xFFFFFFFA  # numbers above it are marks (end of chain, free), not sectors
_STREAM, _ROOT = 2, 5
_CELLS = {0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}  # records of one cell: row, column, …
_CELL_RUNS = {0x00BD, 0x00BE}  # of several in a row: row, first column, …, last column
_DIMENSIONS = 0x0200  # first row, row after the last, first column, column after the last
_LAST_COLUMN, _ROWS = 255, 65536


def check_compound(data: bytes, source: str) -> None:
    """Refuse a compound file with a chain that has no end or leaves the file, and a workbook in it with cells beyond column IV.

    Another kind of file is left alone.

    Raises:
        InputError: says that the file is damaged.
    """
    if not data.startswith(_MAGIC):
        return
    try:
        for stream in _streams(data):
            _check_cells(stream)
    except (struct.error, IndexError, ValueError) as error:
        raise _damaged(source) from error


def _damaged(source: str) -> InputError:
    return broken(source, "a chain of sectors has no end, or a cell lies outside the sheet")


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams of a file, but for the small ones, which are too short for a workbook; all chains are followed."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sector size")
    directory, small, mini = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    sectors = _Sectors(data, 1 << shift)
    table = sectors.numbers(_table(data, sectors))
    mini_table = sectors.numbers(_chain(mini, table))
    entries = b"".join(map(sectors.bytes, _chain(directory, table)))
    for place in range(0, len(entries), 128):
        kind = entries[place + 66]
        start, size = struct.unpack_from("<II", entries, place + 116)
        if kind in (_STREAM, _ROOT) and size:
            if kind == _ROOT or size >= small:
                yield b"".join(map(sectors.bytes, _chain(start, table)))
            else:
                deque(_chain(start, mini_table), maxlen=0)


def _check_cells(stream: bytes) -> None:
    """A reader lays out all cells up to the last column, of which a sheet of this format has 256 ([MS-XLS] 2.4)."""
    place = 0
    while place + 18 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        last = place + 6 if kind in _CELLS else place + 2 + size if kind in _CELL_RUNS else None
        if kind == _DIMENSIONS:
            top, rows, left, columns = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, place + 4)
            if not (top <= rows <= _ROWS and left <= columns <= _LAST_COLUMN + 1):
                raise ValueError("dimensions")
        if last is not None and struct.unpack_from("<H", stream, last)[0] > _LAST_COLUMN:
            raise ValueError("column")
        place += 4 + size


class _Sectors:
    """The sectors of a file, by number."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self.size = data, size

    def bytes(self, number: int) -> bytes:
        """A sector; the last one of a file may be short.

        Raises:
            IndexError: it lies outside the file.
        """
        start = max(self.size, _HEADER) + number * self.size
        if start >= len(self._data):
            raise IndexError(number)
        return self._data[start : start + self.size]

    def numbers(self, chain: Iterator[int]) -> Sequence[int]:
        """The numbers that the sectors of a chain hold."""
        data = b"".join(map(self.bytes, chain))
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    """The sectors of a chain.

    Raises:
        IndexError, ValueError: it leaves the table, or comes back to where it was.

    >>> list(_chain(2, [1, 0xFFFFFFFE, 0]))
    [2, 0, 1]
    """
    seen: set[int] = set()
    while start <= _LAST:
        if start in seen:
            raise ValueError("loop")
        seen.add(start)
        yield start
        start = table[start]


def _table(data: bytes, sectors: _Sectors) -> Iterator[int]:
    """The sectors that hold the allocation table: those the header names, then those of a chain of its own."""
    names = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while more <= _LAST:
        if more in seen:
            raise ValueError("loop")
        seen.add(more)
        *numbers, more = sectors.numbers(iter([more]))
        names += numbers
    yield from dict.fromkeys(name for name in names if name <= _LAST)
