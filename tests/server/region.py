"""A graph of reports whose sentences all have one form, so that a test says in a line what the graph is to hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from kg.config import Config
from kg.graph import Graph
from kg.ids import Ids
from kg.model import Candidate, Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.pipeline import build
from kg.pipeline.executor import Finder
from kg.pipeline.parts import Read

IDS = Ids()
LINE = re.compile(r"^(?P<who>.+) 与 (?P<whom>.+) 共建 (?P<through>.+) 完成 (?P<what>.+) 共 (?P<count>\d+) 项。$", re.MULTILINE)
KINDS = {"院": "court", "校": "school", "局": "government", "社": "community"}

NEAR = """甲市协作材料
甲院 与 乙院 共建 “同心”平台 完成 走访 共 30 项。
甲院 与 丙校 共建 法治课堂 完成 授课 共 12 项。
此外没有别的。
丙校 与 丁局 共建 “同心”平台 完成 走访 共 7 项。
"""
FAR = """戊镇协作材料
戊社 与 己社 共建 邻里角 完成 调解 共 5 项。
"""


class Reader:
    """Finds a mechanism, an outcome and a cooperation in each sentence of the form."""

    def learn(self, tables: Sequence[Read]) -> str:
        return ""

    def finder(self) -> Finder:
        return self

    def candidates(self, document: Document) -> list[Candidate]:
        return []

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        return [fact for number, match in enumerate(LINE.finditer(document.text)) for fact in _facts(document, number, match)]


def _facts(document: Document, number: int, match: re.Match[str]) -> Iterator[Fact]:
    who, whom, through, what, count = match.groups()
    case = IDS.case(document.id, who)

    def proof(first: str, last: str) -> Provenance:
        start, end = match.start(first), match.end(last)
        found = Evidence(IDS.document(document.id), start, end, document.text[start:end], match[0])
        return Provenance(case, (found,), "rules", "line", 0.9)

    one, other = IDS.unit(who), IDS.unit(whom)
    mechanism, outcome = IDS.mechanism(who, through), IDS.outcome(case, str(number))
    yield Unit(one, who, (f"又名{who}",), KINDS.get(who[-1], ""), "county", roles=frozenset({"branch"}))
    yield Unit(other, whom, (), KINDS.get(whom[-1], ""), roles=frozenset({"partner"}))
    yield Case(case, IDS.document(document.id), document.title, (one,))
    yield Mechanism(mechanism, through, "platform", (one,), proof("through", "through"))
    yield Outcome(outcome, what, "count", proof("what", "count"), Decimal(count), "exactly", "项", achieved_by=(one,))
    ends = IDS.cooperation(case, str(number)), f"{who}与{whom}", (one,), (other,)
    yield Cooperation(*ends, proof("who", "through"), (mechanism,), (outcome,), 2024)


def write(folder: Path, **reports: str) -> Config:
    """Builds a workspace from reports by name, NEAR and FAR if none is given; returns its configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kg.toml").write_text('sources = ["*.txt"]\nstore = "store"\n', encoding="utf-8")
    for name, text in (reports or {"近": NEAR, "远": FAR}).items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    config = Config.read(folder / "kg.toml")
    build(config, sorted(folder.glob("*.txt")), reader=Reader())
    return config


def graph(folder: Path, **reports: str) -> Graph:
    """The graph of `write`."""
    return Graph(write(folder, **reports))
