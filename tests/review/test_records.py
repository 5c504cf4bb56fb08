"""Candidates as lines: what is written is what is read."""

from __future__ import annotations

import json

from kg.model import Candidate
from kg.review.records import candidate_from_json, candidate_line


def test_a_candidate_survives_its_line(read: list[Candidate]) -> None:
    lines = [candidate_line(candidate, "a.txt", "1.0") for candidate in read]
    assert [candidate_from_json(json.loads(line)) for line in lines] == read


def test_a_line_says_who_read_it_and_where(read: list[Candidate]) -> None:
    data = json.loads(candidate_line(read[1], "a.txt", "1.0"))
    assert data["producer"] == {"name": "rules", "rule": "rule-mechanism", "version": "1.0"}
    assert (data["document"], data["start"], data["end"]) == ("a.txt", 19, 25)
