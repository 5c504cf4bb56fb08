"""A small graph in the product's own terms: two documents that share a unit, two cooperations, outcomes with evidence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kg.ids import Ids
from kg.model import Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.store.folder import DocumentEntry
from kg.store.quads import to_quads
from kg.store.writer import StoreWriter

ONTOLOGY = Path(__file__).parents[2] / "ontology"
IDS = Ids()
BRANCH = "清河检察院第一党支部"
COURT = "清河法院"
SCHOOL = "白石小学"
HILL = "白石镇政府"


class Concept:
    """What `to_quads` needs of a concept."""

    def __init__(self, scheme: str, notation: str) -> None:
        self.iri = f"https://w3id.org/coop-kg/ontology/{scheme}/{notation}"


class Words:
    """A vocabulary that knows every kind but "unheard"."""

    def concept(self, scheme: str, notation: str) -> Concept | None:
        return None if notation == "unheard" else Concept(scheme, notation)


def document(name: str, text: str, **more: object) -> Document:
    return Document(
        id=name, title=name.split(".")[0], text=text, source=name, sha256="0" * 63 + name[0], encoding="utf-8", **more
    )  # type: ignore[arg-type]


def proof(doc: Document, case: str, words: str, quote: str) -> Provenance:
    start = doc.text.index(words)
    return Provenance(
        case, (Evidence(IDS.document(doc.id), start, start + len(words), words, quote),), "rules", "frame.with", 0.8
    )


def first() -> tuple[Document, list[Fact]]:
    """A branch that runs a platform with a court and a school, and what came of it."""
    text = "清河检察院第一党支部与清河法院、白石小学共建“清源”平台。\n全年帮助群众1.50万人次。\n"
    doc = document("1清河.txt", text, metadata={"dcterms:source": "https://example.org/a b", "dcterms:issued": "2024-05-01"})
    quote, effect = text.split("\n")[:2]
    case = IDS.case(doc.id, BRANCH)
    branch, court, school = IDS.unit(BRANCH), IDS.unit(COURT), IDS.unit(SCHOOL)
    mechanism, cooperation, outcome = IDS.mechanism(BRANCH, "“清源”平台"), IDS.cooperation(case, "1"), IDS.outcome(case, "1")
    return doc, [
        Unit(branch, BRANCH, ("第一党支部",), "party_branch", "county", IDS.unit("清河检察院"), roles=frozenset({"branch"})),
        Unit(IDS.unit("清河检察院"), "清河检察院", (), "procuratorate", "county"),
        Unit(court, COURT, ("清河区法院",), "court", "county", roles=frozenset({"partner"})),
        Unit(school, SCHOOL, (), "school", "", roles=frozenset({"partner"})),
        Case(case, IDS.document(doc.id), "清河的做法", (branch,)),
        Mechanism(mechanism, "“清源”平台", "platform", (branch,), proof(doc, case, "“清源”平台", quote), ("清源",)),
        Cooperation(
            cooperation,
            "与清河法院、白石小学共建",
            (branch,),
            (court, school),
            proof(doc, case, quote[:-1], quote),
            (mechanism,),
            (outcome,),
            2024,
        ),
        Outcome(
            outcome,
            "帮助群众",
            "count",
            proof(doc, case, effect[:-1], effect),
            Decimal("15000.0"),
            "exactly",
            "人次",
            2024,
            "全年",
            (),
            (branch,),
        ),
    ]


def second() -> tuple[Document, list[Fact]]:
    """The same court takes part in another branch's work, without a mechanism."""
    text = "白石镇政府联合清河法院开展普法。\n"
    doc = document("2白石.txt", text)
    case = IDS.case(doc.id, HILL)
    hill, court = IDS.unit(HILL), IDS.unit(COURT)
    return doc, [
        Unit(hill, HILL, (), "government", "township", roles=frozenset({"branch"})),
        Unit(court, COURT, ("清河区法院",), "court", "county", roles=frozenset({"partner"})),
        Case(case, IDS.document(doc.id), "白石的做法", (hill,)),
        Cooperation(
            IDS.cooperation(case, "1"), "联合清河法院开展普法", (hill,), (court,), proof(doc, case, text[:-2], text[:-1])
        ),
    ]


def entry(doc: Document) -> DocumentEntry:
    return DocumentEntry(doc.id, IDS.document(doc.id), doc.sha256)


def add(writer: StoreWriter, doc: Document, facts: list[Fact]) -> None:
    writer.add(entry(doc), to_quads(doc, facts, IDS, Words()))  # type: ignore[arg-type]


def build(folder: Path, *parts: tuple[Document, list[Fact]]) -> Path:
    """Builds a store of these documents (default: both)."""
    with StoreWriter(folder, ontology=ONTOLOGY) as writer:
        for doc, facts in parts or (first(), second()):
            add(writer, doc, facts)
        writer.finish()
    return folder
