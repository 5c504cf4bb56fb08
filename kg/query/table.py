"""The result of a query as a table: no engine's types, so that everything above can use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.store.base import Row, Term

__all__ = ["Row", "Table", "Term"]


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
    form: Literal["select", "ask", "graph"] = "select"

    def values(self) -> list[tuple[str | None, ...]]:
        """The rows as plain strings."""
        return [tuple(term.value if term else None for term in row) for row in self.rows]

    def _repr_html_(self) -> str:
        from kg.query.html import table_html

        return table_html(self.columns, [[cell or "" for cell in row] for row in self.values()])
