"""The standard checks: the contracts of a version, frozen, so that none is dropped or weakened unseen.

    python -m greenroom.conformance.standard

freezes the contracts as they stand under the version that `greenroom.conformance.contract.VERSION` names, and refuses
to do so once that version is frozen otherwise.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

from greenroom.conformance.contract import VERSION, Contract, contracts
from greenroom.documents import load_model
from greenroom.model import Value


class StandardCheck(Value):
    """A contract of a version. ``asks`` is a digest of all that it asks: its rule, its code, what it is not for."""

    name: str
    asks: str


class StandardList(Value):
    """The contracts of a version, and the day they were frozen on: before that, nothing is held to them."""

    version: int
    frozen: date | None
    contracts: tuple[StandardCheck, ...]

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that no other list has."""
        rows = sorted(f"{one.name} {one.asks}" for one in self.contracts)
        return sha256("\n".join((str(self.version), *rows)).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Departure:
    """How what is there differs from the standard: checks that are ``missing``, or stand there and are ``others``;
    and those that are ``newer``, which count from the next version on."""

    missing: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    newer: frozenset[str] = frozenset()


@cache
def standard(version: int = VERSION) -> StandardList:
    """Return the contracts of a version, as frozen. Raises `greenroom.documents.DocumentError` when it is not."""
    with as_file(_home().joinpath(f"{version}.yaml")) as file:
        return load_model(file, StandardList)


def departure(found: Iterable[Contract], frozen: StandardList) -> Departure:
    """Compare the contracts that are there with a version; from one that is not frozen yet, nothing departs."""
    if frozen.frozen is None:
        return Departure()
    there = {one.name: one for one in found}
    asked = {one.name: one.asks for one in frozen.contracts}
    return Departure(
        missing=tuple(name for name in asked if name not in there),
        others=tuple(name for name in asked if name in there and asks(there[name]) != asked[name]),
        newer=frozenset(there.keys() - asked.keys()),
    )


@cache
def asks(one: Contract) -> str:
    """Return a digest of all that a contract asks, in twelve hexadecimal digits; white space does not count."""
    source = "".join(inspect.getsource(part) for part in (one.body, one.unless))
    said = (one.name, one.says, str(one.refuses), str(one.once), source)
    return sha256("".join("".join(said).split()).encode()).hexdigest()[:12]


def frozen_text(found: Iterable[Contract], on: date) -> str:
    """Return the file that freezes contracts under the present version."""
    lines = (
        "# Frozen: whoever changes what is asked raises VERSION, and freezes another list.",
        f"version: {VERSION}",
        f'frozen: "{on}"',
        "contracts:",
        *(f'  - {{name: {one.name}, asks: "{asks(one)}"}}' for one in found),
    )
    return "\n".join((*lines, ""))


def _home() -> Path:
    return Path(str(files("greenroom.conformance"))) / "versions"


def _freeze() -> int:
    there, found = standard(), contracts()
    if there.frozen is not None and departure(found, there) != Departure():
        sys.stderr.write(f"version {VERSION} is frozen otherwise: raise VERSION in conformance/contract.py first\n")
        return 1
    on = there.frozen or datetime.now(UTC).date()
    (_home() / f"{VERSION}.yaml").write_text(frozen_text(found, on), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(_freeze())
