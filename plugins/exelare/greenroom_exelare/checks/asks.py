"""Requests of an Exelare organization, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.conformance import Product
from greenroom.conformance.facts import (
    NOW,
    attempt,
    connection,
    given,
    interview,
    meeting,
    member,
    organization,
    person,
    zoom_user,
)
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Candidate,
    Cause,
    Change,
    ChangeRequest,
    Connection,
    CreateRequest,
    DisconnectRequest,
    Follow,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    Level,
    Loss,
    MeetingRequest,
    Member,
    NewMeeting,
    PhaseKind,
    SettingsView,
    Span,
    Stage,
    Step,
    Want,
    ZoomUser,
)

SCOPES: Mapping[str, frozenset[str]] = {
    "calendar:read": frozenset({"calendar:read:list_events", "calendar:read:list_calendar_lists"}),
    "calendar:write": frozenset({"calendar:write:event"}),
    "calendar:update": frozenset({"calendar:update:event"}),
    "calendar:delete": frozenset({"calendar:delete:event"}),
    "meeting:write": frozenset({"meeting:write:meeting"}),
    "meeting:read": frozenset({"meeting:read:meeting", "meeting:read:list_meetings"}),
    "meeting:update": frozenset({"meeting:update:meeting"}),
    "meeting:delete": frozenset({"meeting:delete:meeting"}),
    "cloud_recording:read": frozenset(
        {
            "cloud_recording:read:list_user_recordings",
            "cloud_recording:read:list_recording_files",
            "cloud_recording:read:meeting_transcript",
        }
    ),
    "phone:read:*": frozenset({"phone:read:list_call_logs", "phone:read:list_recordings", "phone:read:call_recording"}),
    "message:read": frozenset({"team_chat:read:list_user_messages"}),
    "user:read": frozenset({"user:read:user", "user:read:zak"}),
    "zoomapp": frozenset({"zoomapp:inmeeting"}),
}
"""The thirteen scopes as the document prints them, in its order, and what Zoom calls what each is there for."""

CLASSIC: Mapping[str, frozenset[str]] = {
    "calendar:read": frozenset({"calendar:read"}),
    "calendar:write": frozenset({"calendar:write"}),
    "calendar:update": frozenset({"calendar:write"}),
    "calendar:delete": frozenset({"calendar:write"}),
    "meeting:write": frozenset({"meeting:write"}),
    "meeting:read": frozenset({"meeting:read"}),
    "meeting:update": frozenset({"meeting:write"}),
    "meeting:delete": frozenset({"meeting:write"}),
    "cloud_recording:read": frozenset({"recording:read"}),
    "phone:read:*": frozenset({"phone_call_log:read", "phone_recording:read"}),
    "message:read": frozenset({"chat_message:read"}),
    "user:read": frozenset({"user:read", "user_zak:read"}),
    "zoomapp": frozenset({"zoomapp:inmeeting"}),
}
"""What Zoom calls the same in apps that were made before there were granular scopes."""

FEATURES: Mapping[str, str] = {
    "calendar_view": "calendar:read",
    "meeting_details": "meeting:read",
    "recordings": "cloud_recording:read",
    "transcripts": "cloud_recording:read",
    "calls": "phone:read:*",
    "chat": "message:read",
    "start_as_host": "user:read",
    "in_meeting": "zoomapp",
}
"""What is used at Zoom, and the scope the document gives for it. The timeline is not among it: what stands there is
stored."""

ADMINISTRATOR, RECRUITER = member("Administrator"), member("Recruiter", email="reed@acme.example")
STRANGER = member(email="sam@acme.example")
RITA_AT_ZOOM = zoom_user("rita@acme.example")
ADAM = member("Administrator", email="adam@acme.example")
ADAM_AT_ZOOM = zoom_user("adam@acme.example")
EVERYTHING = frozenset().union(*SCOPES.values())
INA = person("ina@acme.example")

OFF, ON = "off", "on"
NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"

_KINDS = {
    OFF: PhaseKind.IDLE,
    ON: PhaseKind.PENDING,
    NOT_CONNECTED: PhaseKind.IDLE,
    CONNECTED: PhaseKind.ACTIVE,
    NEEDS_RECONNECT: PhaseKind.BROKEN,
}


def without(*printed: str) -> frozenset[str]:
    """Return what Zoom granted of all scopes but the ``printed`` ones."""
    return EVERYTHING.difference(*(SCOPES[name] for name in printed))


def switch(toggle: str) -> Connection:
    """Return the organization's switch."""
    return connection(phase=toggle, kind=_KINDS[toggle])


