"""Table mappings (ontology/tables/*.yaml): by which columns a table is recognised and what each column states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, Text
from kg.model import Cell, Row

_NONE = Text(en="", zh="")


@dataclass(frozen=True, slots=True)
class Column:
    """One role of a mapping: the headers it may stand under, whether it must be there, what parts several values."""

    role: str
    headers: tuple[str, ...]
    required: bool = False
    split: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read.

    Attributes:
        id: name of its file without the ending; `Document.table` of the tables it fits.
        title: what the table is about.
        fact: kind of fact that a row states ("unit", "cooperation").
        columns: in the order of the file.
        least: how many of the columns a table must have.
        example: a header line that would fit.
    """

    id: str
    title: Text
    fact: str
    columns: tuple[Column, ...]
    least: int = 1
    example: Text = _NONE

    def header(self, role: str, headers: Sequence[str]) -> str | None:
        """The first of a table's headers that fills a role."""
        column = next((column for column in self.columns if column.role == role), None)
        known = {_plain(header) for header in column.headers} if column else set()
        return next((header for header in headers if header and _plain(header) in known), None)

    def roles(self, headers: Sequence[str]) -> dict[str, str]:
        """Role → header, for the roles that a table fills."""
        found = {column.role: self.header(column.role, headers) for column in self.columns}
        return {role: header for role, header in found.items() if header}

    def fits(self, headers: Sequence[str]) -> bool:
        """Whether a table with these headers is read by this mapping."""
        roles = self.roles(headers)
        return len(roles) >= self.least and all(column.role in roles for column in self.columns if column.required)

    def cells(self, row: Row, role: str) -> tuple[Cell, ...]:
        """The values that a row gives for a role, each with its offsets in the document's text; () when it gives none.

        >>> mapping = TableMapping("t", Text("", ""), "unit", (Column("alt", ("别名",), split="；、"),))
        >>> row = Row({"别名": Cell("甲馆；甲老戏楼", 10, 17)}, 0, 17)
        >>> mapping.cells(row, "alt")
        (Cell(text='甲馆', start=10, end=12), Cell(text='甲老戏楼', start=13, end=17))
        """
        column = next((column for column in self.columns if column.role == role), None)
        header = self.header(role, list(row.cells))
        if column is None or header is None:
            return ()
        cell = row.cells[header]
        parts = re.finditer(f"[^{re.escape(column.split)}]+", cell.text) if column.split else re.finditer("(?s).+", cell.text)
        found = []
        for part in parts:
            if words := part[0].strip():
                start = cell.start + part.start() + part[0].index(words)
                found.append(Cell(words, start, start + len(words)))
        return tuple(found)


def _plain(header: str) -> str:
    """A header as it is compared: without blanks, case, width and a language tag (名称@zh-CN)."""
    header = re.sub(r"@[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*$", "", header.strip())
    return re.sub(r"[\s*＊:：_-]", "", unicodedata.normalize("NFKC", header)).lower()


def read_mappings(ontology: Path) -> tuple[TableMapping, ...]:
    """The mappings of an ontology folder, by file name.

    Raises:
        ConfigError: a file is not valid YAML or lacks a part; names file and line.
    """
    return tuple(_read(path) for path in sorted((ontology / "tables").glob("*.yaml")))


def _read(path: Path) -> TableMapping:
    import yaml

    try:
        data: Any = yaml.safe_load(path.read_text("utf-8"))
        columns = tuple(_column(role, about) for role, about in data["columns"].items())
        return TableMapping(
            path.stem, _text(data["title"]), str(data["fact"]), columns, int(data.get("least", 1)), _text(data.get("example", {}))
        )
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise _broken(path, line, str(getattr(error, "problem", error))) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _broken(path, "", f"missing or wrong: {error}") from error


def _column(role: str, about: Mapping[str, Any]) -> Column:
    return Column(str(role), tuple(map(str, about["headers"])), bool(about.get("required", False)), str(about.get("split", "")))


def _text(about: Mapping[str, str]) -> Text:
    return Text(en=str(about.get("en", "")), zh=str(about.get("zh", "")))


def _broken(path: Path, line: str, reason: str) -> ConfigError:
    name = f"ontology/tables/{path.name}"
    return ConfigError(
        Text(en=f"{name}{line}: the table mapping is broken: {reason}", zh=f"{name}{line}：表格映射有误：{reason}"),
        Text(
            en="a mapping has title, fact and columns, each column a list of headers",
            zh="映射文件应有 title、fact、columns，每列应有 headers 列表",
        ),
    )


def mapping_of(table: str, mappings: Sequence[TableMapping]) -> TableMapping | None:
    """The mapping with the id `Document.table`."""
    return next((mapping for mapping in mappings if mapping.id == table), None)
