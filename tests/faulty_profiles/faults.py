"""What a faulty profile is: a real one with one plausible mistake, and the check that has to tell it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from greenroom.conformance.wrong import Edit, WrongReading, carry_out

PRODUCTS = ("calendly", "exelare", "interviewplanner", "lever", "trakstar")
"""Profiles in which mistakes are made."""

ELSEWHERE = ("acme", "engine")
"""Where else they are: in a small profile, and in what carries decisions out."""


@dataclass(frozen=True, init=False)
class Fault:
    """A mistake, in one sentence, that ``check`` fails on with a message that has ``says`` in it.

    ``check`` is the name of a contract, or of a clause check of the product's.
    """

    check: str
    mistake: str
    says: str
    edits: tuple[Edit, ...]

    def __init__(self, check: str, mistake: str, says: str, *edits: Edit) -> None:
        object.__setattr__(self, "check", check)
        object.__setattr__(self, "mistake", mistake)
        object.__setattr__(self, "says", says)
        object.__setattr__(self, "edits", edits)

    def commit(self, copy: Path) -> None:
        """Make the mistake in a copy of the plugin; raises `greenroom.conformance.wrong.StaleEdit`."""
        carry_out(WrongReading(self.check, self.mistake, *self.edits), copy)


@dataclass(frozen=True)
class EngineFault:
    """A mistake that no profile can make, only what carries its decisions out: ``spoil`` makes it, as long as it
    lasts, in this process."""

    check: str
    mistake: str
    says: str
    spoil: Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Variant:
    """A profile that is written otherwise and makes no mistake."""

    name: str
    change: Callable[[Path], None]


def faults(name: str) -> Sequence[Fault | EngineFault]:
    """Return the mistakes that are made in one of `PRODUCTS` or `ELSEWHERE`."""
    found: Sequence[Fault | EngineFault] = importlib.import_module(f"tests.faulty_profiles.{name}").FAULTS
    return found