def login(
    phase: str, *, of: Member = ADMINISTRATOR, zoom: ZoomUser = RITA_AT_ZOOM, scopes: frozenset[str] = EVERYTHING
) -> Connection:
    """Return a user's own authorization in ``phase``."""
    user = zoom if phase != NOT_CONNECTED else None
    return connection(Level.MEMBER, phase=phase, kind=_KINDS[phase], owner=of.id, zoom=user, scopes=scopes)


def authorized(
    phase: str = CONNECTED, *, toggle: str = ON, scopes: frozenset[str] = EVERYTHING
) -> tuple[Connection, ...]:
    """Return what a question is shown: the administrator's authorization and the organization's switch."""
    return login(phase, scopes=scopes), switch(toggle)


def ask(
    product: Product,
    action: Action,
    level: Level = Level.ORGANIZATION,
    *,
    actor: Member | None = ADMINISTRATOR,
    connections: tuple[Connection, ...] | None = None,
    **facts: object,
) -> Step:
    """Return the answer to whether ``actor`` may do ``action``, with the switch on and nobody authorized."""
    shown = authorized(NOT_CONNECTED) if connections is None else connections
    asked = {"organization": organization(), "actor": actor, "at": NOW, "action": action, "level": level}
    return product.authorize(AuthorizeRequest.model_validate({**asked, "connections": shown, **facts}))


def complete(
    product: Product,
    outcome: str = "granted",
    *,
    zoom: ZoomUser = RITA_AT_ZOOM,
    actor: Member | None = ADMINISTRATOR,
    phase: str = NOT_CONNECTED,
    toggle: str = ON,
    scopes: frozenset[str] | None = None,
) -> Step:
    """Return the answer to a user's coming back from Zoom, where ``scopes`` were granted: all unless said otherwise."""
    tried, back = attempt(level=Level.MEMBER, outcome=outcome), zoom if outcome == "granted" else None
    shown = authorized(phase, toggle=toggle)
    every = EVERYTHING if outcome == "granted" else frozenset()
    facts = {"attempt": tried, "zoom": back, "scopes": every if scopes is None else scopes}
    return ask(product, Action.COMPLETE, Level.MEMBER, actor=actor, connections=shown, **facts)


def use(
    product: Product,
    feature: str,
    *,
    actor: Member | None = RECRUITER,
    connections: tuple[Connection, ...] | None = None,
    through: Connection | None = None,
) -> Step:
    """Return the answer to whether ``actor`` may use a feature, with everything authorized unless said otherwise."""
    shown = authorized() if connections is None else connections
    return ask(product, Action.USE, actor=actor, connections=shown, feature=feature, through=through)


def scheduling(
    about: Interview | None = None,
    *,
    connections: tuple[Connection, ...] | None = None,
    busy: tuple[Span, ...] = (),
    actor: Member | None = RECRUITER,
) -> HostRequest:
    """Return the question about an interview that is saved and complete."""
    return HostRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        connections=authorized() if connections is None else connections,
        interview=about or interview(INA, stage=Stage.SAVED),
        calendar="google",
        busy=busy,
    )


def wanted(
    product: Product,
    about: Interview | None = None,
    *,
    connections: tuple[Connection, ...] | None = None,
    busy: tuple[Span, ...] = (),
) -> Want:
    """Return the answer to whether an interview gets a Zoom meeting."""
    asked = scheduling(about, connections=connections, busy=busy)
    return product.want_meeting(MeetingRequest.model_validate(_earlier(asked)))


def hosted(product: Product, connections: tuple[Connection, ...], *, actor: Member | None = RECRUITER) -> HostChoice:
    """Return who hosts an interview that ``actor`` schedules."""
    choice = product.select_host(scheduling(connections=connections, actor=actor))
    assert isinstance(choice, HostChoice), choice
    return choice


