"""The result of a query as a table: no engine's types, so that everything above can use it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.store.base import Row, Term

__all__ = ["Form", "Row", "Stream", "Table", "Term"]

Form = Literal["select", "ask", "graph"]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a row has one term, or None, per column.

    `form` says what was asked: "ask" gives one row with a boolean in the column "answer", "graph" (CONSTRUCT, DESCRIBE)
    the columns subject, predicate, object.

    >>> Table(("n",), ((Term("甲院"),), (None,))).values()
    [('甲院',), (None,)]
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    form: Form = "select"

    def values(self) -> list[tuple[str | None, ...]]:
        """The rows as plain strings."""
        return [tuple(term.value if term else None for term in row) for row in self.rows]

    def _repr_html_(self) -> str:
        from kg.query.html import table_html

        return table_html(self.columns, [[cell or "" for cell in row] for row in self.values()])


@dataclass(frozen=True, slots=True)
class Stream:
    """The same before it is read: its rows come once, one after another, and need not fit into memory."""

    columns: tuple[str, ...]
    rows: Iterable[Row]
    form: Form = "select"

    def table(self) -> Table:
        """All of it."""
        return Table(self.columns, tuple(self.rows), self.form)
