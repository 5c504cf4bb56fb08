"""What kg is made of and how it ships: licences, bill of materials, a wheel that is the same each time and does the main job."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tools.sbom import bill, not_allowed, python_parts, viewer_parts

BACKEND = "import sys; from hatchling import build; build.build_wheel(sys.argv[1]); build.build_sdist(sys.argv[1])"


def test_every_licence_is_allowed() -> None:
    parts = [*python_parts(), *viewer_parts()]
    assert len(parts) > 60
    assert not_allowed(parts) == []


def test_the_bill_of_materials_names_every_package_once() -> None:
    parts = [*python_parts(), *viewer_parts()]
    components = bill(parts)["components"]
    addresses = [component["purl"] for component in components]
    assert len(set(addresses)) == len(set(parts))
    assert {"pkg:npm/%40codemirror/state"} <= {address.rpartition("@")[0] for address in addresses}
    assert all(len(component["hashes"][0]["content"]) == 128 for component in components if "pkg:npm" in component["purl"])
    assert json.dumps(bill(parts)) == json.dumps(bill([*python_parts(), *viewer_parts()]))


def test_every_package_of_the_bill_has_its_pinned_version() -> None:
    pins = {line.split(" ;")[0] for line in ROOT.joinpath("constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert [part for part in python_parts() if f"{part.name}=={part.version}" not in pins] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Path]]:
    """Wheel and source distribution, built twice."""
    folders = [tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")]
    for folder in folders:
        subprocess.run([sys.executable, "-c", BACKEND, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return [{path.name: path for path in folder.iterdir()} for folder in folders]


def test_wheel_and_source_are_the_same_each_time(built: list[dict[str, Path]]) -> None:
    first, second = ({name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} for files in built)
    assert len(first) == 2 and first == second


def test_the_wheel_alone_does_the_main_job(built: list[dict[str, Path]], tmp_path: Path) -> None:
    wheel = next(path for name, path in built[0].items() if name.endswith(".whl"))
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path / "site")
    tmp_path.joinpath("a.txt").write_text("青川县法院的做法\n青川县法院创建“同心”平台，与东海大学合作，服务企业86家。\n", "utf-8")
    code = "from kg.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    for words in (["build", "a.txt"], ["render", "-o", "a.html"], ["export", "-o", "a.nq"]):
        done = subprocess.run([sys.executable, "-c", code, *words], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), words
    assert "同心" in tmp_path.joinpath("a.nq").read_text("utf-8")
    assert tmp_path.joinpath("a.html").stat().st_size > 100_000
