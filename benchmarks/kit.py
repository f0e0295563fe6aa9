"""What the kit is worth: how many mutants of each plugin it notices, beside what others' kits notice of theirs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.faulty_profiles.faults import ELSEWHERE, PRODUCTS, faults

from benchmarks.kit_mutants import LOADING, Judged
from greenroom.conformance.contract import VERSION, contracts

ROOT = Path(__file__).parents[1]
SAMPLE, SEED = 30, 7
"""How many mutants of each plugin are judged, and which."""

OTHERS = {"PyFilesystem2": 87, "SQLAlchemy dialects": 61, "array-api-tests": 61, "fsspec": 48}
"""Per cent of mutants that the conformance kits of others notice of what they certify, by changes of the same kinds."""


def figures(sample: int = SAMPLE, seed: int = SEED) -> tuple[Mapping[str, object], int]:
    """Return what to say of the kit, and 0 if with clause checks no plugin's figure is below the best of the others."""
    with ThreadPoolExecutor(2) as two:
        found = dict(zip(PRODUCTS, two.map(partial(_judged, sample=sample, seed=seed), PRODUCTS), strict=True))
    mutants = {name: _of_one(judged) for name, judged in found.items()}
    told = {
        "seed": seed,
        "contracts": {
            "version": VERSION,
            "all": len(contracts()),
            "saying_what_must_not_happen": sum(one.refuses for one in contracts()),
        },
        "faulty": {name: len(faults(name)) for name in (*PRODUCTS, *ELSEWHERE)},
        "mutants": mutants,
        "others_percent": OTHERS,
    }
    print(table(mutants))
    return told, int(any(_percent_of(one, "noticed") < max(OTHERS.values()) for one in found.values()))


def table(mutants: Mapping[str, Mapping[str, object]]) -> str:
    """Return the figures as a table in Markdown."""
    rows = [
        f"| {name} | {one['judged']} | {one['by_contracts']} % | {one['noticed']} % |" for name, one in mutants.items()
    ]
    head = ("| plugin | mutants | by contracts alone | with its clause checks |", "|---|---|---|---|")
    return "\n".join((*head, *rows))


def _judged(name: str, *, sample: int, seed: int) -> Sequence[Judged]:
    command = [sys.executable, "-m", "benchmarks.kit_mutants", name, "--sample", str(sample), "--seed", str(seed)]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own
    return [Judged.model_validate(json.loads(line)) for line in run.stdout.splitlines()]


def _of_one(judged: Sequence[Judged]) -> dict[str, object]:
    left = [one for one in judged if not one.contract]
    return {
        "judged": len(judged),
        "by_contracts": _percent_of(judged, "contract"),
        "noticed": _percent_of(judged, "noticed"),
        "unusable": sum(one.contract == LOADING for one in judged),
        "first_to_notice": dict(Counter(one.contract for one in judged if one.contract).most_common()),
        "left_to_clause_checks": [_told(one) for one in left if one.clause],
        "survivors": [_told(one) for one in left if not one.clause],
    }


def _percent_of(judged: Sequence[Judged], what: str) -> int:
    noticed = [one for one in judged if one.contract or (what == "noticed" and one.clause)]
    return round(100 * len(noticed) / len(judged))


def _told(one: Judged) -> dict[str, str]:
    return {"file": one.file, "line": one.line, "change": one.change, "clause_check": one.clause}
