"""How long it takes until `kg --help` has answered, beside Python doing nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import Figure, best

HELP = "import sys; from kg.cli import main; sys.argv = ['kg', '--help']; main()"


def measure(work: Path) -> list[Figure]:
    """Milliseconds of a whole process."""
    ours = best(lambda: _run(HELP), times=7)
    nothing = best(lambda: _run("pass"), times=7)
    return [Figure("kg --help", ours * 1000, "ms", f"python doing nothing: {nothing * 1000:.0f} ms", ours / nothing)]


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
