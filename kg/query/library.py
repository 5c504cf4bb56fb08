"""The queries that the program itself asks: files in kg/query/sparql, over the terms of the graph contract alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from kg.query.run import Value, run
from kg.query.table import Term
from kg.store.base import Store


@cache
def _text(name: str) -> str:
    return files("kg.query").joinpath("sparql", f"{name}.rq").read_text(encoding="utf-8")


def ask(store: Store, name: str, params: Mapping[str, Value] | None = None) -> Iterator[dict[str, Term]]:
    """The rows of the query kept as `name`.rq as column → term, unbound ones left out."""
    table = run(store, _text(name), params)
    for row in table.rows:
        yield {column: term for column, term in zip(table.columns, row, strict=True) if term}
