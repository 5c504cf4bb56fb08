"""A language model as one more producer: it points at sentences, and only what stands in them becomes a candidate."""

from __future__ import annotations

from kg.extract.llm.producer import LlmProducer, Told

__all__ = ["LlmProducer", "Told"]
