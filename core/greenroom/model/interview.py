"""The interview: one timed event, its people, what was wished for it, and the meeting Zoom made."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from greenroom.model.connection import Connection
from greenroom.model.people import Candidate, Person
from greenroom.model.value import FrozenMap, Value
from greenroom.model.zoom import ZoomUser


class Stage(IntEnum):
    """How far an interview has come. A level, not an edge: hooks are asked about the stage reached."""

    DRAFT = 0
    SAVED = 1
    CONFIRMED = 2
    SENT = 3


class Span(Value):
    """A stretch of time, start included and end excluded; both are instants."""

    start: AwareDatetime
    end: AwareDatetime
    what: str = ""

    def overlaps(self, other: Span) -> bool:
        """Whether the two share any moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


class Meeting(Value):
    """What Zoom made, and only what may be shown around.

    ``of`` is the interview it was made for, ``used_by`` all interviews that state its link,
    ``degraded`` the names of insisted fields that Zoom changed.
    """

    id: str
    join_url: str
    passcode: str | None = None
    host: ZoomUser
    via: Connection
    of: str
    used_by: frozenset[str] = frozenset()
    degraded: frozenset[str] = frozenset()


class GivenLink(Value):
    """Meeting details typed or pasted by a person; ``same_as`` = it is a meeting this organization made."""

    url: str
    meeting_id: str | None = None
    password: str | None = None
    same_as: Meeting | None = None


class Wish(Value):
    """What the scheduler asked for on this interview.

    ``zoom``: a Zoom meeting, yes, no, or nothing said. ``host``: the e-mail address of a chosen host.
    """

    zoom: bool | None = None
    given: GivenLink | None = None
    host: str | None = None
    options: FrozenMap = ()


class Interview(Value):
    """One timed event. A draft may lack ``subject``, ``start``, ``minutes`` and ``zone``.

    ``start`` is an instant; ``zone`` the IANA zone it was typed in; ``kind`` what a product calls
    interview stage or event type; ``panel`` groups the interviews scheduled together.
    """

    id: str
    panel: str
    kind: str | None = None
    stage: Stage = Stage.DRAFT
    wish: Wish = Wish()
    subject: str | None = None
    start: AwareDatetime | None = None
    minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None
    zone: str | None = None
    scheduler: Person
    interviewers: tuple[Person, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    room: str | None = None
    notes: str | None = None

    @property
    def end(self) -> datetime | None:
        """The instant it ends, or ``None`` while start or length are open."""
        if self.start is None or self.minutes is None:
            return None
        return self.start + timedelta(minutes=self.minutes)

    @property
    def span(self) -> Span | None:
        """Its time, or ``None`` while start or length are open."""
        end = self.end
        return Span(start=self.start, end=end) if self.start is not None and end is not None else None

    @property
    def head_count(self) -> int:
        """How many people are expected in the room: candidates and interviewers."""
        return len({person.email for person in (*self.candidates, *self.interviewers)})
