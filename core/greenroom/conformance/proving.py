"""Prove that a plugin's clause checks notice wrong readings: each is carried out on a copy, and its checks run there.

    python -m greenroom.conformance.proving greenroom_acme

prints one JSON object a reading. It runs in a process of its own, because it imports the plugin anew for each.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from greenroom.conformance.checks import find_checks
from greenroom.conformance.wrong import StaleEdit, WrongReading, carry_out, find_readings
from greenroom.model import Value

Verdict = Literal["noticed", "not_noticed", "stale", "broken"]


class Proof(Value):
    """What became of one wrong reading.

    ``noticed``: a check of its clause fails, as it should; ``by`` names those that do. ``not_noticed``: none does.
    ``stale``: an edit does not fit the plugin. ``broken``: a check ends otherwise than by saying that the clause does
    not hold, or no check proves the clause. ``said`` tells more.
    """

    clause: str
    reading: str
    verdict: Verdict
    by: tuple[str, ...] = ()
    said: str = ""


def prove(package: str) -> Iterator[Proof]:
    """Carry out every wrong reading of ``package`` and yield what became of it, in a child process."""
    command = [sys.executable, "-m", "greenroom.conformance.proving", package]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own module
        assert child.stdout is not None
        for line in child.stdout:
            yield Proof.model_validate_json(line)
    if child.returncode:
        message = f"proving {package} ended with status {child.returncode}"
        raise RuntimeError(message)


def _prove_here(package: str) -> Iterator[Proof]:
    """Yield each proof; leaves the last copy's modules loaded, which is why it wants a process of its own."""
    readings = find_readings(package)
    original = Path(str(importlib.import_module(package).__file__)).parent
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / package
        sys.path.insert(0, scratch)
        for reading in readings:
            yield _judged(package, reading, original, copy)


def _judged(package: str, reading: WrongReading, original: Path, copy: Path) -> Proof:
    told = {"clause": reading.clause, "reading": reading.reading}
    try:
        carry_out(reading, original, copy)
    except StaleEdit as stale:
        return Proof(**told, verdict="stale", said=str(stale))
    _forget(package)
    try:
        checks = [check for check in find_checks(f"{package}.checks") if reading.clause in check.clauses]
    except Exception as error:  # noqa: BLE001 - whatever importing the changed plugin raises is what there is to tell
        return Proof(**told, verdict="broken", said=f"the changed plugin cannot be imported: {error!r}"[:300])
    if not checks:
        return Proof(**told, verdict="broken", said="no check proves the clause")
    noticed, otherwise = [], ""
    for check in checks:
        try:
            check.run()
        except AssertionError:
            noticed.append(check.name)
        except Exception as error:  # noqa: BLE001 - a check that ends otherwise is what there is to tell
            otherwise = f"{check.name}: {error!r}"[:300]
    if noticed:
        return Proof(**told, verdict="noticed", by=tuple(noticed))
    return Proof(**told, verdict="broken" if otherwise else "not_noticed", said=otherwise)


def _forget(package: str) -> None:
    """Drop the plugin's modules, so that the next import reads the changed copy."""
    importlib.invalidate_caches()
    for name in [one for one in sys.modules if one == package or one.startswith(f"{package}.")]:
        del sys.modules[name]


def _main(package: str) -> None:
    sys.dont_write_bytecode = True  # copies differ within the same second
    for proof in _prove_here(package):
        sys.stdout.write(json.dumps(proof.model_dump(mode="json")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
