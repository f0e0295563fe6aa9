"""Exelare's profile: the hooks, of which the gate has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.hooks import hookimpl
from greenroom.model import (
    Because,
    Change,
    ChangeRequest,
    Choice,
    Connection,
    Considered,
    CreateRequest,
    Follow,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    Letters,
    MeetingRequest,
    NewMeeting,
    NoMeeting,
    Notice,
    NotYet,
    Plan,
    Refusal,
    Say,
    Scope,
    Stage,
    Want,
    Wanted,
)
from greenroom.rules import because, follow, refuse, settings_of
from greenroom_exelare.authorized import ON, authorized_connection, no_access, scope_missing, toggle
from greenroom_exelare.gate import authorize, disconnect
from greenroom_exelare.scopes import printed
from greenroom_exelare.settings import SETTINGS, OrganizationSettings

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

# An event that could not follow its interview is not made: the three scopes share one purpose.
_CALENDAR: Mapping[str, tuple[tuple[str, ...], str]] = {
    "new": (("calendar:write", "calendar:update", "calendar:delete"), "EXE-37"),
    "changed": (("calendar:update",), "EXE-38"),
    "cancelled": (("calendar:delete",), "EXE-39"),
}


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    """Wanted when "Zoom Meeting" was picked for one candidate and the form is complete and saved [EXE-13, EXE-19]."""
    interview = request.interview
    if interview.wish.given is not None:
        return refuse("manual_details_not_taken", "CORE-11", fact="details entered by hand are not described")
    if not interview.wish.zoom:
        return NoMeeting(because=because("EXE-13", fact="Zoom Meeting was not picked"))
    via = authorized_connection(request)
    if via is None:
        return no_access(request)
    if interview.stage < Stage.SAVED:
        return NotYet(until=Stage.SAVED, say=Say(key="saved_first"), because=because("EXE-19", fact="not saved yet"))
    refusal = _not_one_candidate(interview) or _details_missing(interview) or scope_missing(via, "meeting:write")
    return refusal or _wanted(request, via)


@hookimpl
def select_host(request: HostRequest) -> Choice:
    """The authorized user hosts: Exelare acts on their behalf [EXE-11], and they join as the host [EXE-52]."""
    via = authorized_connection(request)
    if via is None or via.zoom_user is None:
        return no_access(request)
    host = via.zoom_user
    if host.status != "active":
        return refuse("zoom_account_not_active", "EXE-03", about=host.email, fact=f"Zoom user is {host.status}")
    reason = Because(clause="EXE-11", about=host.email, fact="the authorized user")
    considered = (Considered(who=host.email, verdict="host", because=reason),)
    return HostChoice(host=host, via=via, considered=considered, because=(reason, *because("EXE-52")))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    """A meeting with a join URL of its own [EXE-20]; no additional option is named [EXE-17]."""
    subject = request.interview.subject
    if subject is None:
        return _details_incomplete("Subject is missing")
    reasons = because("EXE-19", "EXE-20", "CORE-14")
    return NewMeeting(topic=subject, use_pmi=False, insist=frozenset({"use_pmi"}), because=reasons)


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    """An invitation mail to the candidate, which waits to be reviewed, edited and sent [EXE-25, EXE-28, EXE-29]; the
    recruiter's Zoom-connected calendar if synchronized [EXE-22]; interviewers hear nothing [EXE-32]."""
    if request.meeting is None:
        return Invites(because=because("EXE-26", fact="no meeting was made"))
    mails = (_mail(),) if request.interview.candidates else ()
    events, reasons, warnings = _calendar_events(request, _as_now(request.meeting.via, request))
    reasons = (*because("EXE-25", "EXE-29", "EXE-32"), *reasons)
    return Invites(items=(*mails, *events), warnings=warnings, because=reasons)


@hookimpl
def change(request: ChangeRequest) -> Change:
    """The meeting is updated in place or deleted [EXE-41, EXE-42], and its event in the calendar with it; what was
    moved or deleted at Zoom already is followed in the calendar alone [EXE-38, EXE-39]."""
    if request.by == "zoom":
        clause, calendars = ("EXE-39", "cancel") if request.after is None else ("EXE-38", "update")
        return Follow(at_zoom="keep", calendars=calendars, because=(*because(clause), *because("CORE-03")))
    reachable = request.reachable and toggle(request) == ON
    answer = follow(request.model_copy(update={"reachable": reachable}))
    if request.meeting is None or not isinstance(answer, Follow):
        return answer
    if not reachable:
        kept, told = because("EXE-61", fact="no access at Zoom"), (Say(key="meeting_not_changed"),)
        return answer.model_copy(update={"because": (*answer.because, *kept), "warnings": told})
    scope, clause = ("meeting:update", "EXE-41") if answer.at_zoom == "update" else ("meeting:delete", "EXE-42")
    refusal = scope_missing(_as_now(request.meeting.via, request), scope)
    return refusal or answer.model_copy(update={"because": (*because(clause), *because("CORE-03"))})


def _not_one_candidate(interview: Interview) -> Refusal | None:
    count = len(interview.candidates)
    return None if count == 1 else refuse("one_candidate", "EXE-13", "EXE-15", fact=f"{count} candidates are ticked")


def _details_missing(interview: Interview) -> Refusal | None:
    if not (interview.subject or "").strip():
        return _details_incomplete("Subject is missing")
    return _details_incomplete("Date and Time are missing") if interview.start is None else None


def _details_incomplete(fact: str) -> Refusal:
    return refuse("details_missing", "EXE-16", "EXE-18", fact=fact)


def _wanted(request: MeetingRequest, via: Connection) -> Wanted:
    reasons = because("EXE-13", "EXE-19")
    span, granted = request.interview.span, printed(via.scopes)
    overlapping = [other for other in request.busy if span is not None and span.overlaps(other)]
    if not overlapping:
        return Wanted(because=reasons)
    # Shown and notified of, never a reason to refuse.
    who = ", ".join(sorted({other.what for other in overlapping if other.what})) or "the recruiter"
    said = Say(key="conflict", values=(("who", who),))
    warnings = (said,) if "calendar:read" in granted else ()
    notices = (Notice(to="scheduler", say=said),) if "meeting:read" in granted else ()
    return Wanted(warnings=warnings, notices=notices, because=(*reasons, *because("EXE-36", "EXE-43")))


def _mail() -> Invite:
    return Invite(
        audience="candidate",
        channel="mail",
        template="candidate",
        shows=frozenset({"join_url"}),
        notes=(Say(key="interview_instructions"),),
        editable=frozenset({"subject", "body"}),
        release="on_send",
    )


def _calendar_events(
    request: InviteRequest, via: Connection
) -> tuple[tuple[Invite, ...], tuple[Because, ...], tuple[Say, ...]]:
    if not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).calendar_sync:
        return (), because("EXE-23"), ()
    scopes, clause = _CALENDAR[request.why]
    for refusal in filter(None, (scope_missing(via, scope) for scope in scopes)):
        return (), refusal.because, (refusal.say,)
    event = Invite(
        audience="scheduler",
        channel="calendar",
        calendar="zoom",
        template="recruiter",
        shows=frozenset({"join_url"}),
    )
    return (event,), because("EXE-22", clause), ()


def _as_now(via: Connection, request: ChangeRequest | InviteRequest) -> Connection:
    """Return the connection a meeting was made through as it is now: scopes may have been lost meanwhile."""
    same = (found for found in request.connections if (found.level, found.owner) == (via.level, via.owner))
    return next(same, via)
