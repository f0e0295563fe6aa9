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
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.contracts.depth import DEEP_EXAMPLES, DEEP_PLAYS, DEEP_STEPS

from benchmarks import kit

ROOT = Path(__file__).parents[1]
CLAUSES, KIT = "clauses", "kit"
CLIENTS = ("zoomus", "pyzoom", "social-auth-core")


@dataclass(frozen=True)
class Suite:
    """Tests to run, and what is to be said of them besides how they ended."""

    tests: tuple[str, ...]
    figures: Mapping[str, object]


SUITES = {
    "contracts": Suite(("tests/contracts", "tests/faulty_profiles"), {"examples_per_property": DEEP_EXAMPLES}),
    "zoom": Suite(
        ("tests/model", "tests/interop"),
        {"plays": DEEP_PLAYS, "steps_per_play": DEEP_STEPS, "clients": {name: version(name) for name in CLIENTS}},
    ),
    "machine": Suite(("tests/test_machine.py", "tests/test_machine_breaks.py", "tests/test_differ.py"), {}),
    "contributor": Suite(
        (
            "tests/test_new_profile.py",
            "tests/test_new_profile_choices.py",
            "tests/test_new_profile_contracts.py",
            "tests/test_new_profile_installed.py",
            "tests/test_tutorial.py",
            "tests/test_outside_wheel.py",
        ),
        {},
    ),
    "long": Suite(
        (
            "tests/test_choosing_page.py",
            "tests/test_conformance.py",
            "tests/test_conformance_reports.py",
            "tests/test_contract_pages.py",
            "tests/test_disconnect_plan.py",
            "tests/test_features_scopes.py",
            "tests/test_hosts.py",
            "tests/test_profile_change.py",
            "tests/test_pytest_plugin.py",
            "tests/test_zoom_app.py",
        ),
        {},
    ),
}
NAMES = (*SUITES, CLAUSES, KIT)


def run(name: str, seed: int) -> int:
    """Run a suite, write its evidence, and return 0 if all is as it should be."""
    started = time.monotonic()
    figures, failed = _figures_of(name, seed)
    evidence = {
        "suite": name,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        **figures,
        "exit_code": failed,
        "seconds": round(time.monotonic() - started),
    }
    folder = ROOT / "docs" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(evidence, indent=2) + "\n", "utf-8")
    return failed


def _figures_of(name: str, seed: int) -> tuple[Mapping[str, object], int]:
    if name == KIT:  # its mutants are a sample of its own, the same each time
        return kit.figures()
    return _clauses() if name == CLAUSES else _tested(SUITES[name], seed)


def _tested(suite: Suite, seed: int) -> tuple[Mapping[str, object], int]:
    """Run tests with deep hypothesis settings; return what to say of them, and pytest's exit code."""
    options = ["-q", "-m", "", "-n", "2", "--dist", "loadfile", f"--hypothesis-seed={seed}"]
    command = [sys.executable, "-m", "pytest", *options, *suite.tests]
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "deep"}
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    print(found.stdout)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)", found.stdout)}
    return {"seed": seed, **suite.figures, "counts": counts}, found.returncode


def _clauses() -> tuple[Mapping[str, object], int]:
    """Run every clause check on the plugins, on copies with wrong readings, and on copies with changed code."""
    worst, found = 0, {}
    for what in ("--run", "--prove", "--mutate"):
        command = [sys.executable, "-m", "greenroom", "clauses", what, "--json"]
        ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        worst = max(worst, ran.returncode)
        found[what] = json.loads(ran.stdout)["data"]
    figures = {name: _figures(name, found) for name in sorted({one["profile"] for one in found["--run"]})}
    print(json.dumps(figures, indent=2))
    return {"profiles": figures}, worst


def _figures(name: str, found: Mapping[str, list[dict[str, str]]]) -> Mapping[str, object]:
    clauses = [one for one in found["--run"] if one["profile"] == name and one["basis"] != "default"]
    proofs = [one for one in found["--prove"] if one["profile"] == name]
    mutants = [one for one in found["--mutate"] if one["profile"] == name]
    survivors = [one for one in mutants if one["fate"] == "survived"]
    return {
        "clauses": {"all": len(clauses), **Counter(one["basis"] for one in clauses)},
        "standing": Counter(one["standing"] for one in clauses),
        "wrong_readings": Counter(one["verdict"] for one in proofs),
        "mutants": Counter(one["fate"] for one in mutants),
        "survivors": [{key: one[key] for key in ("file", "line", "change", "reason")} for one in survivors],
    }


def main() -> int:
    """Run the suites that are named; return the worst exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no suite {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    return max(run(name, asked.seed) for name in asked.names or NAMES)


def _commit() -> str:
    """Return the commit, ending in ``-dirty`` when the tree is not quite that."""
    command = ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
