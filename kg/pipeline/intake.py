"""Reads the files of a build, tables first: from the cache what is as it was, by the executor what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.load.base import LoadContext
from kg.load.sources import Source
from kg.pipeline.cache import Cache
from kg.pipeline.executor import Executor, Finder, Serial
from kg.pipeline.inputs import Inputs
from kg.pipeline.parts import Part
from kg.pipeline.reader import Reader


class Intake:
    """Takes in the files of a build.

    Args:
        inputs: the files.
        context: where the loaders work.
        reader: learns from tables, finds candidates.
        cache: what was read before; None keeps nothing.
        executor: does the reading.

    Attributes:
        again: ids of the files that were read and not taken from the cache.
    """

    def __init__(
        self, inputs: Inputs, context: LoadContext, reader: Reader, cache: Cache | None = None, executor: Executor | None = None
    ) -> None:
        self._inputs = inputs
        self._context = context
        self._reader = reader
        self._cache = cache
        self._executor = executor or Serial()
        self.again: set[str] = set()

    def parts(self) -> Iterator[Part]:
        """What was read from each file, in order; first the sources that are not there."""
        for entry in self._inputs.failed:
            yield Part(entry, [])
        tables = [read for part in self._read(self._inputs.tables(), "") for read in part.documents if read[0].rows]
        learnt = self._reader.learn(tables) if tables else ""
        yield from self._read(self._inputs.files, learnt)

    def _read(self, files: Sequence[Source], learnt: str) -> Iterator[Part]:
        keys = {source.id: self._inputs.key(source, learnt) for source in files}
        kept = {name for name, key in keys.items() if self._cache and self._cache.holds(key)}
        finder = self._reader.finder()
        fresh = self._executor.read([source for source in files if source.id not in kept], self._context, finder)
        for source in files:
            parts = self._kept(source, keys[source.id]) if source.id in kept else []
            if not parts:
                parts = self._fresh(source, keys[source.id], self._alone(source, finder) if source.id in kept else fresh)
            yield from parts

    def _kept(self, source: Source, key: str) -> list[Part]:
        """From the cache, under the name by which the file is called now; nothing if it is damaged."""
        assert self._cache
        parts = self._cache.get(key)
        for part in parts:
            part.entry.source = source.named + part.entry.id.removeprefix(source.id)
        return parts

    def _alone(self, source: Source, finder: Finder) -> Iterator[list[bytes]]:
        return Serial().read([source], self._context, finder)

    def _fresh(self, source: Source, key: str, results: Iterator[list[bytes]]) -> list[Part]:
        """Read now, and kept unless something went wrong: that may be better next time."""
        packed = next(results)
        parts = [Part.unpacked(value) for value in packed]
        self.again.add(source.id)
        if self._cache and key and not any(part.entry.error for part in parts):
            self._cache.put(key, packed)
        return parts
