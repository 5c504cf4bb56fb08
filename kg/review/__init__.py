"""What reviewers decided about candidates, kept in a file of lines and replayed on every build."""

from __future__ import annotations

from kg.review.book import DecisionBook
from kg.review.decisions import Decision, Words
from kg.review.log import DecisionLog
from kg.review.replay import Orphan, Replayed, replay
from kg.review.units import Naming

__all__ = ["Decision", "DecisionBook", "DecisionLog", "Naming", "Orphan", "Replayed", "Words", "replay"]
