"""SPARQL services for tests, each a process on loopback that is ended with the test module that started it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from kg.service import Service
from kg.store.http import Client, Credentials

STARTS_WITHIN = 60.0
NOBODY = Client(Credentials("", "", ""))
DBA = Client(Credentials("dba", "dba", ""))  # Virtuoso's first user; the process lives as long as the tests
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 2000
MaxQueryExecutionTime = 5
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Service]:
    """`oxigraph serve` with a database in memory; its own limit ends the queries that tests give up."""
    program = Path(sys.executable).with_name("oxigraph")
    assert program.exists(), "oxigraph is missing: install the group dev"
    port = free_port()
    with _running([str(program), "serve", "--bind", f"127.0.0.1:{port}", "--timeout-s", "5"], folder, port):
        yield Service.at(f"http://127.0.0.1:{port}")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Service]:
    """OpenLink Virtuoso with an empty database."""
    program = os.environ.get("KG_VIRTUOSO") or shutil.which("virtuoso-t")
    assert program, "Virtuoso is missing: see tools/find-virtuoso, which `make test` calls"
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port), encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    with _running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, port):
        yield Service(f"{address}/sparql-auth", f"{address}/sparql-auth", f"{address}/sparql-graph-crud-auth", "virtuoso")


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _wait(process, port, folder / "out.log")
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{process.args} did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


class Flaky:
    """A way to a service on which every `every`-th upload comes to harm: dropped, shortened, or its answer broken off."""

    def __init__(self, service: Service, harm: str, every: int) -> None:
        self._target, self._harm, self._every = service, harm, every
        self._seen = self.harmed = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        base = f"http://127.0.0.1:{self._server.server_port}"
        self.service = Service(f"{base}/query", f"{base}/update", f"{base}/store")
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Flaky:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        flaky = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                flaky._pass_on(self)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def _pass_on(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        harm = ""
        if request.path.startswith("/store"):
            self._seen += 1
            harm = self._harm if self._seen % self._every == 0 else ""
        self.harmed += bool(harm)
        if harm == "drop":
            return request.connection.close()
        if harm == "shorten":
            body = body[: body.rindex(b"\n", 0, len(body) // 2 or 1) + 1] if body.count(b"\n") > 2 else b""
        whole = urlsplit(self._target.query)
        headers = {name: request.headers[name] for name in ("Content-Type", "Accept") if request.headers[name]}
        reply = NOBODY.send("POST", f"http://{whole.netloc}{request.path}", headers, body)
        answer = reply.body()
        request.send_response(reply.status)
        request.send_header("Content-Type", reply.headers.get("Content-Type", "text/plain"))
        request.send_header("Content-Length", str(len(answer) + (9 if harm == "break" else 0)))
        request.end_headers()
        request.wfile.write(answer)
        request.close_connection = True
