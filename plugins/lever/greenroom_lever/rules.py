"""Lever's profile: the hooks, of which the gate and the host logic have modules of their own."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Audience,
    Change,
    ChangeRequest,
    CreateRequest,
    Invite,
    InviteRequest,
    Invites,
    Letters,
    MeetingRequest,
    NewMeeting,
    NoMeeting,
    Plan,
    Refusal,
    Say,
    Scope,
    UseLink,
    Want,
    Wanted,
)
from greenroom.rules import because, calendar_invite, follow, refuse, settings_of, told_again
from greenroom_lever.gate import authorize, disconnect
from greenroom_lever.hosting import basic_limit, connection_of, not_connected, select_host
from greenroom_lever.settings import SETTINGS, OrganizationSettings

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

_SYNCED = frozenset({"google", "microsoft365"})


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    """Wanted on each event for which "Add Zoom link" was picked, from the draft on [LEV-60, LEV-61]."""
    wish = request.interview.wish
    if wish.given is not None:
        return UseLink(link=wish.given, because=because("LEV-64"))
    if not wish.zoom:
        return NoMeeting(because=because("LEV-60", "LEV-62"))
    refusal = _not_synced(request)
    if refusal is not None:
        return refusal
    if connection_of(request) is None:
        return not_connected(request)
    return Wanted(because=because("LEV-01", "LEV-56", "LEV-61"))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    """Zoom's own settings rule [LEV-49]; only the Personal Meeting ID can be kept out [LEV-51]."""
    topic = request.interview.subject or Say(key="topic_untitled")
    if settings_of(request, Scope.ORGANIZATION, OrganizationSettings).disable_personal_meeting_id:
        reasons = because("LEV-49", "LEV-51", "CORE-14")
        return NewMeeting(topic=topic, use_pmi=False, insist=frozenset({"use_pmi"}), because=reasons)
    return NewMeeting(topic=topic, because=because("LEV-49", "LEV-50", "CORE-14"))


@hookimpl
def change(request: ChangeRequest) -> Change:
    """Core's default; an interview that grows past what Zoom allows a Basic host is told of [LEV-09]."""
    answer = follow(request)
    if request.after is None or request.meeting is None:
        return answer
    host = request.meeting.host
    warnings = basic_limit(request, request.after, host)
    if not warnings:
        return answer
    limit = because("LEV-07", "LEV-09", about=host.email, fact="Zoom Basic")
    return answer.model_copy(update={"because": (*answer.because, *limit), "warnings": warnings})


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    """Calendar events, held back until "Send All" [LEV-72]; the candidate's states the link only if the
    instance includes Zoom links [LEV-74, LEV-75]."""
    settings = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)
    linked = request.meeting is not None or request.given is not None
    items = []
    if request.interview.interviewers:
        items.append(_event(request, "interviewers", "interviewer", linked=linked))
    if request.interview.candidates:
        items.append(_event(request, "candidate", "candidate", linked=linked and settings.include_zoom_links))
    candidate = "LEV-74" if settings.include_zoom_links else "LEV-75"
    shown = "LEV-67" if _must_be_copied(request) else "LEV-76"
    reasons = because("LEV-71", "LEV-73", candidate, shown)
    return Invites(items=tuple(items), because=(*reasons, *told_again(request)))


def _not_synced(request: MeetingRequest) -> Refusal | None:
    if request.calendar in _SYNCED:
        return None
    clause = "LEV-57" if request.calendar == "exchange_on_premise" else "LEV-58"
    return refuse("calendar_not_synced", clause, fact=f"calendar is {request.calendar}")


def _event(request: InviteRequest, audience: Audience, template: str, *, linked: bool) -> Invite:
    copied = linked and _must_be_copied(request)
    invite = calendar_invite(request, audience, template, shows=frozenset({"join_url"}) if linked else frozenset())
    notes = (Say(key="copy_link"),) if copied else ()
    return invite.model_copy(update={"direct_link": not copied, "notes": notes, "release": "on_send"})


def _must_be_copied(request: InviteRequest) -> bool:
    return request.calendar == "microsoft365" and bool(request.interview.room)
