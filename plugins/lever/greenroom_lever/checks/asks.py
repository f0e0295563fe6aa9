"""Requests of a Lever instance, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from typing import TypedDict, Unpack

from greenroom.conformance import Product
from greenroom.conformance.facts import (
    NOW,
    Given,
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
    CalendarKind,
    Cause,
    Connection,
    CreateRequest,
    DisconnectRequest,
    Done,
    GivenLink,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    Loss,
    MeetingRequest,
    NewMeeting,
    Outcome,
    Person,
    PhaseKind,
    Scope,
    Settings,
    SettingsChange,
    SettingsView,
    Step,
    Turns,
    Why,
    ZoomUser,
)
from greenroom.rules import because

ROLES = ("Super Admin", "Admin", "Team Member", "Limited Team Member", "Interviewer")
SUPER_ADMIN = member("Super Admin")
RITA_AT_ZOOM = zoom_user(SUPER_ADMIN.email, role="admin")
ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
APRIL, CALVIN, BRYNNA = (with_zoom(f"{name}@acme.example") for name in ("april", "calvin", "brynna"))
BEN = with_zoom("ben@acme.example", licensed=False)
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


def question(action: Action, *, phase: str = "yellow", **facts: object) -> AuthorizeRequest:
    """Return the question whether a Super Admin may do ``action``, unless ``facts`` name another actor."""
    defaults = {"organization": organization(), "actor": SUPER_ADMIN, "at": NOW, "action": action}
    return AuthorizeRequest.model_validate({**defaults, "connections": (toggle(phase),), **facts})


def ask(product: Product, action: Action, *, phase: str = "yellow", **facts: object) -> Step:
    """Return the answer to `question`."""
    return product.authorize(question(action, phase=phase, **facts))


def complete(
    product: Product,
    path: str = "direct",
    *,
    zoom: ZoomUser | None = RITA_AT_ZOOM,
    outcome: Outcome = "granted",
    phase: str = "yellow",
    **facts: object,
) -> Step:
    """Return the answer to somebody's coming back from Zoom; a shared link is opened by no member."""
    direct = path == "direct"
    tried = attempt(path, outcome=outcome, must_be_email=SUPER_ADMIN.email if direct else None)
    actor = SUPER_ADMIN if direct else None
    back = {"actor": actor, "attempt": tried, "zoom": zoom, **facts}
    return ask(product, Action.COMPLETE, phase=phase, **back)


def ending(product: Product, cause: Cause, *, phase: str = "blue") -> Loss:
    """Return what it means that the instance's connection ends or loses its ground."""
    ours = toggle(phase)
    return product.disconnect(
        DisconnectRequest(
            organization=organization(), actor=None, at=NOW, connections=(ours,), cause=cause, connection=ours
        )
    )


def saving(
    product: Product, after: Settings, *looked_up: Person, before: Settings | None = None, phase: str = "blue"
) -> Step:
    """Return the answer to saving ``after``; ``looked_up`` are the people whom its hosts turned out to be."""
    change = SettingsChange(
        scope=Scope.ORGANIZATION, subject="org_1", before=before or given(), after=after, looked_up=looked_up
    )
    return ask(product, Action.CONFIGURE, phase=phase, change=change)


def saved(product: Product, after: Settings, *looked_up: Person, before: Settings | None = None) -> Done:
    """Return the answer to `saving` while the toggle is blue, which has to be that it may be saved."""
    answer = saving(product, after, *looked_up, before=before)
    assert isinstance(answer, Done), answer
    return answer


def specific_hosts(*people: Person) -> Given:
    """Return settings that let ``people`` host in turn."""
    return given(host_selection="specific_hosts", hosts=tuple(one.email for one in people))


def event(*, about: Interview | None = None, phase: str = "blue", calendar: CalendarKind = "google") -> MeetingRequest:
    """Return the question whether an event gets a Zoom link."""
    return MeetingRequest(
        organization=organization(calendar=calendar),
        actor=member("Team Member"),
        at=NOW,
        connections=(toggle(phase),),
        interview=about or interview(APRIL),
        calendar=calendar,
    )


def hosting(
    *,
    about: Interview | None = None,
    settings: Settings | None = None,
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
        settings=SettingsView(organization=settings, verified=accepted),
        connections=(toggle("blue"),),
        interview=about or interview(APRIL),
        calendar="google",
        hosts=hosts,
        turns=turns or Turns(),
    )


def hosted(product: Product, request: HostRequest) -> HostChoice:
    """Return the choice of host, which has to be one."""
    answer = product.select_host(request)
    assert isinstance(answer, HostChoice), answer
    return answer


def planned(product: Product, settings: Settings | None = None, *, about: Interview | None = None) -> NewMeeting:
    """Return what is asked of Zoom for an event that April hosts."""
    choice = HostChoice(host=zoom_user("april@acme.example"), via=toggle("blue"), because=because("LEV-36"))
    plan = product.create_meeting(
        CreateRequest(
            organization=organization(),
            actor=member("Team Member"),
            at=NOW,
            settings=SettingsView(organization=settings),
            connections=(toggle("blue"),),
            interview=about or interview(APRIL),
            calendar="google",
            choice=choice,
        )
    )
    assert isinstance(plan, NewMeeting), plan
    return plan


class Sent(TypedDict, total=False):
    """What there is to say of an event that is sent; by default it has a link, and G Suite is synced."""

    settings: Settings
    calendar: CalendarKind
    room: str | None
    linked: bool
    given: GivenLink
    about: Interview
    why: Why


def letters(product: Product, **sent: Unpack[Sent]) -> Invites:
    """Return who is told of an event that April hosts."""
    calendar = sent.get("calendar", "google")
    answer = product.render_invite(
        InviteRequest(
            organization=organization(calendar=calendar),
            actor=member("Team Member"),
            at=NOW,
            settings=SettingsView(organization=sent.get("settings")),
            interview=sent.get("about", interview(APRIL, room=sent.get("room"))),
            meeting=meeting(zoom_user("april@acme.example"), toggle("blue")) if sent.get("linked", True) else None,
            given=sent.get("given"),
            calendar=calendar,
            why=sent.get("why", "new"),
        )
    )
    assert isinstance(answer, Invites), answer
    return answer


def invites(product: Product, **sent: Unpack[Sent]) -> dict[str, Invite]:
    """Return the invites of an event by audience, of which there is one each."""
    items = letters(product, **sent).items
    assert len({one.audience for one in items}) == len(items)
    return {one.audience: one for one in items}
