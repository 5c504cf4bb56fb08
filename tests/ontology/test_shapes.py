"""A good graph conforms to the shapes, and each shape is able to fail."""

from __future__ import annotations

from functools import cache

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from tests.ontology.graphs import FIXTURE, FOLDER, PROLOGUE

SHAPES = Graph().parse(FOLDER / "shapes.ttl")
SPACE = "https://w3id.org/coop-kg/ontology/shape/"

# What breaks the fixture → the shapes that then speak.
BROKEN = {
    # units
    "DELETE DATA { u:school a org:Organization }": {"unit-is-Organization"},
    "DELETE DATA { u:branch3 a org:OrganizationalUnit }": {"branch-is-OrganizationalUnit"},
    "DELETE WHERE { u:school skos:prefLabel ?l }": {"label"},
    'INSERT DATA { u:school skos:prefLabel "另一名"@zh }': {"label-unique"},
    'INSERT DATA { u:school skos:altLabel ""@zh }': {"alt-label"},
    "INSERT DATA { u:school coop:unitKind uk:court }": {"unit-kind"},
    "DELETE DATA { u:school coop:unitKind uk:school }; INSERT DATA { u:school coop:unitKind uk:circus }": {"unit-kind"},
    "INSERT DATA { u:supreme coop:level lv:county }": {"level"},
    "DELETE DATA { u:supreme coop:level lv:national }; INSERT DATA { u:supreme coop:level uk:court }": {"level"},
    "INSERT DATA { u:branch1 coop:parentUnit u:supreme }": {"parent"},
    "INSERT DATA { u:office1 coop:parentUnit m:m1 }": {"parent"},
    "INSERT DATA { u:office1 coop:parentUnit u:office1 }": {"NotItsOwnParent"},
    "DELETE DATA { u:school coop:generic false }": {"generic"},
    'DELETE DATA { u:school coop:generic false }; INSERT DATA { u:school coop:generic "no" }': {"generic"},
    'INSERT DATA { u:school coop:place "海淀" }': {"place"},
    "INSERT DATA { u:school coop:cooperatesWith m:m1 }": {"cooperates-with"},
    "INSERT DATA { u:school coop:cooperatesWith u:school }": {"NotWithItself"},
    "INSERT DATA { u:school coop:operates c:c1 }": {"operates"},
    # mechanisms
    "DELETE DATA { m:m3 a prov:Plan }": {"mechanism-is-Plan"},
    "DELETE WHERE { m:m3 coop:mechanismKind ?k }": {"mechanism-kind"},
    "DELETE DATA { m:m3 coop:mechanismKind mk:brand }; INSERT DATA { m:m3 coop:mechanismKind mk:gadget }": {"mechanism-kind"},
    "DELETE WHERE { m:m3 coop:operatedBy ?u }": {"operated-by"},
    # cooperations
    "DELETE DATA { c:c5 a prov:Activity }": {"cooperation-is-Activity"},
    "DELETE WHERE { c:c5 coop:initiator ?u }": {"initiator"},
    "DELETE WHERE { c:c5 coop:participant ?u }": {"participant"},
    "INSERT DATA { c:c5 coop:participant u:high }": {"participant"},
    "INSERT DATA { c:c5 coop:initiator u:school }": {"partner-not-initiator"},
    "INSERT DATA { c:c5 coop:through o:rate }": {"through"},
    "INSERT DATA { c:c5 coop:yields m:m3 }": {"yields"},
    "INSERT DATA { c:c5 coop:year 2024 }": {"year"},
    # outcomes
    "DELETE WHERE { o:rate coop:outcomeKind ?k }": {"outcome-kind"},
    "DELETE DATA { o:rate coop:outcomeKind ok:rate }; INSERT DATA { o:rate coop:outcomeKind ok:luck }": {"outcome-kind"},
    "INSERT DATA { o:rate coop:quantity 60.0 }": {"quantity"},
    'DELETE WHERE { o:rate coop:quantityBound ?b }; INSERT DATA { o:rate coop:quantityBound "以上" }': {"quantity-bound"},
    'INSERT DATA { o:rate coop:unitText "分" }': {"unit-text"},
    'INSERT DATA { o:rate coop:period "" }': {"period"},
    "INSERT DATA { o:rate coop:recognisedBy m:m3 }": {"recognised-by"},
    "INSERT DATA { o:rate coop:achievedBy m:m3 }": {"achieved-by"},
    # how a fact was read
    "DELETE WHERE { m:m3 coop:reportedIn ?k }": {"reported-in"},
    "DELETE WHERE { m:m3 coop:evidence ?e }": {"evidence"},
    "DELETE WHERE { o:rate coop:producer ?p }": {"producer"},
    'INSERT DATA { c:c5 coop:rule "" }': {"rule"},
    "INSERT DATA { c:c5 coop:confidence 1.5 }": {"confidence"},
    'INSERT DATA { c:c5 coop:status "rejected" }': {"status"},
    # cases, documents, evidence
    "DELETE DATA { case:k3 a prov:Entity }": {"case-is-Entity"},
    "DELETE WHERE { case:k3 dcterms:title ?t }": {"title"},
    "INSERT DATA { case:k3 coop:inDocument d:d1 }": {"in-document"},
    "INSERT DATA { case:k3 coop:subject u:school }": {"subject"},
    "DELETE DATA { d:d3 a prov:Entity }": {"document-is-Entity"},
    "DELETE WHERE { d:d3 coop:fileName ?n }": {"file-name"},
    'DELETE WHERE { d:d3 coop:sha256 ?h }; INSERT DATA { d:d3 coop:sha256 "abc" }': {"sha256"},
    'INSERT DATA { d:d3 coop:encoding "gb18030" }': {"encoding"},
    "DELETE DATA { e:d3-0-17 a oa:SpecificResource }": {"evidence-is-SpecificResource"},
    "DELETE WHERE { e:d3-0-17 coop:quote ?q }": {"quote"},
    "DELETE WHERE { e:d3-0-17 coop:exact ?x }": {"exact"},
    "DELETE WHERE { e:d3-0-17 coop:start ?a }; INSERT DATA { e:d3-0-17 coop:start -1 }": {"start"},
    "DELETE WHERE { e:d3-0-17 coop:end ?z }": {"end"},
    "DELETE WHERE { e:d3-0-17 coop:start ?a }; INSERT DATA { e:d3-0-17 coop:start 17 }": {"start-before-end"},
    # a class without what it is a kind of
    "DELETE DATA { u:branch3 a coop:Unit }": {"branch-is-Unit", "initiator", "cooperates-with"},
    "DELETE DATA { u:school a coop:Unit }": {"partner-is-Unit", "cooperates-with"},
}


