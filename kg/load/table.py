"""Tables: csv files and workbooks whose columns fit a mapping of the ontology folder; one document for each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError, Text
from kg.load.archive import open_package
from kg.load.area import check_area
from kg.load.base import LoadContext, TextBuilder, read_bytes
from kg.load.compound import check_compound
from kg.load.encoding import decode
from kg.load.ledger import LedgerEntry
from kg.load.mapping import TableMapping, read_mappings
from kg.load.percent import Decimals, percent_cells
from kg.load.sheets import Sheet, csv_sheet, workbook_sheets
from kg.model import Cell, Document, Row

_HEADER_ROWS = 20  # the header stands within this many rows; titles may stand above it
_LISTED_ROWS = 20
SEPARATOR = " | "


class CsvLoader:
    """Reads .csv and .tsv files in any encoding that Chinese office software writes."""

    suffixes = (".csv", ".tsv")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        text = decode(read_bytes(path, entry, context), entry)
        return table_documents([csv_sheet(text, entry)], path, entry, context)


class WorkbookLoader:
    """Reads every sheet of .xlsx, .xlsm, .xls and .ods files, formulas by the value they had when saved."""

    suffixes = (".xlsx", ".xlsm", ".xls", ".ods")

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        check_compound(read_bytes(path, entry, context), entry.source)
        percents: dict[str, Decimals] = {}
        if path.suffix.lower() != ".xls":
            with open_package(path, entry, context) as package:
                check_area(package, entry.source)
                percents = percent_cells(package, entry.source)
        return table_documents(workbook_sheets(path, entry, percents), path, entry, context)


def table_documents(sheets: Sequence[Sheet], path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
    """One document for each sheet that fits a mapping; the others are noted.

    Raises:
        InputError: no sheet fits one; names the columns that are there and those that are wanted.
    """
    mappings = read_mappings(context.ontology)
    fitting = []
    for sheet in sheets:
        found = find_header(sheet, mappings)
        if found:
            fitting.append((sheet, *found))
        elif sheet.rows and len(sheets) > 1:
            entry.note(
                f"sheet {sheet.name}: left out, its columns are not known: {_columns(sheet)}",
                f"工作表 {sheet.name}：列名无法识别，已跳过：{_columns(sheet)}",
            )
    if not fitting:
        raise _unknown_columns(sheets, mappings, entry.source)
    entry.count("tables", len(fitting))
    documents = [_document(sheet, header, mapping, path, entry) for sheet, header, mapping in fitting]
    if len(documents) == 1:
        return documents
    return [
        replace(document, id=f"{entry.id}/{sheet.name}", title=sheet.name)
        for document, (sheet, _, _) in zip(documents, fitting, strict=True)
    ]


def find_header(sheet: Sheet, mappings: Sequence[TableMapping]) -> tuple[int, TableMapping] | None:
    """Where in `sheet.rows` the header stands and which mapping it fits best; None when no row is one."""
    for index, (_, cells) in enumerate(sheet.rows[:_HEADER_ROWS]):
        if fitting := [mapping for mapping in mappings if mapping.fits(cells)]:
            return index, max(fitting, key=lambda mapping: len(mapping.roles(cells)))
    return None


def _document(sheet: Sheet, header: int, mapping: TableMapping, path: Path, entry: LedgerEntry) -> Document:
    names = _distinct([_with_usual_tag(name, entry) for name in sheet.rows[header][1]])
    required = [name for column in mapping.columns if column.required and (name := mapping.header(column.role, names))]
    builder = TextBuilder()
    builder.add(SEPARATOR.join(name for name in names if name), "row")
    rows: list[Row] = []
    skipped: list[int] = []
    for number, cells in sheet.rows[header + 1 :]:
        found = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        if all(name in found for name in required):
            rows.append(_add_row(builder, found))
        else:
            skipped.append(number)
    _note_skipped(skipped, required, sheet.name, entry)
    entry.count("rows", len(rows))
    return replace(builder.document(entry, path, ""), table=mapping.id, rows=tuple(rows))


def _distinct(names: Sequence[str]) -> list[str]:
    """The headers, a repeated one with its number: 单位, 单位 (2)."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found


def _with_usual_tag(header: str, entry: LedgerEntry) -> str:
    """A header whose language tag is written with "-" (名称@zh-CN)."""
    name, at, tag = header.rpartition("@")
    if not at or "_" not in tag:
        return header
    entry.count("language_tags_mended")
    entry.note(f"language tag mended: {tag} → {tag.replace('_', '-')}", f"已修正语言标签：{tag} → {tag.replace('_', '-')}")
    return f"{name}@{tag.replace('_', '-')}"


def _add_row(builder: TextBuilder, found: dict[str, str]) -> Row:
    start = position = builder.length
    cells = {}
    for name, text in found.items():
        cells[name] = Cell(text, position, position + len(text))
        position += len(text) + len(SEPARATOR)
    builder.add(SEPARATOR.join(found.values()), "row")
    return Row(cells, start, position - len(SEPARATOR))


def _note_skipped(rows: Sequence[int], required: Sequence[str], sheet: str, entry: LedgerEntry) -> None:
    if not rows:
        return
    entry.count("rows_skipped", len(rows))
    listed = ", ".join(map(str, rows[:_LISTED_ROWS])) + (" …" if len(rows) > _LISTED_ROWS else "")
    columns, of = ", ".join(required), f"{sheet}: " if sheet else ""
    entry.note(f"{of}rows left out because {columns} is empty: {listed}", f"{of}因 {columns} 为空而跳过的行：{listed}")


def _columns(sheet: Sheet) -> str:
    return ", ".join(cell for cell in sheet.rows[0][1] if cell)[:300] if sheet.rows else "-"


def _unknown_columns(sheets: Sequence[Sheet], mappings: Sequence[TableMapping], source: str) -> InputError:
    found = "; ".join(f"{sheet.name}: {_columns(sheet)}".removeprefix(": ") for sheet in sheets if sheet.rows) or "-"
    return InputError(
        Text(en=f"{source}: no table with known columns; found: {found}", zh=f"{source}：没有列名可识别的表格；现有列：{found}"),
        Text(
            en="name the columns as in: " + " or ".join(f"{mapping.example.en} ({mapping.title.en})" for mapping in mappings),
            zh="列名应为：" + " 或 ".join(f"{mapping.example.zh}（{mapping.title.zh}）" for mapping in mappings),
        ),
    )
