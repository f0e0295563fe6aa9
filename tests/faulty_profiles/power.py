"""How much the contracts alone notice: the generated mutants of a plugin, judged without its clause checks.

    python -m tests.faulty_profiles.power lever 5

judges every fifth mutant, prints each that survives, and last how many of how many were noticed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faulty_profiles.judging import contract_checks, quick

from greenroom.conformance.copies import Copies, copies
from greenroom.conformance.kit import Check, judge
from greenroom.conformance.mutants import Mutant, mutants_of, mutated
from greenroom.profiles.errors import ProfileError

SEED, EXAMPLES = 1, 20


def noticed(made: Copies, mutant: Mutant, source: str, checks: list[Check]) -> bool:
    """Whether a mutant cannot be loaded, or breaks a contract."""

    def change(folder: Path) -> None:
        (folder / mutant.file).write_text(mutated(mutant, source), "utf-8")

    try:
        product = made.changed(change)
    except ProfileError:
        return True
    results = judge(product, checks, seed=SEED, examples=EXAMPLES)
    return any(result.verdict not in {"pass", "not_applicable"} for result in results)


def main(name: str, every: int) -> None:
    """Judge the mutants of one plugin."""
    killed, judged = 0, 0
    with copies(name) as made:
        found = [
            (path, one)
            for path in sorted(made.original.glob("*.py"))
            for one in mutants_of(path.name, path.read_text("utf-8"))
        ]
        for path, mutant in found[::every]:
            source = path.read_text("utf-8")
            judged += 1
            if noticed(made, mutant, source, contract_checks()):
                killed += 1
            else:
                line = source.splitlines()[mutant.number - 1].strip()
                sys.stdout.write(f"{mutant.file}:{mutant.number}: {mutant.change}: {line}\n")
    sys.stdout.write(f"{name}: {killed} of {judged} noticed\n")


if __name__ == "__main__":
    quick()
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)
