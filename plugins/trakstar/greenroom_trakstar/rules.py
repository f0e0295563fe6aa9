"""Trakstar Hire's profile: the hooks, of which the gate and the choice of host have modules of their own."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Change,
    ChangeRequest,
    CreateRequest,
    Detail,
    GivenLink,
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
    UseLink,
    Want,
    Wanted,
)
from greenroom.rules import because, calendar_invite, follow, refuse, told_again
from greenroom_trakstar.gate import authorize, disconnect
from greenroom_trakstar.hosting import connect_first, parallel_meetings, schedulers_connection, select_host
from greenroom_trakstar.settings import SETTINGS

__all__ = [
    "SETTINGS",
    "authorize",
    "change",
    "create_meeting",
    "disconnect",
    "render_invite",
    "select_host",
    "want_meeting",
]

_DETAILS: frozenset[Detail] = frozenset({"join_url", "meeting_id", "passcode"})


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    """Wanted when "Zoom Meeting" is the type, the scheduler is connected and the interview is confirmed."""
    interview = request.interview
    if interview.wish.given is not None:
        return _entered_manually(interview.wish.given, interview.stage)
    if not interview.wish.zoom:
        return NoMeeting(because=because("TRK-30", fact="another meeting type"))
    if schedulers_connection(request) is None:
        return connect_first(request)
    if interview.stage < Stage.CONFIRMED:
        later = Say(key="details_once_confirmed")
        return NotYet(until=Stage.CONFIRMED, say=later, because=because("TRK-31", "TRK-32"))
    return Wanted(because=because("TRK-30", "TRK-33"))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    """A meeting of its own for each interview [TRK-35] that people can join without the host [TRK-41].

    A waiting room would keep them out until the host comes, so it is asked to be off.
    """
    return NewMeeting(
        topic=request.interview.subject or Say(key="topic_untitled"),
        use_pmi=False,
        join_before_host=True,
        waiting_room=False,
        insist=frozenset({"use_pmi", "join_before_host", "waiting_room"}),
        because=because("TRK-35", "TRK-41", "CORE-14"),
    )


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    """Candidates and interviewers get the Zoom details in the calendar invite [TRK-34], also those entered by
    hand [TRK-46]."""
    items = []
    if request.interview.candidates:
        items.append(calendar_invite(request, "candidate", "candidate", shows=_DETAILS))
    if request.interview.interviewers:
        items.append(calendar_invite(request, "interviewers", "interviewer", shows=_DETAILS))
    source = "TRK-46" if request.given is not None else "TRK-37"
    return Invites(items=tuple(items), because=(*because("TRK-34", source), *told_again(request)))


@hookimpl
def change(request: ChangeRequest) -> Change:
    """Core's default; when the connection is gone the link is kept [TRK-51] and cannot follow, which is said, as is
    a time at which the host already has a meeting [TRK-20]."""
    answer = follow(request)
    if request.meeting is None:
        return answer
    if not request.reachable:
        kept = because("TRK-51", fact="the connection it was made through is gone")
        warning = Say(key="link_not_updated")
        return answer.model_copy(update={"because": (*answer.because, *kept), "warnings": (warning,)})
    at_once, together = parallel_meetings(request, request.after, request.meeting.host)
    return answer.model_copy(update={"because": (*answer.because, *at_once), "warnings": together})


def _entered_manually(given: GivenLink, stage: Stage) -> Want:
    if stage >= Stage.CONFIRMED and not given.url.strip():
        return refuse("url_needed", "TRK-45", next=(Action.ENTER_MANUALLY, Action.CONNECT), fact="no url entered")
    return UseLink(link=given, because=because("TRK-45", "TRK-46"))
