"""What was read from each file, kept in the store's folder so that a build reads again only what changed.

The key of an entry is made of all that the reading depends on (see `kg.pipeline.inputs`), so an entry is never wrong,
only unused; what a build did not use is thrown away at its end. The file can be deleted at any time.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from kg.errors import InputError, Text
from kg.pipeline.parts import Part

FILE = "cache.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS read (key TEXT, part INTEGER, value BLOB, PRIMARY KEY (key, part)) WITHOUT ROWID"
_EVERY = 1.0  # seconds after which what was read is safe from a crash of this process


class Cache:
    """Keeps parts by key in one SQLite file; a damaged file counts as an empty one.

    Args:
        folder: where the file is; the caller holds the folder's lock.
        fresh: start with nothing kept.

    Raises:
        InputError: the folder cannot be written.
    """

    def __init__(self, folder: Path, fresh: bool = False) -> None:
        self._file = folder / FILE
        if fresh:
            self._remove()
        self._database = self._opened()
        self._used: set[str] = set()
        self._committed = time.monotonic()

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._file)
        try:
            self._prepare(database)
        except sqlite3.DatabaseError:
            database.close()
            self._remove()
            database = sqlite3.connect(self._file)
            try:
                self._prepare(database)
            except sqlite3.DatabaseError as error:
                database.close()
                raise _not_kept(self._file, error) from error
        return database

    def _prepare(self, database: sqlite3.Connection) -> None:
        # A process that dies leaves the file whole without waiting for the disk; a loss of power may damage it: see quick_check.
        database.execute("PRAGMA synchronous = OFF")
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        database.execute(_TABLE)

    def _remove(self) -> None:
        for path in self._file.parent.glob(FILE + "*"):
            path.unlink(missing_ok=True)

    def holds(self, key: str) -> bool:
        """Whether parts are kept under a key."""
        return bool(key) and self._database.execute("SELECT 1 FROM read WHERE key = ? LIMIT 1", [key]).fetchone() is not None

    def get(self, key: str) -> list[Part]:
        """The parts that were kept under a key; none if there are none, or they are damaged."""
        try:
            rows = self._database.execute("SELECT value FROM read WHERE key = ? ORDER BY part", [key]).fetchall()
            parts = [Part.unpacked(value) for (value,) in rows]
        except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, KeyError):
            return []
        self._used.add(key)
        return parts

    def put(self, key: str, values: Sequence[bytes]) -> None:
        """Keeps packed parts under a key."""
        self._used.add(key)
        self._write("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", [(key, *part) for part in enumerate(values)])

    def _write(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._database.executemany(statement, rows)
            if time.monotonic() - self._committed > _EVERY:
                self._database.commit()
                self._committed = time.monotonic()
        except sqlite3.DatabaseError as error:
            raise _not_kept(self._file, error) from error

    def forget_unused(self) -> None:
        """Throws away what this build neither took nor put."""
        kept = {key for (key,) in self._database.execute("SELECT DISTINCT key FROM read")}
        self._write("DELETE FROM read WHERE key = ?", [[key] for key in kept - self._used])

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keeps what was read even where the build failed: the next one goes on from there."""
        try:
            self._database.commit()
        except sqlite3.DatabaseError as failure:
            if error is None:
                raise _not_kept(self._file, failure) from failure
        finally:
            self._database.close()


def _not_kept(file: Path, error: sqlite3.DatabaseError) -> InputError:
    return InputError(
        Text(f"cannot write {file}: {error}", f"无法写入 {file}：{error}"),
        Text("make room on the disk, or choose another folder with --store", "请清理磁盘空间，或用 --store 指定其他文件夹"),
    )
