"""Change a plugin's code in one place at a time, and see whether its clause checks notice.

    python -m greenroom.conformance.mutation acme

prints one JSON object a mutant. A mutant that no check notices *survives*: either a check is too weak, or the code is
redundant, or no clause speaks of it; ``checks/survivors.yaml`` says which, for each::

    survivors:
      - {file: rules.py, line: "if request.actor is None:", change: "Is -> IsNot", reason: core never asks so}
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Literal

from pydantic import Field

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.copies import Copies, copies
from greenroom.conformance.mutants import Mutant, mutants_of, mutated
from greenroom.conformance.product import Product
from greenroom.documents import load_model
from greenroom.model import Value
from greenroom.profiles.errors import ProfileError

SURVIVORS = Path("checks", "survivors.yaml")
LONGEST = 20.0
"""Seconds that all checks together may take on one mutant; one that goes on is noticed."""

Fate = Literal["killed", "unusable", "endless", "survived"]


class MutantFate(Value):
    """What became of one mutant: ``line`` is the source it changed, ``change`` what was done to it.

    ``killed``: a check fails (``by`` names the first). ``unusable``: the plugin cannot be loaded any more.
    ``endless``: the checks did not end. ``survived``: they all pass; ``reason`` is what the plugin says to that.
    """

    file: str
    number: int
    line: str
    change: str
    fate: Fate
    by: str = ""
    reason: str = ""


class Survivor(Value):
    """A mutant that is known to survive, and why that is right."""

    file: str
    line: str
    change: str
    reason: str = Field(min_length=1)


class Survivors(Value):
    """What a plugin's ``checks/survivors.yaml`` holds."""

    survivors: tuple[Survivor, ...] = ()


class _TooLong(BaseException):
    """Raised out of the checks; not an ``Exception``, so that none of them takes it for its own."""


def mutate(name: str) -> Iterator[MutantFate]:
    """Yield what becomes of every mutant of profile ``name``, in a child process.

    Raises ``RuntimeError`` when the child process fails.
    """
    command = [sys.executable, "-m", "greenroom.conformance.mutation", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own module
        assert child.stdout is not None
        for line in child.stdout:
            yield MutantFate.model_validate_json(line)
    if child.returncode:
        message = f"mutating {name} ended with status {child.returncode}"
        raise RuntimeError(message)


def known_survivors(package: Path) -> tuple[Survivor, ...]:
    """Return the survivors that a plugin's package folder gives reasons for. Raises `DocumentError`."""
    file = package / SURVIVORS
    return load_model(file, Survivors).survivors if file.is_file() else ()


def _mutate_here(name: str) -> Iterator[MutantFate]:
    with copies(name) as made:
        checks, known = find_checks(f"{made.package}.checks"), known_survivors(made.original)
        reasons = {(one.file, one.line, one.change): one.reason for one in known}
        for path in sorted(made.original.glob("*.py")):
            source = path.read_text("utf-8")
            for mutant in mutants_of(path.name, source):
                fate = _fate(made, mutant, source, checks)
                reason = reasons.get((fate.file, fate.line, fate.change), "") if fate.fate == "survived" else ""
                yield fate.model_copy(update={"reason": reason})


def _fate(made: Copies, mutant: Mutant, source: str, checks: tuple[FoundCheck, ...]) -> MutantFate:
    lines = source.splitlines()
    told = {"file": mutant.file, "number": mutant.number, "line": lines[mutant.number - 1].strip()}

    def change(folder: Path) -> None:
        (folder / mutant.file).write_text(mutated(mutant, source), "utf-8")

    try:
        noticed_by = _judged(made.changed(change), checks)
    except ProfileError:
        return MutantFate(**told, change=mutant.change, fate="unusable")
    except _TooLong:
        return MutantFate(**told, change=mutant.change, fate="endless")
    return MutantFate(**told, change=mutant.change, fate="killed" if noticed_by else "survived", by=noticed_by)


def _judged(product: Product, checks: tuple[FoundCheck, ...]) -> str:
    """Return the name of the first check that does not pass, or nothing. Raises `_TooLong`."""
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        for check in checks:
            try:
                check.run(product)
            except Exception:  # noqa: BLE001 - however a check ends, it noticed
                return check.name
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def _main(name: str) -> None:
    signal.signal(signal.SIGALRM, _ring)
    for fate in _mutate_here(name):
        sys.stdout.write(json.dumps(fate.model_dump(mode="json")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
