"""Questions about a Calendly organization, for the checks: say only what matters to the rule at hand.

Uma is a user with a Zoom user in the organization's account and a personal Zoom of her own; Zoe, who has no seat in
Calendly, administers the Zoom account that the organization is connected through.
"""

from __future__ import annotations

from typing import Literal

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
    with_zoom,
    zoom_user,
)
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    Connection,
    CreateRequest,
    DisconnectRequest,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    Keep,
    Level,
    Loss,
    MeetingRequest,
    Member,
    NewMeeting,
    Person,
    PhaseKind,
    SettingsView,
    Stage,
    Step,
    Wish,
    ZoomUser,
)

OWNER, ADMIN, USER = (
    member("owner", email="olga@acme.example"),
    member("admin"),
    member("user", email="uma@acme.example"),
)
ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
ZACK_AT_ZOOM = zoom_user("zack@acme.example", role="admin")
UMA_AT_ZOOM = zoom_user("uma@acme.example")
UMAS_OWN_ZOOM = zoom_user("uma@home.example").model_copy(update={"id": "zoom_own"})

NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"

KINDS = {NOT_CONNECTED: PhaseKind.IDLE, CONNECTED: PhaseKind.ACTIVE, NEEDS_RECONNECT: PhaseKind.BROKEN}
"""The phases of either connection, and what each of them is."""


def organizations(phase: str, *, removed: bool = False) -> Connection:
    """Return the organization's connection in ``phase``; ``removed``: the acting user has removed it for themself."""
    zoom = ZOE_AT_ZOOM if phase != NOT_CONNECTED else None
    return connection(phase=phase, kind=KINDS[phase], zoom=zoom, removed_by_actor=removed)


def personal(phase: str, *, of: Member = USER) -> Connection:
    """Return a user's personal connection in ``phase``."""
    zoom = UMAS_OWN_ZOOM if phase != NOT_CONNECTED else None
    return connection(Level.MEMBER, phase=phase, kind=KINDS[phase], owner=of.id, zoom=zoom)


def zooms(
    *, organization: str = NOT_CONNECTED, own: str = NOT_CONNECTED, removed: bool = False, of: Member = USER
) -> tuple[Connection, ...]:
    """Return the two connections that a question about a user is shown."""
    return personal(own, of=of), organizations(organization, removed=removed)


NEITHER = zooms()
ORGANIZATION_ONLY = zooms(organization=CONNECTED)
PERSONAL_ONLY = zooms(own=CONNECTED)
BOTH = zooms(organization=CONNECTED, own=CONNECTED)


def shown(product: Product, connections: tuple[Connection, ...]) -> Level | None:
    """Return the level of the connection that a user's set-up page shows: the first usable one of the manifest's."""
    levels = [level for level in product.manifest.levels for one in connections if one.usable and one.level is level]
    return levels[0] if levels else None


def listed(product: Product, connections: tuple[Connection, ...]) -> str | None:
    """Return what the Type column says of a user with these connections; nothing of one who is not connected."""
    level = shown(product, connections)
    return product.words.level(level) if level is not None else None


def ask(
    product: Product,
    action: Action,
    level: Level = Level.ORGANIZATION,
    *,
    actor: Member | None = ADMIN,
    connections: tuple[Connection, ...] = NEITHER,
    allow_removal: bool | None = None,
    **facts: object,
) -> Step:
    """Return the answer to whether ``actor`` may do ``action``, with nothing connected unless said otherwise.

    ``allow_removal`` is saved as the organization's setting; ``None`` = nobody ever saved any.
    """
    saved = None if allow_removal is None else given(allow_removal=allow_removal)
    asked = {"organization": organization(), "actor": actor, "at": NOW, "action": action, "level": level}
    state = {"settings": SettingsView(organization=saved), "connections": connections}
    return product.authorize(AuthorizeRequest.model_validate({**asked, **state, **facts}))


