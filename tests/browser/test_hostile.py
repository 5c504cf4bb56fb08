"""Text from documents is shown as text, wherever it stands: no script runs, no dialog opens, nothing is fetched."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.network import Network, from_tables
from tests.browser.conftest import Open
from tests.demo_network import table

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><b onmouseover=alert(1)>粗</b>',
    "href",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "{{7*7}}${7*7}",
    "<!--<script>",
    "__proto__",
    "https://example.org/x.png",
)
COLUMNS = (
    "source sourceLabel target targetLabel proof label mechanism mechanismKind year outcome"
    " quote exact document title file address rule producer status"
)


def everywhere(text: str) -> Network:
    """A network with the text in every place that text can reach."""
    links = table(COLUMNS, (text, text, "b", "乙院", text, text, text, text, "2023", text, f"前{text}后", *[text] * 8))
    units = table("node label alt kind level", (text, text, f"又{text}", text, text))
    findings = [
        (text, f"{text}{type}", type, text, text, text, f"前{text}后", text, text, text, text)
        for type in ("mechanism", "outcome")
    ]
    facts = table("node proof type label kind amount quote exact title rule address", *findings)
    return from_tables(links, units, facts)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(open_page: Open, text: str) -> None:
    page = open_page(network=everywhere(text)).page
    page.get_by_role("combobox", name="搜索").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(text)
    assert page.locator("#kg-evidence mark").all_inner_texts() == [text, text]
    page.locator("#kg-evidence .row").first.click()
    expect(page.locator("#kg-evidence dd").first).to_contain_text(text)
    page.get_by_role("tab", name="表格").click()
    assert page.locator(".table tbody td").first.inner_text() == text
    page.get_by_role("tab", name="矩阵").click()
    assert text in page.locator(".matrix tbody th").all_inner_texts()
    page.get_by_role("tab", name="时间线").click()
    page.locator(".timeline .row", has_text=text).first.click()
    expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(text)
    page.get_by_role("tab", name="网络").click()
    page.get_by_role("button", name="路径", exact=True).click()
    page.get_by_role("combobox", name="从哪个单位").fill(text)
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="到哪个单位").fill("乙院")
    page.keyboard.press("Enter")
    expect(page.locator("h3.step")).to_have_text(f"1. {text} – 乙院")
    assert page.locator("#kg-viewer img, #kg-viewer b, #kg-viewer script, #kg-viewer iframe").count() == 0
    assert page.locator("a:not([href^='https://'])").count() == 0


def test_hostile_names_of_communities_stay_text(open_page: Open) -> None:
    rays = [(f"h{n}", text, f"l{n}.{leaf}", f"叶{n}之{leaf}") for n, text in enumerate(HOSTILE) for leaf in range(3)]
    page = open_page(network=from_tables(table("source sourceLabel target targetLabel", *rays)), groups="yes").page
    rows = page.get_by_role("group", name="社群").locator("li button")
    expect(rows).to_have_count(8)
    for row in rows.all():
        row.click()
        text = row.locator(".name").inner_text()
        expect(page.locator("#kg-evidence h2").nth(1)).to_have_text(f"{text}等 4 个单位")
    page.get_by_role("button", name="全部折叠").click()
    expect(page.locator("footer")).to_contain_text("10 个社群")
    assert page.locator("#kg-viewer img, #kg-viewer b, #kg-viewer script, #kg-viewer iframe").count() == 0


def test_the_policy_stops_a_script_that_got_in(open_page: Open) -> None:
    visit = open_page()
    visit.page.evaluate("const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)")
    assert visit.page.evaluate("window.ran") is None
    assert "Content Security Policy" in visit.troubles[0]
    visit.troubles.clear()
