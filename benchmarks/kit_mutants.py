"""How much the kit notices: mutants of a plugin, judged by the contracts alone, and by the plugin's clause checks too.

    python -m benchmarks.kit_mutants acme --sample 60 --seed 7

prints a line for each mutant that is judged: what was changed, and which check of each kind was the first to notice.
The changes are those that the conformance kits of others were measured with: a comparison turned round, `and` for
`or`, a condition negated, a truth flipped, a number counted up, nothing returned, a raise, a call or an assignment left
out.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType

from hypothesis import Phase, settings

from greenroom.conformance.contract import Contract, contracts
from greenroom.conformance.copies import Copies, copies
from greenroom.conformance.kit import Check, checks_for, contract_check, judge
from greenroom.conformance.mutants import Mutant, mutants_of, mutated
from greenroom.conformance.product import Product
from greenroom.conformance.verdicts import PASSING
from greenroom.model import Value
from greenroom.profiles import Registry
from greenroom.profiles.errors import ProfileError

EXAMPLES = 20
LONGEST = 90.0
"""Seconds of work (not of waiting) for the contracts, or the clause checks, of one mutant; one that goes on is
noticed."""

_AGAIN = 1.0
"""Seconds after which it is rung again: what is raised out of a clean-up is lost."""

OURS = frozenset({"guard dropped"})
"""Changes that the published figures were measured without."""

LOADING = "loading"
"""Who notices a plugin that cannot be used any more, or never comes to an end."""


class Judged(Value):
    """One mutant, and who noticed it first: nobody where it is empty."""

    file: str
    number: int
    line: str
    change: str
    contract: str
    clause: str


class _TooLong(BaseException):
    """Raised out of whatever goes on; not an ``Exception``, so that nothing takes it for its own."""


def sampled(made: Copies, sample: int, seed: int) -> list[tuple[str, Mutant]]:
    """Return so many mutants of a plugin, each with the source it changes: always the same for one seed."""
    found = [
        (source, mutant)
        for path in sorted(made.original.glob("*.py"))
        for source in [path.read_text("utf-8")]
        for mutant in mutants_of(path.name, source)
        if mutant.change not in OURS
    ]
    random.Random(seed).shuffle(found)  # noqa: S311  # a sample, no secret
    return found[:sample] if sample else found


def judged(name: str, sample: int, seed: int) -> Iterator[Judged]:
    """Judge mutants of one plugin. Leaves the last copy loaded, which is why it wants a process of its own."""
    clause_checks = [one for one in checks_for(Registry.discover().profile(name)) if one.kind == "clause"]
    cheap_first = sorted(
        contracts(), key=lambda one: (one.body.__module__.endswith(("lasting", "telling")), not one.once)
    )
    general = [contract_check(one) for one in cheap_first]
    with copies(name) as made:
        for source, mutant in sampled(made, sample, seed):
            line = source.splitlines()[mutant.number - 1].strip()
            told = {"file": mutant.file, "number": mutant.number, "line": line, "change": mutant.change}
            try:
                product = made.changed(partial(_change, mutant, source))
            except ProfileError:
                yield Judged(**told, contract=LOADING, clause=LOADING)
            else:
                yield Judged(**told, contract=_first(product, general), clause=_first(product, clause_checks))


def _costs(one: Contract) -> tuple[bool, bool]:
    """Order contracts: those that are looked at once first, those that look at a play last."""
    return one.body.__module__.endswith(("lasting", "telling")), not one.once


def _change(mutant: Mutant, source: str, copy: Path) -> None:
    (copy / mutant.file).write_text(mutated(mutant, source), "utf-8")


def _first(product: Product, checks: Sequence[Check]) -> str:
    """Return the first check that a product does not pass, or nothing."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST, _AGAIN)
    try:
        results = judge(product, checks, seed=1, examples=EXAMPLES)
        return next((one.check for one in results if one.verdict not in PASSING), "")
    except _TooLong:
        return LOADING
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def main() -> None:
    """Judge the mutants of one plugin, and print each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kit_mutants", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--sample", type=int, default=0, help="how many; all unless given")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _ring)
    settings.register_profile("quick", phases=(Phase.generate,))  # a failure need not be made smaller
    settings.load_profile("quick")
    for one in judged(asked.name, asked.sample, asked.seed):
        sys.stdout.write(one.model_dump_json() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
