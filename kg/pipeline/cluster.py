"""Reads files on a cluster of dask (optional extra `dask`): one of a user's own, or one that is started here for the build.

A worker that dies is replaced, and what it had in hand is read again elsewhere. A file at which workers die again and again
is told in the ledger. The files must lie under the same path on every machine.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, Text, UnsupportedError
from kg.load.base import LoadContext
from kg.load.sources import Source, loaders_by_suffix
from kg.pipeline.executor import Finder, failed_part, packed_parts

if TYPE_CHECKING:
    from distributed import Client, Future

Start = tuple[LoadContext, Finder]
Batch = list[list[bytes]]  # the packed parts of each file

_SECONDS = 10  # that a scheduler may take to answer
_BATCH = 8  # files that a worker is given at once
_AHEAD = 3  # batches for each worker that may be under way


class Dask:
    """Reads on a cluster.

    Args:
        workers: how many processes to start here where no scheduler is named; 0 takes as many as there are processors.
        scheduler: address of a running scheduler ("tcp://…"); "" starts a cluster on this machine for the build.
    """

    def __init__(self, workers: int = 0, scheduler: str = "") -> None:
        self._workers, self._scheduler = workers, scheduler

    def read(self, sources: Iterable[Source], context: LoadContext, finder: Finder) -> Iterator[list[bytes]]:
        files = [replace(source, path=Path(os.path.abspath(source.path))) for source in sources]
        if not files:
            return
        with _client(self._workers, self._scheduler) as client:
            start = client.submit(_same, (context, finder), pure=False)  # a task, so that it is made again where it is lost
            under_way: deque[tuple[Future[Batch], Sequence[Source]]] = deque()
            ahead = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
            for at in range(0, len(files), _BATCH):
                batch = files[at : at + _BATCH]
                under_way.append((client.submit(_read, start, batch, pure=False), batch))
                if len(under_way) >= ahead:
                    yield from _results(client, start, *under_way.popleft())
            while under_way:
                yield from _results(client, start, *under_way.popleft())


def _results(client: Client, start: Future[Start], future: Future[Batch], files: Sequence[Source]) -> Iterator[list[bytes]]:
    """The parts of a batch; where its workers died, file by file, so that the others are read."""
    from distributed import KilledWorker

    try:
        yield from future.result()
    except KilledWorker:
        for source in files if len(files) > 1 else ():
            yield from _results(client, start, client.submit(_read, start, [source], pure=False), [source])
        if len(files) == 1:
            yield [failed_part(files[0], _DIED).packed()]


_DIED = Text("the processes that read it died (out of memory?)", "读取它的进程多次意外结束（内存不足？）")


def _client(workers: int, scheduler: str) -> Client:
    """A client of the cluster.

    Raises:
        UnsupportedError: dask is not installed.
        InputError: the scheduler cannot be reached.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UnsupportedError(
            Text("dask is not installed", "没有安装 dask"), Text("pip install 'coop-kg[dask]'", "pip install 'coop-kg[dask]'")
        ) from None
    from kg.pipeline.processes import cores

    if not scheduler:
        local: dict[str, Any] = {"host": "127.0.0.1", "dashboard_address": None, "n_workers": workers or cores()}
        return Client(processes=True, threads_per_worker=1, **local)  # type: ignore[no-untyped-call]
    try:
        return Client(scheduler, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InputError(
            Text(f"the scheduler {scheduler} cannot be reached: {error}", f"无法连接调度器 {scheduler}：{error}"),
            Text("correct [build] scheduler in kg.toml, or start it", "请改正 kg.toml 的 [build] scheduler，或启动调度器"),
        ) from error


def _same(start: Start) -> Start:
    return start


def _read(start: Start, files: Sequence[Source]) -> Batch:
    """What a worker does."""
    context, finder = start
    return [list(packed_parts(source, context, _loaders(), finder)) for source in files]


_loaders = lru_cache(loaders_by_suffix)
