"""Answers that were paid for are kept in the store's folder, so that no question is asked twice."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

from kg.errors import InputError, Text

FILE = "answers.sqlite"


class Answers:
    """Answers by question, in one SQLite file; each is safe as soon as it is kept. Several threads may use it.

    Args:
        folder: where the file is.

    Raises:
        InputError: the file is damaged or cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._guard = threading.Lock()
        try:
            self._database = sqlite3.connect(self._file, check_same_thread=False)
            with self._database:
                self._database.execute("CREATE TABLE IF NOT EXISTS answer (question TEXT PRIMARY KEY, content TEXT)")
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from error

    def get(self, question: bytes) -> str | None:
        """The answer to a question (the body of a request), None if it was never answered."""
        with self._guard:
            row = self._database.execute("SELECT content FROM answer WHERE question = ?", [_key(question)]).fetchone()
        return row[0] if row else None

    def put(self, question: bytes, content: str) -> None:
        """Keeps an answer."""
        safe = content.encode("utf-8", "replace").decode()  # a lone surrogate cannot be stored
        try:
            with self._guard, self._database:
                self._database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", [_key(question), safe])
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from error

    def close(self) -> None:
        """Ends the use of the file."""
        self._database.close()

    def _broken(self, error: sqlite3.DatabaseError) -> InputError:
        return InputError(
            Text(f"{self._file} cannot be used: {error}", f"无法使用 {self._file}：{error}"),
            Text("make room on the disk, or delete the file to ask again", "请清理磁盘空间；也可删除该文件，重新提问"),
        )


def _key(question: bytes) -> str:
    return hashlib.sha256(question).hexdigest()
