"""Requests of Hire users, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from greenroom.conformance import Documents, Product
from greenroom.conformance.facts import NOW, attempt, connection, interview, member, organization, person, zoom_user
from greenroom.model import (
    Action,
    Approval,
    AuthorizeRequest,
    Cause,
    Connection,
    DisconnectRequest,
    HostRequest,
    Interview,
    Level,
    Loss,
    MeetingRequest,
    Member,
    PhaseKind,
    Span,
    Stage,
    Step,
    Wish,
    ZoomPlan,
    ZoomUser,
)

_DOCUMENTS = Documents("greenroom_trakstar", "2026-11")
printed, declared = _DOCUMENTS.printed, _DOCUMENTS.declared

RITA = member("Hire user")
BEN = member("Hire user", email="ben@acme.example")
RITA_AT_ZOOM = zoom_user("rita.recruiter@zoom.example")
BEN_AT_ZOOM = zoom_user("ben@acme.example")

NOT_REQUESTED = Approval()
REQUESTED = Approval(state="requested", requested_by=RITA.id)
APPROVED = Approval(state="approved", requested_by=RITA.id)
DENIED = Approval(state="refused", requested_by=RITA.id)

PAID: tuple[ZoomPlan, ...] = ("pro", "business", "education", "enterprise")

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


def question(
    action: Action,
    *,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> AuthorizeRequest:
    """Return the question whether a Hire user may do ``action`` in an organization whose Zoom plan is ``plan``."""
    asked = {"organization": organization(plan=plan), "actor": RITA, "at": NOW, "level": Level.MEMBER}
    state = {"action": action, "approval": approval, "connections": (own(phase),)}
    return AuthorizeRequest.model_validate({**asked, **state, **facts})


def ask(
    product: Product,
    action: Action,
    *,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> Step:
    """Return the answer to `question`."""
    return product.authorize(question(action, phase=phase, plan=plan, approval=approval, **facts))


def complete(
    product: Product,
    *,
    outcome: str = "granted",
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    held_elsewhere: bool = False,
) -> Step:
    """Return the answer to a Hire user's coming back from Zoom."""
    tried = attempt(level=Level.MEMBER, outcome=outcome)
    zoom = RITA_AT_ZOOM if outcome == "granted" else None
    back = {"attempt": tried, "zoom": zoom, "held_elsewhere": held_elsewhere}
    return ask(product, Action.COMPLETE, phase=phase, plan=plan, approval=approval, **back)


def scheduling(
    *,
    stage: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    actor: Member = RITA,
    connected: Connection | None = None,
) -> MeetingRequest:
    """Return the question whether an interview that Rita schedules gets a meeting."""
    return MeetingRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        connections=(connected or own("connected"),),
        interview=interview(person("ina@acme.example"), stage=stage, wish=wish),
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
    """Return the question who hosts an interview, Rita's unless ``about`` is another."""
    return HostRequest(
        organization=organization(plan=plan),
        actor=actor,
        at=NOW,
        connections=(connected or own("connected"),),
        interview=about or interview(person("ina@acme.example"), stage=Stage.CONFIRMED),
        calendar="google",
        load=load,
    )


def ending(product: Product, cause: Cause = Cause.PERSON) -> Loss:
    """Return what it means that Rita's connection ends or loses its ground."""
    rita = own("connected")
    return product.disconnect(
        DisconnectRequest(
            organization=organization(), actor=RITA, at=NOW, connections=(rita,), cause=cause, connection=rita
        )
    )
