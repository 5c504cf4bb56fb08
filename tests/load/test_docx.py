"""Word documents, made of the XML that Word writes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.load import LoadContext, load_sources
from kg.model import Document


def p(inner: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inner}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(*blocks: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(blocks)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


BOX = f"<w:txbxContent>{p(r('文本框：联合县妇联走访12户。'))}</w:txbxContent>"


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


def test_a_paragraph_is_read_over_its_runs_tabs_and_breaks(read_docx: Callable) -> None:
    _, (document,) = read_docx(p(r("甲院") + "<w:r><w:tab/><w:t>联合</w:t><w:br/><w:t>乙局。</w:t></w:r>"))
    assert lines(document) == ["甲院 联合", "乙局。"]


def test_a_table_row_is_one_line(read_docx: Callable) -> None:
    entry, (document,) = read_docx(
        table(cell(p(r("单位"))) + cell(p(r("成果"))), cell(p(r("甲院"))) + cell(p(r("走访")), p(r("86家"))))
    )
    assert [(document.text[b.start : b.end], b.kind) for b in document.blocks] == [
        ("单位 | 成果", "row"),
        ("甲院 | 走访 86家", "row"),
    ]
    assert entry.counts == {"tables": 1}


def test_a_table_inside_a_cell_follows_its_row(read_docx: Callable) -> None:
    inner = table(cell(p(r("丙"))) + cell(p(r("丁"))))
    entry, (document,) = read_docx(table(cell(p(r("甲"))) + cell(inner, p(r("乙")))))
    assert (lines(document), entry.counts) == (["甲 | 乙", "丙 | 丁"], {"tables": 2})


def test_a_frame_of_one_cell_is_read_like_the_body(read_docx: Callable) -> None:
    _, (document,) = read_docx(table(cell(p(r("甲院走访企业86家。")), p(r("乙局发放手册2册。")))))
    assert [(document.text[b.start : b.end], b.kind) for b in document.blocks] == [
        ("甲院走访企业86家。", "paragraph"),
        ("乙局发放手册2册。", "paragraph"),
    ]


def test_a_text_box_with_its_fallback_is_read_once(read_docx: Callable) -> None:
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    entry, (document,) = read_docx(p(r("正文。") + both))
    assert (lines(document), entry.counts) == (["正文。", "文本框：联合县妇联走访12户。"], {"text_boxes": 1})


def test_an_old_text_box_is_read(read_docx: Callable) -> None:
    entry, (document,) = read_docx(p(f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"))
    assert (lines(document), entry.counts) == (["文本框：联合县妇联走访12户。"], {"text_boxes": 1})


def test_content_controls_are_read_in_and_around_paragraphs(read_docx: Callable) -> None:
    inside = p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('甲院')}</w:sdtContent></w:sdt>" + r("联合乙局。"))
    around = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('丙校参加。'))}</w:sdtContent></w:sdt>"
    entry, (document,) = read_docx(inside + around)
    assert (lines(document), entry.counts) == (["甲院联合乙局。", "丙校参加。"], {"content_controls": 2})


def test_a_placeholder_is_not_text(read_docx: Callable) -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p(r('单击此处输入'))}</w:sdtContent></w:sdt>"
    assert lines(read_docx(control + p(r("正文。")))[1][0]) == ["正文。"]


def test_insertions_are_read_and_deletions_are_not(read_docx: Callable) -> None:
    body = p(
        r("甲院联合")
        + f"<w:ins>{r('乙局')}</w:ins><w:del><w:r><w:delText>丙局</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('丁局')}</w:moveFrom>"
        + r("办案。")
    )
    entry, (document,) = read_docx(body)
    assert (lines(document), entry.counts) == (["甲院联合乙局办案。"], {"insertions": 1, "deletions_left_out": 2})


def test_a_paragraph_whose_end_was_deleted_runs_on(read_docx: Callable) -> None:
    body = p(r("甲院联合"), "<w:rPr><w:del/></w:rPr>") + p(r("乙局办案。"))
    assert lines(read_docx(body)[1][0]) == ["甲院联合乙局办案。"]


def test_a_deleted_table_row_is_not_read(read_docx: Callable) -> None:
    row = "<w:trPr><w:del/></w:trPr>" + cell(p(r("旧"))) + cell(p(r("行")))
    entry, (document,) = read_docx(table(cell(p(r("甲"))) + cell(p(r("乙"))), row))
    assert (lines(document), entry.counts) == (["甲 | 乙"], {"tables": 1, "deletions_left_out": 1})


def test_footnotes_stand_at_the_end_as_notes(read_docx: Callable) -> None:
    body = p(r("甲院建立机制") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r("。"))
    notes = f"<w:footnote w:id='-1'>{p(r('分隔'))}</w:footnote><w:footnote w:id='2'>{p(r('与乙局共同建立。'))}</w:footnote>"
    entry, (document,) = read_docx(body, footnotes=notes)
    assert [(document.text[b.start : b.end], b.kind) for b in document.blocks] == [
        ("甲院建立机制。", "paragraph"),
        ("与乙局共同建立。", "note"),
    ]
    assert entry.counts == {"footnotes": 1}


def test_links_and_results_of_fields_are_text_and_field_codes_are_not(read_docx: Callable) -> None:
    body = p(
        f"<w:hyperlink r:id='x'>{r('公告')}</w:hyperlink><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('86')}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    entry, (document,) = read_docx(body)
    assert (lines(document), entry.counts) == (["公告86"], {"hyperlinks": 1, "fields": 1})


def test_signs_of_symbol_fonts_are_bullets_where_unicode_has_none(read_docx: Callable) -> None:
    entry, (document,) = read_docx(
        p("".join(f"<w:r><w:sym w:char='{code}'/></w:r>" for code in ("F0B7", "2605", "x", "D800")) + r("甲"))
    )
    assert (lines(document), entry.counts) == (["●★●●甲"], {"symbols": 4})


def test_hidden_text_is_left_out_and_counted(read_docx: Callable) -> None:
    entry, (document,) = read_docx(p(r("正文。") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"))
    assert (lines(document), entry.counts) == (["正文。"], {"hidden_runs_left_out": 1})


def test_headings_come_from_styles_and_those_they_are_based_on(read_docx: Callable) -> None:
    styles = (
        "<w:style w:styleId='a'><w:name w:val='heading 2'/></w:style><w:style w:styleId='b'><w:name w:val='mine'/>"
        "<w:basedOn w:val='a'/></w:style><w:style w:styleId='t'><w:name w:val='Title'/></w:style>"
    )
    body = (
        p(r("某院党支部"), "<w:pStyle w:val='t'/>")
        + p(r("做法"), "<w:pStyle w:val='b'/>")
        + p(r("成效"), "<w:outlineLvl w:val='2'/>")
    )
    _, (document,) = read_docx(body, styles=styles)
    assert [(b.kind, b.level) for b in document.blocks] == [("heading", 1), ("heading", 2), ("heading", 3)]
    assert document.title == "某院党支部"


def test_numbers_that_word_counts_are_written_out(read_docx: Callable) -> None:
    def level(number: int, form: str, text: str) -> str:
        return f"<w:lvl w:ilvl='{number}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"

    numbering = (
        "<w:abstractNum w:abstractNumId='7'>"
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%1.%2 ")
        + level(2, "bullet", "*")
        + "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>"
    )

    def item(text: str, level: int) -> str:
        return p(r(text), f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")

    body = item("做法", 0) + item("走访", 1) + item("调解", 1) + item("甲", 2) + item("成效", 0) + item("获奖", 1)
    entry, (document,) = read_docx(body, numbering=numbering)
    assert lines(document) == ["一、做法", "一.1 走访", "一.2 调解", "甲", "二、成效", "二.1 获奖"]
    assert (document.blocks[0].kind, document.blocks[0].level, entry.counts) == ("heading", 2, {"automatic_numbers": 5})


def test_a_style_may_number(read_docx: Callable) -> None:
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='（%1）'/></w:lvl>"
    numbering = (
        f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='0'/></w:num>"
    )
    styles = "<w:style w:styleId='n'><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr></w:style>"
    body = "".join(p(r(text), "<w:pStyle w:val='n'/>") for text in ("走访", "调解"))
    assert lines(read_docx(body, numbering=numbering, styles=styles)[1][0]) == ["（一）走访", "（二）调解"]


def test_deep_nesting_is_refused_rather_than_a_crash(read_docx: Callable) -> None:
    depth = 3000
    entry, documents = read_docx("<w:sdt><w:sdtContent>" * depth + p(r("甲")) + "</w:sdtContent></w:sdt>" * depth)
    assert (documents, "nested too deeply" in str(entry.error)) == ([], True)


def test_header_lines_after_the_title_are_metadata(read_docx: Callable) -> None:
    _, (document,) = read_docx(p(r("某院党支部")) + p(r("来源：某报")) + p(r("正文。")))
    assert document.metadata == {"dcterms:source": "某报"}
    assert [document.text[b.start : b.end] for b in document.blocks] == ["某院党支部", "正文。"]


def test_entities_are_refused(tmp_path: Path, context: LoadContext) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>')
    ((entry, documents),) = load_sources([tmp_path / "a.docx"], context)
    assert (documents, "document type a is not allowed" in str(entry.error)) == ([], True)


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path, context: LoadContext) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 9_000_000)
    small = LoadContext(context.root, context.ontology, limit=2_000_000)
    ((entry, _),) = load_sources([tmp_path / "a.docx"], small)
    assert "8.6 MB is more than the limit of 8 MB" in str(entry.error)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Office or WPS file"),
        (b"just text", "damaged or not what its ending says"),
        (b"PK\x05\x06" + b"\0" * 18, "no word/document.xml"),
    ],
)
def test_what_is_no_docx_is_refused_with_the_way_out(read: Callable, content: bytes, said: str) -> None:
    entry, documents = read("a.docx", content)
    assert (documents, said in str(entry.error), bool(entry.error.hint.zh)) == ([], True, True)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf"])
def test_old_formats_are_refused_with_the_format_to_save_as(read: Callable, name: str) -> None:
    entry, _ = read(name, b"x")
    assert (entry.error.exit, ".docx" in entry.error.hint.zh) == (3, True)
