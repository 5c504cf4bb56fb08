"""Writes the bill of materials of kg (CycloneDX 1.6, JSON) and lists the licences of all that it needs (`make sbom`).

    python tools/sbom.py build/sbom.json

Reads what is installed here and the lock of the viewer, and asks nobody. Exit code 1 if a licence is not among those allowed.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
# Permissive ones, and weak copyleft that leaves alone what uses the package.
ALLOWED = re.compile(r"Apache|MIT|BSD|ISC|PSF|MPL-2|W3C|Zlib|Unlicense|CC0", re.IGNORECASE)
FORBIDDEN = re.compile(r"\bA?GPL|Affero|proprietary|commercial", re.IGNORECASE)
TOLD_IN_ITS_FILES = {"resvg-py": "MIT"}  # packages whose metadata name no licence


class Part(NamedTuple):
    """A package: where it is from ("pypi", "npm"), name, version, licence, and the digest (SHA-512, hex) where it is locked."""

    origin: str
    name: str
    version: str
    licence: str
    digest: str = ""


def python_parts() -> list[Part]:
    """The packages that kg needs on this machine, and those that they need, by name."""
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Part] = {}
    waiting = [Requirement(line).name for line in project["dependencies"]]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            package = distribution(name)
            found[name] = Part("pypi", name, package.version, _licence(name, package))
            waiting += _requirements(package)
    return sorted(found.values())


def _requirements(package: Distribution) -> Iterator[str]:
    for line in package.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def _licence(name: str, package: Distribution) -> str:
    """The licence as the metadata name it: by expression, by classifier, in words."""
    about = package.metadata
    classes = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License :: ")]
    words = [line.partition("\n")[0] for line in about.get_all("License") or ()]
    told = " ".join(about.get_all("License-Expression") or [*classes, *words]).strip()
    return told or TOLD_IN_ITS_FILES.get(name, "")


def viewer_parts() -> list[Part]:
    """The npm packages of the viewer's lock; those that only build it too."""
    packages = json.loads(ROOT.joinpath("web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        Part("npm", place.rpartition("node_modules/")[2], about["version"], about.get("license", ""), _hex(about["integrity"]))
        for place, about in packages.items()
        if place
    ]


def _hex(integrity: str) -> str:
    """
    >>> _hex("sha512-AP8=")
    '00ff'
    """
    return base64.b64decode(integrity.removeprefix("sha512-")).hex()


def not_allowed(parts: Sequence[Part]) -> list[Part]:
    """Parts whose licence is unknown or asks for more than naming the authors.

    >>> not_allowed([Part("pypi", "a", "1", "MIT"), Part("pypi", "b", "1", "GPLv3"), Part("pypi", "c", "1", "")])
    [Part(origin='pypi', name='b', ...), Part(origin='pypi', name='c', ...)]
    """
    return [part for part in parts if not ALLOWED.search(part.licence) or FORBIDDEN.search(part.licence)]


def bill(parts: Sequence[Part]) -> dict[str, Any]:
    """The parts in the form of CycloneDX 1.6; the same parts give the same bytes, so it bears no date and no serial number."""
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = {"type": "application", "name": project["name"], "version": project["version"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root | {"bom-ref": project["name"], "licenses": [{"license": {"id": project["license"]}}]}},
        "components": [_component(part) for part in parts],
    }


def _component(part: Part) -> dict[str, Any]:
    address = f"pkg:{part.origin}/{part.name.replace('@', '%40')}@{part.version}"
    found: dict[str, Any] = {"type": "library", "bom-ref": address, "name": part.name, "version": part.version, "purl": address}
    if part.licence:
        found["licenses"] = [{"license": {"name": part.licence}}]
    if part.digest:
        found["hashes"] = [{"alg": "SHA-512", "content": part.digest}]
    return found


def main(path: Path) -> int:
    parts = [*python_parts(), *viewer_parts()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(parts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for part in parts:
        print(f"{part.origin:<5}{part.name:<40}{part.version:<14}{part.licence or 'unknown'}")
    wrong = not_allowed(parts)
    print(
        f"Written: {path}: {len(parts)} packages",
        *(f"Not allowed: {part.name}: {part.licence or 'unknown'}" for part in wrong),
        sep="\n",
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
