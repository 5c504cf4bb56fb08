"""Follows the recipes of CONTRIBUTING.md word for word."""

from __future__ import annotations

import re
import shutil
import types
from pathlib import Path
from textwrap import dedent

import pytest

from kg.load.base import LoadContext
from kg.load.ledger import LedgerEntry
from kg.network.view import views
from kg.vocab.reader import read_ontology
from tests.house.source import ROOT

TEXT = ROOT.joinpath("CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return [dedent(block) for block in re.findall(rf"^ *```{language}\n(.*?)^ *```$", TEXT, re.DOTALL | re.MULTILINE)]


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """A copy of the ontology folder that may be changed."""
    return shutil.copytree(ROOT / "ontology", tmp_path / "ontology")


def test_a_mechanism_kind_is_added_by_two_blocks_of_turtle(ontology: Path) -> None:
    concept, style = blocks("turtle")
    for file, block in (("vocabulary/mechanism-kinds.ttl", concept), ("style.ttl", style)):
        with ontology.joinpath(file).open("a", encoding="utf-8") as out:
            out.write("\n" + block)
    read = read_ontology(ontology)
    kind = read.vocabulary.concept("mechanism-kind", "alliance")
    assert (kind.labels["en"], "跨界联盟" in kind.triggers) == ("alliance", True)
    assert read.vocabulary.concepts("mechanism-kind")[-1] == kind


def test_a_view_is_added_by_one_file(ontology: Path) -> None:
    ontology.joinpath("views/honours.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    view = next(view for view in views(ontology) if view.id == "honours")
    assert view.title.en == "Who honoured whom"


def test_a_loader_is_added_by_one_module(tmp_path: Path) -> None:
    module = types.ModuleType("kg.load.subtitles")
    exec(blocks("python")[0], module.__dict__)
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:03,000\n甲馆与乙校签约。\n", encoding="utf-8")
    loader = module.SubtitleLoader()
    (document,) = loader.load(path, LedgerEntry("talk.srt"), LoadContext(tmp_path, ROOT / "ontology"))
    assert (loader.suffixes, document.text.strip(), document.title) == ((".srt",), "甲馆与乙校签约。", "talk")
