"""A process of its own that reads files: started by `kg.pipeline.processes`, told what to do on standard input.

First come a pickled (context, finder) and the time limit, and READY goes back; then come pickled lists of sources. For each
source, marshalled frames go back: (PART,
packed bytes) for each part, then (DONE, b""); (BUG, traceback) where the program failed.
"""

from __future__ import annotations

import faulthandler
import marshal
import os
import pickle
import sys
import traceback
from typing import BinaryIO

from kg.load.sources import Source, loaders_by_suffix
from kg.pipeline.executor import packed_parts

READY, PART, DONE, BUG = "ready", "part", "done", "bug"
START = "import marshal, sys; sys.path[:] = marshal.load(sys.stdin.buffer); from kg.pipeline.worker import main; main()"
_GRACE = 5  # seconds after which a process ends itself, where the one that started it has died


def main() -> None:
    """Reads files until standard input ends."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints does not get between the frames
    (context, finder), seconds = pickle.load(requests), marshal.load(requests)
    loaders = loaders_by_suffix()
    _send(answers, READY, b"")
    while True:
        try:
            sources: list[Source] = pickle.load(requests)
        except EOFError:
            return
        for source in sources:
            faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
            try:
                for part in packed_parts(source, context, loaders, finder):
                    _send(answers, PART, part)
                    faulthandler.dump_traceback_later(seconds + _GRACE, exit=True)
            except Exception:
                _send(answers, BUG, traceback.format_exc().encode())
                return
            _send(answers, DONE, b"")
            faulthandler.cancel_dump_traceback_later()


def _send(answers: BinaryIO, kind: str, value: bytes) -> None:
    marshal.dump((kind, value), answers)
    answers.flush()
