"""What loaders share: their protocol, the context they work in, reading bytes within the limit, building a text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from kg.errors import InputError, Text
from kg.ids import DEFAULT_BASE
from kg.load.ledger import LedgerEntry
from kg.model import Block, Document

Kind = Literal["heading", "paragraph", "row", "caption", "note"]
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LoadContext:
    """Where loaders work.

    Attributes:
        root: the workspace; the id of a file below it is its path from here.
        ontology: the ontology folder, for the table mappings in `tables/`.
        base: base of data IRIs, against which relative IRIs in RDF files are resolved.
        limit: bytes that a file may have, and that a compressed one may unpack to four times of.
    """

    root: Path
    ontology: Path
    base: str = DEFAULT_BASE
    limit: int = 64 * MEBIBYTE


class Loader(Protocol):
    """Reads one kind of file. `tests/contracts/test_loaders.py` is what every loader passes."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of the files it reads, lower case, with the dot."""

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        """Read a file into documents and tell the ledger what was done.

        Raises:
            KgError: the file cannot be read; nothing else is raised for a bad file.
        """


def read_bytes(path: Path, entry: LedgerEntry, context: LoadContext) -> bytes:
    """The bytes of a file, recorded in the ledger.

    Raises:
        InputError: the file is empty or larger than the context's limit.
    """
    size = path.stat().st_size
    if size > context.limit:
        raise too_large(entry.source, size, context.limit)
    data = path.read_bytes()
    entry.size = len(data)
    entry.sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        raise InputError(
            Text(en=f"{entry.source}: the file is empty", zh=f"{entry.source}：文件是空的"),
            Text(en="save it again with its content, or delete it", zh="请重新保存其内容，或删除该文件"),
        )
    return data


def too_large(source: str, size: int, limit: int) -> InputError:
    """The error for a file over the limit (both in bytes)."""
    seen, most = f"{size / MEBIBYTE:.1f} MB", f"{limit / MEBIBYTE:.0f} MB"
    return InputError(
        Text(
            en=f"{source}: {seen} is more than the limit of {most} for one file",
            zh=f"{source}：大小 {seen}，超过单个文件 {most} 的上限",
        ),
        Text(
            en="split the file, or raise the limit in kg.toml: [load] limit_mb = …",
            zh="请拆分文件，或在 kg.toml 中调高上限：[load] limit_mb = …",
        ),
    )


@dataclass(slots=True)
class TextBuilder:
    """Puts a document's text together line by line and keeps the offsets of its blocks.

    >>> builder = TextBuilder()
    >>> builder.add("标题", "heading", 1); builder.add("　正文。")
    >>> builder.text
    '标题\\n　正文。\\n'
    >>> builder.blocks[1].start, builder.blocks[1].end
    (4, 7)
    """

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """All lines, each closed by a newline."""
        return "".join(f"{line}\n" for line in self.lines)

    def add(self, line: str, kind: Kind = "paragraph", level: int = 0) -> None:
        """Add a line; its block covers it without the blanks around it, and a blank line has none."""
        words = line.strip()
        if words:
            start = self.length + line.index(words[0])
            self.blocks.append(Block(start, start + len(words), kind, level))
        self.add_silent(line)

    def add_silent(self, line: str) -> None:
        """Add a line that is part of the text but not of what is read (a header line)."""
        self.lines.append(line)
        self.length += len(line) + 1

    def document(self, entry: LedgerEntry, path: Path, title: str, metadata: Mapping[str, str] | None = None) -> Document:
        """The document of what was added.

        Raises:
            InputError: nothing but blanks was added.
        """
        if not self.blocks:
            raise no_text(entry.source)
        return Document(
            id=entry.id,
            title=title or path.stem,
            text=self.text,
            source=path.name,
            sha256=entry.sha256,
            encoding=entry.encoding,
            blocks=tuple(self.blocks),
            metadata=dict(metadata or {}),
        )


def no_text(source: str) -> InputError:
    """The error for a file without a word in it."""
    return InputError(
        Text(en=f"{source}: there is no text in the file", zh=f"{source}：文件中没有文字"),
        Text(
            en="if it holds only pictures of pages, run text recognition (OCR) first",
            zh="如果其中只有页面图片，请先做文字识别（OCR）",
        ),
    )
