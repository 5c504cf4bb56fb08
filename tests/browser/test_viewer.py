"""Regions of the page and what one can do in them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.demo_network import demo, iri

BRANCH = "青榆市人民检察院第一检察部党支部"
COURT = "青榆市中级人民法院"


def pair(one: str, other: str) -> str:
    return " ".join(sorted((iri(one), iri(other))))


def test_the_foot_counts_what_is_drawn(open_page: Open) -> None:
    assert open_page().text("footer") == "61 个单位 · 60 对联系 · 84 条依据 · 84 个原句"


def test_the_legend_names_each_kind_with_shape_and_count(open_page: Open) -> None:
    row = open_page().page.locator(".legend li", has_text="法院").first
    assert row.inner_text().split() == ["法院", "3"]
    assert row.locator("svg path").get_attribute("fill") == "#0072B2"


def test_a_kind_switched_off_leaves_the_drawing_and_the_address_says_so(open_page: Open) -> None:
    page = open_page().page
    page.get_by_label("法院").uncheck()
    expect(page.locator("footer")).to_contain_text("筛选隐藏 3 个单位")
    assert page.url.endswith("#without=court")


def test_a_relation_switched_off_takes_its_proofs_away(open_page: Open) -> None:
    page = open_page().page
    page.get_by_label("品牌").uncheck()
    expect(page.locator("footer")).to_contain_text("74 条依据")


def test_years_narrow_the_proofs(open_page: Open) -> None:
    years = [year for *_, year in demo().edges(data="year")]
    page = open_page().page
    page.get_by_label("起始年份").select_option("2023")
    expect(page.locator("footer")).to_contain_text(f"{sum(year is None or year >= 2023 for year in years)} 条依据")
    page.get_by_label("含未注明年份的").uncheck()
    expect(page.locator("footer")).to_contain_text(f"{sum(year is not None and year >= 2023 for year in years)} 条依据")
    page.get_by_label("结束年份").select_option("2023")
    expect(page.locator("footer")).to_contain_text(f"{years.count(2023)} 条依据")


def test_a_click_on_a_unit_shows_partners_mechanisms_outcomes_and_marked_words(open_page: Open) -> None:
    visit = open_page()
    visit.page.mouse.click(*visit.place(iri(BRANCH)))
    panel = visit.page.locator("#kg-evidence")
    expect(panel.locator("h2").nth(1)).to_have_text(BRANCH)
    assert [heading.split()[0] for heading in panel.locator("h3").all_inner_texts()] == ["合作对象", "机制", "成效"]
    card = panel.locator(".proof", has_text="“明灯”检校共建平台").first
    assert card.locator("mark").inner_text() == "“明灯”检校共建平台"
    assert "规则 create.verb" in card.inner_text()
    assert card.locator(".status").inner_text() == "已确认"


def test_a_click_on_a_line_shows_every_proof_of_the_pair_in_both_directions(open_page: Open) -> None:
    visit = open_page(unit=iri(COURT))
    (x1, y1), (x2, y2) = visit.place(iri(BRANCH)), visit.place(iri(COURT))
    visit.page.mouse.click((x1 + 2 * x2) / 3, (y1 + 2 * y2) / 3)
    headings = visit.page.locator("#kg-evidence .proof h4").all_inner_texts()
    assert sorted(headings) == sorted([f"{BRANCH} → {COURT}"] * 2 + [f"{COURT} → {BRANCH}"])


def test_evidence_names_document_file_and_address(open_page: Open) -> None:
    visit = open_page(pair=pair(BRANCH, COURT))
    caption = visit.page.locator("figcaption", has_text="青榆市党建").first
    assert "青榆市党建与业务融合典型事例.docx" in caption.inner_text()
    link = caption.locator("a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("https://example.org/cases/1.html", "noopener noreferrer")


def test_search_finds_names_aliases_and_initials(open_page: Open) -> None:
    page = open_page().page
    page.keyboard.press("/")
    for typed in ("中级人民", "市中院", "qyszj", "QYSZJ"):
        page.get_by_role("combobox", name="搜索").fill(typed)
        expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text(COURT)
    page.keyboard.press("Enter")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(COURT)


def test_search_says_when_nothing_matches(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("combobox", name="搜索").fill("没有的单位")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text("没有匹配的名称")


def test_the_keyboard_alone_reaches_evidence_and_clears_it(open_page: Open) -> None:
    page = open_page().page
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(BRANCH)
    page.keyboard.press("ArrowUp")
    expect(page.locator("#kg-evidence h2").nth(1)).not_to_have_text(BRANCH)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "kg-evidence"
    for _ in range(3):  # past the path and the community to the first partner
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "pair=" in page.url
    page.keyboard.press("Escape")
    assert "#" not in page.url


def test_focus_is_visible_and_order_is_bar_legend_drawing_evidence(open_page: Open) -> None:
    page = open_page().page
    regions = []
    for _ in range(60):
        page.keyboard.press("Tab")
        region = page.evaluate("document.activeElement.closest('header, aside, main')?.className.split(' ').pop()")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
        if region not in regions:
            regions.append(region)
        if region == "evidence":
            break
    assert regions == ["bar", "legend", "stage", "evidence"]


def test_the_table_lists_links_sorts_and_opens_evidence(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("tab", name="表格").click()
    assert page.locator("tbody tr").count() == 84
    page.get_by_role("button", name="年份").click()
    page.get_by_role("button", name="年份").click()
    assert page.locator("tbody tr").first.locator("td").nth(3).inner_text() == "2024"
    page.locator("tbody tr").first.get_by_role("button").click()
    expect(page.locator("#kg-evidence .proof").last).to_contain_text("2024")


def test_the_address_brings_back_language_tab_and_selection(open_page: Open) -> None:
    page = open_page(lang="en", tab="table", unit=iri(COURT)).page
    expect(page.get_by_role("tab", name="Table")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(COURT)
    expect(page.locator("#kg-evidence")).to_contain_text("court · municipal · linked to 1 unit")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_language_switch_changes_every_region(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Cooperation in Qingyu"
    expect(page.locator("footer")).to_have_text("61 units · 60 linked pairs · 84 proofs · 84 sentences")
    expect(page.locator(".legend")).to_contain_text("mass organisation")


def test_the_picture_is_a_png_of_the_drawing(open_page: Open, tmp_path: Path) -> None:
    page = open_page().page
    with page.expect_download() as download:
        page.get_by_role("button", name="存为图片").click()
    assert download.value.suggested_filename == "青榆市合作网络.png"
    download.value.save_as(tmp_path / "picture.png")
    data = (tmp_path / "picture.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 40_000


def test_a_selection_does_not_bring_back_what_the_filters_hide(open_page: Open) -> None:
    filters = {"from": "2024", "undated": "no"}
    before = open_page(**filters).text("footer")
    visit = open_page(unit=iri("柳河县人民检察院党总支"), **filters)
    assert visit.text("footer") == before
    assert visit.page.locator("#kg-evidence .partners .count", has_text="被当前筛选隐藏").count() == 9


def test_the_selection_can_be_brought_near(open_page: Open) -> None:
    visit = open_page(unit=iri(COURT))

    def apart() -> float:
        return math.dist(visit.place(iri(COURT)), visit.place(iri(BRANCH)))

    before = apart()
    visit.page.get_by_role("button", name="看所选及其联系").click()
    assert apart() > 1.5 * before
    visit.page.get_by_role("button", name="看全图").click()
    assert apart() == pytest.approx(before)


def test_where_not_only_units_are_drawn_the_page_speaks_of_nodes(open_page: Open) -> None:
    network = demo()
    network.graph["nodes_by"] = ("mechanism-kind", "unit-kind")
    assert open_page(network=network).text("footer").startswith("61 个节点 · 60 对联系")


def test_an_empty_network_opens(open_page: Open) -> None:
    from kg.network import from_tables
    from tests.demo_network import table

    assert open_page(network=from_tables(table("source target"))).text("footer").startswith("0 个单位")


def test_one_unit_alone_is_drawn_in_the_middle(open_page: Open) -> None:
    from kg.network import from_tables
    from tests.demo_network import table

    visit = open_page(network=from_tables(table("source target"), table("node label", ("u", "甲院"))))
    x, y = visit.place("u")
    assert (abs(x - 634) < 20, abs(y - 440) < 40) == (True, True)


def test_labels_in_sight_never_leave_the_drawing(open_page: Open) -> None:
    visit = open_page()
    box = visit.page.locator(".drawing").bounding_box()
    assert box
    for unit in demo():
        x, y = visit.place(unit)
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]
