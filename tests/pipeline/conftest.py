"""A workspace of small reports that can be changed and built again."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.config import Config
from kg.pipeline import BuildResult, Options, build
from kg.pipeline.cache import FILE
from kg.store.base import open_store

UNITS = "单位名称,类型\n青川县法院,法院\n"
REPORTS = {
    "a": "青川县法院的做法\n青川县法院创建“同心”平台，与东海大学合作，服务企业30家。\n",
    "b": "白水县税务局的做法\n白水县税务局联合白水县公安局走访企业86家。\n",
    "c": "清河县图书馆的做法\n清河县图书馆与清河县博物馆签订合作协议，建成“书香”驿站12个。\n",
}


@dataclass(frozen=True)
class Work:
    """A folder with sources/ and the store that is built from them."""

    root: Path
    ontology: Path

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    @property
    def config(self) -> Config:
        return Config(self.root, ontology=self.ontology)

    @property
    def store(self) -> Path:
        return self.config.store

    def put(self, name: str, text: str) -> None:
        self.sources.joinpath(name).write_text(text, encoding="utf-8")

    def build(self, fresh: bool = False, store: Path | None = None, **options: object) -> BuildResult:
        return build(self.config, [self.sources], store, options=Options(fresh, **options))  # type: ignore[arg-type]

    def exported(self, store: Path | None = None) -> bytes:
        """The graph as sorted N-Quads."""
        opened, file = open_store(store or self.store), self.root / "export.nq"
        with file.open("wb") as out:
            opened.dump(out, "nq")
        opened.close()
        return file.read_bytes()

    def anew(self) -> bytes:
        """The graph that a first build of the sources gives, in a folder of its own."""
        other = self.root / "anew"
        shutil.rmtree(other, ignore_errors=True)
        self.build(store=other)
        return self.exported(other)

    def kept(self) -> sqlite3.Connection:
        """The cache, opened by hand."""
        return sqlite3.connect(self.store / FILE)


@pytest.fixture
def work(tmp_path: Path, root: Path) -> Work:
    (tmp_path / "sources").mkdir()
    made = Work(tmp_path, root / "ontology")
    for name, text in REPORTS.items():
        made.put(f"{name}.txt", text)
    made.put("units.csv", UNITS)
    return made