@cache
def fixture() -> Graph:
    """The fixture with the schemes of all kinds, as the program validates it."""
    graph = Graph().parse(FIXTURE)
    for path in (FOLDER / "vocabulary").glob("*.ttl"):
        for triple in Graph().parse(path).triples((None, URIRef("http://www.w3.org/2004/02/skos/core#inScheme"), None)):
            graph.add(triple)
    return graph


def complaints(graph: Graph) -> Graph:
    _, results, _ = validate(graph, shacl_graph=SHAPES, advanced=True, inference="none")
    assert isinstance(results, Graph)
    return results


def shapes_that_speak(graph: Graph) -> set[str]:
    report = complaints(graph)
    shapes = [report.value(result, SH.sourceShape) for result in report.objects(None, SH.result)]
    return {str(shape).removeprefix(SPACE) for shape in shapes}


def languages(graph: Graph, subject: Node | None, predicate: URIRef) -> list[str]:
    """Languages of the literals, sorted."""
    return sorted(str(text.language) for text in graph.objects(subject, predicate) if isinstance(text, Literal))


def broken(update: str) -> Graph:
    graph = Graph()
    for triple in fixture():
        graph.add(triple)
    graph.update(PROLOGUE + update)
    return graph


def test_a_good_graph_conforms() -> None:
    assert shapes_that_speak(fixture()) == set()


@pytest.mark.parametrize(("update", "shapes"), BROKEN.items(), ids=BROKEN)
def test_a_broken_graph_is_found_by_its_shape(update: str, shapes: set[str]) -> None:
    assert shapes_that_speak(broken(update)) == shapes


def test_every_property_shape_has_been_seen_to_fail() -> None:
    declared = {str(shape).removeprefix(SPACE) for shape in SHAPES.subjects(RDF.type, SH.PropertyShape)}
    inside = {"in-unit-kind", "in-level", "in-mechanism-kind", "in-outcome-kind"}  # unit-kind, level, … speak for them
    assert declared - inside - set().union(*BROKEN.values()) == set()


@pytest.mark.parametrize(
    "kind", ["Unit", "Branch", "Partner", "Mechanism", "Cooperation", "Outcome", "Case", "Document", "Evidence"]
)
def test_a_blank_node_is_found(kind: str) -> None:
    graph = broken(f"INSERT DATA {{ [] a coop:{kind} }}")
    assert kind in shapes_that_speak(graph)


def test_messages_come_in_both_languages() -> None:
    report = complaints(broken("DELETE WHERE { u:school skos:prefLabel ?l }"))
    assert languages(report, None, SH.resultMessage) == ["en", "zh"]


def test_every_shape_has_a_message_in_both_languages() -> None:
    shapes = {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in SHAPES.subjects(RDF.type, kind)}
    closed_lists = {URIRef(SPACE + name) for name in ("UnitKind", "Level", "MechanismKind", "OutcomeKind")}
    assert [shape for shape in shapes - closed_lists if languages(SHAPES, shape, SH.message) != ["en", "zh"]] == []


def test_the_shapes_themselves_are_well_formed() -> None:
    conforms, _, report = validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, report
