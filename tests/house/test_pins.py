"""Versions are pinned, and the lock files name packages, never the address of a registry."""

from __future__ import annotations

import json
import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

CONSTRAINTS = ROOT.joinpath("constraints.txt").read_text(encoding="utf-8")
PINNED = re.compile(r"[a-z0-9.-]+==[\w.]+( ; python_version [<>]=? \"3\.\d+\"( and python_version < \"3\.\d+\")?)?")


def test_the_constraints_name_no_address() -> None:
    assert re.search(r"https?:|git\+|file:|index-url|find-links", CONSTRAINTS) is None


def test_the_lock_of_the_viewer_names_no_address_of_a_package() -> None:
    packages = json.loads(ROOT.joinpath("web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [package for package, entry in packages.items() if "resolved" in entry] == []


def test_every_line_of_the_constraints_pins_one_version() -> None:
    assert [line for line in CONSTRAINTS.splitlines() if not line.startswith("#") and not PINNED.fullmatch(line)] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))
    optional = [item for items in project["project"]["optional-dependencies"].values() for item in items]
    wanted = [*project["project"]["dependencies"], *optional, *project["dependency-groups"]["dev"]]
    pinned = {canonicalize_name(line.partition("==")[0]) for line in CONSTRAINTS.splitlines()}
    assert sorted({canonicalize_name(Requirement(item).name) for item in wanted} - pinned) == []
