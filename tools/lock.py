"""Writes constraints.txt: every package that kg and its tests use, at one version (`make lock`).

Asks pip of each Python named on the command line what it would install today, without installing it, and joins the
answers: where the Pythons differ (networkx 3.7 wants 3.12) a line carries an environment marker.

    python tools/lock.py python3.11 python3.12 python3.13
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = """\
# Written by `make lock`; do not edit. Newest versions that work together, for each Python that kg runs on.
"""


def version(python: str) -> tuple[int, int]:
    """Major and minor version of an interpreter."""
    code = "import sys; print(*sys.version_info[:2])"
    major, minor = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    return int(major), int(minor)


def resolve(python: str) -> dict[str, str]:
    """What pip would install for kg with its development group: versions by package name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", "pip"], check=True)
        report = Path(folder, "report.json")
        wanted = ["--dry-run", "--ignore-installed", "--report", str(report), "--group", "dev", "--editable", ".", "pip"]
        subprocess.run([*pip, "install", "--quiet", *wanted], check=True, cwd=ROOT)
        installs = json.loads(report.read_text(encoding="utf-8"))["install"]
    found = {item["metadata"]["name"].lower().replace("_", "-"): item["metadata"]["version"] for item in installs}
    found.pop("coop-kg")
    return found


def lines(pins: dict[tuple[int, int], dict[str, str]]) -> list[str]:
    """One line for each package and version; a marker where not every Python of `pins` gets that version.

    >>> lines({(3, 11): {"a": "1", "b": "1"}, (3, 12): {"a": "1", "b": "2"}, (3, 13): {"a": "1", "b": "2"}})
    ['a==1', 'b==1 ; python_version < "3.12"', 'b==2 ; python_version >= "3.12"']
    """
    pythons = sorted(pins)
    out = []
    for name in sorted({name for found in pins.values() for name in found}):
        versions = [pins[python].get(name) for python in pythons]
        for pinned in dict.fromkeys(filter(None, versions)):
            first, last = versions.index(pinned), len(versions) - versions[::-1].index(pinned)
            out.append(f"{name}=={pinned}{_marker(pythons, first, last)}")
    return out


def _marker(pythons: list[tuple[int, int]], first: int, last: int) -> str:
    """The marker for the slice `first:last` of the Pythons, which are in order."""
    bounds = []
    if first > 0:
        bounds.append('python_version >= "{}.{}"'.format(*pythons[first]))
    if last < len(pythons):
        bounds.append('python_version < "{}.{}"'.format(*pythons[last]))
    return " ; " + " and ".join(bounds) if bounds else ""


def main(pythons: list[str]) -> None:
    pins = {version(python): resolve(python) for python in pythons}
    if (3, 11) not in pins or len(pins) < 2:
        sys.exit("make lock needs Python 3.11 and at least one newer Python: name them with LOCK_PYTHONS='…'")
    ROOT.joinpath("constraints.txt").write_text(HEADER + "\n".join(lines(pins)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
