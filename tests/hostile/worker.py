"""Reads files under guard, in a process of its own: `python -m tests.hostile.worker FOLDER`, tasks on standard input.

A task is a line of JSON: [kind, number] for a mutated input, ["file", name] for a file in FOLDER. For each a line goes out: what
came of it ("read", "refused: why", or what went wrong), the seconds, the megabytes of memory at most so far. The
process is ended where an input takes more than `SECONDS` of the processor; memory is bounded by the system. That it opens no
connection, starts no program and writes nowhere but below FOLDER is told by an audit hook.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from kg.errors import KgError
from kg.load import LedgerEntry, LoadContext
from kg.load.sources import Source, load_source, loaders_by_suffix
from kg.model import Document
from tests.hostile.mutate import mutated
from tests.hostile.samples import ROOT

SECONDS = 10
MEMORY = 1 << 30  # bytes above what the process has after its start
_FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "urllib.Request",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
)
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "shutil.rmtree")


class Guard:
    """Notes what code does beside reading."""

    def __init__(self, folder: str) -> None:
        self.folder, self.seen = folder, list[str]()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[object, ...]) -> None:
        if event in _FORBIDDEN:
            self.seen.append(f"{event} {args!r:.200}")
        elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            self._inside(event, args[0])
        elif event == "shutil.rmtree" or (event in _CHANGES and args[-1] == -1):  # others name a file in an open folder
            self._inside(event, *args)

    def _inside(self, event: str, *paths: object) -> None:
        for path in paths:
            if isinstance(path, (str, bytes, Path)) and not os.path.realpath(os.fsdecode(path)).startswith(self.folder):
                self.seen.append(f"{event} {path!r}")


def main() -> None:
    folder = os.path.realpath(sys.argv[1])
    tempfile.tempdir = folder
    context = LoadContext(Path(folder), ROOT / "ontology")
    loaders_by_suffix()
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    faulthandler.register(signal.SIGPROF, chain=True)  # says where it is, then the signal ends the process
    guard = Guard(folder)
    for line in sys.stdin:
        path = _file(folder, json.loads(line))
        guard.seen.clear()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        begin = time.process_time()
        try:
            what = outcome(path, context)
        except BaseException as error:
            what = f"crash: {type(error).__name__}: {str(error)[:200]}"
        seconds = time.process_time() - begin
        signal.setitimer(signal.ITIMER_PROF, 0)
        what = f"left the store: {guard.seen[0]}" if guard.seen else what
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps([what, round(seconds, 4), megabytes]), flush=True)


def _file(folder: str, task: list[str | int]) -> Path:
    """The file of a task: an existing one, or a mutated input, written now."""
    kind, number = task
    if kind == "file":
        return Path(folder, str(number))
    path = Path(folder, f"a.{kind}")
    path.write_bytes(mutated(str(kind), int(number)))
    return path


def outcome(path: Path, context: LoadContext) -> str:
    """What came of reading a file: "read", "refused: why" (of a zip folder, its last file), or what is wrong with the answer."""
    what = "refused"
    for entry, documents in load_source(Source(path, path.name, True, path.name), context, loaders_by_suffix()):
        wrong = _wrong(entry, documents)
        if wrong:
            return wrong
        what = f"refused: {entry.error}" if entry.error else "read" if documents else what
    return what


def _wrong(entry: LedgerEntry, documents: list[Document]) -> str:
    json.dumps(entry.to_json(), ensure_ascii=False).encode()
    if isinstance(entry.error, KgError) and "MemoryError" in str(entry.error):
        return "memory: MemoryError"
    for document in documents:
        document.text.encode()
        if any(not (0 <= block.start < block.end <= len(document.text)) for block in document.blocks):
            return "wrong: a block outside the text"
        if any(document.text[cell.start : cell.end] != cell.text for row in document.rows for cell in row.cells.values()):
            return "wrong: a cell that is not in the text"
        if any(sign in document.text + document.title for sign in "\0\x1b\u202e"):
            return "wrong: control characters in the text"
    return ""


if __name__ == "__main__":
    main()
