"""The long form of the fuzzing: `python -m tests.hostile.soak [INPUTS OF EACH KIND]` prints the table of docs/reliability.md."""

from __future__ import annotations

import sys

from benchmarks.timing import machine
from tests.hostile.harness import Result, fuzz
from tests.hostile.samples import KINDS

_EACH = 6300  # of 16 kinds: more than 100,000 over all


def main() -> int:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else _EACH
    print(machine())
    print("\n| kind | inputs | read | refused | failed | most seconds | most MB |\n|---|---:|---:|---:|---:|---:|---:|")
    results = [_told(fuzz(kind, 0, each)) for kind in KINDS]
    failures = [f"{result.kind} {number}: {what}" for result in results for number, what in result.failures.items()]
    print("\n".join(["", *failures]))
    return 1 if failures else 0


def _told(result: Result) -> Result:
    counts, total = result.counts, result.counts.total()
    print(
        f"| {result.kind} | {total:,} | {counts['read']:,} | {counts['refused']:,} | {len(result.failures)} "
        f"| {result.seconds:.2f} | {result.megabytes} |",
        flush=True,
    )
    return result


if __name__ == "__main__":
    sys.exit(main())