def planned(product: Product) -> NewMeeting:
    """Return what is asked of Zoom for an interview."""
    asked = scheduling()
    plan = product.create_meeting(
        CreateRequest.model_validate({**_earlier(asked), "choice": hosted(product, asked.connections)})
    )
    assert isinstance(plan, NewMeeting), plan
    return plan


def letters(
    product: Product,
    *,
    why: str = "new",
    calendar_sync: bool | None = None,
    scopes: frozenset[str] = EVERYTHING,
    made: bool = True,
    candidates: tuple[Candidate, ...] | None = None,
) -> Invites:
    """Return the invites of an interview; ``scopes`` are those granted now, ``calendar_sync`` is ``None`` where nobody
    configured it."""
    connections = authorized(scopes=scopes)
    saved = {} if calendar_sync is None else {"organization": given(calendar_sync=calendar_sync)}
    about = {"interview": interview(INA, stage=Stage.SAVED, candidates=candidates), "calendar": "google", "why": why}
    made_at_zoom = meeting(RITA_AT_ZOOM, login(CONNECTED)) if made else None
    ground = {"organization": organization(), "actor": RECRUITER, "at": NOW, "connections": connections}
    asked = {**ground, **about, "meeting": made_at_zoom, "settings": SettingsView.model_validate(saved)}
    answer = product.render_invite(InviteRequest.model_validate(asked))
    assert isinstance(answer, Invites), answer
    return answer


def invites(
    product: Product,
    *,
    why: str = "new",
    calendar_sync: bool | None = None,
    scopes: frozenset[str] = EVERYTHING,
    made: bool = True,
) -> dict[str, Invite]:
    """Return the invites of an interview by audience; each has one at most."""
    items = letters(product, why=why, calendar_sync=calendar_sync, scopes=scopes, made=made).items
    found: dict[str, Invite] = {one.audience: one for one in items}
    assert len(found) == len(items), items
    return found


def mail(product: Product, *, why: str = "new", calendar_sync: bool | None = None) -> Invite:
    """Return the mail to the candidate; there has to be one."""
    found = invites(product, why=why, calendar_sync=calendar_sync)
    assert "candidate" in found, found
    return found["candidate"]


def event(product: Product, *, why: str = "new") -> Invite:
    """Return the event in the recruiter's calendar; there has to be one."""
    found = invites(product, why=why, calendar_sync=True)
    assert "scheduler" in found, found
    return found["scheduler"]


def changed(
    product: Product,
    *,
    cancelled: bool = False,
    connections: tuple[Connection, ...] | None = None,
    through: Connection | None = None,
    made: bool = True,
    reachable: bool = True,
    by: str = "person",
) -> Change:
    """Return what follows when an interview is rescheduled or ``cancelled``, whose meeting was made ``through`` the
    administrator's authorization unless said otherwise."""
    before = interview(INA, stage=Stage.SENT)
    after = None if cancelled else before.model_copy(update={"minutes": 60})
    via = through or login(CONNECTED)
    made_at_zoom = meeting(via.zoom_user or RITA_AT_ZOOM, via) if made else None
    shown = authorized() if connections is None else connections
    ground = {"organization": organization(), "actor": RECRUITER, "at": NOW, "connections": shown}
    about = {"before": before, "after": after, "meeting": made_at_zoom, "reachable": reachable, "by": by}
    return product.change(ChangeRequest.model_validate({**ground, **about}))


def follow(answer: Change) -> tuple[str, str]:
    """Return what a change does at Zoom and in the calendars; it must not be refused."""
    assert isinstance(answer, Follow), answer
    return answer.at_zoom, answer.calendars


def ending(
    product: Product,
    cause: Cause,
    level: Level = Level.MEMBER,
    *,
    lost_scopes: frozenset[str] = frozenset(),
    phase: str = CONNECTED,
    toggle: str = ON,
) -> Loss:
    """Return what it means that the authorization, or the switch, ends or loses its ground."""
    shown = authorized(phase, toggle=toggle)
    lost = next(found for found in shown if found.level is level)
    ground = {"organization": organization(), "actor": ADMINISTRATOR, "at": NOW, "connections": shown}
    about = {"cause": cause, "connection": lost, "lost_scopes": lost_scopes}
    return product.disconnect(DisconnectRequest.model_validate({**ground, **about}))


def _earlier(request: HostRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in MeetingRequest.model_fields}
