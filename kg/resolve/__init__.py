"""Which mention is which unit, and which candidates state one fact."""

from __future__ import annotations

from kg.resolve.resolver import Resolver

__all__ = ["Resolver"]
