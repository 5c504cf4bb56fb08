"""The viewer on `kg serve`: its tab SPARQL asks the server, and nobody else is asked for anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kg.graph import Graph
from kg.server.settings import Settings
from tests.browser.conftest import Visit
from tests.browser.test_sparql import ask, cells
from tests.server.conftest import serving
from tests.server.region import write


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the small region."""
    with serving(Graph(write(tmp_path_factory.mktemp("region"))), Settings()) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """The view of the region, opened at its tab SPARQL."""
    context = browser.new_context(viewport={"width": 1400, "height": 860}, locale="zh-CN")
    visit = Visit(context.new_page(), served)
    visit.page.goto(f"{served}/view/cooperation#tab=sparql")
    visit.page.wait_for_selector("footer span")
    yield visit
    context.close()
    assert visit.troubles == []


def test_the_server_answers_and_a_unit_leads_to_its_evidence(visit: Visit) -> None:
    ask(visit.page, "SELECT ?u WHERE { ?u a coop:Unit ; skos:prefLabel ?name } ORDER BY ?name")
    assert len(cells(visit.page)) == 6
    visit.page.locator(".results").get_by_role("button", name="甲院").click()
    expect(visit.page.locator("#kg-evidence h2").nth(1)).to_have_text("甲院")


def test_saved_queries_of_the_ontology_are_offered_and_run(visit: Visit) -> None:
    visit.page.get_by_label("常用查询").select_option(label="按类型列出协作单位")
    expect(visit.page.locator(".results-head")).to_contain_text("显示")


def test_what_the_server_says_of_a_mistake_stands_in_the_language_of_the_page(visit: Visit) -> None:
    ask(visit.page, "SELECT * { ?u a }")
    problem = visit.page.get_by_role("alert")
    expect(problem).to_contain_text("无法读懂查询")
    expect(problem).not_to_contain_text("cannot be read")
    expect(visit.page.locator(".cm-lintRange-error")).to_have_count(1)
    visit.page.get_by_role("button", name="English").click()
    expect(problem).to_contain_text("the query cannot be read")
    visit.troubles.clear()  # a browser reports every answer with an error
