"""Twelve queries that people ask of such graphs, each with a stake in another part of an engine."""

from __future__ import annotations

from benchmarks.graph import IDS, unit_names
from kg.vocab.terms import PREFIXES

UNIT = IDS.unit(unit_names(8)[-1][0])  # a unit that graphs of every size have, and that takes part in much
_QUESTIONS = {
    "point lookup": f"SELECT ?p ?o {{ <{UNIT}> ?p ?o }}",
    "two hops": f"""SELECT DISTINCT ?other {{
        <{UNIT}> coop:cooperatesWith ?between . ?between coop:cooperatesWith ?other }} ORDER BY ?other LIMIT 1000""",
    "path": f"SELECT DISTINCT ?case {{ <{UNIT}> ^coop:participant/coop:reportedIn ?case }}",
    "grouping": """SELECT ?kind (COUNT(?unit) AS ?n) {
        ?unit a coop:Partner ; coop:unitKind ?kind } GROUP BY ?kind ORDER BY DESC(?n)""",
    "sums by year": """SELECT ?year (SUM(?q) AS ?sum) { ?o a coop:Outcome ; coop:year ?year ; coop:quantity ?q }
        GROUP BY ?year ORDER BY ?year""",
    "text": "SELECT ?e ?quote { ?e coop:quote ?quote FILTER (CONTAINS(?quote, '石榴籽') && CONTAINS(?quote, '通州')) }",
    "optional": """SELECT ?label ?level ?alt { ?unit a coop:Branch ; skos:prefLabel ?label
        OPTIONAL { ?unit coop:level ?level } OPTIONAL { ?unit skos:altLabel ?alt } } ORDER BY ?label LIMIT 1000""",
    "pairs sharing a mechanism": f"""SELECT DISTINCT ?a ?b {{ ?first coop:through ?m ; coop:participant ?a .
        ?second coop:through ?m ; coop:participant ?b . ?m coop:operatedBy <{UNIT}> FILTER (STR(?a) < STR(?b)) }}""",
    "three patterns": """SELECT ?initiator ?partner ?mechanism { ?c coop:initiator ?initiator ; coop:participant ?partner ;
        coop:through ?mechanism . ?mechanism coop:mechanismKind <https://w3id.org/coop-kg/ontology/mechanism-kind/brand> ;
        skos:prefLabel '“晨光”品牌'@zh }""",
    "proofs": f"""SELECT ?quote ?title {{ ?c coop:participant <{UNIT}> ; coop:evidence ?e .
        ?e coop:quote ?quote ; coop:inDocument ?d . ?d dcterms:title ?title }}""",
    "construct": """CONSTRUCT { ?a coop:cooperatesWith ?b } WHERE {
        ?c coop:initiator ?a ; coop:participant ?b ; coop:year '2020'^^<http://www.w3.org/2001/XMLSchema#gYear> }""",
    "not exists": """SELECT (COUNT(?b) AS ?n) { ?b a coop:Branch FILTER NOT EXISTS { ?c coop:participant ?b } }""",
}
PROLOGUE = "".join(f"PREFIX {name}: <{space}> " for name, space in PREFIXES.items())
QUESTIONS = {name: PROLOGUE + " ".join(text.split()) for name, text in _QUESTIONS.items()}
