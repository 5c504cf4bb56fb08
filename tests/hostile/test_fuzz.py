"""A short form of the fuzzing that `make soak` does at length: no mutated file crashes, hangs, swells or leaves its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.harness import fuzz, read
from tests.hostile.mutate import mutated
from tests.hostile.samples import KINDS, samples


def test_every_sample_is_read(tmp_path: Path) -> None:
    files = {f"{number}.{kind}": data for kind in KINDS for number, data in enumerate(samples(kind))}
    for name, data in files.items():
        tmp_path.joinpath(name).write_bytes(data)
    outcomes = dict(zip(files, read([("file", name) for name in files], tmp_path), strict=True))
    left = {name: outcome.what for name, outcome in outcomes.items() if outcome.what != "read"}
    assert left == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_mutated_file_does_harm(kind: str) -> None:
    result = fuzz(kind, 0, 40)
    assert (result.failures, result.counts.total()) == ({}, 40)
    assert result.seconds < 5


def test_an_input_is_the_same_every_time() -> None:
    assert [mutated(kind, 7) for kind in KINDS] == [mutated(kind, 7) for kind in KINDS]
