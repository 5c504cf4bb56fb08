"""The plain pages: a page for everything, in three formats, two languages, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from selectolax.lexbor import LexborHTMLParser as Html

from kg.graph import Graph
from kg.server.settings import Settings
from kg.vocab.terms import COOP, TYPE
from tests.server.conftest import serving
from tests.server.region import IDS, NEAR, write

PLATFORM = NEAR.index("“同心”平台")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def region(workspace: Path) -> Iterator[httpx.Client]:
    with serving(Graph(write(workspace)), Settings()) as client:
        yield client


def read(client: httpx.Client, address: str, status: int = 200, **headers: str) -> Html:
    answer = client.get(address, headers=headers, follow_redirects=True)
    assert answer.status_code == status, answer.text[:500]
    return Html(answer.text)


def words(page: Html, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_the_start_page_says_what_the_graph_holds(region: httpx.Client) -> None:
    page = read(region, "/")
    assert words(page, ".tiles a") == ["6 单位", "4 机制", "4 成效", "4 协作", "3 事例", "2 文档"]
    assert words(page, ".ranked li")[:2] == ["丙校2", "甲院2"]
    assert words(page, ".groups h3") == ["丙校2 个单位", "甲院2 个单位", "己社2 个单位"]
    assert sorted(words(page, ".dated li")) == ["戊镇协作材料", "甲市协作材料"]


def test_every_address_in_every_page_leads_somewhere(region: httpx.Client) -> None:
    seen, waiting, broken = set[str](), ["/?lang=zh"], []
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        answer = region.get(address)
        if answer.status_code != 200:
            broken.append((answer.status_code, address))
        if answer.headers["content-type"].startswith("text/html"):
            links = [node.attributes.get("href") or "" for node in Html(answer.text).css("a[href]:not([rel=nofollow])")]
            waiting += [urljoin(address, link).partition("#")[0] for link in links if not link.startswith(("http", "data:"))]
    assert broken == []
    assert {unquote(address).split("/")[1].partition("?")[0] for address in seen} == {
        *("", "unit", "mechanism", "cooperation", "outcome", "case", "document", "search", "view", "api", "review")
    }


def test_a_unit_tells_its_cooperations_with_their_sentences(region: httpx.Client) -> None:
    page = read(region, "/unit/甲院")
    assert words(page, "h1") == ["甲院"]
    assert words(page, ".aliases .one") == ["又名甲院"]
    assert words(page, "article h3")[:2] == ["甲院→乙院", "甲院→丙校"]
    assert words(page, "article mark")[:2] == ["甲院 与 乙院 共建 “同心”平台", "甲院 与 丙校 共建 法治课堂"]
    assert ("运行机制 2" in words(page, "h2"), "成效 2" in words(page, "h2")) == (True, True)


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (IDS.mechanism("甲院", "法治课堂"), "丙校"),
        (IDS.case("近.txt", "甲院"), "“同心”平台"),
        (IDS.cooperation(IDS.case("近.txt", "甲院"), "0"), "走访"),
        (IDS.outcome(IDS.case("近.txt", "甲院"), "0"), "30"),
    ],
)
def test_every_kind_of_thing_has_a_page(region: httpx.Client, iri: str, expected: str) -> None:
    page = read(region, "/" + iri.removeprefix(IDS.base))
    assert expected in page.css_first("main").text()
    assert page.css_first("h1").text().strip()


def test_a_document_is_shown_whole_with_its_facts_marked(region: httpx.Client) -> None:
    page = read(region, "/document/近.txt")
    lines = [node.text() for node in page.css(".text > *")]
    assert lines == NEAR.splitlines()
    assert words(page, ".text a.words")[:3] == ["甲院 与 乙院 共建", "“同心”平台", "走访 共 30"]
    assert words(page, ".span li")[:2] == ["协作 甲院与乙院", "机制 “同心”平台平台"]


def test_marks_lead_to_facts_and_facts_to_marks(region: httpx.Client) -> None:
    page = read(region, "/document/近.txt")
    anchors = {node.attributes["id"] for node in page.css("[id]")}
    inner = {(node.attributes["href"] or "")[1:] for node in page.css("a[href^='#']")}
    assert inner <= anchors
    assert {f"c{NEAR.index('甲院')}", f"c{PLATFORM}", "f1"} <= inner | anchors
    place = read(region, "/unit/甲院").css_first("figcaption a").attributes["href"]
    assert unquote(place or "") == f"/document/近.txt#c{NEAR.index('甲院')}"


def test_the_address_of_evidence_is_its_place_in_the_text(region: httpx.Client) -> None:
    answer = region.get(f"/evidence/近.txt/{PLATFORM}-{PLATFORM + 6}")
    assert (answer.status_code, unquote(answer.headers["location"])) == (303, f"/document/近.txt#c{PLATFORM}")


def test_a_changed_file_is_said_and_marks_only_what_still_stands(tmp_path: Path) -> None:
    config = write(tmp_path)
    (tmp_path / "近.txt").write_text("甲市\n\n" + NEAR, encoding="utf-8")
    with serving(Graph(config), Settings()) as client:
        page = read(client, "/document/近.txt?lang=en")
        assert "The file has changed" in page.css_first(".note").text()
        assert words(page, ".text a.words") == []
        assert len(page.css(".spans > li")) == 9
        (tmp_path / "近.txt").unlink()
    with serving(Graph(config), Settings()) as client:
        page = read(client, "/document/近.txt?lang=en")
        assert "The text cannot be shown: the file of 近.txt is gone" in words(page, ".note")[0]
        assert words(page, ".spans blockquote")[0] == NEAR.splitlines()[1]


def test_search_lists_things_and_pages_through_them(region: httpx.Client) -> None:
    assert words(read(region, "/search?q=同心"), ".results a") == ["“同心”平台", "“同心”平台"]
    assert words(read(region, "/search?q=同心&type=Unit"), "[role=status]") == ["没有符合的结果，请减少字数或输入拼音首字母。"]
    last = read(region, "/search?type=any&offset=15")
    assert words(last, ".pager span") == ["16–19 / 19"]
    assert words(read(region, "/search?type=Unit&kind=school"), ".results a") == ["丙校"]


@pytest.mark.parametrize(
    ("address", "accept", "type"),
    [
        ("/unit/甲院", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("/unit/甲院", "text/turtle", "text/turtle; charset=utf-8"),
        ("/unit/甲院", "application/ld+json;q=0.9, text/html;q=0.1", "application/ld+json"),
        ("/unit/甲院?format=ttl", "text/html", "text/turtle; charset=utf-8"),
        ("/document/近.txt", "text/turtle", "text/turtle; charset=utf-8"),
        (f"/evidence/近.txt/{PLATFORM}-{PLATFORM + 6}", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_each_thing_answers_in_the_format_that_is_asked_for(region: httpx.Client, address: str, accept: str, type: str) -> None:
    answer = region.get(address, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, type)
    assert "Accept" in answer.headers["vary"]


def test_turtle_and_json_ld_say_the_same(region: httpx.Client) -> None:
    turtle, json_ld = (region.get("/unit/甲院", params={"format": format}).text for format in ("ttl", "jsonld"))
    one, other = set(parse(turtle, format=RdfFormat.TURTLE)), set(parse(json_ld, format=RdfFormat.JSON_LD))
    assert one == other
    said = {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in one}
    assert (IDS.unit("甲院"), TYPE, COOP + "Branch") in said
    assert (IDS.cooperation(IDS.case("近.txt", "甲院"), "0"), COOP + "initiator", IDS.unit("甲院")) in said


def test_a_document_as_turtle_is_its_whole_graph(region: httpx.Client) -> None:
    graph = rdflib.Graph().parse(data=region.get("/document/远.txt?format=ttl").text, format="turtle")
    assert {str(label) for label in graph.objects(None, rdflib.SKOS.prefLabel)} >= {"戊社", "己社", "邻里角", "调解"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/unit/没有", 404),
        ("/unit/", 404),
        ("/thing?iri=%3E%20%7D", 404),
        ("/thing", 404),
        ("/unit/没有?format=ttl", 404),
        ("/unit/甲院?format=exe", 400),
        ("/unit/甲院?offset=-1", 400),
        ("/search?type=Person", 400),
        ("/view/none", 404),
    ],
)
def test_what_is_not_there_is_said_on_a_page(region: httpx.Client, address: str, status: int) -> None:
    page = read(region, address, status, **{"Accept-Language": "en"})
    assert words(page, "h1") == ["Not found" if status == 404 else "This cannot be shown"]
    assert page.css_first("form.search")


def test_a_graph_that_is_not_built_yet_is_said_on_a_page(tmp_path: Path) -> None:
    with serving(tmp_path / "none", Settings()) as client:
        assert "there is no store at" in read(client, "/?lang=en", 500).css_first("main").text()


@pytest.mark.parametrize(
    ("address", "accepted", "lang"),
    [("/", "", "zh-CN"), ("/", "en-GB,en;q=0.9", "en"), ("/?lang=zh", "en", "zh-CN"), ("/", "fr, zh;q=0.4, en;q=0.5", "en")],
)
def test_pages_speak_the_language_that_is_asked_for(region: httpx.Client, address: str, accepted: str, lang: str) -> None:
    page = read(region, address, **{"Accept-Language": accepted})
    assert page.css_first("html").attributes["lang"] == lang


def test_addresses_keep_the_language_that_was_chosen(region: httpx.Client) -> None:
    links = [node.attributes["href"] or "" for node in read(region, "/unit/甲院?lang=en").css("main a[href^='/']")]
    assert links
    assert all("lang=en" in link.partition("#")[0] for link in links)


def test_a_unit_with_many_cooperations_is_shown_in_pages(tmp_path: Path) -> None:
    lines = "".join(f"甲院 与 第{number:02}校 共建 课堂{number} 完成 授课 共 1 项。\n" for number in range(65))
    with serving(Graph(write(tmp_path, a=lines)), Settings()) as client:
        assert len(read(client, "/unit/甲院").css("[aria-labelledby=deals] article")) == 30
        last = read(client, "/unit/甲院?offset=60")
        assert (len(last.css("[aria-labelledby=deals] article")), words(last, ".pager span")) == (5, ["61–65 / 65"])


def test_pages_need_no_script_and_allow_none_inline(region: httpx.Client) -> None:
    answer = region.get("/unit/甲院")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    page = Html(answer.text)
    assert [node.attributes.get("src") for node in page.css("script")] == ["/static/pages.js"]
    assert page.css("[style], [onclick], style") == []
