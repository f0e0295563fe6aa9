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
Detail = Literal["join_url", "meeting_id", "passcode", "dial_in"]
Why = Literal["new", "changed", "cancelled"]


class InviteRequest(Ask):
    """Who hears of this interview, now that it is new, changed or cancelled?"""

    interview: Interview
    meeting: Meeting | None = None
    given: GivenLink | None = None
    calendar: CalendarKind = "none"
    why: Why = "new"


class Invite(Value):
    """One audience's invite. ``shows`` are the only meeting details its template can see;
    ``direct_link=False``: the link must be copied, it is not clickable there; ``editable``: what a person may
    rewrite before sending; ``release``: at once, or when somebody says send."""

    audience: Audience
    channel: Literal["calendar", "mail"]
    calendar: CalendarKind | None = None
    template: str
    shows: frozenset[Detail] = frozenset()
    direct_link: bool = True
    notes: tuple[Say, ...] = ()
    values: FrozenMap = ()
    editable: frozenset[Literal["subject", "body"]] = frozenset()
    release: Literal["at_once", "on_send"] = "at_once"


class Invites(Answer):
    """All invites of one interview."""

    kind: Literal["invites"] = "invites"
    items: tuple[Invite, ...] = ()


Letters = Annotated[Invites | Refusal, Field(discriminator="kind")]
