"""The build: from files to a store, one document at a time, with a ledger of it all."""

from __future__ import annotations

from kg.pipeline.build import (
    BuildResult,
    Options,
    Reading,
    build,
    changes,
    ledger_path,
    load_context,
    read_candidates,
    read_facts,
)
from kg.pipeline.proof import stands
from kg.pipeline.reader import GrammarReader, Reader
from kg.pipeline.record import Changes

__all__ = [
    "BuildResult",
    "Changes",
    "GrammarReader",
    "Options",
    "Reader",
    "Reading",
    "build",
    "changes",
    "ledger_path",
    "load_context",
    "read_candidates",
    "read_facts",
    "stands",
]
