"""Limits of the endpoint: time, rows, size, turns; whoever leaves ends the query; one slow query delays no other."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.contracts.store.suite import SELF_JOIN
from tests.server.conftest import Serve

QUICK = {"query": "ASK { ?s a coop:Branch }"}
MANY = "SELECT ?a ?b { ?a ?p ?o . ?b ?q ?r }"


def workers() -> set[str]:
    """Ids of the worker processes that this process has."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True).stdout
    return {line.split()[0] for line in listed.splitlines() if "kg.store.worker" in line}


def figure(client: httpx.Client, name: str) -> float:
    """A figure of /metrics."""
    lines = client.get("/metrics").text.splitlines()
    return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))


def test_a_query_that_takes_too_long_is_stopped_in_time_each_time(serve: Serve, folder: Path) -> None:
    client = serve(folder, seconds=0.6)
    assert client.get("/sparql", params=QUICK).status_code == 200
    for _ in range(4):
        before = time.perf_counter()
        answer = client.get("/sparql", params={"query": SELF_JOIN})
        assert time.perf_counter() - before < 1.6
        assert (answer.status_code, answer.headers["kg-limit"]) == (422, "time")
        assert "stopped after 0.6 seconds" in answer.text
        assert client.get("/sparql", params=QUICK).json()["boolean"] is True
    assert figure(client, 'kg_queries_total{outcome="time"}') == 4


def test_the_client_may_ask_for_less_time_never_for_more(serve: Serve, folder: Path) -> None:
    client = serve(folder, seconds=0.5)
    assert "after 0.2 seconds" in client.get("/sparql", params={"query": SELF_JOIN, "timeout": "0.2"}).text
    assert "after 0.5 seconds" in client.get("/sparql", params={"query": SELF_JOIN, "timeout": "100"}).text


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_an_answer_with_too_many_rows_is_an_error_not_a_part(serve: Serve, folder: Path, form: str) -> None:
    client = serve(folder, rows=1000)
    answer = client.get("/sparql", params={"query": MANY, "format": form})
    assert (answer.status_code, answer.headers["kg-limit"]) == (422, "rows")
    assert "more than 1000 rows; nothing of it is given" in answer.text
    assert client.get("/sparql", params={"query": MANY + " LIMIT 1000", "format": form}).status_code == 200


def test_triples_count_as_rows(serve: Serve, folder: Path) -> None:
    client = serve(folder, rows=10)
    query = {"query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"}
    assert client.get("/sparql", params=query).headers["kg-limit"] == "rows"


def test_an_answer_that_is_too_large_is_an_error(serve: Serve, folder: Path) -> None:
    client = serve(folder, size=10_000)
    answer = client.get("/sparql", params={"query": MANY})
    assert (answer.status_code, answer.headers["kg-limit"]) == (422, "size")
    assert "larger than 10000 bytes" in answer.text
    assert client.get("/graph?default").headers["kg-limit"] == "size"


def test_a_query_whose_memory_runs_out_is_told_so(serve: Serve, folder: Path) -> None:
    client = serve(folder, memory=600 << 20)
    query = "SELECT ?a ?b ?c ?d { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?a"
    answer = client.get("/sparql", params={"query": query})
    assert (answer.status_code, answer.headers["kg-limit"]) == (422, "memory")


def test_a_query_nested_without_end_ends_only_itself(client: httpx.Client) -> None:
    query = "SELECT * { " + "{" * 60_000 + "}" * 60_000 + " }"
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code in {400, 422}
    assert client.get("/sparql", params=QUICK).status_code == 200


def test_a_long_answer_is_whole_and_its_length_is_told_before(client: httpx.Client, folder: Path) -> None:
    query = {"query": MANY + " LIMIT 20000"}
    answer = client.get("/sparql", params=query)
    assert len(answer.json()["results"]["bindings"]) == 20_000
    assert answer.headers["content-length"] == str(len(answer.content))
    assert len(answer.content) > 1 << 18


def test_one_slow_query_delays_no_other(client: httpx.Client) -> None:
    slow = threading.Thread(target=client.get, args=["/sparql"], kwargs={"params": {"query": SELF_JOIN, "timeout": "3"}})
    slow.start()
    time.sleep(0.7)
    for _ in range(10):
        assert client.get("/sparql", params=QUICK).status_code == 200
    assert slow.is_alive()
    slow.join()


def test_a_client_that_leaves_ends_its_query(serve: Serve, folder: Path) -> None:
    client = serve(folder)
    before = workers()
    connection = socket.create_connection((client.base_url.host, client.base_url.port or 80))
    request = f"GET /sparql?query={quote(SELF_JOIN)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    connection.sendall(request.encode())
    time.sleep(0.5)
    (process,) = workers() - before
    connection.close()
    time.sleep(0.5)
    assert process not in workers()
    assert figure(client, 'kg_queries_total{outcome="left"}') == 1
    assert figure(client, "kg_queries_running") == 0


def test_whoever_comes_when_all_is_busy_is_told_to_come_back(serve: Serve, folder: Path) -> None:
    client = serve(folder, workers=1, patience=0.2)
    slow = threading.Thread(target=client.get, args=["/sparql"], kwargs={"params": {"query": SELF_JOIN, "timeout": "1.5"}})
    slow.start()
    time.sleep(0.4)
    answer = client.get("/sparql", params=QUICK)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    slow.join()
    assert client.get("/sparql", params=QUICK).status_code == 200
    assert figure(client, 'kg_queries_total{outcome="busy"}') == 1


def test_figures_count_what_was_answered(serve: Serve, folder: Path) -> None:
    client = serve(folder)
    client.get("/sparql", params=QUICK)
    client.get("/sparql", params={"query": "SELECT"})
    assert figure(client, 'kg_queries_total{outcome="done"}') == 1
    assert figure(client, 'kg_queries_total{outcome="wrong"}') == 1
    assert figure(client, "kg_query_seconds_count") == 2
