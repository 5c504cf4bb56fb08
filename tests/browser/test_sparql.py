"""SPARQL in the portable page: editor, completion, errors, answers, offline from the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.network import from_tables
from kg.render import Carried, render_html
from tests.browser.conftest import Open
from tests.browser.test_hostile import HOSTILE
from tests.demo_network import demo, iri, table

COOP = "https://w3id.org/coop-kg/ontology#"
PARTY = iri("青榆市人民检察院第一检察部党支部")
COURT = iri("青榆市中级人民法院")
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
GRAPH = f"""
<g:one> {{
  <{PARTY}> a <{COOP}Unit> ; <{LABEL}> "甲支部" ; <{COOP}cooperatesWith> <{COURT}> .
  <{COURT}> a <{COOP}Unit> ; <{LABEL}> "乙法院" .
}}
<g:two> {{ <{COURT}> a <{COOP}Unit> ; <{COOP}cooperatesWith> <https://example.org/other#x> . }}
"""
TERMS = [
    {"id": f"{COOP}Unit", "zh": "单位", "en": "unit", "class": True},
    {"id": f"{COOP}Mechanism", "zh": "机制", "en": "mechanism", "class": True},
    {"id": f"{COOP}cooperatesWith", "zh": "合作单位", "en": "cooperates with", "class": False},
]
QUERIES = [{"name": "all", "title": {"zh": "全部单位", "en": "All units"}, "text": "SELECT ?u { ?u a coop:Unit } ORDER BY ?u"}]
PAIRS = "SELECT ?a ?b WHERE { ?a coop:cooperatesWith ?b } ORDER BY ?a"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that carries a small graph and the engine."""
    return render_html(demo(), tmp_path_factory.mktemp("sparql") / "page.html", carried=Carried(GRAPH, TERMS, QUERIES))


def write(page: Page, query: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def ask(page: Page, query: str) -> None:
    write(page, query)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="停止")).to_be_hidden()


def cells(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator(".results tbody tr").all()]


def test_a_page_without_an_engine_has_no_such_tab(open_page: Open) -> None:
    page = open_page(tab="sparql").page
    expect(page.get_by_role("tab")).to_have_text(["网络", "矩阵", "时间线", "表格"])
    expect(page.get_by_role("tab", name="网络")).to_have_attribute("aria-selected", "true")


def test_a_query_is_answered_as_a_table_over_all_graphs_each_triple_once(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    ask(page, "SELECT (COUNT(*) AS ?n) { ?u a coop:Unit }")
    assert cells(page) == [["2"]]
    assert page.locator(".results th").all_inner_texts() == ["n"]


def test_a_unit_in_the_answer_leads_to_its_evidence(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    ask(page, PAIRS)
    assert cells(page) == [["青榆市中级人民法院", "x"], ["青榆市人民检察院第一检察部党支部", "青榆市中级人民法院"]]
    page.locator(".results").get_by_role("button", name="青榆市中级人民法院").first.click()
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("青榆市中级人民法院")


def test_an_answer_with_two_columns_of_iris_can_be_drawn(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    ask(page, PAIRS)
    page.get_by_role("button", name="网络图").click()
    drawing = page.locator(".results .drawing")
    expect(drawing.locator("canvas")).to_be_visible()
    drawing.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("青榆市中级人民法院")
    ask(page, "SELECT ?u { ?u a coop:Unit }")
    expect(page.get_by_role("button", name="网络图")).to_be_disabled()


def test_ask_and_construct_are_answered(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    ask(page, "ASK { ?u a coop:Mechanism }")
    expect(page.locator(".truth")).to_have_text("否")
    ask(page, "CONSTRUCT { ?u rdf:type coop:Unit } WHERE { ?u skos:prefLabel '乙法院' }")
    assert cells(page) == [["青榆市中级人民法院", "rdf:type", "coop:Unit"]]


@pytest.mark.parametrize("typed", ["单", "unit", "coop:U"])
def test_classes_complete_by_chinese_and_english_label_and_by_name(open_page: Open, asked: Path, typed: str) -> None:
    page = open_page(network=asked, tab="sparql").page
    write(page, "SELECT * { ?u a ")
    page.keyboard.type(typed)
    option = page.locator(".cm-tooltip-autocomplete li").first
    expect(option).to_contain_text("coop:Unit单位 · unit")
    page.wait_for_timeout(100)  # CodeMirror takes no key that was meant for the text
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("SELECT * { ?u a coop:Unit")


def test_properties_complete_where_no_class_can_stand(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    write(page, "SELECT * { ?u ")
    page.keyboard.type("合作")
    expect(page.locator(".cm-tooltip-autocomplete li")).to_have_text(["coop:cooperatesWith合作单位 · cooperates with"])


def test_an_error_stands_under_the_editor_with_its_place(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    ask(page, "SELECT ？u {\n ?u a coop:Unit }")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("第 1 行第 8 列")
    expect(problem).to_contain_text("“？”是全角符号")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(problem).to_contain_text("line 1, column 8")
    box, below = page.locator(".editor").bounding_box(), problem.bounding_box()
    assert box and below and below["y"] > box["y"] + box["height"]


def test_a_long_query_can_be_stopped_and_the_next_one_runs(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    write(page, "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(14)) + " }")
    page.get_by_role("button", name="运行").click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".query-bar [role=status]")).to_have_text("已停止")
    ask(page, "ASK { ?u a coop:Unit }")
    expect(page.locator(".truth")).to_have_text("是")


def test_saved_queries_run_when_chosen_and_own_ones_are_kept(open_page: Open, asked: Path) -> None:
    page = open_page(network=asked, tab="sparql").page
    page.get_by_label("常用查询").select_option(label="全部单位")
    expect(page.locator(".results tbody tr")).to_have_count(2)
    write(page, "ASK { ?u a coop:Unit }")
    page.get_by_role("button", name="保存查询").click()
    page.get_by_label("查询名称").fill("有单位吗")
    page.keyboard.press("Enter")
    page.reload()
    page.get_by_label("常用查询").select_option(label="有单位吗")
    expect(page.locator(".truth")).to_have_text("是")
    page.get_by_role("button", name="删除所选查询").click()
    assert page.get_by_label("常用查询").locator("option").all_inner_texts() == ["常用查询", "全部单位"]


@pytest.mark.parametrize("size", [(1400, 860), (390, 844)], ids=["desk", "phone"])
def test_axe_finds_nothing_with_answers_and_errors(open_page: Open, asked: Path, size: tuple[int, int]) -> None:
    page = open_page(*size, network=asked, tab="sparql").page
    ask(page, PAIRS)
    expect(page.locator(".results tbody tr")).to_have_count(2)
    found = [Axe().run(page).response["violations"]]
    ask(page, "SELECT")
    found.append(Axe().run(page).response["violations"])
    assert [item["id"] for violations in found for item in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_hostile_text_in_graph_terms_and_queries_stays_text(open_page: Open, tmp_path: Path) -> None:
    escaped = [text.replace("\\", "\\\\").replace('"', '\\"') for text in HOSTILE]
    graph = "".join(f'<u:{n}> <{LABEL}> "{text}" .\n' for n, text in enumerate(escaped))
    terms = [{"id": f"{COOP}Unit{n}", "zh": text, "en": text, "class": True} for n, text in enumerate(HOSTILE)]
    queries = [{"name": text, "title": {"zh": text, "en": text}, "text": f"# {text}\nASK {{ }}"} for text in HOSTILE]
    network = from_tables(table("source target", ("a", "b")))
    path = render_html(network, tmp_path / "page.html", carried=Carried(graph, terms, queries))
    page = open_page(network=path, tab="sparql").page
    for text in HOSTILE:
        page.get_by_label("常用查询").select_option(label=text)
        expect(page.locator(".truth")).to_have_text("是")
    ask(page, f"SELECT ?text {{ ?u <{LABEL}> ?text }} ORDER BY ?u")
    assert [row[0] for row in cells(page)] == list(HOSTILE)
    write(page, "SELECT * { ?u a ")
    page.keyboard.type("<img")
    page.keyboard.press("Control+Space")
    assert page.locator("#kg-viewer img, #kg-viewer b, #kg-viewer iframe").count() == 0
