"""What every loader does, whatever it reads. A new built-in needs a sample here; the first test says so."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kg.errors import KgError
from kg.load import LedgerEntry, LoadContext, load_sources
from kg.model import Document
from kg.plugins import plugins


def docx() -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("某院党支部", "联合乙局走访企业86家。"))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return out.getvalue()


def xlsx() -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    for row in (("单位", "合作单位", "数量"), ("甲院", "乙局；丙校", 86), ("甲院", "丁行", None)):
        book.worksheets[0].append(list(row))
    book.save(out)
    return out.getvalue()


def pdf() -> bytes:
    text = "甲院联合乙局走访企业86家。".encode("utf-16-be").hex().encode()
    shown = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % text
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.5\n" + numbered + b"trailer << /Root 1 0 R >>\n%%EOF\n"


SAMPLES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "text": ("a.txt", lambda: "某院党支部\n来源：某报\n\n　　一、做法\n联合乙局走访企业86家。".encode()),
    "markdown": ("a.md", lambda: "# 某院党支部\n\n- **联合**乙局走访企业86家。\n".encode()),
    "docx": ("a.docx", docx),
    "csv": ("a.csv", lambda: "单位,合作单位\n甲院,乙局；丙校\n".encode("gb18030")),
    "workbook": ("a.xlsx", xlsx),
    "html": ("a.html", lambda: "<title>某院党支部</title><p>联合乙局走访企业86家。</p>".encode()),
    "pdf": ("a.pdf", pdf),
    "rdf": ("a.ttl", lambda: b"<http://e.org/a> <http://e.org/p> [] ."),
}
READERS = sorted(set(plugins("loaders")) - {"refused"})


@pytest.fixture(params=READERS)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, bytes]:
    name, content = SAMPLES[request.param]
    return tmp_path / "in" / name, content()


def read(path: Path, content: bytes, root: Path, limit: int = 1 << 20) -> tuple[LedgerEntry, list[Document]]:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    (result,) = load_sources([path], LoadContext(path.parent.parent, root / "ontology", limit=limit))
    return result


def test_every_reader_has_a_sample() -> None:
    assert sorted(SAMPLES) == READERS


def test_a_document_says_where_it_comes_from(sample: tuple[Path, bytes], root: Path) -> None:
    entry, (document,) = read(*sample, root)
    path, content = sample
    digest = hashlib.sha256(content).hexdigest()
    assert (document.id, document.source, document.sha256) == (f"in/{path.name}", path.name, digest)
    assert (entry.id, entry.source, entry.sha256, entry.size, entry.documents) == (
        document.id,
        str(path),
        digest,
        len(content),
        [document.id],
    )


def test_a_document_has_a_title_and_text_or_statements(sample: tuple[Path, bytes], root: Path) -> None:
    _, (document,) = read(*sample, root)
    assert document.title.strip() == document.title != ""
    assert bool(document.text) != bool(document.nquads)


def test_blocks_are_the_lines_of_the_text_in_order(sample: tuple[Path, bytes], root: Path) -> None:
    _, (document,) = read(*sample, root)
    words = [document.text[block.start : block.end] for block in document.blocks]
    assert all(word and word == word.strip() and "\n" not in word for word in words)
    ends = [block.end for block in document.blocks]
    assert all(block.start >= end for block, end in zip(document.blocks[1:], ends, strict=False))


def test_cells_stand_in_the_text_inside_their_row(sample: tuple[Path, bytes], root: Path) -> None:
    _, (document,) = read(*sample, root)
    for row in document.rows:
        assert all(
            document.text[cell.start : cell.end] == cell.text and row.start <= cell.start and cell.end <= row.end
            for cell in row.cells.values()
        )
    assert bool(document.rows) == bool(document.table)


def test_the_same_file_gives_the_same_documents(sample: tuple[Path, bytes], root: Path) -> None:
    assert read(*sample, root) == read(*sample, root)


@pytest.mark.parametrize(
    "bad", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_bad_file_is_an_error_in_both_languages_that_names_it(sample: tuple[Path, bytes], root: Path, bad: bytes) -> None:
    entry, documents = read(sample[0], bad, root)
    assert documents == [] and isinstance(entry.error, KgError)
    assert str(sample[0]) in entry.error.message.en and str(sample[0]) in entry.error.message.zh
    assert entry.error.hint.en and entry.error.hint.zh


def test_a_file_over_the_limit_is_refused(sample: tuple[Path, bytes], root: Path) -> None:
    entry, documents = read(*sample, root, limit=16)
    assert documents == [] and "more than the limit" in str(entry.error)


def test_no_truncated_file_raises(sample: tuple[Path, bytes], root: Path) -> None:
    path, content = sample
    for size in range(1, len(content), max(1, len(content) // 25)):
        entry, documents = read(path, content[:size], root)
        assert bool(documents) == (entry.error is None)
