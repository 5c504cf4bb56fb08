"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path | None:
    """The folder of reference inputs beside the checkout, or None where there is none: then a test uses an own input."""
    folder = ROOT.parent / "shared"
    return folder if folder.is_dir() else None
