"""The explorer on a graph of a million triples, asked by a browser: search, a unit with 5,000 neighbours, a path across.

    python -m benchmarks.explorer [TRIPLES]

Needs Chromium (KG_CHROMIUM, or on the PATH). Each figure is the median of some answers, from the call of `fetch` until the
JSON is read; the server is one process, started over the store as `kg serve` starts it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from benchmarks.graph import IDS, documents, unit_names
from benchmarks.reports import ROOT
from benchmarks.timing import Figure, machine, table
from kg.model import Case, Cooperation, Document, Evidence, Fact, Mechanism, Provenance, Unit
from kg.store.folder import DocumentEntry
from kg.store.quads import to_quads
from kg.store.writer import StoreWriter
from kg.vocab.reader import read_ontology

TRIPLES, NEIGHBOURS, TIMES = 1_000_000, 5_000, 15
HUB = "枢纽县人民法院"
SEARCHED = ("法院", "jcy", "枢纽", "第1党支部")
_TIMED = """async ([address, times]) => {
  const seconds = [];
  for (let turn = 0; turn < times; turn++) {
    const started = performance.now();
    const answer = await fetch(address, { cache: "no-store" });
    if (answer.status !== 200) return [];
    await answer.json();
    seconds.push(performance.now() - started);
  }
  return seconds;
}"""


def write_store(folder: Path, triples: int) -> None:
    """Builds the generated graph with a unit of NEIGHBOURS neighbours, one of which is in the rest of the graph."""
    vocabulary = read_ontology(ROOT / "ontology").vocabulary
    with StoreWriter(folder, ontology=ROOT / "ontology") as writer:
        for entry, quads in documents(triples):
            writer.add(entry, quads)
        document, facts = hub(NEIGHBOURS)
        entry = DocumentEntry(document.id, IDS.document(document.id), document.sha256)
        writer.add(entry, to_quads(document, facts, IDS, vocabulary))
        writer.finish()


def hub(count: int) -> tuple[Document, list[Fact]]:
    """A report on a unit that cooperates with `count` others, the first of them one of the generated graph.

    >>> len(hub(3)[1])
    9
    """
    others = [unit_names(1)[0][0], *(f"第{number}号村民委员会" for number in range(1, count))]
    lines = [f"{HUB}与{other}建立“同心”平台。" for other in others]
    document = Document("hub.txt", HUB, "\n".join(lines), "hub.txt", "f" * 64, "utf-8")
    case, owner, made = IDS.case(document.id, HUB), IDS.unit(HUB), IDS.mechanism(HUB, "“同心”平台")

    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def proof(number: int, words: str) -> Provenance:
        start = starts[number] + lines[number].index(words)
        found = Evidence(IDS.document(document.id), start, start + len(words), words, lines[number])
        return Provenance(case, (found,), "rules", "frame.with", 0.9)

    facts: list[Fact] = [
        Unit(owner, HUB, (), "court", "county", roles=frozenset({"branch"})),
        Case(case, IDS.document(document.id), HUB, (owner,)),
        Mechanism(made, "“同心”平台", "platform", (owner,), proof(0, "“同心”平台")),
    ]
    for number, other in enumerate(others):
        partner = IDS.unit(other)
        facts.append(Unit(partner, other, (), "community", "village", roles=frozenset({"partner"})))
        ends = IDS.cooperation(case, str(number)), f"{HUB}与{other}", (owner,), (partner,)
        facts.append(Cooperation(*ends, proof(number, f"与{other}"), (made,), (), 2024))
    return document, facts


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """The address of a server over a store, a process of its own."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", "0"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "LANG": "en_US.UTF-8"}
    with subprocess.Popen(command, env=environ, cwd=store.parent, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        said = server.stdout.readline()
        try:
            yield next(word for word in said.split() if word.startswith("http"))
        finally:
            server.terminate()


def median(page: Page, name: str, values: dict[str, str], times: int = TIMES) -> float:
    """Milliseconds until an endpoint has answered the page."""
    taken: list[float] = page.evaluate(_TIMED, [f"/api/{name}?{urlencode(values)}", times])
    return statistics.median(taken) if taken else 0.0


def far_away(page: Page, start: str, names: list[str]) -> str:
    """A unit of the generated graph that a path leads to, one of few links."""
    return next(name for name in reversed(names) if median(page, "path", {"from": start, "to": IDS.unit(name)}, 1))


def ask(page: Page, names: list[str]) -> list[Figure]:
    """The figures that are promised, and what opening costs."""
    start = IDS.unit("第7号村民委员会")
    end = far_away(page, start, names)
    searches = [median(page, "search", {"q": words, "type": "any"}) for words in SEARCHED]
    expand = median(page, "neighbours", {"unit": IDS.unit(HUB)})
    path = median(page, "path", {"from": start, "to": IDS.unit(end)})
    return [
        Figure(f"explorer: search as one types, the slowest of {len(searches)}", max(searches), "ms", "promised: 100"),
        Figure(f"explorer: the first 30 of {NEIGHBOURS:,} neighbours", expand, "ms", "promised: 300"),
        Figure("explorer: the shortest paths across the graph", path, "ms", "promised: 1,000"),
    ]


def measure(work: Path, triples: int = TRIPLES) -> list[Figure]:
    """Builds, serves, opens a browser, asks."""
    write_store(work / "store", triples)
    browser = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with serving(work / "store") as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{address}api")
        started = time.perf_counter()
        page.evaluate(_TIMED, ["/api/graph", 1])
        warm = Figure(f"explorer: ready, {triples:,} triples", time.perf_counter() - started, "s")
        figures = [warm, *ask(page, [name for name, _ in unit_names(triples // 430)])]
        chromium.close()
    return figures


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else TRIPLES)
    print(machine(), table(found), sep="\n\n")
