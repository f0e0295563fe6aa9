"""Meetings as they are held: each start makes a session, with its own UUID and everyone who was in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from greenroom.sandbox.ledger import Meeting

Place = Literal["waiting_room", "meeting"]


@dataclass(frozen=True)
class Attendance:
    """One person's stay; whoever comes back stays a second time.

    Attributes:
        number: the participant's number in this session.
        user_id: their Zoom user id; empty for guests.
        email: what Zoom tells apps, which is nothing for people outside the host's account.
        came: when they reached the waiting room or the meeting, whichever was first.
    """

    number: int
    uuid: str
    name: str
    user_id: str
    email: str
    is_host: bool
    place: Place
    came: datetime
    joined: datetime | None = None
    left: datetime | None = None
    reason: str = ""

    @property
    def inside(self) -> bool:
        """Tell whether the person is in the meeting now."""
        return self.place == "meeting" and self.left is None


@dataclass(frozen=True)
class Line:
    """Something written in the meeting's chat, or said aloud."""

    id: str
    at: datetime
    attendance: int
    text: str
    aloud: bool = False


@dataclass(frozen=True)
class Session:
    """One time a meeting was held.

    Attributes:
        meeting: the meeting as it was when this started.
        lines: what was said and written, in order.
        crowded_since: since when a free meeting has had as many people as are limited.
        recorded: from when until when it was recorded, piece by piece.
    """

    uuid: str
    meeting: Meeting
    started: datetime
    ended: datetime | None = None
    attendances: tuple[Attendance, ...] = ()
    lines: tuple[Line, ...] = ()
    crowded_since: datetime | None = None
    recording_since: datetime | None = None
    recorded: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def live(self) -> bool:
        """Tell whether it is going on."""
        return self.ended is None

    @property
    def heads(self) -> int:
        """Return how many are in the meeting now; the waiting room does not count."""
        return sum(1 for one in self.attendances if one.inside)

    @property
    def minutes(self) -> int:
        """Return how long an ended session lasted, in minutes begun."""
        if self.ended is None:
            return 0
        return -(-int((self.ended - self.started).total_seconds()) // 60)

    def attendance(self, number: int) -> Attendance | None:
        """Return one person's stay."""
        return next((one for one in self.attendances if one.number == number), None)

    def with_attendance(self, changed: Attendance) -> "Session":
        """Return the session with one stay added or changed."""
        others = [one for one in self.attendances if one.number != changed.number]
        return replace(self, attendances=tuple(sorted((*others, changed), key=lambda one: one.number)))


class Sessions:
    """Every session ever, by UUID, in the order of their starts."""

    def __init__(self) -> None:
        self._all: dict[str, Session] = {}

    def __iter__(self) -> Iterator[Session]:
        return iter(self._all.values())

    def keep(self, session: Session) -> None:
        """Store a new or changed session."""
        self._all[session.uuid] = session

    def get(self, uuid: str) -> Session | None:
        """Return the session with this UUID."""
        return self._all.get(uuid)

    def live_of(self, meeting_id: int) -> Session | None:
        """Return the session of a meeting that is going on."""
        return next((one for one in self.of(meeting_id) if one.live), None)

    def of(self, meeting_id: int) -> list[Session]:
        """Return a meeting's sessions, the last one first."""
        return [one for one in reversed(self._all.values()) if one.meeting.id == meeting_id]

    def live_hosted_by(self, user_id: str) -> list[Session]:
        """Return what is going on in a host's name."""
        return [one for one in self._all.values() if one.live and one.meeting.host_id == user_id]
