"""Lets a language model add its candidates to what the rules found, some documents at a time, in the order of the files."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Config
from kg.pipeline.parts import Part
from kg.pipeline.reader import GrammarReader, Reader

if TYPE_CHECKING:
    from kg.extract.llm import LlmProducer, Told
    from kg.vocab.lexicon import Lexicon


class Asking:
    """Asks about each document of each part.

    Args:
        producer: asks the model.
        lexicon: gives what the rules read with, once the tables were learnt from.
        parallel: how many documents are asked about at once.

    Attributes:
        incomplete: how many documents have a question without an answer.
    """

    def __init__(self, producer: LlmProducer, lexicon: Callable[[], Lexicon], parallel: int) -> None:
        self._producer, self._lexicon, self._parallel = producer, lexicon, parallel
        self.incomplete = 0

    def parts(self, parts: Iterator[Part]) -> Iterator[Part]:
        """The parts with the model's candidates behind those of the rules, and its counts in their ledger entries."""
        under_way: deque[tuple[Part, list[Future[Told]]]] = deque()
        threads = ThreadPoolExecutor(self._parallel)
        try:
            for part in parts:
                lexicon = self._lexicon()
                asked = [threads.submit(self._producer.produce, document, found, lexicon) for document, found in part.documents]
                under_way.append((part, asked))
                if len(under_way) > self._parallel:
                    yield self._told(*under_way.popleft())
            while under_way:
                yield self._told(*under_way.popleft())
        finally:
            threads.shutdown(cancel_futures=True)

    def _told(self, part: Part, answers: list[Future[Told]]) -> Part:
        documents = []
        for (document, found), answer in zip(part.documents, answers, strict=True):
            told = answer.result()
            documents.append((document, [*found, *told.candidates]))
            for what, number in sorted(told.counts.items()):
                part.entry.count(what, number)
            part.entry.count("llm_candidates", len(told.candidates))
            if told.missing:
                part.entry.note(*told.missing)
                self.incomplete += 1
        return part._replace(documents=documents)


def asking(config: Config, reader: Reader, folder: Path, stack: ExitStack) -> Asking | None:
    """Asks the language model that the configuration names; None where it names none. What it opens ends with `stack`."""
    if config.llm is None or not isinstance(reader, GrammarReader):
        return None
    from kg.extract.llm import LlmProducer

    producer = LlmProducer(config.llm, reader.ontology, folder)
    stack.callback(producer.close)
    return Asking(producer, lambda: reader.lexicon, config.llm.parallel)
