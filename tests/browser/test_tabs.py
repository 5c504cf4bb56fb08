"""The matrix and the timeline, under the same filters as the drawing."""

from __future__ import annotations

from playwright.sync_api import expect

from kg.network import from_tables
from tests.browser.conftest import Open
from tests.demo_network import demo, table

BRANCH = "青榆市人民检察院第一检察部党支部"
COURT = "青榆市中级人民法院"


def test_arrow_keys_move_between_tabs(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("tab", name="网络").focus()
    names = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        names.append(page.evaluate("document.activeElement.textContent"))
    assert names == ["矩阵", "时间线", "表格", "网络"]


def test_the_matrix_counts_proofs_and_is_symmetric(open_page: Open) -> None:
    page = open_page(tab="matrix").page
    expect(page.get_by_role("button", name=f"{BRANCH} – {COURT}: 3 条依据")).to_have_text("3")
    expect(page.get_by_role("button", name=f"{COURT} – {BRANCH}: 3 条依据")).to_have_text("3")
    assert page.locator(".matrix tbody tr").count() == 61
    cells = [int(text) for text in page.locator(".matrix td button").all_inner_texts()]
    assert sum(cells) == 2 * demo().number_of_edges()


def test_the_matrix_is_ordered_by_community(open_page: Open) -> None:
    rows = [("a", "x", "1"), ("a", "y", "2"), ("x", "y", "3"), ("b", "u", "4"), ("b", "v", "5"), ("u", "v", "6"), ("a", "b", "7")]
    page = open_page(network=from_tables(table("source target proof", *rows)), tab="matrix").page
    names = page.locator(".matrix tbody th").all_inner_texts()
    assert sorted(["".join(sorted(names[:3])), "".join(sorted(names[3:]))]) == ["axy", "buv"]
    assert page.locator(".matrix tr.first").count() == 1


def test_a_cell_shows_the_sentences_of_its_pair(open_page: Open) -> None:
    page = open_page(tab="matrix").page
    page.get_by_role("button", name=f"{BRANCH} – {COURT}: 3 条依据").click()
    expect(page.locator("#kg-evidence blockquote")).to_have_count(3)


def test_arrow_keys_move_between_filled_cells(open_page: Open) -> None:
    rows = [("a", "b", "1"), ("a", "c", "2"), ("a", "d", "3")]
    page = open_page(network=from_tables(table("source target proof", *rows)), tab="matrix").page
    page.locator(".matrix [tabindex='0']").focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.title"))
    assert seen == ["a – b", "a – c", "a – b", "a", "b", "b – a"]
    page.keyboard.press("Enter")
    expect(page.locator("#kg-evidence h2.ends")).to_contain_text("b")


def test_filters_narrow_matrix_and_timeline(open_page: Open) -> None:
    page = open_page(tab="matrix").page
    page.get_by_role("checkbox", name="法院").uncheck()
    assert page.locator(".matrix tbody th", has_text="法院").count() == 0
    page.get_by_role("tab", name="时间线").click()
    page.get_by_label("结束年份").select_option("2020")
    names = page.locator(".year .when").all_inner_texts()
    assert names == ["2019", "2020", "无年份"]


def test_years_count_each_fact_once(open_page: Open) -> None:
    rows = [("a", "b", "p", "甲", "2021"), ("a", "c", "p", "甲", "2021"), ("a", "b", "q", "乙", "2023")]
    page = open_page(network=from_tables(table("source target proof label year", *rows)), tab="timeline").page
    assert [bar.get_attribute("aria-label") for bar in page.locator(".year").all()] == ["2021：1 项", "2022：0 项", "2023：1 项"]
    assert page.locator(".timeline li").all_inner_texts() == ["合作\n甲", "合作\n乙"]


def test_a_year_narrows_the_list_and_stays_in_the_address(open_page: Open) -> None:
    page = open_page(tab="timeline").page
    page.get_by_role("button", name="2024：").click()
    assert page.locator(".timeline h2").all_inner_texts() == ["2024\n6 项"]
    assert "year=2024" in page.url
    page.get_by_role("button", name="2024：").click()
    assert page.locator(".timeline h2").count() == 7


def test_a_fact_of_the_timeline_shows_its_units_and_sentence(open_page: Open) -> None:
    page = open_page(tab="timeline", year="2024").page
    page.get_by_role("button", name="柳河县人民检察院党总支与柳河县人民法院").click()
    panel = page.locator("#kg-evidence")
    expect(panel.locator(".partners li")).to_have_text(["柳河县人民检察院党总支", "柳河县人民法院"])
    assert panel.locator("mark").count() == 1
    panel.get_by_role("button", name="柳河县人民法院").click()
    expect(panel.locator("h2").nth(1)).to_have_text("柳河县人民法院")


def test_mechanisms_and_outcomes_are_on_the_timeline(open_page: Open) -> None:
    page = open_page(tab="timeline", year="undated").page
    page.get_by_role("button", name="湿地保护联盟").first.click()
    expect(page.locator("#kg-evidence mark").first).to_have_text("湿地保护联盟")
