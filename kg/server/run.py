"""Runs the server on an address of this machine until it is stopped."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn

from kg.errors import InputError, Text
from kg.graph import Graph
from kg.server.app import create_app
from kg.server.guard import HEADERS_LIMIT
from kg.server.settings import Settings


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits for connections; port 0 takes a free one.

    Raises:
        InputError: the address is not of this machine, or the port is taken.
    """
    # asyncio sends small answers at once (TCP_NODELAY) only on sockets whose protocol is named
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two servers share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            Text(f"cannot listen on {host} port {port}: {reason}", f"无法监听 {host} 的端口 {port}：{reason}"),
            Text("choose another --port, or --host 127.0.0.1", "请换一个 --port，或用 --host 127.0.0.1"),
        ) from None
    return listening


def address(listening: socket.socket) -> str:
    """What a browser on this machine opens."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class Server(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then tells."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def server_for(graph: Graph, settings: Settings, started: Callable[[], None]) -> Server:
    """A server for a graph; its `run(sockets=[…])` answers until the process is told to end.

    Args:
        started: called once, when requests are answered.
    """
    config = uvicorn.Config(
        create_app(graph, settings),
        http="h11",  # the strict one of the two parsers
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,  # addresses hold queries, headers hold the token
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEADERS_LIMIT,
        limit_concurrency=1000,
        timeout_graceful_shutdown=2,
    )
    return Server(config, started)
