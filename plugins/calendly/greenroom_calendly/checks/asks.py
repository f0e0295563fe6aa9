"""Requests of a Calendly organization, for the checks: say only what matters to the rule at hand."""

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
    with_zoom,
    zoom_user,
)
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    Connection,
    DisconnectRequest,
    HostChoice,
    HostRequest,
    Invite,
    InviteRequest,
    Invites,
    Level,
    Loss,
    MeetingRequest,
    Member,
    Person,
    PhaseKind,
    SettingsView,
    Stage,
    Step,
    Wish,
    ZoomUser,
)
from greenroom.rules import first_usable
from greenroom_calendly.settings import OrganizationSettings

_DOCUMENTS = Documents("greenroom_calendly", "2026-11")
printed, declared = _DOCUMENTS.printed, _DOCUMENTS.declared

OWNER, ADMIN, USER = (
    member("owner", email="olga@acme.example"),
    member("admin"),
    member("user", email="uma@acme.example"),
)
ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
UMA_AT_ZOOM = zoom_user("uma@acme.example")
UMAS_OWN_ZOOM = zoom_user("uma@home.example").model_copy(update={"id": "zoom_own"})

NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"

_KINDS = {
    NOT_CONNECTED: PhaseKind.IDLE,
    CONNECTED: PhaseKind.ACTIVE,
    NEEDS_RECONNECT: PhaseKind.BROKEN,
}


def organizations(phase: str, *, removed: bool = False) -> Connection:
    """Return the organization's connection in ``phase``; ``removed``: the acting user has removed it for themself."""
    zoom = ZOE_AT_ZOOM if phase != NOT_CONNECTED else None
    return connection(phase=phase, kind=_KINDS[phase], zoom=zoom, removed_by_actor=removed)


def personal(phase: str, *, of: Member = USER) -> Connection:
    """Return a user's personal connection in ``phase``."""
    zoom = UMAS_OWN_ZOOM if phase != NOT_CONNECTED else None
    return connection(Level.MEMBER, phase=phase, kind=_KINDS[phase], owner=of.id, zoom=zoom)


def zooms(
    *, organization: str = NOT_CONNECTED, own: str = NOT_CONNECTED, removed: bool = False, of: Member = USER
) -> tuple[Connection, ...]:
    """Return the two connections that a question about a user is shown."""
    return personal(own, of=of), organizations(organization, removed=removed)


def shown(connections: tuple[Connection, ...]) -> Level | None:
    """Return the level of the connection that a user's set-up page and the Type column show."""
    found = first_usable(connections, (Level.MEMBER, Level.ORGANIZATION))
    return found.level if found is not None else None


def ask(
    product: Product,
    action: Action,
    level: Level = Level.ORGANIZATION,
    *,
    actor: Member | None = ADMIN,
    connections: tuple[Connection, ...] | None = None,
    allow_removal: bool = False,
    **facts: object,
) -> Step:
    """Return the answer to whether ``actor`` may do ``action``, with nothing connected unless said otherwise."""
    asked = {"organization": organization(), "actor": actor, "at": NOW, "action": action, "level": level}
    settings = SettingsView(organization=OrganizationSettings(allow_removal=allow_removal))
    state = {"settings": settings, "connections": zooms() if connections is None else connections}
    return product.authorize(AuthorizeRequest.model_validate({**asked, **state, **facts}))


def activate(
    product: Product,
    path: str = "shared",
    *,
    zoom: ZoomUser | None = ZOE_AT_ZOOM,
    outcome: str = "granted",
    actor: Member | None = None,
    organization: str = NOT_CONNECTED,
) -> Step:
    """Return the answer to somebody's coming back from Zoom for the organization; no member opens a sent link."""
    tried, back = attempt(path, outcome=outcome), zoom if outcome == "granted" else None
    return ask(
        product, Action.COMPLETE, actor=actor, connections=zooms(organization=organization), attempt=tried, zoom=back
    )


def connect_personal(
    product: Product, *, outcome: str = "granted", own: str = NOT_CONNECTED, organization: str = NOT_CONNECTED
) -> Step:
    """Return the answer to a user's coming back from Zoom for themself."""
    tried, back = attempt(level=Level.MEMBER, outcome=outcome), UMAS_OWN_ZOOM if outcome == "granted" else None
    both = zooms(organization=organization, own=own)
    return ask(product, Action.COMPLETE, Level.MEMBER, actor=USER, connections=both, attempt=tried, zoom=back)


def scheduling(
    connections: tuple[Connection, ...],
    *,
    stage: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    scheduler: Person | None = None,
) -> HostRequest:
    """Return the question about an event that Uma schedules; as a `MeetingRequest` whether it gets a meeting."""
    uma = scheduler or with_zoom(USER.email)
    return HostRequest(
        organization=organization(),
        actor=USER,
        at=NOW,
        connections=connections,
        interview=interview(person("ina@acme.example"), stage=stage, wish=wish or Wish(), scheduler=uma),
        calendar="google",
        hosts=(uma,),
    )


def whether(request: HostRequest) -> MeetingRequest:
    """Return the earlier question of the two: whether a meeting is wanted at all."""
    return MeetingRequest.model_validate({name: getattr(request, name) for name in MeetingRequest.model_fields})


def hosted(product: Product, connections: tuple[Connection, ...]) -> HostChoice:
    """Return who hosts an event that Uma schedules, who has a Zoom user in the organization's account too."""
    choice = product.select_host(scheduling(connections))
    assert isinstance(choice, HostChoice), choice
    return choice


def ending(product: Product, cause: Cause, level: Level = Level.ORGANIZATION) -> Loss:
    """Return what it means that one of Uma's two connections ends or loses its ground."""
    both = zooms(organization=CONNECTED, own=CONNECTED)
    lost = next(found for found in both if found.level is level)
    asked = DisconnectRequest(
        organization=organization(), actor=USER, at=NOW, connections=both, cause=cause, connection=lost
    )
    return product.disconnect(asked)


def invites(product: Product, *, linked: bool = True) -> dict[str, Invite]:
    """Return the invites of an event by audience."""
    about = scheduling(zooms(own=CONNECTED))
    made = meeting(UMAS_OWN_ZOOM, personal(CONNECTED)) if linked else None
    asked = InviteRequest(
        organization=about.organization,
        actor=USER,
        at=NOW,
        connections=about.connections,
        interview=about.interview,
        meeting=made,
        calendar="google",
    )
    letters = product.render_invite(asked)
    assert isinstance(letters, Invites)
    return {one.audience: one for one in letters.items}
