"""Measures as tables."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.network import Question, answer, from_tables
from kg.vocab.gazetteer import Gazetteer
from kg.vocab.reader import Ontology, read_ontology
from tests.demo_network import demo, table
from tests.store.graph import ONTOLOGY


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read_ontology(ONTOLOGY)


PLACES = Gazetteer((), ())


def test_units_come_with_kind_and_measures_the_most_connected_first(ontology: Ontology) -> None:
    found = answer(demo(), Question(), ontology, PLACES)
    assert found.columns == (
        "unit", "kind", "degree", "strength", "betweenness", "closeness", "eigenvector", "core", "community", "iri",
    )  # fmt: skip
    assert len(found.rows) == 61
    assert found.values()[0][:2] == ("青榆市人民检察院第一检察部党支部", "党组织")
    degrees = [int(row[2] or 0) for row in found.values()]
    assert degrees == sorted(degrees, reverse=True)


def test_bridges_groups_brokers_and_years_are_tables(ontology: Ontology) -> None:
    rows = [("a", "b", "1", 2020), ("a", "b", "2", 2021), ("c", "b", "3", 2021)]
    units = table("node kind level", ("a", "court", "county"), ("b", "bank", "municipal"), ("c", "court", "county"))
    network = from_tables(table("source target proof year", *rows), units)

    def ask(**question: object) -> list[tuple[str | None, ...]]:
        return answer(network, Question(**question), ontology, PLACES, "en").values()  # type: ignore[arg-type]

    assert ask(bridges=True) == [("a", "b", "2"), ("b", "c", "1")]
    assert ask(between="kind") == [("bank", "court", "2", "3")]
    assert ask(brokers="level") == [("b", "municipal", "1", "0", "1", "0", "0", "b")]
    assert ask(by_year=True) == [("2020", "2", "2", "1", "1", "1"), ("2021", "3", "1", "2", "2", "0.666667")]
    assert ask(compare=(2020, 2021))[-1] == ("a", "b", "1", "1", "kept")
    assert [row[0] for row in ask(first=2021, measures=["strength"])] == ["b", "a", "c"]


def test_two_questions_at_once_are_refused(ontology: Ontology) -> None:
    with pytest.raises(InputError, match="bridges and between exclude one another"):
        answer(demo(), Question(bridges=True, between="kind"), ontology, PLACES)


def test_a_measure_that_there_is_not_is_refused(ontology: Ontology) -> None:
    with pytest.raises(InputError, match="no measure fame"):
        answer(demo(), Question(measures=["fame"]), ontology, PLACES)
