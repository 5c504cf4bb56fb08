"""A server on loopback that replays answers, and a document to ask about."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kg.config import Llm

Answer = str | int | bytes | dict[str, str]


@dataclass
class Stub:
    """Answers each request by `answer(its body)`: a text the model says, an HTTP status, raw bytes, or headers of a redirect."""

    answer: Callable[[dict[str, Any]], Answer]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def settings(self, **more: Any) -> Llm:
        return Llm(**{"url": self.url, "model": "stub", "seconds": 5.0, **more})

    @contextmanager
    def running(self) -> Iterator[Stub]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.bodies.append(body)
                stub.headers.append(dict(self.headers))
                self.reply(stub.answer(body))

            def do_GET(self) -> None:
                stub.bodies.append({"redirected": self.path})
                self.reply(500)

            def reply(self, answer: Answer) -> None:
                status = answer if isinstance(answer, int) else 302 if isinstance(answer, dict) else 200
                message = {"choices": [{"message": {"content": answer}}], "usage": {"total_tokens": 7}}
                content = answer if isinstance(answer, bytes) else json.dumps(message).encode()
                self.send_response(status)
                for name, value in answer.items() if isinstance(answer, dict) else ():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A server that says there are no facts; a test gives it another answer."""
    with Stub(lambda body: '{"facts": []}').running() as running:
        yield running
