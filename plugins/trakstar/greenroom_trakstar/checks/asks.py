"""Requests of Hire users, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from greenroom.conformance import Product
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
    Approval,
    AuthorizeRequest,
    Cause,
    ChangeRequest,
    Connection,
    CreateRequest,
    DisconnectRequest,
    Follow,
    GivenLink,
    HostChoice,
    HostRequest,
    Interview,
    Invite,
    InviteRequest,
    Invites,
    Level,
    Loss,
    Meeting,
    MeetingRequest,
    Member,
    NewMeeting,
    Person,
    PhaseKind,
    Say,
    Span,
    Stage,
    Step,
    Why,
    Wish,
    ZoomPlan,
    ZoomUser,
)

RITA = member("Hire user")
BEN = member("Hire user", email="ben@acme.example")
RITA_AT_ZOOM = zoom_user("rita.recruiter@zoom.example")
BEN_AT_ZOOM = zoom_user("ben@acme.example")
INA = person("ina@acme.example")

NOT_REQUESTED = Approval()
REQUESTED = Approval(state="requested", requested_by=RITA.id)
APPROVED = Approval(state="approved", requested_by=RITA.id)
DENIED = Approval(state="refused", requested_by=RITA.id)

PAID: tuple[ZoomPlan, ...] = ("pro", "business", "education", "enterprise")

BY_HAND = GivenLink(url=" https://example.zoom.us/j/1 ", meeting_id="1", password=" pw ")  # noqa: S106  # made up

_KINDS = {
    "not_connected": PhaseKind.IDLE,
    "pre_approval_requested": PhaseKind.PENDING,
    "connected": PhaseKind.ACTIVE,
    "needs_reconnect": PhaseKind.BROKEN,
}


def own(phase: str, *, of: Member = RITA, zoom: ZoomUser = RITA_AT_ZOOM) -> Connection:
    """Return a Hire user's own connection in ``phase``."""
    kind = _KINDS[phase]
    user = zoom if kind in {PhaseKind.ACTIVE, PhaseKind.BROKEN} else None
    return connection(Level.MEMBER, phase=phase, kind=kind, owner=of.id, zoom=user)


def of_ben() -> Interview:
    """Return a confirmed interview that Ben schedules."""
    return interview(INA, scheduler=Person(email=BEN.email), stage=Stage.CONFIRMED)


def question(
    action: Action,
    *,
    user: Member = RITA,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> AuthorizeRequest:
    """Return the question whether a Hire user may do ``action`` in an organization whose Zoom plan is ``plan``."""
    asked = {"organization": organization(plan=plan), "actor": user, "at": NOW, "level": Level.MEMBER}
    state = {"action": action, "approval": approval, "connections": (own(phase, of=user),)}
    return AuthorizeRequest.model_validate({**asked, **state, **facts})


def ask(
    product: Product,
    action: Action,
    *,
    user: Member = RITA,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> Step:
    """Return the answer to `question`."""
    return product.authorize(question(action, user=user, phase=phase, plan=plan, approval=approval, **facts))


def complete(
    product: Product,
    *,
    outcome: str = "granted",
    user: Member = RITA,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> Step:
    """Return the answer to a Hire user's coming back from Zoom."""
    tried = attempt(level=Level.MEMBER, outcome=outcome)
    back = {"attempt": tried, "zoom": RITA_AT_ZOOM if outcome == "granted" else None, **facts}
    return ask(product, Action.COMPLETE, user=user, phase=phase, plan=plan, approval=approval, **back)


def scheduling(
    *,
    about: Interview | None = None,
    stage: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    actor: Member = RITA,
    connected: Connection | None = None,
) -> MeetingRequest:
    """Return the question whether an interview gets a meeting, Rita's unless ``about`` is another."""
    return MeetingRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        connections=(connected or own("connected"),),
        interview=about or interview(INA, stage=stage, wish=wish),
        calendar="google",
    )


def hosting(
    *,
    about: Interview | None = None,
    actor: Member = RITA,
    connected: Connection | None = None,
    load: tuple[tuple[str, Span], ...] = (),
    plan: ZoomPlan | None = None,
) -> HostRequest:
    """Return the question who hosts an interview, Rita's unless ``about`` is another; ``plan``: the stated one."""
    return HostRequest(
        organization=organization(plan=plan),
        actor=actor,
        at=NOW,
        connections=(connected or own("connected"),),
        interview=about or interview(INA, stage=Stage.CONFIRMED),
        calendar="google",
        load=load,
    )


def chosen(product: Product, request: HostRequest) -> HostChoice:
    """Return the choice of host, which has to be one."""
    answer = product.select_host(request)
    assert isinstance(answer, HostChoice), f"expected a host, got {answer!r}"
    return answer


def planned(product: Product, asked: HostRequest) -> NewMeeting:
    """Return what is asked of Zoom for an interview whose host is found."""
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    plan = product.create_meeting(CreateRequest.model_validate({**fields, "choice": chosen(product, asked)}))
    assert isinstance(plan, NewMeeting), f"expected a meeting, got {plan!r}"
    return plan


def invited(product: Product, *, given: GivenLink | None = None, why: Why = "new") -> Invites:
    """Return who is told of Rita's confirmed interview, with the details Zoom made or those entered by hand."""
    letters = product.render_invite(
        InviteRequest(
            organization=organization(),
            actor=RITA,
            at=NOW,
            interview=interview(INA, stage=Stage.CONFIRMED),
            meeting=None if given else meeting(RITA_AT_ZOOM, own("connected")),
            given=given,
            calendar="google",
            why=why,
        )
    )
    assert isinstance(letters, Invites), f"expected invites, got {letters!r}"
    return letters


def by_audience(letters: Invites) -> dict[str, Invite]:
    """Return the invites by whom they are for."""
    return {one.audience: one for one in letters.items}


def changed(
    product: Product, *, made: Meeting | None, cancelled: bool = False, reachable: bool = True, **facts: object
) -> Follow:
    """Return what follows when Rita's interview is made an hour long, or cancelled."""
    moved = {"before": interview(), "after": None if cancelled else interview(minutes=60), "meeting": made}
    asked = {"organization": organization(), "actor": RITA, "at": NOW, "reachable": reachable, **moved, **facts}
    answer = product.change(ChangeRequest.model_validate(asked))
    assert isinstance(answer, Follow), f"expected what follows, got {answer!r}"
    return answer


def ending(product: Product, cause: Cause = Cause.PERSON) -> Loss:
    """Return what it means that Rita's connection ends or loses its ground."""
    rita = own("connected")
    return product.disconnect(
        DisconnectRequest(
            organization=organization(), actor=RITA, at=NOW, connections=(rita,), cause=cause, connection=rita
        )
    )


def button(product: Product, phase: str) -> str | None:
    """Return what the button on a user's page says in ``phase``."""
    return product.words.phases[Level.MEMBER][phase].button


def says(product: Product, say: Say, *phrases: str) -> bool:
    """Whether a message holds each of ``phrases``, wherever its sentences begin and lines break."""
    text = " ".join(product.words.text(say).split()).casefold()
    return all(phrase.casefold() in text for phrase in phrases)
