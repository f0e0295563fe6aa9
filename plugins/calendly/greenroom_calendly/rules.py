"""Calendly's profile: the hooks, of which the gate and the choice of host have modules of their own."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    CreateRequest,
    Detail,
    InviteRequest,
    Invites,
    Letters,
    MeetingRequest,
    NewMeeting,
    NoMeeting,
    NotYet,
    Plan,
    Say,
    Stage,
    Want,
    Wanted,
)
from greenroom.rules import because, calendar_invite, refuse, told_again
from greenroom_calendly.gate import authorize, disconnect
from greenroom_calendly.hosting import connect_first, schedulers_connection, select_host
from greenroom_calendly.settings import SETTINGS

__all__ = [
    "SETTINGS",
    "authorize",
    "create_meeting",
    "disconnect",
    "render_invite",
    "select_host",
    "want_meeting",
]

_DETAILS: frozenset[Detail] = frozenset({"join_url", "meeting_id", "passcode"})


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    """Wanted by itself when users schedule [CAL-15], unless they want none on this event."""
    wish = request.interview.wish
    if wish.given is not None:
        return refuse("manual_details_not_taken", "CORE-11", fact="details entered by hand are not described")
    if wish.zoom is False:
        return NoMeeting(because=because("CAL-38", fact="the location is not Zoom"))
    if schedulers_connection(request) is None:
        return connect_first(request)
    if request.interview.stage < Stage.CONFIRMED:
        later = Say(key="details_once_scheduled")
        return NotYet(until=Stage.CONFIRMED, say=later, because=because("CAL-15", fact="not scheduled yet"))
    return Wanted(because=because("CAL-02", "CAL-15"))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    """Nothing is said of the meeting but that it is one [CAL-15], so the host's own Zoom settings rule."""
    topic = request.interview.subject or Say(key="topic_untitled")
    return NewMeeting(topic=topic, because=because("CAL-15", "CORE-14"))


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    """The Zoom meeting details are shared automatically [CAL-15]: in the calendar, at once, with everybody."""
    items = []
    if request.interview.interviewers:
        items.append(calendar_invite(request, "interviewers", "interviewer", shows=_DETAILS))
    if request.interview.candidates:
        items.append(calendar_invite(request, "candidate", "candidate", shows=_DETAILS))
    return Invites(items=tuple(items), because=(*because("CAL-15"), *told_again(request)))
