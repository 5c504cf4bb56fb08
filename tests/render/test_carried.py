"""What a page carries for SPARQL: the whole graph as text, with or without sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.render import Carried
from kg.store.embedded import EmbeddedStore
from kg.vocab.reader import read_ontology
from kg.vocab.terms import COOP
from tests.store.graph import build


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(build(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


def predicates(carried: Carried) -> list[str]:
    return [quad.predicate.value for quad in parse(carried.text(), format=RdfFormat.TRIG)]


def test_the_text_holds_every_quad(store: EmbeddedStore, root: Path) -> None:
    carried = Carried.of(store, read_ontology(root / "ontology"))
    assert len(predicates(carried)) == len(list(store.quads()))


def test_without_evidence_it_holds_no_sentence(store: EmbeddedStore, root: Path) -> None:
    ontology = read_ontology(root / "ontology")
    whole, bare = Carried.of(store, ontology), Carried.of(store, ontology, evidence=False)
    sentences = {COOP + "quote", COOP + "exact"}
    assert sentences <= set(predicates(whole))
    assert sentences & set(predicates(bare)) == set()
    assert len(predicates(bare)) == sum(predicate not in sentences for predicate in predicates(whole))


def test_terms_have_both_names_and_queries_their_defaults(store: EmbeddedStore, root: Path) -> None:
    data = Carried.of(store, read_ontology(root / "ontology")).data()
    terms = {term["id"]: term for term in data["schema"]["terms"]}
    assert terms[COOP + "Unit"] == {"id": COOP + "Unit", "zh": "单位", "en": "unit", "class": True}
    assert terms[COOP + "participant"]["class"] is False
    [query] = [query for query in data["queries"] if query["name"] == "awards-by-level"]
    assert 'VALUES ?lang { "zh" }' in query["text"]


def test_no_text_ends_its_element(store: EmbeddedStore) -> None:
    text = Carried('<a:b> <a:c> "</script><!-- <!-->" .', [], []).text()
    assert ("</" in text, "<!" in text) == (False, False)
    [quad] = parse(text, format=RdfFormat.TRIG)
    assert quad.object.value == "</script><!-- <!-->"
