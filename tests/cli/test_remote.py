"""The commands on a graph that a SPARQL service keeps: they are the same as on a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import TEXT, Kg
from tests.store.services import oxigraph

pytestmark = pytest.mark.usefixtures("read")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as service:
        yield service.query.removesuffix("/query")


@pytest.fixture
def remote(address: str, work: Path) -> Path:
    """The working folder, with a kg.toml that names the service."""
    settings = (work / "kg.toml").read_text(encoding="utf-8").splitlines()[0]
    addresses = f'query = "{address}/query"\nupdate = "{address}/update"\ngraphs = "{address}/store"\n'
    (work / "kg.toml").write_text(f"{settings}\n[store]\n{addresses}", encoding="utf-8")
    return work


def test_a_service_is_built_asked_drawn_and_exported(kg: Kg, remote: Path) -> None:
    built = kg("build", "a.txt")
    assert built.exit_code == 0, built.output
    assert kg("build", "a.txt", "--check").exit_code == 0
    asked = kg("query", "-q", "SELECT ?l { ?s a coop:Partner ; skos:prefLabel ?l }", "--format", "csv")
    assert asked.stdout == "l\n东海大学\n"
    assert kg("links", "红旗").stdout.splitlines()[-1] == "1 links"
    assert kg("render", "-o", "page.html").exit_code == 0
    assert "东海大学" in (remote / "page.html").read_text(encoding="utf-8")
    assert kg("export", "-o", "all.nq").exit_code == 0
    assert kg("validate").exit_code in {0, 1}
    assert kg("show", "--document", "a.txt").stdout == TEXT
    assert "✓ store: " in kg("doctor").stdout


def test_the_store_can_be_named_by_its_address(kg: Kg, address: str, work: Path) -> None:
    assert kg("build", "a.txt", "--store", address).exit_code == 0
    assert "东海大学" in kg("links", "--store", address).stdout


def test_a_service_that_is_not_there_is_named(kg: Kg, work: Path) -> None:
    result = kg("links", "--store", "http://127.0.0.1:9")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: http://127.0.0.1:9/query does not answer: ")
