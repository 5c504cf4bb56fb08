"""Accessibility, small screens and print."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open
from tests.demo_network import iri

BRANCH = iri("青榆市人民检察院第一检察部党支部")
DESK, PHONE = (1400, 860), (390, 844)
SIGHTS = {
    "start": (DESK, {}),
    "unit": (DESK, {"unit": BRANCH}),
    "table": (DESK, {"tab": "table"}),
    "path": (DESK, {"start": BRANCH, "end": iri("柳河农村商业银行")}),
    "areas": (DESK, {"groups": "yes", "group": "group:0"}),
    "matrix": (DESK, {"tab": "matrix", "unit": BRANCH}),
    "timeline": (DESK, {"tab": "timeline", "year": "2022"}),
    "english": (DESK, {"lang": "en", "unit": BRANCH}),
    "phone": (PHONE, {}),
    "phone-path": (PHONE, {"start": BRANCH, "end": iri("柳河农村商业银行")}),
    "phone-matrix": (PHONE, {"tab": "matrix"}),
    "phone-timeline": (PHONE, {"tab": "timeline", "lang": "en"}),
    "phone-unit": (PHONE, {"unit": BRANCH}),
}


@pytest.mark.parametrize(("size", "state"), SIGHTS.values(), ids=SIGHTS)
def test_axe_finds_nothing(open_page: Open, size: tuple[int, int], state: dict[str, str]) -> None:
    visit = open_page(*size, **state)
    results = Axe().run(visit.page)
    assert [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in results.response["violations"]] == []


def test_axe_finds_nothing_while_searching(open_page: Open) -> None:
    visit = open_page()
    visit.page.get_by_role("combobox", name="搜索").fill("青榆")
    results = Axe().run(visit.page)
    assert [item["id"] for item in results.response["violations"]] == []


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found
    return {"left": found["x"], "top": found["y"], "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def test_legend_and_evidence_stand_beside_the_drawing(open_page: Open) -> None:
    page = open_page().page
    stage = box(page.locator(".stage"))
    assert box(page.locator("#kg-legend"))["right"] <= stage["left"]
    assert box(page.locator("#kg-evidence"))["left"] >= stage["right"]


def test_on_a_phone_legend_and_evidence_are_drawers(open_page: Open) -> None:
    page = open_page(*PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("#kg-legend")).to_be_hidden()
    page.get_by_role("button", name="图例与筛选").click()
    expect(page.locator("#kg-legend")).to_be_visible()
    page.get_by_role("button", name="依据", exact=True).click()
    expect(page.locator("#kg-legend")).to_be_hidden()
    expect(page.locator("#kg-evidence")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#kg-evidence")).to_be_hidden()


def test_on_a_phone_the_selected_unit_lies_above_the_drawer(open_page: Open) -> None:
    visit = open_page(*PHONE, unit=BRANCH)
    assert visit.place(BRANCH)[1] < box(visit.page.locator("#kg-evidence"))["top"]


def test_print_shows_the_drawing_and_hides_the_controls(open_page: Open) -> None:
    page = open_page(unit=BRANCH).page
    page.emulate_media(media="print")
    expect(page.locator(".drawing canvas")).to_be_visible()
    expect(page.locator("#kg-evidence")).to_be_visible()
    expect(page.locator("header .search")).to_be_hidden()


@pytest.mark.parametrize("tab", ["matrix", "timeline", "table"])
def test_a_tab_is_printed_whole_instead_of_the_drawing(open_page: Open, tab: str) -> None:
    page = open_page(tab=tab).page
    page.emulate_media(media="print")
    expect(page.locator(".drawing canvas")).to_be_hidden()
    sheet = page.locator(".page:visible")
    assert sheet.evaluate("element => element.scrollHeight - element.clientHeight") <= 1


@pytest.mark.parametrize("tab", ["network", "matrix", "timeline", "table"])
def test_nothing_is_wider_than_a_phone(open_page: Open, tab: str) -> None:
    page = open_page(*PHONE, tab=tab).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
