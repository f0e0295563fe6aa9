"""What a faulty profile is: a real one with one plausible mistake, and the contract that has to tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greenroom.conformance.wrong import Edit, WrongReading, carry_out


@dataclass(frozen=True, init=False)
class Fault:
    """A mistake, in one sentence, that ``contract`` fails on with a message that has ``says`` in it."""

    contract: str
    mistake: str
    says: str
    edits: tuple[Edit, ...]

    def __init__(self, contract: str, mistake: str, says: str, *edits: Edit) -> None:
        object.__setattr__(self, "contract", contract)
        object.__setattr__(self, "mistake", mistake)
        object.__setattr__(self, "says", says)
        object.__setattr__(self, "edits", edits)

    def commit(self, copy: Path) -> None:
        """Make the mistake in a copy of the plugin; raises `greenroom.conformance.wrong.StaleEdit`."""
        carry_out(WrongReading(self.contract, self.mistake, *self.edits), copy)


@dataclass(frozen=True)
class Variant:
    """A profile that is written otherwise and makes no mistake."""

    name: str
    change: Callable[[Path], None]
