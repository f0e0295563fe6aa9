"""Requests of a Lever instance, for the checks: say only what matters to the rule at hand."""

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
    Connection,
    CreateRequest,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    MeetingRequest,
    Person,
    PhaseKind,
    SettingsChange,
    SettingsView,
    Step,
    Turns,
    ZoomUser,
)
from greenroom.rules import because
from greenroom_lever.settings import HostSelection, OrganizationSettings

_DOCUMENTS = Documents("greenroom_lever", "2026-11")
printed, declared = _DOCUMENTS.printed, _DOCUMENTS.declared

SUPER_ADMIN = member("Super Admin")
RITA_AT_ZOOM = zoom_user(SUPER_ADMIN.email, role="admin")
ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
APRIL, CALVIN, BRYNNA = (with_zoom(f"{name}@acme.example") for name in ("april", "calvin", "brynna"))
NO_ZOOM = person("noor@acme.example")

_KINDS = {
    "off": PhaseKind.IDLE,
    "yellow": PhaseKind.PENDING,
    "blue": PhaseKind.ACTIVE,
    "needs_reconnect": PhaseKind.BROKEN,
}


def toggle(phase: str) -> Connection:
    """Return the instance's connection with its toggle in ``phase``."""
    return connection(phase=phase, kind=_KINDS[phase])


def ask(action: Action, *, phase: str = "yellow", **facts: object) -> AuthorizeRequest:
    """Return the question whether a Super Admin may do ``action``, unless ``facts`` name another actor."""
    defaults = {"organization": organization(), "actor": SUPER_ADMIN, "at": NOW, "action": action}
    return AuthorizeRequest.model_validate({**defaults, "connections": (toggle(phase),), **facts})


def complete(
    product: Product,
    path: str = "direct",
    *,
    zoom: ZoomUser | None = RITA_AT_ZOOM,
    outcome: str = "granted",
    phase: str = "yellow",
    **facts: object,
) -> Step:
    """Return the answer to somebody's coming back from Zoom; a shared link is opened by no member."""
    direct = path == "direct"
    address = SUPER_ADMIN.email if direct else None
    tried = attempt(path, outcome=outcome, must_be_email=address)
    actor = SUPER_ADMIN if direct else None
    return product.authorize(
        ask(Action.COMPLETE, phase=phase, **{"actor": actor, "attempt": tried, "zoom": zoom, **facts})
    )


def saving(product: Product, *looked_up: Person) -> Step:
    """Return the answer to saving ``looked_up`` as specific hosts."""
    after = specific_hosts(*looked_up)
    change = SettingsChange(
        scope="organization", subject="org_1", before=OrganizationSettings(), after=after, looked_up=looked_up
    )
    return product.authorize(ask(Action.CONFIGURE, phase="blue", change=change))


def specific_hosts(*people: Person) -> OrganizationSettings:
    """Return settings that let ``people`` host in turn."""
    return OrganizationSettings(host_selection=HostSelection.SPECIFIC_HOSTS, hosts=tuple(one.email for one in people))


def event(*, about: Interview | None = None, phase: str = "blue", calendar: str = "google") -> MeetingRequest:
    """Return the question whether an event gets a Zoom link."""
    asked = {"organization": organization(calendar=calendar), "actor": member("Team Member"), "at": NOW}
    subject = {"interview": about or interview(APRIL), "calendar": calendar}
    return MeetingRequest.model_validate({**asked, **subject, "connections": (toggle(phase),)})


def hosting(
    *,
    about: Interview | None = None,
    settings: OrganizationSettings | None = None,
    hosts: tuple[Person, ...] = (),
    verified: tuple[Person, ...] | None = None,
    turns: Turns | None = None,
) -> HostRequest:
    """Return the question who hosts an event; ``hosts`` are verified unless ``verified`` says who is."""
    accepted = frozenset(one.email for one in (hosts if verified is None else verified))
    return HostRequest(
        organization=organization(),
        actor=member("Team Member"),
        at=NOW,
        settings=SettingsView(organization=settings or OrganizationSettings(), verified=accepted),
        connections=(toggle("blue"),),
        interview=about or interview(APRIL),
        calendar="google",
        hosts=hosts,
        turns=turns or Turns(),
    )


def creating(settings: OrganizationSettings) -> CreateRequest:
    """Return the question what is asked of Zoom for an event that April hosts."""
    choice = HostChoice(host=zoom_user("april@acme.example"), via=toggle("blue"), because=because("LEV-36"))
    return CreateRequest(
        organization=organization(),
        actor=member("Team Member"),
        at=NOW,
        settings=SettingsView(organization=settings),
        connections=(toggle("blue"),),
        interview=interview(APRIL),
        calendar="google",
        choice=choice,
    )


def invites(
    product: Product,
    *,
    include_zoom_links: bool = False,
    calendar: str = "google",
    room: str | None = None,
    linked: bool = True,
    about: Interview | None = None,
) -> dict[str, Invite]:
    """Return the invites of an event by audience."""
    made = meeting(zoom_user("april@acme.example"), toggle("blue")) if linked else None
    asked = {"organization": organization(calendar=calendar), "actor": member("Team Member"), "at": NOW}
    settings = SettingsView(organization=OrganizationSettings(include_zoom_links=include_zoom_links))
    subject = {"interview": about or interview(APRIL, room=room), "meeting": made, "calendar": calendar}
    letters = product.render_invite(InviteRequest.model_validate({**asked, **subject, "settings": settings}))
    assert isinstance(letters, Invites)
    return {one.audience: one for one in letters.items}
