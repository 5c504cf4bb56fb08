"""64 clients at once, one in ten hostile, for a few seconds; `make soak` does it for a minute and looks at the times too."""

from __future__ import annotations

import os
import time
from pathlib import Path

import httpx

from benchmarks.crowd import crowd
from benchmarks.servers import Server
from kg.server.settings import Settings
from tests.server.conftest import serving
from tests.server.test_limits import figure, workers
from tests.store.graph import COURT, HILL, IDS, build

POINTS = [f"SELECT ?p ?o {{ <{IDS.unit(name)}> ?p ?o }} ORDER BY ?p ?o" for name in (COURT, HILL)]
OTHERS = ["SELECT ?k (COUNT(*) AS ?n) { ?u coop:unitKind ?k } GROUP BY ?k ORDER BY ?k"]


def settled(client: httpx.Client) -> bool:
    """Whether no query runs any more, within some seconds."""
    for _ in range(100):
        if figure(client, "kg_queries_running") == 0:
            return True
        time.sleep(0.1)
    return False


def test_nobody_gets_a_wrong_answer_whatever_some_clients_do(tmp_path: Path) -> None:
    with serving(build(tmp_path / "store"), Settings()) as client:
        found = crowd(Server(client.base_url.port or 0, "/sparql", os.getpid()), POINTS, OTHERS, seconds=4)
        assert found.wrong == []
        assert len(found.points) > 64
        assert {400, 422} <= set(found.refusals)
        assert settled(client)
        assert len(workers()) <= Settings().workers + 1
