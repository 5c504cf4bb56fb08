"""The pages of `kg serve` in a browser: the search box, marks in a text, keyboard, accessibility, hostile text, small screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from kg.graph import Graph
from kg.server.settings import Settings
from tests.browser.conftest import Visit
from tests.browser.test_hostile import HOSTILE
from tests.server.conftest import serving
from tests.server.region import FAR, IDS, NEAR, write

Go = Callable[..., Visit]
UNIT, TEXT = "unit/甲院", "document/近.txt"
MECHANISM = IDS.mechanism("甲院", "法治课堂").removeprefix(IDS.base)
COOPERATION = IDS.cooperation(IDS.case("近.txt", "甲院"), "0").removeprefix(IDS.base)
PAGES = ["", UNIT, TEXT, MECHANISM, COOPERATION, "search?q=院", "api", "view/cooperation", "unit/没有"]
DESK, PHONE = (1400, 860), (390, 844)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server of the small region, and of a report for each hostile text with that text wherever a text can stand."""
    reports = {f"h{number}": _hostile(text) for number, text in enumerate(HOSTILE)}
    config = write(tmp_path_factory.mktemp("explorer"), 近=NEAR, 远=FAR, **reports)
    with serving(Graph(config), Settings()) as client:
        yield client


def _hostile(text: str) -> str:
    return f"{text}\n{text} 与 {text}乙 共建 {text} 完成 {text} 共 3 项。\n"


@pytest.fixture
def go(browser: Browser, site: httpx.Client) -> Iterator[Go]:
    """Opens a page of the server; at the end nothing may have gone wrong in it but what `troubles` was told to forget."""
    visits: list[Visit] = []

    def open(address: str, size: tuple[int, int] = DESK, locale: str = "zh-CN", **more: object) -> Visit:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale, **more)
        visit = Visit(context.new_page(), str(site.base_url))
        visits.append(visit)
        visit.page.goto(f"{site.base_url}{quote(address, safe='/?=&#%')}")
        return visit

    yield open
    for visit in visits:
        visit.page.context.close()
    assert [trouble for visit in visits for trouble in visit.troubles if "404" not in trouble] == []


def test_the_search_box_suggests_as_one_types_and_leads_to_the_page(go: Go) -> None:
    page = go("").page
    box = page.get_by_role("combobox", name="搜索")
    box.press_sequentially("bx")
    expect(page.get_by_role("option")).to_have_text(["丙校又名丙校"])
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("丙校")


def test_the_search_box_says_when_nothing_fits_and_closes_with_escape(go: Go) -> None:
    page = go("", locale="en-GB").page
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("qqq")
    expect(page.get_by_role("option")).to_contain_text("Nothing fits")
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def test_slash_goes_to_the_search_box_and_tab_first_to_the_content(go: Go) -> None:
    page = go(UNIT).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="搜索")).to_be_focused()


def test_without_scripts_one_can_search_and_read(go: Go) -> None:
    page = go("", java_script_enabled=False).page
    page.get_by_role("searchbox", name="搜索").fill("法治课堂")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="法治课堂").first.click()
    expect(page.locator("h1")).to_have_text("法治课堂")
    page.locator("figcaption a").first.click()
    assert unquote(page.url).endswith(f"/document/近.txt#c{NEAR.index('法治课堂')}")


def test_a_mark_leads_to_its_fact_and_the_fact_back_to_the_mark(go: Go) -> None:
    page = go(TEXT).page
    mark = page.locator(".text a", has_text="法治课堂").last
    mark.click()
    card = page.locator(".span:target")
    expect(card).to_contain_text("法治课堂")
    card.locator("a.number").click()
    expect(page.locator(".words:target")).to_have_text("法治课堂")
    page.locator(".span", has_text="法治课堂").get_by_role("link", name="法治课堂").click()
    expect(page.locator("h1")).to_have_text("法治课堂")


def test_a_unit_is_shown_in_the_network(go: Go) -> None:
    page = go(UNIT).page
    page.locator(".gos a").first.click()
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("甲院")
    page.locator("#kg-evidence figure", has_text="法治课堂").get_by_role("link", name="在正文中查看").first.click()
    expect(page.locator(".words:target")).to_have_text("法治课堂")


