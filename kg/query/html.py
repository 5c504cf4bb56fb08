"""Tables as HTML for notebooks: text is only text, and long tables say what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

ROWS = 50


def table_html(columns: Sequence[str], rows: Sequence[Iterable[str]]) -> str:
    """The first 50 rows, and how many there are.

    >>> table_html(["a"], [["<b>"]])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[:ROWS])
    rest = f"<p>{ROWS} / {len(rows)}</p>" if len(rows) > ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"
