"""Communities: areas, folds, the start of a large network, and neighbours that are drawn only when asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from kg.network import Network, from_tables
from kg.render import render_html
from tests.browser.conftest import Open
from tests.demo_network import iri, table

COURT = iri("青榆市中级人民法院")
BRANCH = iri("青榆市人民检察院第一检察部党支部")
COLUMNS = "source sourceLabel target targetLabel proof"


def stars(count: int, leaves: int) -> Network:
    """Hubs in a ring, each with leaves of its own: as many communities as hubs."""
    rings = [(f"h{n}", f"枢纽{n}", f"h{(n + 1) % count}", f"枢纽{(n + 1) % count}", f"r{n}") for n in range(count)]
    rays = [(f"h{n}", f"枢纽{n}", f"l{n}.{k}", f"叶{n}之{k}", f"p{n}.{k}") for n in range(count) for k in range(leaves)]
    return from_tables(table(COLUMNS, *rings, *rays))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of eight communities, 360 units in all."""
    return render_html(stars(8, 44), tmp_path_factory.mktemp("large") / "page.html")


def test_a_large_network_starts_with_its_communities_folded(open_page: Open, large: Path) -> None:
    visit = open_page(network=large)
    assert visit.text("footer") == "8 个社群（折叠 360 个单位） · 8 对联系 · 8 条依据 · 0 个原句"
    assert "#" not in visit.page.url


def test_a_sign_opens_in_the_drawing_and_folds_again(open_page: Open, large: Path) -> None:
    visit = open_page(network=large)
    page = visit.page
    page.mouse.click(*visit.place("group:0"))
    expect(page.locator("#kg-evidence h2").nth(1)).to_contain_text("等 45 个单位")
    page.get_by_role("button", name="展开", exact=True).click()
    expect(page.locator("footer")).to_contain_text("7 个社群（折叠 315 个单位） · 45 个单位")
    page.get_by_role("button", name="折叠成一个图形").click()
    expect(page.locator("footer")).to_contain_text("8 个社群（折叠 360 个单位）")


def test_the_keyboard_walks_over_signs_and_opens_one(open_page: Open, large: Path) -> None:
    page = open_page(network=large).page
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#kg-evidence h2").nth(1)).to_contain_text("等 45 个单位")
    page.keyboard.press("e")
    expect(page.locator("footer")).to_contain_text("7 个社群")


def test_everything_can_be_drawn(open_page: Open, large: Path) -> None:
    page = open_page(network=large).page
    page.get_by_label("画出全部单位").check()
    expect(page.locator("footer")).to_have_text("360 个单位 · 360 对联系 · 360 条依据 · 0 个原句")
    assert page.url.endswith("#whole=yes")


def test_unfolded_the_most_connected_ones_are_drawn_and_search_finds_the_rest(open_page: Open, large: Path) -> None:
    page = open_page(network=large, fold="none").page
    expect(page.locator("footer")).to_contain_text("300 个单位")
    expect(page.locator("footer")).to_contain_text("另有 60 个联系较少的单位未画出，可搜索")
    page.get_by_role("combobox", name="搜索").fill("叶7之43")
    page.keyboard.press("Enter")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("叶7之43")
    expect(page.locator("footer")).to_contain_text("301 个单位")


def test_a_unit_found_by_search_leaves_its_sign(open_page: Open, large: Path) -> None:
    page = open_page(network=large).page
    page.get_by_role("combobox", name="搜索").fill("叶3之7")
    page.keyboard.press("Enter")
    expect(page.locator("footer")).to_contain_text("8 个社群（折叠 358 个单位） · 2 个单位")


def test_neighbours_are_drawn_up_to_a_cap_and_more_when_asked_for(open_page: Open) -> None:
    page = open_page(network=stars(3, 115), unit="h0").page
    expect(page.locator("footer")).to_contain_text("31 个单位")
    page.get_by_role("button", name="还有 87 个").click()
    expect(page.locator("footer")).to_contain_text("61 个单位")
    page.locator(".drawing").focus()
    page.keyboard.press("e")
    expect(page.locator("footer")).to_contain_text("91 个单位")
    expect(page.get_by_role("button", name="还有 27 个")).to_be_visible()


def test_areas_are_drawn_around_communities_and_a_click_tells_of_one(open_page: Open) -> None:
    visit = open_page(groups="yes")
    (x1, y1), (x2, y2) = visit.place(BRANCH), visit.place(COURT)
    assert visit.colour(x1 + 60, y1 + 60) != visit.colour(300, 800)
    visit.page.mouse.click((x1 + x2) / 2 - 8, (y1 + y2) / 2 + 20)
    expect(visit.page.locator("#kg-evidence h2").nth(1)).to_contain_text("个单位")
    assert "group=group" in visit.page.url


def test_a_community_is_reached_from_the_legend_and_from_its_units(open_page: Open) -> None:
    page = open_page(unit=COURT).page
    page.get_by_role("button", name="所在社群（17 个单位）").click()
    expect(page.locator("#kg-evidence .partners li")).to_have_count(17)
    page.get_by_role("group", name="社群").get_by_role("button", pressed=False).first.click()
    expect(page.locator("#kg-evidence h2").nth(1)).to_contain_text("个单位")


def test_all_communities_fold_and_unfold_at_once(open_page: Open) -> None:
    page = open_page().page
    page.get_by_role("button", name="全部折叠").click()
    expect(page.locator("footer")).to_contain_text("4 个社群（折叠 57 个单位） · 4 个单位")
    page.get_by_role("button", name="全部展开").click()
    expect(page.locator("footer")).to_have_text("61 个单位 · 60 对联系 · 84 条依据 · 84 个原句")