def test_a_language_once_chosen_stays(go: Go) -> None:
    page = go("").page
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="丙校").first.click()
    expect(page.locator(".type")).to_contain_text("unit")
    page.get_by_role("combobox", name="Search").press_sequentially("丁局")
    page.get_by_role("option").first.click()
    expect(page.locator("h1")).to_have_text("丁局")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", PAGES, ids=[address.partition("?")[0].split("/")[0] or "start" for address in PAGES])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(go: Go, address: str, size: tuple[int, int]) -> None:
    page = go(address, size).page
    if address.startswith("view"):
        page.wait_for_selector("footer span")
    results = Axe().run(page)
    assert [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in results.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_stays_text(go: Go, site: httpx.Client, number: int) -> None:
    text = HOSTILE[number]
    document = f"h{number}.txt"
    case = IDS.case(document, text)
    made = [IDS.unit(text), IDS.mechanism(text, text), case, IDS.cooperation(case, "0"), IDS.outcome(case, "0")]
    shown = [f"{IDS.base}document/{document}", *made]
    visit = go("")
    for address in [
        *(_page(iri) for iri in shown),
        f"search?q={quote(text)}",
        f"search?type={quote(text)}",
        f"unit/{quote(text)}x",
    ]:
        visit.page.goto(f"{site.base_url}{address}")
        assert text.replace("  ", " ") in visit.page.locator("main").inner_text() or "type=" in address
        assert visit.page.locator("main img, main b, main script, main iframe, main svg[onload]").count() == 0
    box = visit.page.get_by_role("combobox", name="搜索")
    box.fill(text)
    expect(visit.page.get_by_role("option").first).to_contain_text(text)
    visit.page.goto(f"{site.base_url}view/cooperation")
    visit.page.wait_for_selector("footer span")
    visit.troubles = [trouble for trouble in visit.troubles if "400" not in trouble]


def _page(iri: str) -> str:
    return quote(iri.removeprefix(IDS.base), safe="/")


def test_the_policy_stops_a_script_that_got_in(go: Go) -> None:
    visit = go(UNIT)
    visit.page.evaluate("const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)")
    assert visit.page.evaluate("window.ran") is None
    assert "Content Security Policy" in visit.troubles.pop()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of a network of more units than one page holds: 310 in a chain of fans, the last of them far away."""
    fans = "".join(f"第{fan}局 与 第{fan}局{leaf}校 共建 课堂 完成 授课 共 1 项。\n" for fan in range(10) for leaf in range(30))
    chain = "".join(f"第{fan}局 与 第{fan + 1}局 共建 课堂 完成 授课 共 1 项。\n" for fan in range(9))
    with serving(Graph(write(tmp_path_factory.mktemp("large"), 大=fans + chain)), Settings()) as client:
        yield str(client.base_url)


@pytest.fixture
def network(browser: Browser, large: str) -> Iterator[Visit]:
    """The view of the large network."""
    context = browser.new_context(viewport={"width": 1400, "height": 860}, locale="zh-CN")
    visit = Visit(context.new_page(), large)
    visit.page.goto(f"{large}view/cooperation")
    visit.page.wait_for_selector("footer span")
    yield visit
    context.close()
    assert visit.troubles == []


def test_a_unit_that_is_not_drawn_is_found_on_the_server_and_drawn_with_its_nearest(network: Visit) -> None:
    page = network.page
    expect(page.locator("footer")).to_contain_text("本页取自共 310 个单位的网络")
    page.get_by_role("combobox", name="搜索").fill("第9局9校")
    page.get_by_role("option").first.click()
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("第9局9校")
    page.get_by_role("link", name="文字页面").click()
    expect(page.locator("h1")).to_have_text("第9局9校")
    page.go_back()
    page.locator("header h1 a").click()
    expect(page.get_by_role("heading", name="图谱内容")).to_be_visible()


def test_links_that_are_not_drawn_are_drawn_on_demand(network: Visit, large: str) -> None:
    page = network.page
    page.goto(f"{large}view/cooperation?unit={quote(IDS.unit('第0局5校'))}#unit={quote(IDS.unit('第3局'))}")
    page.get_by_role("link", name="画出其全部联系（32 个单位）").click()
    expect(page.get_by_role("link", name="画出其全部联系")).to_have_count(0)
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text("第3局")


def test_a_path_among_all_units_is_looked_for_on_the_server(network: Visit, large: str) -> None:
    page, ends = network.page, [IDS.unit("第0局1校"), IDS.unit("第9局1校")]
    page.goto(f"{large}view/cooperation?from={quote(ends[0])}&to={quote(ends[1])}#start={quote(ends[0])}&end={quote(ends[1])}")
    page.wait_for_selector("footer span")
    expect(page.locator("#kg-evidence")).to_contain_text("最短路径 11 步")
