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
"""What a plan can insist on."""


class MeetingRequest(Ask):
    """Is a Zoom meeting wanted for this interview, at the stage it has reached?"""

    interview: Interview
    """Which interview."""
    calendar: CalendarKind = "none"
    """The calendar system the organization is synced with."""
    busy: tuple[Span, ...] = ()
    """When whoever takes part has something else at that time. A fact to declare: ``busy``."""


class Wanted(Answer):
    """Yes: choose a host and make one."""

    kind: Literal["wanted"] = "wanted"


class UseLink(Answer):
    """These details instead: no Zoom call, no host, no turn."""

    kind: Literal["link"] = "link"
    link: GivenLink
    """The details, as they were typed."""


class NotYet(Answer):
    """Only from a later stage on."""

    kind: Literal["not_yet"] = "not_yet"
    until: Stage
    """From which stage on; later than the one reached."""
    say: Say
    """What the person is told meanwhile."""


class NoMeeting(Answer):
    """None is wanted."""

    kind: Literal["none"] = "none"


Want = Annotated[Wanted | UseLink | NotYet | NoMeeting | Refusal, Field(discriminator="kind")]


class Turns(Value):
    """A rotation so far."""

    pool: frozenset[str] = frozenset()
    """The addresses it goes around."""
    counts: tuple[tuple[str, int], ...] = ()
    """Pairs of address and number of meetings, made and in flight, since the pool last changed."""
    last: str | None = None
    """Whose turn was the last; ``None`` = nobody had one."""


class Turn(Value):
    """One turn used: counted when the meeting is intended, given back when it is not made."""

    pool: frozenset[str]
    """The addresses it was chosen among."""
    host: str
    """Whose turn it is: an address of the pool."""


class HostRequest(MeetingRequest):
    """Whose Zoom hosts it, and through which connection? Asked only after `Wanted`."""

    hosts: tuple[Person, ...] = ()
    """The scheduler and the people named by settings or wish, each looked up at Zoom. A fact to declare: ``hosts``."""
    turns: Turns = Turns()
    """The rotation so far. A fact to declare: ``turns``."""
    load: tuple[tuple[str, Span], ...] = ()
    """Other live meetings around that time, as pairs of host's address and time. A fact to declare: ``load``."""


class Considered(Value):
    """Somebody who was looked at while choosing the host, and what came of it."""

    who: str
    """Their address."""
    verdict: Literal["host", "skipped", "eligible"]
    """Whether they host, were skipped, or could have hosted."""
    because: Because
    """Why."""


class HostChoice(Answer):
    """The host, and the connection the meeting goes through."""

    kind: Literal["host"] = "host"
    host: ZoomUser
    """An active Zoom user whom the request names."""
    via: Connection
    """A usable one of ``request.connections``, of the host's Zoom account."""
    turn: Turn | None = None
    """The turn it uses up, if any."""
    considered: tuple[Considered, ...] = ()
    """Who was looked at on the way, for whoever asks why."""


Choice = Annotated[HostChoice | Refusal, Field(discriminator="kind")]


class CreateRequest(MeetingRequest):
    """What exactly is asked of Zoom, knowing who hosts?"""

    choice: HostChoice
    """Who hosts, and through which connection."""


class NewMeeting(Answer):
    """The plan. A field left ``None`` is not sent, so that the host's own Zoom settings rule."""

    kind: Literal["new"] = "new"
    topic: Say | str
    """The meeting's name: the text itself, or a message by key."""
    agenda: Say | None = None
    """Its description."""
    use_pmi: bool | None = None
    """Whether it takes place in the host's own room (Personal Meeting ID)."""
    join_before_host: bool | None = None
    """Whether people can join before the host does."""
    waiting_room: bool | None = None
    """Whether people wait until they are let in."""
    authentication: bool | None = None
    """Whether people have to sign in at Zoom."""
    passcode: Literal["generate"] | None = None
    """*generate*: ask Zoom for a passcode."""
    auto_recording: Literal["none", "local", "cloud"] | None = None
    """Whether, and where, it is recorded by itself."""
    insist: frozenset[Insisted] = frozenset()
    """Fields that Zoom must have kept, or the meeting counts as *degraded*; each has to be set above."""


Plan = Annotated[NewMeeting | Refusal, Field(discriminator="kind")]


class ChangeRequest(Ask):
    """Something moved after a meeting was made, or the interview was cancelled."""

    before: Interview
    """The interview as it was."""
    after: Interview | None
    """The interview as it is now; ``None`` = it was cancelled."""
    meeting: Meeting | None
    """The meeting that was made for it; ``None`` = it uses none of ours."""
    by: Literal["person", "zoom"] = "person"
    """*zoom*: somebody moved or deleted the meeting in Zoom's own pages, and nobody has touched the interview yet.
    Nothing is sent back to Zoom then (``at_zoom`` is *keep*), and ``calendars`` says whether the interview follows."""
    reachable: bool = True
    """Whether the meeting's connection still works."""
    load: tuple[tuple[str, Span], ...] = ()
    """Other live meetings of these hosts around the time moved to. A fact to declare: ``load``."""


class Follow(Answer):
    """What follows at Zoom and in the calendars."""

    kind: Literal["follow"] = "follow"
    at_zoom: Literal["update", "delete", "keep", "replace"]
    """What is done to the meeting; *replace*: delete it and make another."""
    calendars: Literal["update", "cancel", "keep"]
    """What people are told; *keep*: nothing."""


Change = Annotated[Follow | Refusal, Field(discriminator="kind")]
