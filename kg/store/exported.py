"""The statements of a graph wherever it is: in a store, or in a file that `kg export` wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.errors import InputError, Text, UnsupportedError
from kg.store.base import Term, open_store
from kg.store.dump import FORMATS
from kg.store.embedded import as_term

Statement = tuple[Term, Term, Term]


def statements(location: Path) -> Iterator[Statement]:
    """The triples of all graphs; one that stands in several graphs comes several times.

    Args:
        location: folder of a store, or a file that ends in one of `kg.store.dump.FORMATS`.

    Raises:
        InputError: there is neither a store nor a readable file.
        UnsupportedError: the file is of another kind.
    """
    if location.is_file():
        return _from_file(location)
    store = open_store(location)
    return (quad[:3] for quad in store.quads())


def _from_file(path: Path) -> Iterator[Statement]:
    ending = path.suffix[1:].lower()
    if ending not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnsupportedError(
            Text(f"{path}: not an export of a graph", f"{path}：不是图谱的导出文件"),
            Text(f"name a store, or a file ending in {known}", f"请指定图谱库，或扩展名为 {known} 的文件"),
        )
    format = RdfFormat.from_extension(ending)
    assert format is not None
    try:
        for quad in parse(path=str(path), format=format):
            yield as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)
    except (OSError, SyntaxError) as error:
        raise InputError(
            Text(f"{path}: cannot be read: {error}", f"{path}：无法读取：{error}"),
            Text("export the graph again: `kg export -o FILE`", "请重新导出：`kg export -o 文件`"),
        ) from error
