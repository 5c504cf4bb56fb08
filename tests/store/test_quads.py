"""Facts as quads of the graph contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ConfigError
from kg.ids import Ids
from kg.model import Document, Fact, Unit
from kg.store.quads import to_quads
from kg.vocab.reader import read_ontology
from kg.vocab.terms import COOP, DCTERMS, OA, ORG, PROV, RDF, SKOS, XSD
from tests.store.graph import BRANCH, COURT, IDS, ONTOLOGY, SCHOOL, document, first

KINDS = "https://w3id.org/coop-kg/ontology/"
CASE = IDS.case("1清河.txt", BRANCH)
DOCUMENT = IDS.document("1清河.txt")
MECHANISM = IDS.mechanism(BRANCH, "“清源”平台")
COOPERATION = IDS.cooperation(CASE, "1")
OUTCOME = IDS.outcome(CASE, "1")


def quads(doc: Document, facts: Iterable[Fact]) -> set[Quad]:
    return set(to_quads(doc, facts, IDS, read_ontology(ONTOLOGY).vocabulary))


@pytest.fixture(scope="module")
def graph() -> set[Quad]:
    return quads(*first())


def said(graph: set[Quad], subject: str) -> dict[str, set[str]]:
    """Predicate → the objects of a subject as N-Triples."""
    found: dict[str, set[str]] = {}
    for quad in graph:
        if quad.subject.value == subject:
            found.setdefault(quad.predicate.value, set()).add(str(quad.object))
    return found


def iri(value: str) -> str:
    return str(NamedNode(value))


def typed(value: str, datatype: str) -> str:
    return str(Literal(value, datatype=NamedNode(XSD + datatype)))


def test_all_quads_stand_in_the_graph_of_the_document(graph: set[Quad]) -> None:
    assert {quad.graph_name for quad in graph} == {NamedNode(DOCUMENT)}


def test_a_document_tells_its_file(graph: set[Quad]) -> None:
    assert said(graph, DOCUMENT) == {
        RDF + "type": {iri(COOP + "Document"), iri(PROV + "Entity")},
        DCTERMS + "title": {'"1清河"@zh'},
        COOP + "fileName": {'"1清河.txt"'},
        COOP + "sha256": {f'"{"0" * 63}1"'},
        COOP + "encoding": {'"utf-8"'},
        DCTERMS + "source": {iri("https://example.org/a%20b")},
        DCTERMS + "issued": {typed("2024-05-01", "date")},
    }


def test_a_branch_is_a_unit_an_organisation_and_an_organisational_unit(graph: set[Quad]) -> None:
    assert said(graph, IDS.unit(BRANCH)) == {
        RDF + "type": {
            iri(COOP + "Unit"),
            iri(ORG + "Organization"),
            iri(COOP + "Branch"),
            iri(ORG + "OrganizationalUnit"),
        },
        SKOS + "prefLabel": {f'"{BRANCH}"@zh'},
        SKOS + "altLabel": {'"第一党支部"@zh'},
        COOP + "unitKind": {iri(KINDS + "unit-kind/party_branch")},
        COOP + "level": {iri(KINDS + "level/county")},
        COOP + "generic": {typed("false", "boolean")},
        COOP + "parentUnit": {iri(IDS.unit("清河检察院"))},
        ORG + "subOrganizationOf": {iri(IDS.unit("清河检察院"))},
        COOP + "operates": {iri(MECHANISM)},
    }


def test_a_partner_is_a_unit(graph: set[Quad]) -> None:
    assert said(graph, IDS.unit(COURT))[RDF + "type"] == {iri(COOP + "Unit"), iri(ORG + "Organization"), iri(COOP + "Partner")}


def test_a_generic_unit_is_marked_and_tied_to_its_case() -> None:
    unit = Unit(IDS.unit("高校", CASE), "高校", kind="university", generic=True, case=CASE, place="110108")
    found = said(quads(document("1.txt", ""), [unit]), unit.iri)
    assert found[COOP + "generic"] == {typed("true", "boolean")}
    assert found[COOP + "reportedIn"] == {iri(CASE)}
    assert found[COOP + "place"] == {'"110108"'}
    assert COOP + "level" not in found


def test_a_case_names_subject_and_document(graph: set[Quad]) -> None:
    assert said(graph, CASE) == {
        RDF + "type": {iri(COOP + "Case"), iri(PROV + "Entity")},
        DCTERMS + "title": {'"清河的做法"@zh'},
        COOP + "inDocument": {iri(DOCUMENT)},
        COOP + "subject": {iri(IDS.unit(BRANCH))},
    }


def test_a_mechanism_carries_kind_owner_and_where_it_was_read(graph: set[Quad]) -> None:
    assert said(graph, MECHANISM) == {
        RDF + "type": {iri(COOP + "Mechanism"), iri(PROV + "Plan")},
        SKOS + "prefLabel": {'"“清源”平台"@zh'},
        SKOS + "altLabel": {'"清源"@zh'},
        COOP + "mechanismKind": {iri(KINDS + "mechanism-kind/platform")},
        COOP + "operatedBy": {iri(IDS.unit(BRANCH))},
        COOP + "reportedIn": {iri(CASE)},
        COOP + "evidence": {iri(IDS.evidence("1清河.txt", 22, 28))},
        COOP + "producer": {'"rules"'},
        COOP + "rule": {'"frame.with"'},
        COOP + "confidence": {typed("0.8", "decimal")},
        COOP + "status": {'"unreviewed"'},
    }


def test_a_cooperation_joins_units_mechanism_and_outcome(graph: set[Quad]) -> None:
    found = said(graph, COOPERATION)
    assert found[RDF + "type"] == {iri(COOP + "Cooperation"), iri(PROV + "Activity")}
    assert found[COOP + "initiator"] == {iri(IDS.unit(BRANCH))}
    assert found[COOP + "participant"] == {iri(IDS.unit(COURT)), iri(IDS.unit(SCHOOL))}
    assert found[COOP + "through"] == {iri(MECHANISM)}
    assert found[COOP + "yields"] == {iri(OUTCOME)}
    assert found[COOP + "year"] == {typed("2024", "gYear")}


def test_an_outcome_carries_its_figure(graph: set[Quad]) -> None:
    found = said(graph, OUTCOME)
    assert found[RDF + "type"] == {iri(COOP + "Outcome")}
    assert found[COOP + "outcomeKind"] == {iri(KINDS + "outcome-kind/count")}
    assert found[COOP + "quantity"] == {typed("15000", "decimal")}
    assert found[COOP + "quantityBound"] == {'"exactly"'}
    assert found[COOP + "unitText"] == {'"人次"'}
    assert found[COOP + "period"] == {'"全年"'}
    assert found[COOP + "achievedBy"] == {iri(IDS.unit(BRANCH))}
    assert COOP + "recognisedBy" not in found


def test_evidence_holds_sentence_words_and_offsets(graph: set[Quad]) -> None:
    assert said(graph, IDS.evidence("1清河.txt", 22, 28)) == {
        RDF + "type": {iri(COOP + "Evidence"), iri(OA + "SpecificResource")},
        COOP + "quote": {'"清河检察院第一党支部与清河法院、白石小学共建“清源”平台。"'},
        COOP + "exact": {'"“清源”平台"'},
        COOP + "start": {typed("22", "integer")},
        COOP + "end": {typed("28", "integer")},
        COOP + "inDocument": {iri(DOCUMENT)},
        OA + "hasSource": {iri(DOCUMENT)},
    }


def test_the_exact_words_stand_at_their_offsets(graph: set[Quad]) -> None:
    text = first()[0].text
    found = said(graph, IDS.evidence("1清河.txt", 22, 28))
    assert found[COOP + "exact"] == {str(Literal(text[22:28]))}


def test_a_kind_that_no_vocabulary_has_is_an_error() -> None:
    unit = Unit(IDS.unit("甲"), "甲", kind="spaceship")
    with pytest.raises(ConfigError) as error:
        quads(document("1.txt", ""), [unit])
    assert error.value.message.en == "the vocabulary unit-kind has no kind 'spaceship'"


def test_a_document_of_rdf_keeps_its_triples_beside_its_own_node() -> None:
    lines = '<http://e/a> <http://e/p> "x"@zh-CN .\n<http://e/a> <http://e/p> <http://e/b> .\n'
    found = quads(replace(document("1.nt", ""), nquads=lines.encode()), [])
    assert said(found, "http://e/a") == {"http://e/p": {'"x"@zh-cn', "<http://e/b>"}}  # language tags are the same in any case
    assert said(found, IDS.document("1.nt"))[COOP + "fileName"] == {'"1.nt"'}


def test_blank_nodes_of_a_document_get_iris_of_that_document() -> None:
    found = quads(replace(document("1.nt", ""), nquads=b'_:c14n0 <http://e/p> _:c14n1 .\n_:c14n1 <http://e/p> "x" .\n'), [])
    assert said(found, IDS.base + "genid/1.nt/c14n0") == {"http://e/p": {iri(IDS.base + "genid/1.nt/c14n1")}}


@pytest.mark.parametrize("base", ["https://w3id.org/coop-kg/id/", "https://例子.测试/数据/"])
def test_iris_begin_with_the_base(base: str) -> None:
    ids = Ids(base)
    found = set(to_quads(document("甲/乙.txt", ""), [], ids, read_ontology(ONTOLOGY).vocabulary))
    assert {quad.subject.value for quad in found} == {f"{base}document/甲/乙.txt"}


def test_the_ontology_of_the_tests_is_the_one_that_ships(root: Path) -> None:
    assert root / "ontology" == ONTOLOGY
