"""The events in people's Zoom calendars, kept while the sandbox runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import Directory, User
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.world import World
from greenroom.sandbox.world_products import CalendarEventSpec

Moment = Mapping[str, str]


@dataclass(frozen=True)
class Appointment:
    """One event in the calendar of whoever organizes it; attendees have it in theirs, too.

    Attributes:
        change: the number of the change that made it what it is; later changes have higher numbers.
        fields: what was sent, under the published names.
    """

    id: str
    owner_id: str
    change: int
    created: datetime
    updated: datetime
    fields: Mapping[str, object] = field(default_factory=dict)
    cancelled: bool = False

    @property
    def start(self) -> datetime:
        """Return when it begins; a whole day begins at its midnight."""
        return instant_of(self._moment("start"))

    @property
    def end(self) -> datetime:
        """Return when it ends."""
        return instant_of(self._moment("end"))

    def attendance(self, email: str) -> str | None:
        """Return what an attendee answered; `None` for somebody who does not attend."""
        attendees = self.fields.get("attendees", [])
        for one in attendees if isinstance(attendees, list) else []:
            if str(one["email"]).casefold() == email.casefold():
                return str(one.get("responseStatus", "needsAction"))
        return None

    def _moment(self, name: str) -> Moment:
        moment = self.fields[name]
        return moment if isinstance(moment, Mapping) else {}


class Appointments:
    """Everything in anybody's calendar, cancelled events too.

    A recurrence is kept as it was sent; only the first date stands in anybody's way.
    """

    def __init__(self, world: World, directory: Directory, ids: Ids, now: datetime) -> None:
        self._ids = ids
        self._changes = count(1)
        self._kept: dict[str, Appointment] = {}
        for spec in (user for account in world.accounts for user in account.users):
            for event in spec.calendar:
                owner = directory.find_user(spec.email)
                if owner:
                    self.add(owner, _fields(event), now, event.id)

    def add(self, owner: User, fields: Mapping[str, object], now: datetime, given: str | None = None) -> Appointment:
        """Store a new event."""
        name = given or self._ids.text(26).lower()
        made = Appointment(name, owner.id, next(self._changes), now, now, fields)
        self._kept[made.id] = made
        return made

    def change(self, before: Appointment, fields: Mapping[str, object], now: datetime) -> Appointment:
        """Store an event with other fields."""
        made = replace(before, change=next(self._changes), updated=now, fields={**before.fields, **fields})
        self._kept[made.id] = made
        return made

    def cancel(self, before: Appointment, now: datetime) -> None:
        """Cancel an event; it is told to those who ask for what changed."""
        self._kept[before.id] = replace(before, change=next(self._changes), updated=now, cancelled=True)

    def in_calendar_of(self, user: User) -> Iterator[Appointment]:
        """Yield what a person organizes or attends, in the order of the last changes."""
        for one in sorted(self._kept.values(), key=lambda one: one.change):
            if one.owner_id == user.id or one.attendance(user.email) is not None:
                yield one

    @property
    def last_change(self) -> int:
        """Return the number of the latest change."""
        return max((one.change for one in self._kept.values()), default=0)


def instant_of(moment: Moment) -> datetime:
    """Return the instant a start or an end means, in UTC.

    Raises:
        ValueError: it is no date or time, its time zone is unknown, or a time has neither offset nor zone.
    """
    zone = _zone(moment.get("timeZone", ""))
    if "dateTime" not in moment:
        day = datetime.fromisoformat(moment["date"]).date()
        return datetime.combine(day, time(), zone or UTC).astimezone(UTC)
    told = datetime.fromisoformat(moment["dateTime"])
    if told.tzinfo is None and zone is None:
        message = "a time needs an offset or a time zone"
        raise ValueError(message)
    return (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, OSError):
        message = f"no time zone {name!r}"
        raise ValueError(message) from None


def _fields(spec: CalendarEventSpec) -> dict[str, object]:
    start, end = ({"dateTime": iso(_aware(one)), "timeZone": "UTC"} for one in (spec.start, spec.end))
    return {
        "summary": spec.summary,
        "start": start,
        "end": end,
        "attendees": [{"email": email, "responseStatus": "needsAction"} for email in spec.attendees],
        "transparency": "opaque" if spec.busy else "transparent",
    }


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
