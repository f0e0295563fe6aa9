"""Prove that a profile's clause checks notice wrong readings: each is carried out on a copy of the plugin, and the
checks, those of the plugin itself, judge the copy.

    python -m greenroom.conformance.proving acme

prints one JSON object a reading. It runs in a process of its own, because it imports the plugin anew for each.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Literal

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.copies import copies
from greenroom.conformance.product import Product
from greenroom.conformance.wrong import StaleEdit, WrongReading, carry_out, find_readings
from greenroom.model import Value
from greenroom.profiles.errors import ProfileError, ProfileFault, WrongAnswer

Verdict = Literal["noticed", "not_noticed", "stale", "broken"]


class Proof(Value):
    """What became of one wrong reading.

    ``noticed``: a check of its clause fails, as it should; ``by`` names those that do. ``not_noticed``: none does.
    ``stale``: an edit does not fit the plugin. ``broken``: the changed plugin cannot be used, a check ends otherwise
    than by saying that the clause does not hold, or no check proves the clause. ``said`` tells more.
    """

    clause: str
    reading: str
    verdict: Verdict
    by: tuple[str, ...] = ()
    said: str = ""


def prove(name: str) -> Iterator[Proof]:
    """Carry out every wrong reading of profile ``name`` and yield what became of it, in a child process.

    Raises ``RuntimeError`` when the child process fails.
    """
    command = [sys.executable, "-m", "greenroom.conformance.proving", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own module
        assert child.stdout is not None
        for line in child.stdout:
            yield Proof.model_validate_json(line)
    if child.returncode:
        message = f"proving {name} ended with status {child.returncode}"
        raise RuntimeError(message)


def _prove_here(name: str) -> Iterator[Proof]:
    """Yield each proof; leaves the last copy's modules loaded, which is why it wants a process of its own."""
    with copies(name) as made:
        readings, checks = find_readings(made.package), find_checks(f"{made.package}.checks")
        for reading in readings:
            told = {"clause": reading.clause, "reading": reading.reading}
            try:
                product = made.changed(partial(carry_out, reading))
            except StaleEdit as stale:
                yield Proof(**told, verdict="stale", said=str(stale))
            except ProfileError as error:
                yield Proof(**told, verdict="broken", said=f"the changed plugin cannot be used: {error}"[:300])
            else:
                yield _judged(reading, product, checks)


def _judged(reading: WrongReading, product: Product, checks: tuple[FoundCheck, ...]) -> Proof:
    told = {"clause": reading.clause, "reading": reading.reading}
    its = [check for check in checks if reading.clause in check.clauses]
    if not its:
        return Proof(**told, verdict="broken", said="no check proves the clause")
    noticed, otherwise = [], ""
    for check in its:
        try:
            check.run(product)
        except AssertionError as failure:
            if isinstance(failure.__cause__, ProfileFault) and not isinstance(failure.__cause__, WrongAnswer):
                otherwise = f"{check.name}: {failure}"[:300]
            else:
                noticed.append(check.name)
        except Exception as error:  # noqa: BLE001 - a check that ends otherwise is what there is to tell
            otherwise = f"{check.name}: {error!r}"[:300]
    if noticed:
        return Proof(**told, verdict="noticed", by=tuple(noticed))
    return Proof(**told, verdict="broken" if otherwise else "not_noticed", said=otherwise)


def _main(name: str) -> None:
    for proof in _prove_here(name):
        sys.stdout.write(json.dumps(proof.model_dump(mode="json")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
