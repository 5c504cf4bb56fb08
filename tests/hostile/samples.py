"""Small files of every kind that kg reads, shaped like real ones: what the mutations of `mutate.py` start from."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.contracts.test_loaders import pdf

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "data" / "reports"
SEEDS = Path(__file__).parent / "seeds"

_PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>某院党支部 - 某网</title>
<meta name="PubDate" content="2024-05-06 10:22"><link rel="canonical" href="https://example.org/1.html"></head><body>
<nav class="menu"><a href="/">首页</a></nav><h1>某院党支部</h1><div class="info">来源：某报　时间：2024年5月6日</div>
<div id="article"><p>一、做法</p><p>联合乙局走访企业86家。<br>成立“书香同行”联盟。</p><!-- note -->
<table><tr><th>单位</th><th>数量</th></tr><tr><td>乙局</td><td>86</td></tr></table><script>var a = "<p>";</script></div>
<div class="footer">版权所有</div></body></html>"""
_TURTLE = """@prefix e: <http://e.org/> .  # prefixes
@base <http://e.org/b/> .
e:a a e:Unit ; e:label "甲院"@zh-CN , '''A "unit"'''@en ; e:count 1.50, 01, true ; e:day "2024-02-30"^^e:date .
[] e:part ( e:a <b> [ e:q _:x ] ) . <甲> e:see <http://e.org/x?y=%41#z> .
"""
_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY e "http://e.org/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/" xml:base="http://e.org/b/">
<rdf:Description rdf:about="&e;a"><e:label xml:lang="zh-CN">甲院 &amp; 乙局</e:label>
<e:n rdf:datatype="http://e.org/i">1</e:n>
<e:list rdf:parseType="Collection"><rdf:Description rdf:about="#b"/></e:list>
<e:x rdf:parseType="Literal"><b>c</b></e:x></rdf:Description>
</rdf:RDF>"""
_JSON = """{"@context": {"e": "http://e.org/", "id": "@id", "label": {"@id": "e:label", "@container": "@language"},
"see": {"@id": "e:see", "@type": "@id"}}, "@graph": [{"id": "e:a", "@type": "e:Unit", "label": {"zh-CN": "甲院"}, "see": "b",
"e:n": 1.5, "e:l": {"@list": ["x", {"@value": "2024-02-30", "@type": "e:date"}]}}]}"""
_MARKDOWN = """---\ntitle: 某院党支部\ndate: 2024-05-06\nurl: https://example.org/1\n---\n# 某院党支部\n\n来源：某报\n
## 一、做法\n\n- **联合**乙局[走访](http://e.org/a_(b))企业86家。\n> 引文 `x` ~~y~~ <b>z</b>\n
| 单位 | 数量 |\n|---|:-:|\n| 乙局 | 86 |\n"""
_CSV = '\ufeff单位,合作单位,数量,名称@zh_CN\n甲院,"乙局；丙校",86,"a ""b"" c"\n甲院,丁行,,\n,,\n'
_WORDS = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="合作">'
    f"<table:table-row>{_WORDS.format('单位')}{_WORDS.format('合作单位')}</table:table-row>"
    f'<table:table-row table:number-rows-repeated="2">{_WORDS.format("甲院")}'
    '<table:table-cell office:value-type="float" office:value="1.5"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def packed(members: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip package."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def xlsx() -> bytes:
    """A workbook with merged cells, a percentage, a date and a second sheet."""
    book, out = openpyxl.Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["单位", "合作单位", "数量"])
    for row in (("甲院", "乙局；丙校", 0.6), ("甲馆", "丁行", datetime.date(2024, 5, 6)), ("", "丙校", 1)):
        sheet.append(list(row))
    sheet["C2"].number_format = "0.0%"
    sheet.merge_cells("A3:A4")
    book.create_sheet("说明").append(["说明"])
    book.save(out)
    return out.getvalue()


def mht() -> bytes:
    """A saved page with its picture."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    page = b'--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + _PAGE.encode(
        "gb18030"
    )
    return head + page + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"


def ods() -> bytes:
    """An OpenDocument sheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": _ODS})


def report(number: int) -> bytes:
    """A report that ships."""
    return next(REPORTS.glob(f"{number:02d}-*")).read_bytes()


def folder() -> bytes:
    """A zip folder of files, with names as Chinese Windows packs them."""
    name = "报告/乙局.txt".encode("gbk").decode("cp437")
    return packed({"a.txt": report(10), name: "联合乙局。", "b.csv": _CSV, "c/d.md": _MARKDOWN, "e.ttl": _TURTLE})


KINDS: dict[str, tuple[Callable[[], bytes], ...]] = {
    "txt": (lambda: report(10), lambda: report(23).decode().encode("gb18030"), lambda: report(7).decode().encode("utf-16")),
    "md": (_MARKDOWN.encode, lambda: report(11)),
    "csv": (_CSV.encode, lambda: _CSV.encode("gb18030"), lambda: _CSV.replace(",", "\t").encode("utf-16")),
    "html": (_PAGE.encode, lambda: _PAGE.replace("utf-8", "gbk").encode("gbk")),
    "mht": (mht,),
    "docx": (lambda: report(2),),
    "xlsx": (xlsx,),
    "xls": (lambda: (SEEDS / "table.xls").read_bytes(),),
    "ods": (ods,),
    "pdf": (pdf,),
    "zip": (folder,),
    "ttl": (_TURTLE.encode,),
    "trig": (lambda: ('@prefix e: <http://e.org/> .\ne:g { e:a e:p "甲"@zh . }\n' + _TURTLE).encode(),),
    "nq": (lambda: '<http://e.org/a> <http://e.org/p> "甲院"@zh <http://e.org/g> .\n_:a <b> <c> .\n'.encode(),),
    "rdf": (_XML.encode,),
    "jsonld": (_JSON.encode,),
}


@cache
def samples(kind: str) -> tuple[bytes, ...]:
    """The files of a kind, by its ending."""
    return tuple(make() for make in KINDS[kind])
