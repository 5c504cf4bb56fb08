"""From files to documents: one module for each kind of file, encodings, and the ledger of what was done."""

from kg.load.base import LoadContext, Loader
from kg.load.ledger import Ledger, LedgerEntry
from kg.load.sources import load_sources

__all__ = ["Ledger", "LedgerEntry", "LoadContext", "Loader", "load_sources"]
