"""Every meeting ever made, and every request ever received."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

# A one-time meeting number lapses thirty days after its date, a recurring one after a year.
_LIFE = timedelta(days=30)
_RECURRING_LIFE = timedelta(days=365)
_RECURRING = (3, 8)
_REQUESTS_KEPT = 100_000


@dataclass(frozen=True)
class Occurrence:
    """One date of a recurring meeting.

    Attributes:
        id: the milliseconds since 1970 of the start it was planned for, which it keeps when it moves.
        duration: minutes.
        changes: what was set for this date only: `agenda`, `settings`.
    """

    id: str
    start: datetime
    duration: int
    deleted: bool = False
    changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Meeting:
    """A meeting as the sandbox stores it.

    Attributes:
        start: the scheduled instant; `None` for an instant meeting or a recurring one without time.
        duration: minutes.
        pmi: the host's personal meeting number when the meeting uses it, else empty.
        extras: published fields kept as they were sent (tracking fields, recurrence …).
        assistant_id: who scheduled it for the host; empty when the host did.
        occurrences: the dates of a recurring meeting with fixed times, deleted ones too.
        last_started: when it was last held, which prolongs its number's life.
    """

    id: int
    uuid: str
    account_id: str
    host_id: str
    host_email: str
    client_id: str
    topic: str
    agenda: str
    type: int
    start: datetime | None
    duration: int
    timezone: str
    passcode: str
    encrypted_passcode: str
    pmi: str
    settings: Mapping[str, object]
    extras: Mapping[str, object]
    created_at: datetime
    updated_at: tuple[datetime, ...] = ()
    deleted_at: datetime | None = None
    assistant_id: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    last_started: datetime | None = None

    def gone(self, now: datetime) -> bool:
        """Tell whether the API no longer knows the meeting: deleted or lapsed."""
        life = _RECURRING_LIFE if self.type in _RECURRING else _LIFE
        dates = [self.start or self.created_at, *(one.start for one in self.occurrences)]
        used = max([*dates, self.last_started] if self.last_started else dates)
        return self.deleted_at is not None or now - life >= used


@dataclass(frozen=True)
class Request:
    """One request as it went: `status` is `None` when no answer was given, `label` outside the REST API."""

    at: datetime
    operation: str
    label: str | None
    path: str
    app: str | None
    user: str | None
    status: int | None
    latency_ms: float
    fault: str | None


class Ledger:
    """Every meeting, and every request."""

    def __init__(self) -> None:
        self._meetings: dict[int, Meeting] = {}
        self.requests: deque[Request] = deque(maxlen=_REQUESTS_KEPT)
        self.received: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Meeting]:
        return iter(self._meetings.values())

    def __contains__(self, meeting_id: int) -> bool:
        return meeting_id in self._meetings

    def keep(self, meeting: Meeting) -> None:
        """Store a new or changed meeting."""
        self._meetings[meeting.id] = meeting

    def find(self, meeting_id: int, now: datetime) -> Meeting | None:
        """Return a meeting the API still knows."""
        meeting = self._meetings.get(meeting_id)
        return meeting if meeting and not meeting.gone(now) else None

    def hosted_by(self, user_id: str, now: datetime) -> list[Meeting]:
        """Return a host's meetings the API still knows."""
        return [m for m in self._meetings.values() if m.host_id == user_id and not m.gone(now)]

    def drop_host(self, user_id: str, now: datetime) -> None:
        """Delete every meeting of a host who left."""
        for meeting in self.hosted_by(user_id, now):
            self.keep(replace(meeting, deleted_at=now))
