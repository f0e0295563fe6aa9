"""InterviewPlanner's profile: the hooks, of which the gate has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Because,
    Choice,
    Connection,
    Considered,
    CreateRequest,
    HostChoice,
    HostRequest,
    InviteRequest,
    Invites,
    Letters,
    Level,
    MeetingRequest,
    NewMeeting,
    NoMeeting,
    NotYet,
    Plan,
    Refusal,
    Say,
    Scope,
    Stage,
    Want,
    Wanted,
)
from greenroom.rules import because, calendar_invite, first_usable, refuse, settings_of, told_again
from greenroom_interviewplanner.gate import authorize, disconnect, phase_of
from greenroom_interviewplanner.settings import SETTINGS, CandidateSettings, StageSettings

__all__ = [
    "SETTINGS",
    "authorize",
    "create_meeting",
    "disconnect",
    "render_invite",
    "select_host",
    "want_meeting",
]

_WORDS: Mapping[bool, str] = {True: "on", False: "off"}


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    """Wanted where video conferencing is enabled, for the candidate or else on the stage [IVP-35, IVP-36]."""
    if request.interview.wish.given is not None:
        return refuse("details_not_taken", "CORE-11", fact="meeting details entered by hand")
    on, reason = _video(request)
    if not on:
        return NoMeeting(warnings=_other_than_wished(request, on=on), because=(reason,))
    if _connection(request) is None:
        return _connect_first(request)
    if request.interview.stage < Stage.CONFIRMED:
        later = Say(key="url_once_scheduled")
        return NotYet(until=Stage.CONFIRMED, say=later, because=(reason, *because("IVP-01")))
    return Wanted(warnings=_other_than_wished(request, on=on), because=(reason, *because("IVP-01")))


@hookimpl
def select_host(request: HostRequest) -> Choice:
    """The Zoom user of the person scheduling: the document names no host, but lists users and manages their
    meetings [IVP-21], for everyone on the account [IVP-08]. Nobody stands in."""
    via = _connection(request)
    if via is None:
        return _connect_first(request)
    scheduler = request.interview.scheduler
    host = scheduler.zoom
    if host is None or host.status != "active":
        fact = "no Zoom user in this account" if host is None else f"Zoom user is {host.status}"
        return refuse("scheduler_not_in_zoom", "IVP-21", about=scheduler.email, fact=fact)
    reason = Because(clause="IVP-21", about=scheduler.email, fact="Zoom user of the person scheduling")
    considered = Considered(who=scheduler.email, verdict="host", because=reason)
    return HostChoice(host=host, via=via, considered=(considered,), because=(reason, *because("IVP-08")))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    """A URL generated for this schedule [IVP-01], so never the host's Personal Meeting ID; the rest is Zoom's."""
    return NewMeeting(
        topic=request.interview.subject or Say(key="topic_untitled"),
        use_pmi=False,
        insist=frozenset({"use_pmi"}),
        because=because("IVP-01", "CORE-14"),
    )


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    """Calendar invites that go out at once. Either side may be remote [IVP-02], so both are told the URL."""
    items = []
    if request.interview.interviewers:
        items.append(calendar_invite(request, "interviewers", "interviewer"))
    if request.interview.candidates:
        items.append(calendar_invite(request, "candidate", "candidate"))
    return Invites(items=tuple(items), because=(*because("IVP-01", "IVP-02"), *told_again(request)))


def _video(request: MeetingRequest) -> tuple[bool, Because]:
    """Whether video conferencing is on here, and where that was said."""
    candidate = settings_of(request, Scope.CANDIDATE, CandidateSettings).video
    stage = settings_of(request, Scope.KIND, StageSettings).video
    if candidate is None:
        clause = "IVP-35" if stage else "IVP-39"
        return stage, Because(clause=clause, about="stage", fact=f"the stage is {_WORDS[stage]}")
    fact = f"the candidate is {_WORDS[candidate]}, the stage {_WORDS[stage]}"
    return candidate, Because(clause="IVP-36" if candidate else "IVP-38", about="candidate", fact=fact)


def _other_than_wished(request: MeetingRequest, *, on: bool) -> tuple[Say, ...]:
    # Stage and candidate decide. Whoever asked for something else on the interview has to hear of it.
    if request.interview.wish.zoom in {None, on}:
        return ()
    return (Say(key="video_is_on" if on else "video_is_off"),)


def _connection(request: MeetingRequest) -> Connection | None:
    return first_usable(request.connections, (Level.ORGANIZATION,))


def _connect_first(request: MeetingRequest) -> Refusal:
    fact = f"the connection is {phase_of(request)}"
    return refuse("connect_first", "IVP-34", "IVP-42", next=(Action.CONNECT,), fact=fact)
