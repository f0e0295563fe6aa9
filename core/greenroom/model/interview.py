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
    """Somebody is putting it together."""
    SAVED = 1
    """It is in the product."""
    CONFIRMED = 2
    """Its time is agreed."""
    SENT = 3
    """Its invites have gone out."""


class Span(Value):
    """A stretch of time, start included and end excluded; both are instants."""

    start: AwareDatetime
    """The first instant of it."""
    end: AwareDatetime
    """The first instant after it."""
    what: str = ""
    """What fills it; among ``busy``, the address of whose time it is."""

    def overlaps(self, other: Span) -> bool:
        """Whether the two share any moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


class Meeting(Value):
    """What Zoom made, and only what may be shown around."""

    id: str
    """Zoom's meeting number."""
    join_url: str
    """What people click to join."""
    passcode: str | None = None
    """What Zoom asks of people who type the number in; ``None`` = nothing."""
    host: ZoomUser
    """Whose Zoom it is in."""
    via: Connection
    """The connection it was made through."""
    of: str
    """The id of the interview it was made for."""
    used_by: frozenset[str] = frozenset()
    """The ids of all interviews that state its link."""
    degraded: frozenset[str] = frozenset()
    """The insisted fields that Zoom changed."""


class GivenLink(Value):
    """Meeting details typed or pasted by a person."""

    url: str
    """The link, as typed."""
    meeting_id: str | None = None
    """The meeting number, as typed."""
    password: str | None = None
    """The password, as typed."""
    same_as: Meeting | None = None
    """The meeting of this organization that the link is of; ``None`` = it is none of ours."""


class Wish(Value):
    """What the scheduler asked for on this interview."""

    zoom: bool | None = None
    """A Zoom meeting: yes, no, or nothing said (``None``)."""
    given: GivenLink | None = None
    """Details to use instead of making a meeting."""
    host: str | None = None
    """The e-mail address of a chosen host."""
    options: FrozenMap = ()
    """Further choices of the product's page, as pairs of name and value."""


class Interview(Value):
    """One timed event. A draft may lack ``subject``, ``start``, ``minutes`` and ``zone``."""

    id: str
    """Stable; it says nothing of the interview."""
    panel: str
    """The id of the panel: the interviews scheduled together."""
    kind: str | None = None
    """What a product calls interview stage or event type; ``None`` = none was chosen."""
    stage: Stage = Stage.DRAFT
    """How far it has come."""
    wish: Wish = Wish()
    """What the scheduler asked for."""
    subject: str | None = None
    """What it is called."""
    start: AwareDatetime | None = None
    """When it begins: an instant, with a time zone."""
    minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None
    """How long it takes, in minutes: 1 to 1440."""
    zone: str | None = None
    """The IANA zone the start was typed in, such as *Europe/Berlin*."""
    scheduler: Person
    """Who schedules it. Their ``zoom`` is a fact to declare for ``select_host``: ``hosts``."""
    interviewers: tuple[Person, ...] = ()
    """Who interviews, in the order they were entered. Their ``zoom`` is a fact to declare: ``interviewers``."""
    candidates: tuple[Candidate, ...] = ()
    """Who is interviewed."""
    room: str | None = None
    """The room it takes place in, or that joins by Zoom."""
    notes: str | None = None
    """What the scheduler wrote down; for the people invited."""

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
