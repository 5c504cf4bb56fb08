"""Files made to do harm (bombs, loops, deep nesting, things outside the file): refused or read, in seconds and within 1 GB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.harness import Outcome, read
from tests.hostile.samples import mht, packed, pdf, samples, xlsx
from tests.hostile.worker import SECONDS

MANY = 1_000_000
_W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}<w:body>{}</w:body></w:document>'
_R = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">'
_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
_FILE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_TEXT = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://e.org/t"/></Relationships>'
)


def docx(body: str, head: str = "", **parts: str) -> bytes:
    """A Word document of this XML."""
    return packed({"word/document.xml": head + _W.format("", body), **{f"word/{name}.xml": part for name, part in parts.items()}})


def sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose first sheet is changed."""
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(xlsx())) as package:
        members: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    content = members["xl/worksheets/sheet1.xml"]
    assert isinstance(content, bytes)
    return packed(members | {"xl/worksheets/sheet1.xml": change(content)})


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("bomb.zip", lambda: packed({"a.txt": b"\0" * (200 << 20)})),
    "zip bomb as docx": ("bomb.docx", lambda: docx(_TEXT, media=" " * (100 << 20))),
    "entities in docx": ("laughs.docx", lambda: docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", _LAUGHS)),
    "a file in docx": ("file.docx", lambda: docx("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", _FILE)),
    "nested docx": ("nested.docx", lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    "a corner in xlsx": ("corner.xlsx", lambda: sheet(lambda data: data.replace(b'r="C2"', b'r="XFD1048576"'))),
    "an area in xlsx": ("area.xlsx", lambda: sheet(lambda data: data.replace(b'ref="A1:C4"', b'ref="A1:XFD1048576"'))),
    "a cell beyond all sheets": ("beyond.xlsx", lambda: sheet(lambda data: data.replace(b'r="C2"', b'r="C2147483647"'))),
    "entities in RDF/XML": ("laughs.rdf", lambda: f"{_LAUGHS}{_R}<e:a>&a9;</e:a></rdf:RDF>".encode()),
    "a file in RDF/XML": ("file.rdf", lambda: f"{_FILE}{_R}<e:a>&a;</e:a></rdf:RDF>".encode()),
    "nested RDF/XML": ("nested.rdf", lambda: (_R + "<rdf:Description><e:p>" * (MANY // 2)).encode()),
    "RDF/XML that ends too early": ("cut.rdf", lambda: f'{_R}<rdf:Description rdf:about="http://e.org/a"><e:p>b</e:p>'.encode()),
    "brackets in Turtle": ("brackets.ttl", lambda: b"<http://e.org/a> <http://e.org/p> " + b"(" * MANY),
    "brackets in JSON": ("brackets.jsonld", lambda: b"[" * MANY),
    "a remote context": ("remote.jsonld", lambda: b'{"@context": "http://e.org/c.jsonld", "@id": "http://e.org/a"}'),
    "nested html": ("nested.html", lambda: b"<div>" * MANY),
    "attributes of html": ("attributes.html", lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">a</p>"),
    "elements of html": ("elements.html", lambda: b"<p>a</p>" * 200_009),
    "html of 100 MB": ("large.html", lambda: b"<p>" + b"a" * (100 << 20)),
    "lines": ("lines.txt", lambda: b"a\n" * (MANY + 9)),
    "rows": ("rows.csv", lambda: "单位,合作单位\n".encode() + b"a,b\n" * 600_000),
}
READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "external relations of docx": (
        "template.docx",
        lambda: packed(
            {
                "word/document.xml": _W.format("", _TEXT),
                "word/_rels/document.xml.rels": _RELATIONS,
                "word/_rels/settings.xml.rels": _RELATIONS,
            }
        ),
    ),
    "pages in a circle": ("circle.pdf", lambda: pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 3 0 R]")),
    "parts of a page in a circle": (
        "parts.mht",
        lambda: mht().replace(b"--b\r\n", b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 900),
    ),
    "brackets in Markdown": (
        "brackets.md",
        lambda: b"".join(sign * 100_000 + b"\n" for sign in (b"[", b"](", b"*a", b"![", b"<b", b" ", b"|-")) + b"a\n",
    ),
    "one long line": ("line.txt", lambda: "联合乙局走访。".encode() * 100_000),
    "one long cell": ("cell.csv", lambda: "单位,合作单位\n甲院,".encode() + b"a" * MANY),
    "wide table": ("wide.csv", lambda: "单位,合作单位".encode() + b",a" * 100_000 + "\n甲院,乙局\n".encode()),
    "imports": ("imports.ttl", lambda: b"<http://e.org/a> <http://www.w3.org/2002/07/owl#imports> <http://e.org/other> ."),
    "styles in a chain": (
        "styles.docx",
        lambda: docx(
            _TEXT,
            styles=_W.replace("w:document", "w:styles").format(
                "", "".join(f'<w:style w:styleId="{n}"><w:basedOn w:val="{n - 1}"/></w:style>' for n in range(20_000))
            ),
        ),
    ),
    "controls in a text": (
        "controls.txt",
        lambda: "甲\x1b[2J\0\u202e院\ud800".encode("utf-8", "surrogatepass") + b"\xed\xa0\x80",
    ),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("harm")
    files = REFUSED | READ
    for name, make in files.values():
        folder.joinpath(name).write_bytes(make())
    return dict(zip(files, read([("file", name) for name, _ in files.values()], folder), strict=True))


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_words(outcomes: dict[str, Outcome], what: str) -> None:
    assert outcomes[what].what.startswith("refused: ") and REFUSED[what][0] in outcomes[what].what
    assert outcomes[what].seconds < SECONDS / 2


@pytest.mark.parametrize("what", READ)
def test_it_is_read(outcomes: dict[str, Outcome], what: str) -> None:
    assert outcomes[what].what == "read" and outcomes[what].seconds < SECONDS / 2


def test_the_old_workbook_whose_sectors_form_a_circle_is_refused(tmp_path: Path) -> None:
    (data,) = samples("xls")
    table = 512 * (int.from_bytes(data[76:80], "little") + 1)
    tmp_path.joinpath("a.xls").write_bytes(data[:table] + bytes(4) + data[table + 4 :])
    (outcome,) = read([("file", "a.xls")], tmp_path)
    assert outcome.what.startswith("refused: ") and "chain of sectors has no end" in outcome.what