def activate(
    product: Product,
    path: Literal["direct", "shared"] = "shared",
    *,
    zoom: ZoomUser = ZOE_AT_ZOOM,
    outcome: str = "granted",
    actor: Member | None = None,
    organization: str = NOT_CONNECTED,
    own: str = NOT_CONNECTED,
) -> Step:
    """Return the answer to somebody's coming back from Zoom for the organization; no member opens a sent link."""
    tried, back = attempt(path, outcome=outcome), zoom if outcome == "granted" else None
    both = zooms(organization=organization, own=own)
    return ask(product, Action.COMPLETE, actor=actor, connections=both, attempt=tried, zoom=back)


def connect_personal(
    product: Product, *, outcome: str = "granted", own: str = NOT_CONNECTED, organization: str = NOT_CONNECTED
) -> Step:
    """Return the answer to a user's coming back from Zoom for themself."""
    tried, back = attempt(level=Level.MEMBER, outcome=outcome), UMAS_OWN_ZOOM if outcome == "granted" else None
    both = zooms(organization=organization, own=own)
    return ask(product, Action.COMPLETE, Level.MEMBER, actor=USER, connections=both, attempt=tried, zoom=back)


def kept(step: Step) -> Keep:
    """Return the answer that keeps what Zoom granted; raises ``AssertionError`` when it does not."""
    assert isinstance(step, Keep), step
    return step


def scheduling(
    connections: tuple[Connection, ...],
    *,
    stage: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    scheduler: Person | None = None,
    actor: Member | None = USER,
) -> HostRequest:
    """Return the question about an event that Uma schedules; as a `MeetingRequest` whether it gets a meeting."""
    uma = scheduler or with_zoom(USER.email)
    return HostRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        connections=connections,
        interview=interview(person("ina@acme.example"), stage=stage, wish=wish or Wish(), scheduler=uma),
        calendar="google",
        hosts=(uma,),
    )


def whether(request: HostRequest) -> MeetingRequest:
    """Return the earlier question of the two: whether a meeting is wanted at all."""
    return MeetingRequest.model_validate({name: getattr(request, name) for name in MeetingRequest.model_fields})


def hosted(
    product: Product,
    connections: tuple[Connection, ...],
    *,
    scheduler: Person | None = None,
    actor: Member | None = USER,
) -> HostChoice:
    """Return who hosts an event that Uma schedules, who has a Zoom user in the organization's account too."""
    choice = product.select_host(scheduling(connections, scheduler=scheduler, actor=actor))
    assert isinstance(choice, HostChoice), choice
    return choice


def planned(product: Product, *, subject: str | None) -> NewMeeting:
    """Return what is asked of Zoom for an event of Uma's with this subject."""
    asked = whether(scheduling(ORGANIZATION_ONLY))
    event = asked.interview.model_copy(update={"subject": subject})
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    plan = product.create_meeting(
        CreateRequest(**{**fields, "interview": event}, choice=hosted(product, ORGANIZATION_ONLY))
    )
    assert isinstance(plan, NewMeeting), plan
    return plan


def ending(product: Product, cause: Cause, level: Level = Level.ORGANIZATION, *, at: str = CONNECTED) -> Loss:
    """Return what it means that one of Uma's two connections, in phase ``at``, ends or loses its ground."""
    both = (
        zooms(organization=at, own=CONNECTED) if level is Level.ORGANIZATION else zooms(organization=CONNECTED, own=at)
    )
    lost = next(found for found in both if found.level is level)
    asked = DisconnectRequest(
        organization=organization(), actor=USER, at=NOW, connections=both, cause=cause, connection=lost
    )
    return product.disconnect(asked)


def invites(product: Product, event: Interview | None = None, *, linked: bool = True) -> dict[str, Invite]:
    """Return the invites of an event by audience."""
    asked = InviteRequest(
        organization=organization(),
        actor=USER,
        at=NOW,
        connections=PERSONAL_ONLY,
        interview=event or scheduling(PERSONAL_ONLY).interview,
        meeting=meeting(UMAS_OWN_ZOOM, personal(CONNECTED)) if linked else None,
        calendar="google",
    )
    letters = product.render_invite(asked)
    assert isinstance(letters, Invites), letters
    return {one.audience: one for one in letters.items}
