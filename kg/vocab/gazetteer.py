"""Places and well-known bodies: ontology/gazetteer/divisions.csv and bodies.yaml."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import ConfigError, Text


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division.

    Attributes:
        code: six digits of GB/T 2260.
        short: the name without the kind of division (海淀 of 海淀区); equals `name` where nothing shorter is said.
        level: notation of its level in the vocabulary.
        parent: code of the division above, "" for a province.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A well-known body: full name, short names, notations of its kind and level, English name."""

    name: str
    shorts: tuple[str, ...]
    kind: str
    level: str
    en: str = ""


class Gazetteer:
    """Places and bodies, found by full or short name."""

    def __init__(self, places: Iterable[Place], bodies: Iterable[Body]) -> None:
        self.places = tuple(places)
        self.bodies = tuple(bodies)
        self._by_code = {place.code: place for place in self.places}
        self._by_name = _index(((place.name, place.short), place) for place in self.places)
        self._bodies = {name: body for body in self.bodies for name in (*body.shorts, body.name)}

    @classmethod
    def read(cls, folder: Path) -> Gazetteer:
        """The gazetteer of an ontology folder; read once a process, and again when a file has changed.

        Raises:
            ConfigError: a file is missing or broken; names file and line.
        """
        files = (folder / "gazetteer" / "divisions.csv", folder / "gazetteer" / "bodies.yaml")
        return _read(*files, tuple(_stamp(path) for path in files))

    def by_name(self, name: str) -> tuple[Place, ...]:
        """Places of that full or short name, in the order of their codes; several where the name is not unique (朝阳)."""
        return self._by_name.get(name, ())

    def by_code(self, code: str) -> Place | None:
        """The place with that code, or None."""
        return self._by_code.get(code)

    def chain(self, place: Place) -> tuple[Place, ...]:
        """The place and all divisions above it, from small to large."""
        above = self._by_code.get(place.parent)
        return (place, *self.chain(above)) if above else (place,)

    def body(self, name: str) -> Body | None:
        """The well-known body of that full or short name, or None."""
        return self._bodies.get(name)


def _index(named: Iterable[tuple[tuple[str, ...], Place]]) -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for names, place in named:
        for name in dict.fromkeys(names):
            found[name].append(place)
    return {name: tuple(places) for name, places in found.items()}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise ConfigError(
            Text(f"the gazetteer file {path} is missing", f"缺少地名与单位文件 {path}"),
            Text("copy it from the ontology folder that ships", "请从随附的本体文件夹中复制"),
        ) from error
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _read(divisions: Path, bodies: Path, stamps: tuple[tuple[int, int], ...]) -> Gazetteer:
    return Gazetteer(_places(divisions), _bodies(bodies))


def _places(path: Path) -> list[Place]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        places = []
        for row in lines:
            if len(row) != 5 or not all(row[:4]):
                problem = Text("code, name, short, level, parent expected", "应有五列：代码、名称、简称、级别、上级代码")
                raise _broken(path, lines.line_num, problem)
            places.append(Place(*row))
    return places


def _bodies(path: Path) -> list[Body]:
    return [_body(path, number, entry) for number, entry in _entries(path)]


def _entries(path: Path) -> list[tuple[int, Any]]:
    """(line, entry) of each entry of a YAML list."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = path.read_text(encoding="utf-8-sig")
    try:
        node = yaml.compose(text, Loader=loader)
        entries = yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _broken(path, line, Text(str(error.problem), f"不是合法的 YAML（{error.problem}）")) from error
    if node is None or not isinstance(entries, list):
        raise _broken(path, 1, Text("a list of bodies expected", "应为单位列表"))
    return [(item.start_mark.line + 1, entry) for item, entry in zip(node.value, entries, strict=True)]


def _body(path: Path, line: int, entry: Any) -> Body:
    needed = {"name", "kind", "level"}
    well_formed = isinstance(entry, dict) and needed <= entry.keys() <= needed | {"shorts", "en"}
    if not well_formed or not isinstance(entry.get("shorts", []), list):
        problem = Text("a body has name, shorts (a list), kind, level, en", "每个单位应有 name、shorts（列表）、kind、level、en")
        raise _broken(path, line, problem)
    return Body(entry["name"], tuple(entry.get("shorts", ())), entry["kind"], entry["level"], entry.get("en", ""))


def _broken(path: Path, line: int, problem: Text) -> ConfigError:
    return ConfigError(
        Text(f"{path}, line {line}: {problem.en}", f"{path} 第 {line} 行：{problem.zh}"),
        Text(f"correct line {line} of {path.name}", f"请改正 {path.name} 的第 {line} 行"),
    )
