"""`render_invite`: who is told what, where. Core renders, so a template cannot show what was not granted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from greenroom.model.answer import Answer, Refusal, Say
from greenroom.model.ask import Ask
from greenroom.model.interview import GivenLink, Interview, Meeting
from greenroom.model.people import CalendarKind
from greenroom.model.value import FrozenMap, Value

Audience = Literal["interviewers", "candidate", "scheduler"]
"""Whom an invite is for."""

Detail = Literal["join_url", "meeting_id", "passcode", "dial_in"]
"""What of a meeting a template can be shown."""

Why = Literal["new", "changed", "cancelled"]
"""What people are told of."""


class InviteRequest(Ask):
    """Who hears of this interview, now that it is new, changed or cancelled?"""

    interview: Interview
    """Which interview."""
    meeting: Meeting | None = None
    """The meeting that Zoom made; ``None`` = none."""
    given: GivenLink | None = None
    """Details that somebody typed in instead; ``None`` = none."""
    calendar: CalendarKind = "none"
    """The calendar system the organization is synced with."""
    why: Why = "new"
    """What people are told of."""


class Invite(Value):
    """One audience's invite."""

    audience: Audience
    """Whom it is for; each audience at most once."""
    channel: Literal["calendar", "mail"]
    """An entry in their calendar, or a mail."""
    calendar: CalendarKind | None = None
    """Which calendar system the entry is written to."""
    template: str
    """The stem of its three templates: ``NAME.subject.j2``, ``NAME.txt.j2``, ``NAME.html.j2``."""
    shows: frozenset[Detail] = frozenset()
    """The only meeting details its template can see."""
    direct_link: bool = True
    """``False``: the link is not clickable there and has to be copied."""
    notes: tuple[Say, ...] = ()
    """Further lines for the reader."""
    values: FrozenMap = ()
    """What else the template can see, as pairs of name and value."""
    editable: frozenset[Literal["subject", "body"]] = frozenset()
    """What a person may rewrite before it is sent."""
    release: Literal["at_once", "on_send"] = "at_once"
    """Sent at once, or when somebody says send."""


class Invites(Answer):
    """All invites of one interview."""

    kind: Literal["invites"] = "invites"
    items: tuple[Invite, ...] = ()
    """One for each audience that is told; empty = nobody is."""


Letters = Annotated[Invites | Refusal, Field(discriminator="kind")]
