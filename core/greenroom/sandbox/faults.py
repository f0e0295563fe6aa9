"""Faults on demand: which request or event is to go wrong, and how."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Literal, get_args

from greenroom.sandbox.clock import iso

RequestFault = Literal[
    "delay",
    "status",
    "html",
    "truncated",
    "rate_limited",
    "token_rejected",
    "invalid_grant",
    "hang",
    "reset_before",
    "reset_after",
    "status_after",
    "hang_after",
]
EventFault = Literal["duplicate", "late", "reorder", "drop"]
FaultKind = Literal[RequestFault, EventFault]
RetryAfter = Literal["seconds", "http-date", "date-time"]

REQUEST_KINDS: tuple[str, ...] = get_args(RequestFault)
EVENT_KINDS: tuple[str, ...] = get_args(EventFault)
EVENT = "event "
"""What the operation of a fault that strikes events starts with, as in `event meeting.started` or `event *`."""

_STATUS: dict[str, int] = {"html": 502, "truncated": 200, "rate_limited": 429, "token_rejected": 401}
_STATUS["invalid_grant"] = 400


@dataclass(frozen=True)
class Fault:
    """A rule that makes requests, or events, go wrong.

    Attributes:
        operation: such as `POST /users/{userId}/meetings` or `POST /oauth/token`, `event meeting.started` or
            `event *`; `*` means every request.
        nth: the first match it strikes, counted from 1 and from when the rule was set.
        times: how many it strikes from then on; `None` means all.
        probability: how likely it strikes each of those; with `seed` the same ones every time.
        kind: `…_before` and plain kinds leave nothing done; `…_after` kinds and `truncated` do the work and lose
            the answer. Events: told twice, told `seconds` late, told after the next one, or never told.
        seconds: how long `delay` waits, how late `late` is, how far off `retry_after` points.
        status: the status answered by `status`, `status_after`, `html` and the like; `None` takes the kind's own.
        body: the answer's body: an object is sent as JSON, a text as it is.
        retry_after: adds a `Retry-After` header in one of its three forms.
    """

    id: str
    operation: str
    kind: FaultKind
    nth: int = 1
    times: int | None = 1
    probability: float = 1
    seed: int | None = None
    seconds: float = 0
    status: int | None = None
    body: Mapping[str, object] | str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    retry_after: RetryAfter | None = None

    @property
    def after(self) -> bool:
        """Tell whether the work is done before the answer is lost."""
        return self.kind.endswith("_after")

    @property
    def answered(self) -> int:
        """Return the status of the answer."""
        return self.status or _STATUS.get(self.kind, 500)

    def due(self, count: int) -> bool:
        """Tell whether the `count`-th match is among those it may strike."""
        return count >= self.nth and (self.times is None or count < self.nth + self.times)

    def waiting_header(self, now: datetime) -> str | None:
        """Return the value of `Retry-After`, in the form asked for."""
        until = now + timedelta(seconds=self.seconds)
        forms = {
            "seconds": f"{self.seconds:g}",
            "http-date": format_datetime(until, usegmt=True),
            "date-time": iso(until),
        }
        return forms[self.retry_after] if self.retry_after else None


@dataclass
class _Rule:
    fault: Fault
    chance: random.Random | random.SystemRandom
    seen: int = 0
    struck: int = field(default=0)

    def strikes(self) -> bool:
        self.seen += 1
        hit = self.fault.due(self.seen) and (
            self.fault.probability >= 1 or self.chance.random() < self.fault.probability
        )
        self.struck += hit
        return hit


class Faults:
    """The rules in force, each with how much it has seen."""

    def __init__(self) -> None:
        self._rules: dict[str, _Rule] = {}
        self._made = 0

    def next_id(self) -> str:
        """Return an id for a new rule."""
        self._made += 1
        return f"fault-{self._made}"

    def add(self, fault: Fault) -> None:
        """Put a rule in force."""
        chance = random.SystemRandom() if fault.seed is None else random.Random(fault.seed)  # noqa: S311 - repeatable
        self._rules[fault.id] = _Rule(fault, chance)

    def clear(self) -> None:
        """Drop every rule."""
        self._rules.clear()

    def listed(self) -> list[tuple[Fault, int]]:
        """Return the rules with how many matches each has seen."""
        return [(rule.fault, rule.seen) for rule in self._rules.values()]

    def strike(self, operation: str) -> Fault | None:
        """Count a request, or an event, with every rule that matches it; return the first that strikes."""
        every = f"{EVENT}*" if operation.startswith(EVENT) else "*"
        struck = None
        for rule in self._rules.values():
            if rule.fault.operation in (every, operation) and rule.strikes() and struck is None:
                struck = rule.fault
        return struck
