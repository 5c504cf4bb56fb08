"""A server on loopback, as `kg serve` runs it, over the small graph of the store's tests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from kg.config import Config
from kg.graph import Graph
from kg.server.run import Server, address, listen, server_for
from kg.server.settings import Settings
from tests.store.graph import build

TOKEN = "a-token-for-tests-0123456789"
Serve = Callable[..., httpx.Client]
T = TypeVar("T")


@contextmanager
def serving(served: Graph | Path, settings: Settings) -> Iterator[httpx.Client]:
    """A client of a server of a graph, or of the store in a folder, that runs in a thread."""
    up = threading.Event()
    opened = Graph(Config(served), served) if isinstance(served, Path) else served
    with opened as graph, listen("127.0.0.1", 0) as listening:
        server: Server = server_for(graph, settings, up.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert up.wait(20)
            with httpx.Client(base_url=address(listening), trust_env=False, timeout=30) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that no test changes."""
    return build(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[httpx.Client]:
    """A client of a server with the usual settings."""
    with serving(folder, Settings()) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server over a folder, with settings."""
    with ExitStack() as stack:
        yield lambda folder, **settings: stack.enter_context(serving(folder, Settings(**settings)))


def in_own_loop(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs a coroutine in a thread of its own: the tests with a browser hold an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(make())).result()
