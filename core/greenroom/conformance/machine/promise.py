"""What has to hold after every step of a play, whatever the product: named, explained, and looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from greenroom.conformance.machine.reference import Reference
from greenroom.profiles.manifest import Manifest
from greenroom.whatif.events import Event
from greenroom.whatif.report import Happened
from greenroom.whatif.seen import LedgerMeeting, Seen


@dataclass(frozen=True)
class Step:
    """One event of a play: what it came to, and everything there was before and after it.

    ``event`` is ``None`` for the profile's own walkthrough; ``again``: it is the same as the one before.
    ``reference`` has taken note of it already.
    """

    event: Event | None
    came: Happened
    before: Seen
    after: Seen
    reference: Reference
    again: bool = False

    @property
    def kind(self) -> str:
        """Which doing it is, as a scenario calls it; ``set_up`` for the walkthrough."""
        return self.event.kind if self.event is not None else "set_up"

    @property
    def made(self) -> tuple[LedgerMeeting, ...]:
        """The meetings that Zoom made."""
        earlier = {one.uuid for one in self.before.meetings}
        return tuple(one for one in self.after.meetings if one.uuid not in earlier)

    @property
    def ended(self) -> tuple[LedgerMeeting, ...]:
        """The meetings that Zoom deleted."""
        earlier = {one.uuid for one in self.before.meetings if one.deleted_at is None}
        return tuple(one for one in self.after.meetings if one.uuid in earlier and one.deleted_at is not None)


Complaints = list[str] | None
"""What is wrong, in sentences; ``None`` where the promise was not at stake."""

Judge = Callable[[Step], Complaints]
Applies = Callable[[Manifest], bool]


@dataclass(frozen=True)
class Promise:
    """Something that holds after every step.

    Attributes:
        fix: where to look first when it does not.
        applies: whether it can be at stake at all, as the manifest has it.
    """

    name: str
    says: str
    fix: str
    judge: Judge
    applies: Applies


@dataclass(frozen=True)
class Broken:
    """A promise that a step broke, and what was found."""

    promise: Promise
    found: str


def promise(says: str, *, fix: str, applies: Applies = lambda _: True) -> Callable[[Judge], Promise]:
    """Make a promise of a function: it is called as the function is."""
    return lambda judge: Promise(judge.__name__, says, fix, judge, applies)


def live(meetings: Iterable[LedgerMeeting]) -> tuple[LedgerMeeting, ...]:
    """Return the meetings that nobody deleted."""
    return tuple(one for one in meetings if one.deleted_at is None)
