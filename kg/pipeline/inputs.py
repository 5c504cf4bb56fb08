"""What a build depends on, as digests: the files, the knowledge and program that read them, and what makes facts of it.

The keys of the cache and the question whether a store is up to date rest on these alone, never on clocks.
"""

from __future__ import annotations

import hashlib
import platform
import stat
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from kg.config import Config
from kg.load.archive import UNPACKED
from kg.load.base import MEBIBYTE
from kg.load.ledger import LedgerEntry
from kg.load.sources import Source, find_sources

TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
_ZIP = ".zip"
_ANY_SIZE = sys.maxsize
_PACKAGE = Path(__file__).resolve().parents[1]
_READING_CODE = ("*.py", "load/*.py", "extract/*.py", "vocab/*.py")
_WRITING_CODE = (*_READING_CODE, "review/*.py", "resolve/*.py", "extract/*/*.py", "pipeline/*.py", "store/*.py")
_READING_KNOWLEDGE = ("core.ttl", "vocabulary/*", "extraction/*", "gazetteer/*", "tables/*")
_WRITING_KNOWLEDGE = (*_READING_KNOWLEDGE, "rules/*")
_READING_PACKAGES = (
    "charset-normalizer", "opencc", "openpyxl", "pyahocorasick", "pyoxigraph", "pypdfium2",
    "python-calamine", "python-docx", "rdflib", "rjieba", "selectolax",
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What a build is made from.

    Attributes:
        files: in the order of reading, tables first.
        failed: ledger entries of sources that are not there.
        prints: fingerprint of each file's content, by its id; "" for what is no ordinary file.
        reading: digest of all that candidates depend on besides the file.
        writing: digest of all that the store depends on besides the files.
    """

    files: list[Source]
    failed: list[LedgerEntry]
    prints: dict[str, str]
    reading: str
    writing: str

    @classmethod
    def of(cls, config: Config, sources: Sequence[Path | str]) -> Inputs:
        """Looks at the sources and the ontology folder; reads every file once, for its fingerprint."""
        files, failed = find_sources(sources, config.root, TABLES)
        limit = int(config.limit_mb * MEBIBYTE)
        prints = {source.id: fingerprint(source.path, UNPACKED * limit) for source in files}
        settings = (platform.python_version(), config.base, str(limit), *_plug_ins(), *_packages())
        code, knowledge = _folder_digest(_PACKAGE, _READING_CODE), _folder_digest(config.ontology, _READING_KNOWLEDGE)
        reading = _digest(*settings, code, knowledge)
        decisions = fingerprint(config.decisions, _ANY_SIZE)
        code, knowledge = _folder_digest(_PACKAGE, _WRITING_CODE), _folder_digest(config.ontology, _WRITING_KNOWLEDGE)
        writing = _digest(reading, code, knowledge, decisions, repr(config.llm))
        return cls(files, failed, prints, reading, writing)

    @property
    def asked(self) -> str:
        """Digest of the names by which the files were asked for, in the order of reading."""
        return _digest(*(f"{source.id} {source.named}" for source in self.files), "", *(entry.source for entry in self.failed))

    def key(self, source: Source, learnt: str = "") -> str:
        """The cache's key of a file, read with what was learnt from tables; "" if it cannot be kept."""
        seen = self.prints[source.id]
        return _digest(self.reading, learnt, source.id, str(source.chosen), seen) if seen else ""

    def tables(self) -> list[Source]:
        """The files that hold tables, or are zip folders with a table inside."""
        return [source for source in self.files if _holds_table(source.path)]


def fingerprint(path: Path, limit: int) -> str:
    """SHA-256 of a file; of one over the limit, which no loader reads, its size; "" if it is none or cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return ""
        if status.st_size > limit:
            return f"size:{status.st_size}"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _digest(*parts: str) -> str:
    """SHA-256 of some texts in their order."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _holds_table(path: Path) -> bool:
    if path.suffix.lower() != _ZIP:
        return path.suffix.lower() in TABLES
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.lower().endswith(TABLES) for name in package.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def _folder_digest(folder: Path, patterns: Iterable[str]) -> str:
    """A digest of the names and contents of the files that fit."""
    content = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
        data = path.read_bytes()
        content.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode() + data)
    return content.hexdigest()


def _plug_ins() -> Iterator[str]:
    for point in sorted(entry_points(group="kg.loaders"), key=lambda point: point.name):
        yield f"{point.name}={point.value} {point.dist.version if point.dist else ''}"


def _packages() -> Iterator[str]:
    for name in _READING_PACKAGES:
        try:
            yield f"{name}={version(name)}"
        except PackageNotFoundError:
            yield f"{name} is missing"
