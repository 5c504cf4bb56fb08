"""The review page, driven by keyboard alone: ten decisions, stored, and in the graph after the next build."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg.graph import Graph
from kg.review import Decision, DecisionLog
from kg.server.run import Server, address, listen, server_for
from kg.server.settings import Settings
from tests.review.workspace import FIRST, SECOND, workspace

ADDED = "青川县供电公司派员到场<img src=x onerror=alert(1)>。"


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    """A built workspace."""
    config = workspace(tmp_path)
    (tmp_path / "reports" / "a.txt").write_text(f"{FIRST}{ADDED}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Graph(config) as graph:
        graph.build()
        yield graph


@pytest.fixture
def site(graph: Graph) -> Iterator[str]:
    """Where a server of the workspace answers."""
    up = threading.Event()
    with listen("127.0.0.1", 0) as listening:
        server: Server = server_for(graph, Settings(), up.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert up.wait(20)
        yield address(listening)
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The review page in a browser; nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda dialog: (troubles.append("a dialog"), dialog.dismiss()))
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else troubles.append(request.url))
    page.goto(f"{site}review?lang=en")
    page.wait_for_selector(".question .keys")
    yield page
    context.close()
    assert [trouble for trouble in troubles if "400 (Bad Request)" not in trouble] == []


def decisions(graph: Graph) -> list[Decision]:
    return DecisionLog(graph.config.decisions).read()


def pressed(page: Page, graph: Graph, key: str) -> Decision:
    """Presses a key that decides, and waits until the decision is stored and the list of decisions shown anew."""
    before, shown = len(decisions(graph)), page.locator(".question").inner_html()
    page.keyboard.press(key)
    page.wait_for_function("shown => document.querySelector('.question').innerHTML !== shown", arg=shown)
    assert len(decisions(graph)) == before + 1
    return decisions(graph)[-1]


def to(page: Page, kind: str, word: str) -> None:
    """Puts questions off until it is asked about a fact of that kind with the word among its roles."""
    for _ in range(30):
        roles = page.locator(".roles")
        if roles.count() and word in roles.inner_text() and page.locator("h2 .tag").inner_text() == kind:
            return
        page.keyboard.press("s")
    raise AssertionError(f"no {kind} with {word}")


def to_pair(page: Page) -> None:
    """Puts questions off until it is asked about two units."""
    for _ in range(30):
        if page.locator(".pair").count():
            return
        page.keyboard.press("s")
    raise AssertionError("no pair of units")


def select(page: Page, words: str) -> None:
    """Selects words of the sentence with the arrow keys."""
    text = page.locator("#source").input_value()
    page.keyboard.press("Control+Home")
    for _ in range(text.index(words)):
        page.keyboard.press("ArrowRight")
    for _ in words:
        page.keyboard.press("Shift+ArrowRight")


def tab_to(page: Page, name: str) -> None:
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name}")


def test_ten_decisions_by_keyboard_are_stored_and_hold_in_the_next_build(page: Page, graph: Graph) -> None:
    to_pair(page)
    assert pressed(page, graph, "k").units == ("青川县中医院", "青川县中医医院")
    assert pressed(page, graph, "u").action == "undo"
    to_pair(page)
    assert pressed(page, graph, "a").units == ("青川县中医医院", "青川县中医院")
    first = page.locator(".question").inner_html()
    assert pressed(page, graph, "a").action == "accept"
    assert pressed(page, graph, "u").action == "undo"
    assert page.locator(".question").inner_html() == first

    to(page, "mechanism", "“同心”护企平台")
    page.keyboard.press("e")
    expect(page.locator("#source")).to_be_focused()
    select(page, "“同心”护企")
    page.keyboard.press("1")
    edit = pressed(page, graph, "Enter")
    assert (edit.action, [words.text for words in edit.slots["name"]]) == ("edit", ["“同心”护企"])

    to(page, "cooperation", "青川大学")
    page.keyboard.press("e")
    expect(page.locator("#source")).to_be_focused()
    select(page, "青川大学")
    page.keyboard.press("2")  # it was a partner: out
    edit = pressed(page, graph, "Enter")
    assert [words.text for words in edit.slots["participant"]] == ["县税务局"]

    to(page, "outcome", "走访群众")
    page.keyboard.press("n")
    expect(page.locator("#sentences")).to_be_focused()
    page.keyboard.press("End")
    tab_to(page, "kind")
    page.keyboard.type("coop")
    tab_to(page, "source")
    select(page, "青川县供电公司")
    page.keyboard.press("2")
    page.keyboard.press("5")  # the decisive words
    added = pressed(page, graph, "Enter")
    assert (added.action, added.sentence, added.exact) == ("add", ADDED, "青川县供电公司")

    to(page, "outcome", "走访群众")
    assert pressed(page, graph, "r").action == "reject"
    to(page, "outcome", "服务群众")
    assert pressed(page, graph, "a").action == "accept"
    assert len(decisions(graph)) == 10

    page.keyboard.press("b")
    expect(page.locator("aside")).to_contain_text("Built: 2 documents in", timeout=30_000)
    assert "found no place" not in page.locator("aside").inner_text()
    rows = graph.query("SELECT DISTINCT ?name ?status { ?c coop:participant/skos:prefLabel ?name ; coop:status ?status }")
    assert {"name": "青川县供电公司", "status": "accepted"} in rows and {"name": "青川县税务局", "status": "edited"} in rows
    assert graph.query("ASK { ?o skos:prefLabel '走访群众'@zh }") == graph.query("ASK { ?o skos:prefLabel '无此'@zh }")
    assert [row["m"] for row in graph.query("SELECT DISTINCT ?m { ?c coop:through/skos:prefLabel ?m }")].count("“同心”护企") == 1
    assert graph.query("SELECT DISTINCT ?u { ?u skos:altLabel '青川县中医院'@zh ; skos:prefLabel '青川县中医医院'@zh }")


def test_words_that_are_not_in_the_text_are_refused_and_what_was_typed_stays(page: Page, graph: Graph) -> None:
    to(page, "mechanism", "“同心”护企平台")
    page.keyboard.press("e")
    tab_to(page, "role-name")
    page.keyboard.press("Control+a")
    page.keyboard.type("“齐心”平台")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".told")).to_contain_text("not in the document: “齐心”平台")
    assert page.locator("#role-name").input_value() == "“齐心”平台"
    page.keyboard.press("Escape")
    expect(page.locator(".roles")).to_contain_text("“同心”护企平台")
    assert decisions(graph) == []


def test_both_units_stand_side_by_side_with_their_sentences(page: Page) -> None:
    to_pair(page)
    left, right = (page.locator(".pair > div").nth(number) for number in (0, 1))
    assert left.locator("h3").inner_text() == "青川县中医医院"
    assert left.locator("mark").first.inner_text() == "青川县中医医院"
    assert right.locator("blockquote").inner_text() == SECOND.splitlines()[2]
    boxes = left.bounding_box(), right.bounding_box()
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]


def test_the_sentence_shows_the_decisive_words_and_those_of_the_roles(page: Page) -> None:
    to(page, "cooperation", "青川大学")
    assert page.locator("#sentence").inner_text() == FIRST.splitlines()[1]
    assert "".join(page.locator("#sentence mark").all_inner_texts()) == "联合县税务局、青川大学"
    assert page.locator("#sentence u").all_inner_texts() == ["县税务局", "青川大学", "“同心”护企平台"]


def test_what_was_decided_elsewhere_is_told_and_the_next_question_shown(page: Page, graph: Graph, site: str) -> None:
    to(page, "mechanism", "“同心”护企平台")
    other = page.context.new_page()
    other.goto(f"{site}review?lang=en")
    other.wait_for_selector(".question .keys")
    to(other, "mechanism", "“同心”护企平台")
    pressed(other, graph, "a")
    page.keyboard.press("r")
    expect(page.locator(".told")).to_contain_text("nothing to decide")
    assert [decision.action for decision in decisions(graph)] == ["accept"]


@pytest.mark.parametrize("path", ["review?lang=zh", "review/quality?lang=zh"])
def test_the_pages_are_accessible(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.wait_for_selector("h2, table")
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    if "quality" not in path:
        page.keyboard.press("s")
        page.keyboard.press("n")
        page.wait_for_selector("#sentences")
        assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
