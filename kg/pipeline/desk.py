"""The desk of a reviewer: what was read in all documents, what is still to be decided, and where decisions go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from kg.config import Config
from kg.errors import InputError, Text
from kg.extract.typed import typed
from kg.model import Candidate, Document
from kg.pipeline.asking import asking
from kg.pipeline.build import load_context, sources_of
from kg.pipeline.cache import Cache
from kg.pipeline.decisions import decision_book
from kg.pipeline.inputs import Inputs
from kg.pipeline.intake import Intake
from kg.pipeline.pairs import Pair, alike
from kg.pipeline.reader import GrammarReader
from kg.pipeline.record import Former
from kg.review import Decision, DecisionLog, Words
from kg.review.decisions import about, grouped, standing
from kg.review.placing import Placer
from kg.review.quality import Quality, quality, rule_figures
from kg.review.queue import Item, items, ordered
from kg.review.units import apart, merging, pair_id
from kg.service import Service

_FOLLOWING = {"quantity": ("bound", "unit"), "name": ("alt",)}
"""Roles that follow from another: they go when that is cleared, other names also when the name is another."""
Roles = Mapping[str, Sequence[str]]
"""Role → what a person typed for it (see `kg.extract.typed`)."""


class Desk:
    """Reads all documents once, then takes decisions and writes each at once.

    Args:
        config: names the sources, the ontology and the file of decisions.
        store: folder of the store, or a service, whose cache saves reading what is as it was.
        sources: what to review; None takes what kg.toml names, else what the last build read.
        by: who decides.
    """

    def __init__(
        self, config: Config, store: Path | Service | None = None, sources: Sequence[Path | str] | None = None, by: str = ""
    ) -> None:
        self.by = by
        self.log = DecisionLog(config.decisions)
        self._config = config
        self._reader = GrammarReader(config)
        self._inputs = Inputs.of(config, sources_of(config, sources or _built(config, store)))
        self._read: dict[str, tuple[Document, list[Candidate]]] = {}
        with ExitStack() as stack:
            folder = config.folder(store or config.store)
            cache = _cache(folder, stack)
            read = Intake(self._inputs, load_context(config), self._reader, cache).parts()
            model = asking(_asking_nothing(config), self._reader, folder, stack) if cache else None
            for part in model.parts(read) if model else read:
                self._read |= {document.id: (document, candidates) for document, candidates in part.documents}
        self._pairs = alike(self._read.values(), self._reader)
        self._items: dict[str, list[Item]] = {}
        self._replay(self._read)

    @property
    def sources(self) -> list[Path]:
        """The files on the desk."""
        return [source.path for source in self._inputs.files]

    def _replay(self, documents: Iterable[str]) -> None:
        """Reads the decisions, and replays them on documents, by their ids."""
        self._seen = self.log.state()
        self.decisions = self.log.read()
        book = decision_book(self._config, {source.id for source in self._inputs.files}, self._reader.ontology.vocabulary)
        for name in documents:
            document, candidates = self._read[name]
            self._items[name] = items(document, book.replay(document, candidates))

    def _catch_up(self) -> None:
        """Takes up what others decided meanwhile."""
        if self.log.state() != self._seen:
            self._replay(self._read)

    # -- what is to be decided

    def queue(self) -> list[Item]:
        """The undecided facts, what needs a look first."""
        self._catch_up()
        return ordered((item for found in self._items.values() for item in found), rule_figures(self.decisions))

    def pairs(self) -> list[Pair]:
        """The undecided pairs of units that may be one, the likeliest first."""
        decided = {pair_id(*decision.units[:2]) for decision in standing(self.decisions) if decision.units}
        return [pair for pair in self._pairs if pair.id not in decided]

    def history(self) -> list[Decision]:
        """The decisions in force, the latest first."""
        return standing(self.decisions)[::-1]

    def quality(self) -> Quality:
        """How good the rules are, as far as was decided."""
        waiting = [item.candidate for found in self._items.values() for item in found]
        return quality(self.decisions, [(c.kind, c.rule, c.producer) for c in waiting], len(self.pairs()))

    def document(self, name: str) -> Document:
        """A document by its id.

        Raises:
            InputError: there is none.
        """
        if name in self._read:
            return self._read[name][0]
        raise InputError(
            Text(f"there is no document {name}", f"没有文档 {name}"),
            Text("see the documents: `kg review list`", "可用 `kg review list` 查看"),
        )

    def open_in(self, document: str) -> list[Item]:
        """The undecided facts of a document, in the order of its text."""
        return self._items.get(document, [])

    def item(self, document: str, name: str) -> Item:
        """An undecided fact by its document and id.

        Raises:
            InputError: it is not there, or was decided meanwhile.
        """
        self._catch_up()
        found = next((item for item in self.open_in(document) if item.id == name), None)
        if found:
            return found
        raise InputError(
            Text(f"nothing to decide with the id {name} in {document}", f"{document} 中没有编号为 {name} 的待审核事实"),
            Text("it was decided meanwhile, or is read otherwise now", "可能已有决定，或现在读出了别的结果"),
        )

    # -- decisions

    def accept(self, item: Item, note: str = "") -> Decision:
        """Says that a fact is right as it was read."""
        return self._decide(about(item.candidate, item.document, "accept"), note)

    def reject(self, item: Item, note: str = "") -> Decision:
        """Says that a sentence does not state the fact."""
        return self._decide(about(item.candidate, item.document, "reject"), note)

    def edit(self, item: Item, roles: Roles, exact: str = "", note: str = "") -> Decision:
        """Fills roles of a fact otherwise; an empty list clears a role.

        Raises:
            InputError: the words do not stand in the document, or a number is none.
        """
        known = [Words.of(slot) for slot in item.candidate.slots]
        slots = dict.fromkeys(roles, ()) | dict(grouped(self._typed(roles, known)))
        for role, following in _FOLLOWING.items():
            if role in roles and (role == "name" or not slots[role]):
                slots = dict.fromkeys(following, ()) | slots
        decision = about(item.candidate, item.document, "edit", exact, slots)
        self._must_stand(decision)
        return self._decide(decision, note)

    def add(self, document: str, sentence: str, kind: str, roles: Roles, exact: str = "", note: str = "") -> Decision:
        """States a fact that no producer read.

        Raises:
            InputError: the sentence or the words do not stand in the document, or a role is missing.
        """
        slots = grouped(self._typed(roles, []))
        decision = Decision("add", "", document, kind, sentence, exact, slots)
        self._must_stand(decision)
        return self._decide(replace(decision, id=decision.target), note)

    def merge(self, keep: str, other: str, note: str = "") -> Decision:
        """Says that two names are one unit, called by the first."""
        return self._decide(merging(keep, other), note)

    def apart(self, first: str, second: str, note: str = "") -> Decision:
        """Says that two names are two units."""
        return self._decide(apart(first, second), note)

    def split(self, document: str, name: str, meant: str, note: str = "") -> Decision:
        """Says that in a document a name means another unit than elsewhere."""
        self.document(document)
        return self._decide(Decision("split", pair_id(name, meant), document, units=(name, meant)), note)

    def undo(self, key: str = "") -> Decision:
        """Takes back a decision by its key, or the latest one of this reviewer; returns it.

        Raises:
            InputError: there is none.
        """
        own = [decision for decision in self.history() if key in ("", decision.key) and (key or decision.by == self.by)]
        if not own:
            raise InputError(
                Text("there is no decision to take back", "没有可以撤销的决定"),
                Text("see the decisions: `kg review list --decided`", "可用 `kg review list --decided` 查看"),
            )
        undone = own[0]
        self._write(Decision("undo", undone.key), undone.document)
        return undone

    def _decide(self, decision: Decision, note: str) -> Decision:
        return self._write(replace(decision, note=note), decision.document)

    def _write(self, decision: Decision, document: str) -> Decision:
        self._catch_up()
        [written] = self.log.append(replace(decision, by=self.by))
        self._replay([document] if document in self._read else [])
        return written

    def _typed(self, roles: Roles, known: Sequence[Words]) -> list[Words]:
        lexicon = self._reader.lexicon
        return [words for role, filled in roles.items() for text in filled for words in typed(role, text, lexicon, known)]

    def _must_stand(self, decision: Decision) -> None:
        """Refuses what could not be written to the graph, before it is decided."""
        document = self.document(decision.document)
        placer = Placer(document, self._read[decision.document][1])
        if placer.stated(decision) is not None:
            return
        sentence = placer.sentence(decision.sentence)
        strange = [words.text for words in decision.roles if sentence is None or placer.slot(words, sentence) is None]
        if sentence is None or strange:
            words = "、".join(strange) if sentence else decision.sentence
            raise InputError(
                Text(f"not in the document: {words}", f"文档中没有：{words}"),
                Text("Use the words as they stand in the text.", "请照原文填写。"),
            )
        raise InputError(
            Text(
                "a role is missing, a number is none, or no case holds the sentence",
                "缺少必要的角色，数字有误，或该句不属于任何案例",
            ),
            Text("See docs/review.md for the roles of each kind.", "各类事实的角色见 docs/review.md。"),
        )


def _built(config: Config, store: Path | Service | None) -> list[Path | str] | None:
    """The files that the last build read, for a workspace whose kg.toml names none."""
    record = None if config.sources else Former.of(config.folder(store or config.store)).record
    files = [config.root / name for name in record.prints] if record else []
    return [file for file in files if file.is_file()] or None


def _asking_nothing(config: Config) -> Config:
    """The configuration whose language model is not asked anew: what it answered to builds is on the desk."""
    return replace(config, llm=replace(config.llm, requests=0, key="") if config.llm else None)


def _cache(store: Path, stack: ExitStack) -> Cache | None:
    """What the last build read, unless there is none or a build is running."""
    from kg.store.folder import BuildLock

    if not (store / "meta.json").is_file():
        return None
    try:
        lock = BuildLock(store)
    except (InputError, OSError):
        return None
    stack.callback(lock.release)
    return stack.enter_context(Cache(store))
