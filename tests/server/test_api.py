"""The JSON endpoints: what they answer, in pages, as their description says, and for the present build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from kg.graph import Graph
from kg.pipeline import build
from kg.server.graph import ENDPOINTS
from kg.server.settings import Settings
from tests.server.conftest import serving
from tests.server.region import IDS, NEAR, Reader, write

FIRST, SECOND, SCHOOL, OFFICE, FARAWAY = (IDS.unit(name) for name in ("甲院", "乙院", "丙校", "丁局", "戊社"))
ASKED: dict[str, list[dict[str, Any]]] = {
    "search": [{"q": "院"}, {"q": "", "type": "any", "kind": "court"}],
    "graph": [{}, {"unit": SCHOOL, "lang": "en"}],
    "neighbours": [{"unit": FIRST, "limit": 1, "offset": 1}],
    "path": [{"from": SECOND, "to": OFFICE}],
    "evidence": [{"fact": FIRST, "limit": 2}, {"fact": IDS.mechanism("甲院", "法治课堂")}],
    "schema": [{}],
    "stats": [{"lang": "zh"}],
}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    graph = Graph(write(tmp_path_factory.mktemp("region")))
    with serving(graph, Settings()) as client:
        yield client


def ask(client: httpx.Client, name: str, **values: object) -> Any:
    answer = client.get(f"/api/{name}", params={key: str(value) for key, value in values.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(answer: dict[str, Any]) -> list[str]:
    return [node["label"] for node in answer["nodes"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲院", ["甲院"]),  # by name; 又名甲院 is a part of no other
        ("又名丙", ["丙校"]),
        ("jy", ["甲院"]),  # initials of the pinyin
        ("院", ["甲院", "乙院"]),  # the more connected before the other
        ("没有这个", []),
        ("（）", []),
        ("%", []),
    ],
)
def test_search_finds_names_other_names_and_initials(region: httpx.Client, text: str, found: list[str]) -> None:
    assert [result["label"] for result in ask(region, "search", q=text)["results"]] == found


def test_whole_names_come_before_parts_and_parts_before_initials(tmp_path: Path) -> None:
    lines = "".join(f"{name} 与 末社 共建 甲 完成 乙 共 1 项。\n" for name in ("东方明社", "明社", "明社东", "麦色"))
    with serving(Graph(write(tmp_path, a=lines)), Settings()) as client:
        results = ask(client, "search", q="明社")["results"]
        assert [result["label"] for result in results] == ["明社", "明社东", "东方明社"]
        assert [result["label"] for result in ask(client, "search", q="ms")["results"]][-1] == "东方明社"


def test_search_comes_in_pages_and_by_class_and_kind(region: httpx.Client) -> None:
    every = ask(region, "search", q="", limit=100)
    paged = [ask(region, "search", limit=2, offset=offset)["results"] for offset in (0, 2, 4, 6)]
    assert [result["id"] for page in paged for result in page] == [result["id"] for result in every["results"]]
    assert every["total"] == 6
    assert [result["label"] for result in ask(region, "search", kind="school")["results"]] == ["丙校"]
    assert ask(region, "search", q="“同心”平台", type="Mechanism")["total"] == 2


def test_a_result_says_what_it_is_and_where_its_page_is(region: httpx.Client) -> None:
    result = ask(region, "search", q="甲院")["results"][0]
    assert result == {
        "id": FIRST,
        "type": "Unit",
        "label": "甲院",
        "aliases": ["又名甲院"],
        "initials": ["jy", "ymjy"],
        "kind": "court",
        "level": "county",
        "generic": False,
        "degree": 2,
        "page": "/unit/%E7%94%B2%E9%99%A2",
    }


def test_the_graph_of_a_view_is_what_the_viewer_draws(region: httpx.Client) -> None:
    whole, around = ask(region, "graph"), ask(region, "graph", unit=FARAWAY)
    assert (whole["total"], len(whole["nodes"]), len(whole["edges"])) == (6, 6, 4)
    assert sorted(names(around)) == ["己社", "戊社"]
    assert {node["label"]: node["degree"] for node in whole["nodes"]}["丙校"] == 2


def test_neighbours_come_in_pages_with_the_measures_of_the_whole(region: httpx.Client) -> None:
    first = ask(region, "neighbours", unit=FIRST, limit=1)
    second = ask(region, "neighbours", unit=FIRST, limit=1, offset=1)
    assert first["total"] == second["total"] == 2
    assert sorted(names(first) + names(second)) == ["丙校", "乙院", "甲院", "甲院"]
    assert {node["label"]: node["degree"] for node in (*first["nodes"], *second["nodes"])}["丙校"] == 2


def test_a_path_comes_with_its_sentences(region: httpx.Client) -> None:
    found = ask(region, "path", **{"from": SECOND, "to": OFFICE})
    assert found["path"] == [SECOND, FIRST, SCHOOL, OFFICE]
    assert len(found["quotes"]) == 3 + 3 * 2  # a cooperation, a mechanism and an outcome stand on different words
    assert {quote["text"] for quote in found["quotes"]} == {line for line in NEAR.splitlines() if "共建" in line}


def test_where_nothing_joins_two_units_there_is_no_path(region: httpx.Client) -> None:
    answer = region.get("/api/path", params={"from": FIRST, "to": FARAWAY})
    assert (answer.status_code, answer.json()["message"]["en"]) == (404, "no chain of links joins the two units")


def test_evidence_names_sentence_words_and_place(region: httpx.Client) -> None:
    found = ask(region, "evidence", fact=IDS.mechanism("丙校", "“同心”平台"))
    quote = found["quotes"][found["proofs"][0]["quotes"][0]]
    words = quote["text"][slice(*quote["mark"])]
    assert (words, NEAR[quote["start"] :][: len(words)]) == ("“同心”平台", "“同心”平台")
    assert found["documents"][quote["document"]] == {
        "title": "甲市协作材料",
        "file": "近.txt",
        "address": "",
        "page": "/document/%E8%BF%91.txt",
    }


def test_statistics_count_the_classes(region: httpx.Client) -> None:
    counts = {count["label"]: count["count"] for count in ask(region, "stats", lang="en")["counts"] if not count["property"]}
    assert (counts["unit"], counts["mechanism"], counts["cooperation"], counts["document"]) == (6, 4, 4, 2)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing", 404),
        ("graph?view=nothing", 404),
        ("neighbours?unit=nothing", 404),
        ("neighbours", 400),
        ("search?limit=0", 400),
        ("search?limit=101", 400),
        ("search?limit=%D9%A1", 400),  # a digit, but not an ASCII one
        ("search?type=Person", 400),
        ("search?lang=fr", 400),
        ("evidence?fact=%3E%20%3Fp%20%3Fo%20%7D%20%23", 404),  # no way into the query
    ],
)
def test_what_cannot_be_asked_is_said_in_both_languages(region: httpx.Client, address: str, status: int) -> None:
    answer = region.get(f"/api/{address}")
    assert answer.status_code == status
    assert all(answer.json()[part][lang] for part in ("message", "hint") for lang in ("zh", "en"))


@pytest.mark.parametrize(("name", "values"), [(name, values) for name, each in ASKED.items() for values in each])
def test_every_answer_is_as_the_description_says(region: httpx.Client, name: str, values: dict[str, Any]) -> None:
    description = region.get("/api/openapi.json").json()
    said = description["paths"][f"/api/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**said, "components": description["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(ask(region, name, **values))] == []


def test_the_description_names_every_endpoint_and_parameter(region: httpx.Client) -> None:
    paths = region.get("/api/openapi.json").json()["paths"]
    listed = {address: [param["name"] for param in each["get"]["parameters"]] for address, each in paths.items()}
    assert listed == {f"/api/{each.name}": [*(param.name for param in each.params), "lang"] for each in ENDPOINTS}
    assert set(ASKED) == {each.name for each in ENDPOINTS}


def test_an_answer_that_is_known_already_is_not_sent_again(region: httpx.Client) -> None:
    tag = region.get("/api/stats").headers["etag"]
    again = region.get("/api/stats", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert region.get("/api/stats", headers={"If-None-Match": '"other"'}).status_code == 200


def test_after_a_build_the_answers_are_those_of_the_new_one(tmp_path: Path) -> None:
    config = write(tmp_path, a="甲院 与 乙院 共建 平台 完成 走访 共 1 项。\n")
    with serving(Graph(config), Settings()) as client:
        before = client.get("/api/search", params={"q": "丙院"})
        (tmp_path / "a.txt").write_text("甲院 与 丙院 共建 平台 完成 走访 共 1 项。\n", encoding="utf-8")
        build(config, [tmp_path / "a.txt"], reader=Reader())
        after = client.get("/api/search", params={"q": "丙院"}, headers={"If-None-Match": before.headers["etag"]})
        assert (before.json()["total"], after.json()["total"]) == (0, 1)
        assert client.get("/api/graph").json()["total"] == 2
        assert client.get("/unit/乙院").status_code == 404
