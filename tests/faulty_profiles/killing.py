"""Which clause checks of a product notice a mistake at all: in a wrong reading of a clause, or in changed code.

    python -m tests.faulty_profiles.killing lever

prints the names of those that notice none, a line each. It runs in a process of its own, because it imports the plugin
anew for each mistake.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.copies import Copies, copies
from greenroom.conformance.mutants import Mutant, mutants_of, mutated
from greenroom.conformance.product import Product
from greenroom.conformance.wrong import carry_out, find_readings
from greenroom.profiles.errors import ProfileError

LONGEST = 2.0
"""Seconds a check may take on a mistake; one that goes on has noticed it."""


class _TooLong(BaseException):
    """Raised out of a check that goes on."""


def unnoticing(name: str) -> set[str]:
    """Return the names of the clause checks that notice no mistake in a product's plugin."""
    with copies(name) as made:
        checks = {one.name: one for one in find_checks(f"{made.package}.checks")}
        for mistake in _mistakes(made):
            if not checks:
                break
            try:
                product = made.changed(mistake)
            except ProfileError:
                continue
            for check in [one for one in checks.values() if _notices(one, product)]:
                del checks[check.name]
    return set(checks)


def _mistakes(made: Copies) -> Iterator[Callable[[Path], None]]:
    for reading in find_readings(made.package):
        yield partial(carry_out, reading)
    for path in sorted(made.original.glob("*.py")):
        source = path.read_text("utf-8")
        for mutant in mutants_of(path.name, source):
            yield partial(_change, mutant, source)


def _change(mutant: Mutant, source: str, copy: Path) -> None:
    (copy / mutant.file).write_text(mutated(mutant, source), "utf-8")


def _notices(check: FoundCheck, product: Product) -> bool:
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        check.run(product)
    except (Exception, _TooLong):  # noqa: BLE001  # however a check ends, it noticed
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _ring)
    sys.stdout.write("".join(f"{one}\n" for one in sorted(unnoticing(sys.argv[1]))))
