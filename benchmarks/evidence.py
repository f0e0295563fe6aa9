"""Run a deep suite and write what it showed to ``docs/evidence/NAME.json``: date, commit, seed, figures.

Without names, all suites run; ``--seed N`` repeats a run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.contracts.depth import DEEP_EXAMPLES, DEEP_PLAYS, DEEP_STEPS

ROOT = Path(__file__).parents[1]
CLIENTS = ("zoomus", "pyzoom", "social-auth-core")


@dataclass(frozen=True)
class Suite:
    """Tests to run, and what is to be said of them besides how they ended."""

    tests: tuple[str, ...]
    figures: Mapping[str, object]


SUITES = {
    "contracts": Suite(("tests/contracts",), {"examples_per_property": DEEP_EXAMPLES}),
    "zoom": Suite(
        ("tests/model", "tests/interop"),
        {"plays": DEEP_PLAYS, "steps_per_play": DEEP_STEPS, "clients": {name: version(name) for name in CLIENTS}},
    ),
}


def run(name: str, seed: int) -> int:
    """Run a suite with deep hypothesis settings and write its evidence; return pytest's exit code."""
    started = time.monotonic()
    suite = SUITES[name]
    options = ["-q", "-m", "", "-n", "2", "--dist", "loadfile", f"--hypothesis-seed={seed}"]
    command = [sys.executable, "-m", "pytest", *options, *suite.tests]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "deep"}
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    print(found.stdout)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)", found.stdout)}
    evidence = {
        "suite": name,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "seed": seed,
        **suite.figures,
        "counts": counts,
        "exit_code": found.returncode,
        "seconds": round(time.monotonic() - started),
    }
    folder = ROOT / "docs" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(evidence, indent=2) + "\n", "utf-8")
    return found.returncode


def main() -> int:
    """Run the suites that are named; return the worst exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUITES))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(SUITES):
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are: {', '.join(SUITES)}")
    return max(run(name, asked.seed) for name in asked.names or SUITES)


def _commit() -> str:
    """Return the commit, ending in ``-dirty`` when the tree is not quite that."""
    command = ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
