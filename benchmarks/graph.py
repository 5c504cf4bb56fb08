"""Makes graphs of any size in the shape of the graph contract: units of real places, cooperations, evidence in Chinese."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from pyoxigraph import Quad

from benchmarks.reports import ROOT, SEED, counties
from kg.ids import Ids
from kg.model import Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Unit
from kg.store.folder import DocumentEntry
from kg.store.quads import to_quads
from kg.store.writer import StoreWriter
from kg.vocab.reader import read_ontology
from kg.vocab.vocabulary import Vocabulary

IDS = Ids()
PER_DOCUMENT = 215  # triples, about
KINDS = {"人民法院": "court", "人民检察院": "procuratorate", "博物馆": "museum", "第一中学": "school", "人民医院": "hospital"}
NOUNS = {"平台": "platform", "品牌": "brand", "联席会议": "joint_body", "制度": "system"}
WORDS = ("同心", "千钧", "清源", "连心桥", "向日葵", "金钥匙", "石榴籽", "晨光")
COOPERATIONS = 3  # in a document


@cache
def _vocabulary() -> Vocabulary:
    return read_ontology(ROOT / "ontology").vocabulary


def documents(triples: int) -> Iterator[tuple[DocumentEntry, Iterator[Quad]]]:
    """Documents with about so many triples in all, the same at each call.

    A unit takes part in many documents, a few units in very many; the number of units grows with that of the documents.
    """
    chance, vocabulary = random.Random(SEED), _vocabulary()
    count = max(1, triples // PER_DOCUMENT)
    names = unit_names(max(20, count // 2))
    for number in range(count):
        document, facts = _document(number, chance, names)
        entry = DocumentEntry(document.id, IDS.document(document.id), document.sha256)
        yield entry, to_quads(document, facts, IDS, vocabulary)


def unit_names(count: int) -> list[tuple[str, str]]:
    """Names of units with their kinds: bodies of the counties, then their branches."""
    bodies = [(place.name + ending, kind) for place in counties() for ending, kind in KINDS.items()]
    branches = [
        (f"{name}第{number}党支部", "party_branch") for number in range(1, 1 + count // len(bodies)) for name, _ in bodies
    ]
    return (bodies + branches)[:count]


def _document(number: int, chance: random.Random, names: list[tuple[str, str]]) -> tuple[Document, list[Fact]]:
    """A report on one unit: each cooperation with two others, through a mechanism, with an outcome."""
    subject, *partners = [names[int(len(names) * chance.random() ** 2)] for _ in range(1 + 2 * COOPERATIONS)]
    mechanism = f"“{chance.choice(WORDS)}”{chance.choice(list(NOUNS))}"
    lines = [f"{subject[0]}的做法"]
    for first, second in zip(partners[::2], partners[1::2], strict=True):
        lines.append(
            f"{subject[0]}依托{mechanism}，与{first[0]}、{second[0]}开展合作，服务群众{chance.randrange(10, 9000)}人次。"
        )
    text = "\n".join(lines) + "\n"
    document = Document(f"{number:07}.txt", lines[0], text, f"{number:07}.txt", f"{number:064x}", "utf-8")
    return document, list(_facts(document, subject, partners, mechanism, 2015 + number % 10))


def _facts(
    document: Document, subject: tuple[str, str], partners: list[tuple[str, str]], mechanism: str, year: int
) -> Iterator[Fact]:
    case, owner = IDS.case(document.id, subject[0]), IDS.unit(subject[0])
    yield Unit(owner, subject[0], (), subject[1], "county", roles=frozenset({"branch"}))
    for name, kind in dict(partners).items():
        yield Unit(IDS.unit(name), name, (), kind, "county", roles=frozenset({"partner"}))
    yield Case(case, IDS.document(document.id), document.title, (owner,))
    kind = next(kind for noun, kind in NOUNS.items() if mechanism.endswith(noun))
    made = IDS.mechanism(subject[0], mechanism)
    sentences = document.text.splitlines()[1:]
    yield Mechanism(made, mechanism, kind, (owner,), _proof(document, case, sentences[0], mechanism))
    for place, sentence in enumerate(sentences):
        joined = tuple(IDS.unit(name) for name, _ in partners[2 * place : 2 * place + 2])
        exact = sentence[sentence.index("，与") + 1 : sentence.index("，服务")]
        effect, outcome = sentence[sentence.index("服务群众") : -1], IDS.outcome(case, str(place))
        amount = Decimal(effect.removeprefix("服务群众").removesuffix("人次"))
        proof = _proof(document, case, sentence, effect)
        yield Outcome(outcome, "服务群众", "count", proof, amount, "exactly", "人次", year, achieved_by=(owner,))
        proof = _proof(document, case, sentence, exact)
        yield Cooperation(IDS.cooperation(case, str(place)), exact, (owner,), joined, proof, (made,), (outcome,), year)


def _proof(document: Document, case: str, sentence: str, exact: str) -> Provenance:
    start = document.text.index(sentence) + sentence.index(exact)
    evidence = Evidence(IDS.document(document.id), start, start + len(exact), exact, sentence)
    return Provenance(case, (evidence,), "rules", "frame.with", 0.9)


def write_store(folder: Path, triples: int) -> Path:
    """Builds a store of them, derived links included."""
    with StoreWriter(folder, ontology=ROOT / "ontology") as writer:
        for entry, quads in documents(triples):
            writer.add(entry, quads)
        writer.finish()
    return folder
