"""Names of the RDF terms that the code touches, as plain strings; the meaning of each stands in ontology/core.ttl."""

from __future__ import annotations

COOP = "https://w3id.org/coop-kg/ontology#"
ONTOLOGY = "https://w3id.org/coop-kg/ontology"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "coop": COOP,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "xsd": XSD,
}

# Schemes of the vocabulary; their IRIs are ONTOLOGY + "/" + name.
MECHANISM_KIND = "mechanism-kind"
UNIT_KIND = "unit-kind"
LEVEL = "level"
OUTCOME_KIND = "outcome-kind"
SCHEMES = (MECHANISM_KIND, UNIT_KIND, LEVEL, OUTCOME_KIND)

# Classes of the contract.
UNIT = COOP + "Unit"
BRANCH = COOP + "Branch"
PARTNER = COOP + "Partner"
MECHANISM = COOP + "Mechanism"
COOPERATION = COOP + "Cooperation"
OUTCOME = COOP + "Outcome"
CASE = COOP + "Case"
DOCUMENT = COOP + "Document"
EVIDENCE_CLASS = COOP + "Evidence"

# Their standard superclasses and -properties, which the store writes too.
ORG_ORGANIZATION = ORG + "Organization"
ORG_ORGANIZATIONAL_UNIT = ORG + "OrganizationalUnit"
ORG_SUB_ORGANIZATION_OF = ORG + "subOrganizationOf"
PROV_PLAN = PROV + "Plan"
PROV_ACTIVITY = PROV + "Activity"
PROV_ENTITY = PROV + "Entity"
OA_SPECIFIC_RESOURCE = OA + "SpecificResource"

# Properties of units.
UNIT_KIND_OF = COOP + "unitKind"
LEVEL_OF = COOP + "level"
PARENT_UNIT = COOP + "parentUnit"
PLACE = COOP + "place"
GENERIC = COOP + "generic"
COOPERATES_WITH = COOP + "cooperatesWith"
OPERATES = COOP + "operates"

# Properties of mechanisms, cooperations and outcomes.
MECHANISM_KIND_OF = COOP + "mechanismKind"
OPERATED_BY = COOP + "operatedBy"
INITIATOR = COOP + "initiator"
PARTICIPANT = COOP + "participant"
THROUGH = COOP + "through"
YIELDS = COOP + "yields"
YEAR = COOP + "year"
OUTCOME_KIND_OF = COOP + "outcomeKind"
QUANTITY = COOP + "quantity"
QUANTITY_BOUND = COOP + "quantityBound"
UNIT_TEXT = COOP + "unitText"
PERIOD = COOP + "period"
RECOGNISED_BY = COOP + "recognisedBy"
ACHIEVED_BY = COOP + "achievedBy"

# Properties of cases, documents and evidence.
SUBJECT = COOP + "subject"
IN_DOCUMENT = COOP + "inDocument"
REPORTED_IN = COOP + "reportedIn"
EVIDENCE = COOP + "evidence"
QUOTE = COOP + "quote"
EXACT = COOP + "exact"
START = COOP + "start"
END = COOP + "end"
FILE_NAME = COOP + "fileName"
SHA256 = COOP + "sha256"
ENCODING = COOP + "encoding"

# How a fact was read.
PRODUCER = COOP + "producer"
RULE = COOP + "rule"
CONFIDENCE = COOP + "confidence"
STATUS = COOP + "status"

# How things are named and shown.
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
HIDDEN_LABEL = SKOS + "hiddenLabel"
NOTATION = SKOS + "notation"
TITLE = DCTERMS + "title"
LABEL = RDFS + "label"
COMMENT = RDFS + "comment"
TYPE = RDF + "type"
ORDER = COOP + "order"
COLOUR = COOP + "colour"
SHAPE = COOP + "shape"

QUANTITY_BOUNDS = ("exactly", "at least", "more than", "nearly", "about")
STATUSES = ("unreviewed", "accepted", "edited")


def local_name(iri: str) -> str:
    """What follows the last "#" or "/" of an IRI.

    >>> local_name("https://w3id.org/coop-kg/ontology/unit-kind/court")
    'court'
    """
    return iri.rstrip("#/").replace("#", "/").rsplit("/", 1)[-1]


def concept_iri(scheme: str, notation: str) -> str:
    """IRI of a concept of the vocabulary.

    >>> concept_iri("level", "county")
    'https://w3id.org/coop-kg/ontology/level/county'
    """
    return f"{ONTOLOGY}/{scheme}/{notation}"
