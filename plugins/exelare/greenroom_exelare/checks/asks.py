"""Requests of an Exelare organization, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from greenroom.conformance import Documents, Product
from greenroom.conformance.facts import (
    NOW,
    attempt,
    connection,
    interview,
    meeting,
    member,
    organization,
    person,
    zoom_user,
)
from greenroom.model import (
    Action,
    Answer,
    AuthorizeRequest,
    Cause,
    Change,
    ChangeRequest,
    Connection,
    CreateRequest,
    DisconnectRequest,
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
    ZoomUser,
)
from greenroom_exelare.scopes import SCOPES
from greenroom_exelare.settings import OrganizationSettings

_DOCUMENTS = Documents("greenroom_exelare", "2026-11")
printed, declared = _DOCUMENTS.printed, _DOCUMENTS.declared

ADMINISTRATOR, RECRUITER = member("Administrator"), member("Recruiter", email="reed@acme.example")
STRANGER = member(email="sam@acme.example")
RITA_AT_ZOOM = zoom_user("rita@acme.example")
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
    actor: Member = RECRUITER,
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
) -> Answer:
    """Return the answer to whether an interview gets a Zoom meeting."""
    asked = scheduling(about, connections=connections, busy=busy)
    return product.want_meeting(MeetingRequest.model_validate(_earlier(asked)))


def hosted(product: Product, connections: tuple[Connection, ...], *, actor: Member = RECRUITER) -> HostChoice:
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
    calendar_sync: bool = False,
    scopes: frozenset[str] = EVERYTHING,
    made: bool = True,
) -> Invites:
    """Return the invites of an interview; ``scopes`` are those granted now."""
    asked = scheduling(connections=authorized(scopes=scopes))
    settings = SettingsView(organization=OrganizationSettings(calendar_sync=calendar_sync))
    ground = {"organization": asked.organization, "actor": RECRUITER, "at": NOW, "connections": asked.connections}
    subject = {"interview": asked.interview, "meeting": meeting(RITA_AT_ZOOM, login(CONNECTED)) if made else None}
    answer = product.render_invite(
        InviteRequest.model_validate({**ground, **subject, "settings": settings, "why": why})
    )
    assert isinstance(answer, Invites)
    return answer


def invites(
    product: Product,
    *,
    why: str = "new",
    calendar_sync: bool = False,
    scopes: frozenset[str] = EVERYTHING,
    made: bool = True,
) -> dict[str, Invite]:
    """Return the invites of an interview by audience."""
    found = letters(product, why=why, calendar_sync=calendar_sync, scopes=scopes, made=made)
    return {one.audience: one for one in found.items}


def changed(
    product: Product,
    *,
    cancelled: bool = False,
    connections: tuple[Connection, ...] | None = None,
    reachable: bool = True,
) -> Change:
    """Return what follows when an interview with a meeting is rescheduled, or ``cancelled``."""
    about = interview(INA, stage=Stage.SENT)
    return product.change(
        ChangeRequest(
            organization=organization(),
            actor=RECRUITER,
            at=NOW,
            connections=authorized() if connections is None else connections,
            before=about,
            after=None if cancelled else about.model_copy(update={"minutes": 60}),
            meeting=meeting(RITA_AT_ZOOM, login(CONNECTED)),
            reachable=reachable,
        )
    )


def ending(
    product: Product,
    cause: Cause,
    level: Level = Level.MEMBER,
    *,
    lost_scopes: frozenset[str] = frozenset(),
    toggle: str = ON,
) -> Loss:
    """Return what it means that the authorization, or the switch, ends or loses its ground."""
    shown = authorized(toggle=toggle)
    lost = next(found for found in shown if found.level is level)
    return product.disconnect(
        DisconnectRequest(
            organization=organization(),
            actor=ADMINISTRATOR,
            at=NOW,
            connections=shown,
            cause=cause,
            connection=lost,
            lost_scopes=lost_scopes,
        )
    )


def _earlier(request: HostRequest) -> dict[str, object]:
    return {name: getattr(request, name) for name in MeetingRequest.model_fields}
