"""The build: from files to a store, one document at a time, with a ledger of it all."""

from __future__ import annotations

from kg.pipeline.build import LEDGER, BuildResult, Reading, build, load_context, read_facts
from kg.pipeline.proof import stands
from kg.pipeline.reader import GrammarReader, Reader

__all__ = ["LEDGER", "BuildResult", "GrammarReader", "Reader", "Reading", "build", "load_context", "read_facts", "stands"]
