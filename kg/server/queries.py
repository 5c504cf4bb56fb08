"""Asks the graph on behalf of requests: beside the event loop, under limits, given up when the client leaves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import QueryError, Text
from kg.server.metrics import Metrics
from kg.server.problems import RefusedError
from kg.server.settings import Settings
from kg.store.stopped import StoppedError
from kg.store.workers import Ticket, Whole

_PIECE = 1 << 18


class Queries:
    """Runs at most `settings.workers` queries at once; the others wait a little, then are told to come back.

    Each runs in a worker process of its own, so that none delays another; the number bounds processes and memory.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._room = asyncio.Semaphore(settings.workers)
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="query")
        self._patience = settings.patience
        self._metrics = metrics

    async def run(self, request: Request, ask: Callable[[Ticket], Whole | None]) -> Whole | None:
        """What `ask` gives, which runs in a thread.

        Raises:
            QueryError: the query is wrong, or passed a limit.
            RefusedError: too many run already.
        """
        started = time.perf_counter()
        outcome, length = "left", 0
        try:
            whole = await self._with_room(request, ask)
            outcome, length = "done", whole.length if whole else 0
            return whole
        except QueryError as error:
            outcome = error.limit if isinstance(error, StoppedError) else "wrong"
            raise
        except RefusedError:
            outcome = "busy"
            raise
        finally:
            self._metrics.count(outcome, time.perf_counter() - started, length)

    async def _with_room(self, request: Request, ask: Callable[[Ticket], Whole | None]) -> Whole | None:
        try:
            async with asyncio.timeout(self._patience):
                await self._room.acquire()
        except TimeoutError:
            raise _busy() from None
        self._metrics.running += 1
        try:
            return await self._watched(request, ask)
        finally:
            self._metrics.running -= 1
            self._room.release()

    async def _watched(self, request: Request, ask: Callable[[Ticket], Whole | None]) -> Whole | None:
        """Asks while watching whether the client stays; a request that is cancelled is a client that left."""
        ticket = Ticket()
        await request.body()  # whatever comes after it is that the client left
        watcher = asyncio.create_task(_leave_with(request, ticket))
        asked = asyncio.get_running_loop().run_in_executor(self._threads, ask, ticket)
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            ticket.leave()
            await asyncio.wait([asked])
            raise
        finally:
            watcher.cancel()


async def _leave_with(request: Request, ticket: Ticket) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    ticket.leave()


def _busy() -> RefusedError:
    return RefusedError(
        503,
        Text("too many queries are running", "正在运行的查询太多"),
        Text("ask again in a few seconds", "请过几秒再试"),
        {"Retry-After": "5"},
    )


class WholeAnswer(Response):
    """An answer that was finished before its status is sent; its length is known, so a part of it is never taken for all.

    Args:
        whole: the document; its file is removed once it was sent.
    """

    def __init__(self, whole: Whole, media_type: str) -> None:
        super().__init__(whole.body or b"", media_type=media_type, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
        self.headers["Content-Length"] = str(whole.length)
        self._path: Path | None = whole.path if whole.body is None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._path is None:
            await super().__call__(scope, receive, send)
            return
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            with self._path.open("rb") as file:
                while piece := await asyncio.to_thread(file.read, _PIECE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._path.unlink(missing_ok=True)
