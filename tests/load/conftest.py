"""Small inputs for loaders: written into a folder, read, and handed back with their ledger entry."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.load import LedgerEntry, LoadContext, load_sources
from kg.model import Document

Read = Callable[..., tuple[LedgerEntry, list[Document]]]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@pytest.fixture
def context(tmp_path: Path, root: Path) -> LoadContext:
    """A workspace in a fresh folder, with the ontology that ships."""
    return LoadContext(tmp_path, root / "ontology")


@pytest.fixture
def read(tmp_path: Path, context: LoadContext) -> Read:
    """`read(name, content, limit=…)` writes a file below the workspace and reads it."""

    def read_one(name: str, content: bytes | str, limit: int = context.limit) -> tuple[LedgerEntry, list[Document]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (result,) = load_sources([path], LoadContext(context.root, context.ontology, limit=limit))
        return result

    return read_one


@pytest.fixture
def read_docx(tmp_path: Path, context: LoadContext) -> Read:
    """`read_docx(body, footnotes=…, styles=…)` makes a docx of the XML inside its parts' root elements and reads it."""

    def read_one(body: str, **parts: str) -> tuple[LedgerEntry, list[Document]]:
        path = tmp_path / "report.docx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("word/document.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
            for name, content in parts.items():
                package.writestr(f"word/{name}.xml", f"<w:{name} {_NAMESPACES}>{content}</w:{name}>")
        (result,) = load_sources([path], context)
        return result

    return read_one
