"""`want_meeting`, `select_host`, `create_meeting` and `change`: requests and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from greenroom.model.answer import Answer, Because, Refusal, Say
from greenroom.model.ask import Ask
from greenroom.model.connection import Connection
from greenroom.model.interview import GivenLink, Interview, Meeting, Span, Stage
from greenroom.model.people import CalendarKind, Person
from greenroom.model.value import Value
from greenroom.model.zoom import ZoomUser

Insisted = Literal["use_pmi", "join_before_host", "waiting_room", "authentication", "passcode", "auto_recording"]


class MeetingRequest(Ask):
    """Is a Zoom meeting wanted for this interview, at the stage it has reached? Fact to declare: ``busy``."""

    interview: Interview
    calendar: CalendarKind = "none"
    busy: tuple[Span, ...] = ()


class Wanted(Answer):
    """Yes: choose a host and make one."""

    kind: Literal["wanted"] = "wanted"


class UseLink(Answer):
    """These details instead: no Zoom call, no host, no turn."""

    kind: Literal["link"] = "link"
    link: GivenLink


class NotYet(Answer):
    """Only from a later stage on; ``say`` tells the person."""

    kind: Literal["not_yet"] = "not_yet"
    until: Stage
    say: Say


class NoMeeting(Answer):
    """None is wanted."""

    kind: Literal["none"] = "none"


Want = Annotated[Wanted | UseLink | NotYet | NoMeeting | Refusal, Field(discriminator="kind")]


class Turns(Value):
    """A rotation so far: ``counts`` of meetings made and in flight since the pool last changed, and whose
    turn was the last."""

    pool: frozenset[str] = frozenset()
    counts: tuple[tuple[str, int], ...] = ()
    last: str | None = None


class Turn(Value):
    """One turn used: counted when the meeting is intended, given back when it is not made."""

    pool: frozenset[str]
    host: str


class HostRequest(MeetingRequest):
    """Whose Zoom hosts it, and through which connection? Asked only after `Wanted`.

    Facts to declare: ``interviewers`` (their ``zoom``), ``hosts`` (people named by settings or wish, looked
    up), ``turns``, ``load`` (other meetings of these hosts around that time).
    """

    hosts: tuple[Person, ...] = ()
    turns: Turns = Turns()
    load: tuple[tuple[str, Span], ...] = ()


class Considered(Value):
    """Somebody who was looked at while choosing the host, and what came of it."""

    who: str
    verdict: Literal["host", "skipped", "eligible"]
    because: Because


class HostChoice(Answer):
    """The host, the connection it goes through, and the turn it uses up (if any)."""

    kind: Literal["host"] = "host"
    host: ZoomUser
    via: Connection
    turn: Turn | None = None
    considered: tuple[Considered, ...] = ()


Choice = Annotated[HostChoice | Refusal, Field(discriminator="kind")]


class CreateRequest(MeetingRequest):
    """What exactly is asked of Zoom, knowing who hosts?"""

    choice: HostChoice


class NewMeeting(Answer):
    """The plan. A field left ``None`` is not sent, so that the host's own Zoom settings rule; ``insist`` names
    fields Zoom must have kept, or the meeting counts as *degraded*."""

    kind: Literal["new"] = "new"
    topic: Say | str
    agenda: Say | None = None
    use_pmi: bool | None = None
    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    passcode: Literal["generate"] | None = None
    auto_recording: Literal["none", "local", "cloud"] | None = None
    insist: frozenset[Insisted] = frozenset()


Plan = Annotated[NewMeeting | Refusal, Field(discriminator="kind")]


class ChangeRequest(Ask):
    """Something moved after a meeting was made: ``after=None`` means cancelled. ``reachable``: the meeting's
    connection still works. Fact to declare: ``load`` (other meetings of these hosts around the time moved to).

    ``by="zoom"``: somebody moved (``after``) or deleted (``None``) the meeting in Zoom's own pages, and nobody has
    touched the interview yet. Nothing is sent back to Zoom then: ``at_zoom`` is *keep*, and ``calendars`` says whether
    the interview follows."""

    before: Interview
    after: Interview | None
    meeting: Meeting | None
    by: Literal["person", "zoom"] = "person"
    reachable: bool = True
    load: tuple[tuple[str, Span], ...] = ()


class Follow(Answer):
    """What follows at Zoom and in the calendars."""

    kind: Literal["follow"] = "follow"
    at_zoom: Literal["update", "delete", "keep", "replace"]
    calendars: Literal["update", "cancel", "keep"]


Change = Annotated[Follow | Refusal, Field(discriminator="kind")]
