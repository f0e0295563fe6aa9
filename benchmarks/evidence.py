"""Run a deep suite and write what it showed to ``docs/evidence/NAME.json``: date, commit, figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.contracts.depth import DEEP_EXAMPLES

ROOT = Path(__file__).parents[1]
SUITES = {
    "contracts": ["tests/contracts"],
}


def run(name: str) -> int:
    """Run a suite with deep hypothesis settings and write its evidence; return pytest's exit code."""
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *SUITES[name]]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "deep"}
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    print(found.stdout)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)", found.stdout)}
    evidence = {
        "suite": name,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "examples_per_property": DEEP_EXAMPLES,
        "seeds": "random; a failure prints the blob that replays it",
        "counts": counts,
        "exit_code": found.returncode,
        "seconds": round(time.monotonic() - started),
    }
    folder = ROOT / "docs" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(evidence, indent=2) + "\n", "utf-8")
    return found.returncode


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(max(run(name) for name in (sys.argv[1:] or SUITES)))
