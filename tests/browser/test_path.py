"""A path between two units: found, laid out, told with its sentences."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import Page, expect

from kg.network import from_tables
from tests.browser.conftest import Open
from tests.demo_network import iri, table

COURT = "白鹭区人民法院"
BANK = "柳河农村商业银行"
STEPS = (COURT, "白鹭区人民检察院第二党支部", "青榆市人民检察院第一检察部党支部", "青榆银行营业部党支部", BANK)
ENDS = {"start": iri(COURT), "end": iri(BANK)}


def choose(page: Page, label: str, name: str) -> None:
    field = page.get_by_role("combobox", name=label)
    field.fill(name)
    field.press("Enter")


def test_both_ends_are_chosen_and_the_address_names_them(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("button", name="路径", exact=True).click()
    choose(page, "从哪个单位", COURT)
    choose(page, "到哪个单位", BANK)
    expect(page.locator("footer")).to_have_text("5 个单位 · 4 对联系 · 5 条依据 · 5 个原句")
    assert ("start=" in page.url, "end=" in page.url) == (True, True)


def test_the_path_runs_from_left_to_right(open_page: Open) -> None:
    visit = open_page(**ENDS)
    places = [visit.place(iri(name)) for name in STEPS]
    assert places == sorted(places)
    assert len({round(y) for _, y in places}) == 1


def test_on_a_phone_it_runs_downwards(open_page: Open) -> None:
    visit = open_page(390, 844, **ENDS)
    down = [visit.place(iri(name))[1] for name in STEPS]
    assert down == sorted(down)


def test_each_step_is_told_with_its_sentences(open_page: Open) -> None:
    panel = open_page(**ENDS).page.locator("#kg-evidence")
    expect(panel).to_contain_text("最短路径 4 步，共 1 条")
    assert panel.locator("h3.step").all_inner_texts() == [
        f"{number}. {one} – {other}" for number, (one, other) in enumerate(pairwise(STEPS), 1)
    ]
    assert panel.locator("blockquote").count() == 5


def test_all_shortest_paths_are_drawn_and_the_one_with_most_proofs_is_told(open_page: Open) -> None:
    rows = [("a", "b", "1"), ("a", "c", "2"), ("b", "d", "3"), ("c", "d", "4"), ("c", "d", "5"), ("d", "e", "6")]
    visit = open_page(network=from_tables(table("source target proof", *rows)), start="a", end="d")
    assert visit.text("footer").startswith("4 个单位 · 4 对联系")
    panel = visit.page.locator("#kg-evidence")
    expect(panel).to_contain_text("共 2 条")
    assert panel.locator("h3.step").all_inner_texts() == ["1. a – c", "2. c – d"]


def test_a_path_respects_the_filters_and_says_when_there_is_none(open_page: Open) -> None:
    page = open_page(**ENDS).page
    page.get_by_label("党组织").uncheck()
    expect(page.locator(".pathbar .told")).to_have_text("按当前筛选，两者之间没有路径")


def test_a_path_starts_at_the_selected_unit_and_ends_with_escape(open_page: Open) -> None:
    page = open_page(unit=iri(COURT)).page
    page.get_by_role("button", name="从这里找路径").click()
    expect(page.get_by_role("combobox", name="从哪个单位")).to_have_value(COURT)
    choose(page, "到哪个单位", BANK)
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(COURT)
    page.keyboard.press("Escape")
    expect(page.locator("footer")).to_contain_text("5 个单位")
    expect(page.locator("h3.step")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.locator("footer")).to_contain_text("61 个单位")


def test_the_ends_can_be_exchanged(open_page: Open) -> None:
    visit = open_page(**ENDS)
    visit.page.get_by_role("button", name="对调起点和终点").click()
    assert visit.place(iri(BANK)) < visit.place(iri(COURT))


def test_an_emptied_field_ends_the_path(open_page: Open) -> None:
    page = open_page(**ENDS).page
    page.get_by_role("combobox", name="到哪个单位").fill("")
    page.keyboard.press("Tab")
    expect(page.locator("footer")).to_contain_text("61 个单位")
