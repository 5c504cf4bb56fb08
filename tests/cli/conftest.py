"""A small invented graph, built once, and the command line as tests call it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import app
from kg.cli.words import speak
from kg.config import Config
from kg.ids import Ids
from kg.model import Candidate, Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.pipeline import GrammarReader, build
from kg.pipeline.executor import Finder
from kg.pipeline.parts import Read

TEXT = "红旗支部的做法\n红旗支部创建“同心”平台，与东海大学合作，服务企业30家。[bold]\n"
IDS = Ids()
Kg = Callable[..., Result]


class Reader:
    """Finds the same facts in every text."""

    def learn(self, tables: Sequence[Read]) -> str:
        return ""

    def finder(self) -> Finder:
        return self

    def candidates(self, document: Document) -> list[Candidate]:
        return []

    def facts(self, document: Document, candidates: Sequence[Candidate] = ()) -> list[Fact]:
        case = IDS.case(document.id, "红旗支部")
        sentence = document.text.split("\n")[1]

        def proof(exact: str) -> Provenance:
            start = document.text.index(exact)
            return Provenance(
                case, (Evidence(IDS.document(document.id), start, start + len(exact), exact, sentence),), "rules", "r", 0.9
            )

        branch, partner = IDS.unit("红旗支部"), IDS.unit("东海大学")
        mechanism, outcome = IDS.mechanism("红旗支部", "“同心”平台"), IDS.outcome(case, "1")
        return [
            Unit(branch, "红旗支部", ("红旗党支部",), "party_branch", "county", roles=frozenset({"branch"})),
            Unit(partner, "东海大学", (), "university", roles=frozenset({"partner"})),
            Case(case, IDS.document(document.id), "红旗支部的做法", (branch,)),
            Mechanism(mechanism, "“同心”平台", "platform", (branch,), proof("“同心”平台"), ("同心",)),
            Outcome(outcome, "企业", "count", proof("服务企业30家"), Decimal(30), "exactly", "家", achieved_by=(branch,)),
            Cooperation(
                IDS.cooperation(case, "1"), "合作", (branch,), (partner,), proof("与东海大学合作"), (mechanism,), (outcome,), 2024
            ),
        ]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leaves the language as it was found."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def workspace(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with kg.toml, a report, an ontology with one view, and the store built from the report."""
    folder = tmp_path_factory.mktemp("workspace")
    shutil.copytree(root / "ontology", folder / "ontology")
    view = folder / "ontology" / "views" / "cooperation.yaml"
    view.parent.mkdir(exist_ok=True)
    view.write_text(
        "id: cooperation\ntitle: {zh: 单位, en: Units}\nedges: |\n"
        "  SELECT ?source ?target ?proof { ?proof coop:initiator ?source ; coop:participant ?target }\n",
        encoding="utf-8",
    )
    (folder / "kg.toml").write_text('ontology = "ontology"\nstore = "store"\nsources = ["report.txt"]\n', encoding="utf-8")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8", newline="")
    config = Config.read(folder / "kg.toml")
    build(config, [folder / "report.txt"], reader=Reader())
    return folder


@pytest.fixture
def kg(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg` with arguments inside the workspace, in English unless they or the environment say otherwise."""
    monkeypatch.chdir(workspace)

    def run(*arguments: str, **environ: str) -> Result:
        return CliRunner(env={"LC_ALL": None, "LC_MESSAGES": None, "LANG": "en_US.UTF-8", **environ}).invoke(app, list(arguments))

    return run


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every text hold the sample's facts, so that these tests see the commands and not the grammar."""
    monkeypatch.setattr(
        GrammarReader, "facts", lambda self, document, candidates: Reader().facts(document) if "红旗" in document.text else []
    )


@pytest.fixture
def work(kg: Kg, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kg.toml").write_text(f'ontology = "{workspace / "ontology"}"\nstore = "store"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
