"""What a run of the machine, or a search for a difference, came to."""

from __future__ import annotations

from greenroom.model import Clause, Value
from greenroom.whatif.report import WhatIf
from greenroom.whatif.scenario import Scenario

ASPECTS = ("outcome", "connection", "host", "link", "sent", "waits to be sent", "notices", "warnings", "at Zoom")
"""What is compared; all of it, unless somebody asks for one."""


class Count(Value):
    """How often a rule fired, or a promise was at stake. ``says``: it in a sentence."""

    name: str
    says: str
    times: int


class Finding(Value):
    """A promise that did not hold, and the shortest story that shows it.

    Attributes:
        found: what was seen; ``fix``: where to look first.
        story: the events in sentences; ``scenario``: the same for `greenroom whatif`.
    """

    promise: str
    says: str
    found: str
    fix: str
    story: tuple[str, ...]
    scenario: Scenario


class MachineReport(Value):
    """A run of the machine over one profile.

    Attributes:
        rules: those applicable to the profile; ``promises``: likewise.
        not_applicable: rules and promises that the manifest has nothing for.
        finding: the first promise that broke, if one did.
    """

    profile: str
    edition: str
    product: str
    seed: int
    plays: int
    events: int
    seconds: float
    rules: tuple[Count, ...]
    not_applicable: tuple[str, ...]
    promises: tuple[Count, ...]
    finding: Finding | None = None

    @property
    def never_fired(self) -> tuple[str, ...]:
        """Applicable rules that never fired: of them, the run says nothing."""
        return tuple(one.name for one in self.rules if not one.times)

    @property
    def never_at_stake(self) -> tuple[str, ...]:
        """Applicable promises that nothing in this run could have broken."""
        return tuple(one.name for one in self.promises if not one.times)

    @property
    def passed(self) -> bool:
        """Whether every promise held, and every rule was tried."""
        return self.finding is None and not self.never_fired


class Rests(Value):
    """What one side's answers rest on in the events that differ."""

    profile: str
    clauses: tuple[Clause, ...]


class Differ(Value):
    """What the search came to.

    Attributes:
        plays: how many stories both sides played; ``scenario``: the smallest on which they differ, if there was one.
        report: that scenario side by side; ``rests``: the clauses of each side.
    """

    sides: tuple[str, str]
    aspect: str | None
    seed: int
    plays: int
    seconds: float
    scenario: Scenario | None = None
    report: WhatIf | None = None
    rests: tuple[Rests, ...] = ()
