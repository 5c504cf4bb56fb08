"""Candidates of a document become facts: units get their identity, mentions of one thing become one fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.ids import Ids
from kg.model import Candidate, Case, Cooperation, Document, Evidence, Fact, Mechanism, Outcome, Provenance, Slot, Unit
from kg.resolve.identity import Identities
from kg.resolve.merge import merged_cooperations, merged_facts
from kg.review import Naming
from kg.vocab.lexicon import Lexicon


class Resolver:
    """Turns candidates into facts; it remembers the units that tables name, so give it those first.

    Args:
        lexicon: the grammar and vocabulary the candidates were read with.
        ids: makes the IRIs.
        naming: what reviewers decided about names of units.
    """

    def __init__(self, lexicon: Lexicon, ids: Ids, naming: Naming | None = None) -> None:
        self._ids = ids
        self.identities = Identities(lexicon, ids, naming or Naming())

    def facts(self, document: Document, candidates: Sequence[Candidate]) -> list[Fact]:
        """The facts of a document: units first, then cases, mechanisms, outcomes, cooperations, each in text order."""
        return list(_DocumentFacts(document, self._ids, self.identities).resolve(candidates))


class _DocumentFacts:
    """The facts of one document while they are put together."""

    def __init__(self, document: Document, ids: Ids, identities: Identities) -> None:
        self.document = document
        self.ids = ids
        self.identities = identities
        self.iri = ids.document(document.id)
        self.units: dict[str, Unit] = {}
        self.cases: dict[int, Case] = {}
        self.outcome_at: dict[int, str] = {}  # offset of what is counted -> IRI of the outcome

    def resolve(self, candidates: Sequence[Candidate]) -> Iterator[Fact]:
        by_kind: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            by_kind.setdefault(candidate.kind, []).append(candidate)
        for candidate in by_kind.get("unit", []):
            self._take(self.identities.learn(candidate))
        for candidate in by_kind.get("case", []):
            self._case(candidate)
        mechanisms = merged_facts(self._mechanism(c) for c in by_kind.get("mechanism", []))
        outcomes = merged_facts(self._outcome(c) for c in by_kind.get("outcome", []))
        known = {fact.iri for fact in mechanisms}
        cooperations = merged_cooperations(c for c in (self._cooperation(c, known) for c in by_kind.get("cooperation", [])) if c)
        yield from self.units.values()
        yield from self.cases.values()
        yield from mechanisms
        yield from outcomes
        yield from cooperations

    # -- units

    def _take(self, unit: Unit, role: str = "", alts: Iterable[str] = ()) -> Unit:
        """Adds a unit to the document's facts, or a role and spellings to one that is there."""
        old = self.units.get(unit.iri, unit)
        alts = tuple(sorted({*old.alts, *alts} - {old.label}))
        roles = old.roles | ({role} if role else set())
        self.units[unit.iri] = replace(old, alts=alts, roles=frozenset(roles))
        return self.units[unit.iri]

    def _unit(self, slot: Slot, case: int, role: str = "") -> str:
        """IRI of the unit that a slot names; the unit and those above it become facts of the document."""
        if slot.generic:
            owner = self.cases[case].iri if case in self.cases else self.iri
            generic = Unit(
                self.ids.unit(slot.name, owner), slot.name, kind=slot.kind, generic=True, case=owner if case in self.cases else ""
            )
            return self._take(generic, role, slot.alts).iri
        name = self.identities.called(slot.name, self.document.id)
        unit = self.identities.unit(name, slot.kind)
        for parent in self.identities.parents(name):
            self._take(parent)
        spellings = self.identities.spellings(name)
        if not self.identities.splits(slot.name, self.document.id):
            spellings |= {slot.name, *slot.alts, *self.identities.spellings(slot.name)}
        return self._take(unit, role, spellings).iri

    def _units(self, slots: Iterable[Slot], case: int, role: str = "") -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._unit(slot, case, role) for slot in slots))

    # -- facts

    def _case(self, candidate: Candidate) -> None:
        subject = candidate.all("subject")
        title = candidate.one("title")
        label = title.name if title and title.name else self.document.title
        iri = self.ids.case(self.document.id, subject[0].name)
        self.cases[candidate.case] = Case(iri, self.iri, label, ())
        self.cases[candidate.case] = Case(iri, self.iri, label, self._units(subject, candidate.case, "branch"))

    def _provenance(self, candidate: Candidate) -> Provenance:
        exact = self.document.text[candidate.start : candidate.end]
        evidence = Evidence(self.iri, candidate.start, candidate.end, exact, candidate.sentence.text)
        case = self.cases[candidate.case].iri
        return Provenance(case, (evidence,), candidate.producer, candidate.rule, candidate.confidence, candidate.status)

    def _mechanism_iri(self, name: str, case: int) -> str:
        return self.ids.mechanism(self._owner_label(case), name)

    def _owner_label(self, case: int) -> str:
        return self.units[self.cases[case].subjects[0]].label

    def _mechanism(self, candidate: Candidate) -> Mechanism:
        name = candidate.one("name")
        assert name is not None
        owners = self._units(candidate.all("owner"), candidate.case)
        alts = tuple(sorted({alt.name for alt in candidate.all("alt")} - {name.name}))
        iri = self._mechanism_iri(name.name, candidate.case)
        return Mechanism(iri, name.name, name.kind, owners, self._provenance(candidate), alts)

    def _outcome_iri(self, candidate: Candidate) -> str:
        parts = [slot.name for role in ("what", "quantity", "unit", "year") for slot in candidate.all(role)]
        return self.ids.outcome(self.cases[candidate.case].iri, *parts)

    def _outcome(self, candidate: Candidate) -> Outcome:
        def said(role: str) -> str:
            slot = candidate.one(role)
            return slot.name if slot else ""

        what = candidate.one("what")
        assert what is not None
        unit, year = candidate.one("unit"), said("year")
        iri = self.outcome_at[what.start] = self._outcome_iri(candidate)
        return Outcome(
            iri=iri,
            label=what.name,
            kind=what.kind,
            provenance=self._provenance(candidate),
            quantity=Decimal(said("quantity")) if said("quantity") else None,
            bound=(said("bound") or "exactly") if said("quantity") else "",
            unit_text=unit.name if unit else "",
            year=int(year) if year.isdigit() else None,
            period=said("period"),
            recognised_by=self._units(candidate.all("by"), candidate.case),
            achieved_by=self._units(candidate.all("owner"), candidate.case),
        )

    def _cooperation(self, candidate: Candidate, known: set[str]) -> Cooperation | None:
        """None where every participant turns out to be an initiator."""
        case = candidate.case
        initiators = self._units(candidate.all("initiator"), case)
        partners = tuple(iri for iri in self._units(candidate.all("participant"), case, "partner") if iri not in initiators)
        if not partners:
            return None
        through = tuple(dict.fromkeys(self._mechanism_iri(slot.name, case) for slot in candidate.all("through")))
        through = tuple(iri for iri in through if iri in known)
        year = candidate.one("year")
        return Cooperation(
            iri=self.ids.cooperation(self.cases[case].iri, *initiators, "with", *sorted(partners), "through", *sorted(through)),
            label=self._label(initiators, partners),
            initiators=initiators,
            participants=partners,
            provenance=self._provenance(candidate),
            through=through,
            yields=tuple(dict.fromkeys(self.outcome_at[s.start] for s in candidate.all("yields") if s.start in self.outcome_at)),
            year=int(year.name) if year and year.name.isdigit() else None,
        )

    def _label(self, initiators: Sequence[str], partners: Sequence[str]) -> str:
        return (
            "、".join(self.units[iri].label for iri in initiators) + " — " + "、".join(self.units[iri].label for iri in partners)
        )
