"""Which cells of an xlsx file show percentages: the values alone (0.6) do not tell (SpreadsheetML, ECMA-376 18.8.30)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from kg.load.archive import XML_FAULTS, broken, parse_xml
from kg.load.area import column_number

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BUILT_IN = {"9": 0, "10": 2}  # number formats 0% and 0.00% have no entry of their own
_CELL = re.compile(r"([A-Z]+)(\d+)")

Decimals = Mapping[tuple[int, int], int]


def percent_cells(package: zipfile.ZipFile, source: str) -> dict[str, Decimals]:
    """For each sheet by name: (row, column) from 0 of its percentage cells → digits after the point."""
    styles = _percent_styles(package, source)
    if not styles:
        return {}
    try:
        return {name: dict(_cells(package, part, styles)) for name, part in _parts(package, source).items()}
    except XML_FAULTS as error:
        raise broken(source, str(error)) from error


def as_percent(value: float, decimals: int) -> str:
    """
    >>> as_percent(0.6, 0), as_percent(0.1234, 1)
    ('60%', '12.3%')
    """
    return f"{value * 100:.{decimals}f}%"


def _percent_styles(package: zipfile.ZipFile, source: str) -> dict[str, int]:
    """Index of a cell style → digits after the point, for the styles that show percentages."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    root = parse_xml(package.read("xl/styles.xml"), source)
    formats = dict(_BUILT_IN)
    for element in root.iter(_S + "numFmt"):
        code = element.get("formatCode", "").split(";")[0]
        if "%" in re.sub(r'"[^"]*"|\\.', "", code):
            formats[element.get("numFmtId", "")] = len((re.search(r"\.([0#?]+)", code) or ["", ""])[1])
    crossed = root.find(_S + "cellXfs")
    return {
        str(index): formats[number]
        for index, style in enumerate(crossed if crossed is not None else [])
        if (number := style.get("numFmtId", "")) in formats
    }


def _parts(package: zipfile.ZipFile, source: str) -> dict[str, str]:
    """Sheet name → its part in the package."""
    if "xl/_rels/workbook.xml.rels" not in package.namelist():
        return {}
    relations = {one.get("Id"): one.get("Target", "") for one in parse_xml(package.read("xl/_rels/workbook.xml.rels"), source)}
    sheets = parse_xml(package.read("xl/workbook.xml"), source).iter(_S + "sheet")
    targets = {sheet.get("name", ""): relations.get(sheet.get(_R + "id"), "") for sheet in sheets}
    parts = {name: normpath(join("/xl", target)).lstrip("/") for name, target in targets.items()}
    return {name: part for name, part in parts.items() if part in package.namelist()}


def _cells(package: zipfile.ZipFile, part: str, styles: Mapping[str, int]) -> Iterator[tuple[tuple[int, int], int]]:
    with package.open(part) as file:
        for _, element in ET.iterparse(file):
            if element.tag == _S + "c" and element.get("s") in styles and (place := _CELL.fullmatch(element.get("r", ""))):
                yield (int(place[2]) - 1, column_number(place[1]) - 1), styles[element.get("s", "")]
            elif element.tag == _S + "row":
                element.clear()
