"""The JSON endpoints asked in hundreds of ways that their own description allows and forbids (schemathesis)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kg.graph import Graph
from kg.server.settings import Settings
from tests.server.conftest import serving
from tests.server.region import write


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    with serving(Graph(write(tmp_path / "region")), Settings()) as client:
        command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{client.base_url}api/openapi.json"]
        options = ["--max-examples", "10", "--phases", "coverage,fuzzing", "--generation-deterministic", "--no-color"]
        environ = {**os.environ, "NO_PROXY": "127.0.0.1", "COLUMNS": "130"}
        run = subprocess.run([*command, *options], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "Tested: 7" in run.stdout
