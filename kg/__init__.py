"""kg: knowledge graphs of cooperation between organisational units."""

from __future__ import annotations

__version__ = "0.1.0"
