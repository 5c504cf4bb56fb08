"""Many clients at once, one in ten of them hostile: `python -m benchmarks.crowd`, or `make soak`, for a minute.

Each friendly client asks, checks the answer against the one that it knows to be right, and rests a little, as programs and people
do. A hostile one does what it can: queries without end, SERVICE, bodies and headers without end, leaving in the middle.
"""

from __future__ import annotations

import http.client
import itertools
import random
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from benchmarks.servers import Client, Server, server

PAUSE = 0.5
"""Seconds that a friendly client rests at most after an answer."""
SELF_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REFUSALS = frozenset([400, 403, 413, 421, 422, 431, 503])


@dataclass
class Crowd:
    """What happened to a crowd of clients.

    Attributes:
        points: seconds of each point query of the friendly ones.
        refusals: statuses that hostile ones got.
        wrong: what should not have happened.
    """

    points: list[float] = field(default_factory=list)
    refusals: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def p99(self) -> float:
        """Seconds within which 99 of 100 point queries were answered."""
        return quantiles(self.points, n=100)[-1]


def crowd(target: Server, points: Sequence[str], others: Sequence[str], seconds: float, clients: int = 64) -> Crowd:
    """Lets clients loose on a server.

    Args:
        points: quick queries, whose times count.
        others: more friendly queries.
    """
    found, over = Crowd(), time.monotonic() + seconds
    client = Client(target)
    right = {query: client.ask(query)[1] for query in (*points, *others)}
    client.close()
    threads = []
    for number in range(clients):
        common = (target, found, over, random.Random(number))
        job = partial(_hostile, *common) if number % 10 == 9 else partial(_friendly, *common, points, right)
        threads.append(threading.Thread(target=_noting, args=(job, found)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _noting(job: Callable[[], object], found: Crowd) -> None:
    try:
        job()
    except Exception as error:  # whatever it was, it should not have happened
        found.wrong.append(repr(error))


def _friendly(
    target: Server, found: Crowd, over: float, chance: random.Random, points: Sequence[str], right: dict[str, bytes]
) -> None:
    client, everything = Client(target), list(right)
    time.sleep(chance.random() * PAUSE)
    while time.monotonic() < over:
        query = chance.choice(points if chance.random() < 0.8 else everything)
        started = time.perf_counter()
        status, body = client.ask(query)
        if query in points:
            found.points.append(time.perf_counter() - started)
        if (status, body) != (200, right[query]):
            found.wrong.append(f"{status} {body[:80]!r} for {query[:80]}")
        time.sleep(chance.random() * PAUSE)
    client.close()


def _hostile(target: Server, found: Crowd, over: float, chance: random.Random) -> None:
    deeds = itertools.cycle(chance.sample(_DEEDS, len(_DEEDS)))
    while time.monotonic() < over:
        try:
            status = next(deeds)(target)
        except (OSError, http.client.HTTPException):
            status = 0  # the server closed the connection, or the client did
        if status and status not in REFUSALS:
            found.wrong.append(f"a hostile request got {status}")
        found.refusals[status] += 1


def _asks(query: str, **more: str) -> Callable[[Server], int]:
    def deed(target: Server) -> int:
        client = Client(target, 30)
        try:
            return client.ask(query, **more)[0]
        finally:
            client.close()

    return deed


def _sends(lines: str, body: bytes = b"") -> Callable[[Server], int]:
    def deed(target: Server) -> int:
        with socket.create_connection(("127.0.0.1", target.port), 10) as connection:
            connection.sendall(lines.encode() + b"\r\n" + body)
            return int(connection.recv(4096).split(b" ")[1])

    return deed


def _leaves(target: Server) -> int:
    with socket.create_connection(("127.0.0.1", target.port), 10) as connection:
        connection.sendall(f"GET {target.path}?query={quote(SELF_JOIN)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
    return 0


_POST = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
_DEEDS: list[Callable[[Server], int]] = [
    _asks(SELF_JOIN, timeout="1"),
    _asks("SELECT ?a ?b ?c { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b", timeout="2"),
    _asks("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    _asks("SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }"),
    _asks("SELECT * { ?s ?p"),
    _sends(_POST + "Content-Length: 99999999\r\n", b"#" * 10_000),
    _sends(_POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"),
    _sends("GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 70_000 + "\r\n"),
    _sends("GET /sparql HTTP/1.1\r\nHost: evil.example\r\n"),
    _leaves,
]


def main() -> None:
    """A minute over a built store: prints what happened, and fails where a promise did not hold."""
    from benchmarks.endpoint import made, points_of

    with tempfile.TemporaryDirectory() as folder:
        store = made(Path(folder))
        points = points_of(store)
        others = ["SELECT ?k (COUNT(*) AS ?n) { ?u coop:unitKind ?k } GROUP BY ?k ORDER BY ?k"]
        with server("kg serve", store) as ours:
            client = Client(ours)
            alone = median(client.seconds(query) for query in points[:100])
            client.close()
            found = crowd(ours, points, others, 60)
    print(f"{len(found.points)} point queries, p99 {found.p99() * 1000:.0f} ms; median alone {alone * 1000:.1f} ms")
    print("hostile requests by status:", dict(sorted(found.refusals.items())))
    print(*found.wrong[:20], sep="\n")
    if found.wrong or found.p99() > 20 * alone:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
