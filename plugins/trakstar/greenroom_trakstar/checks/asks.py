"""Requests of Hire users, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from importlib.resources import files

from greenroom.conformance.facts import NOW, attempt, connection, interview, member, organization, person, zoom_user
from greenroom.model import (
    Action,
    Answer,
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
    Refusal,
    Span,
    Stage,
    Step,
    Wish,
    ZoomPlan,
    ZoomUser,
)
from greenroom_trakstar.rules import authorize, disconnect

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
    action: Action,
    *,
    phase: str = "not_connected",
    plan: ZoomPlan | None = None,
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> Step:
    """Return the answer to `question`."""
    return authorize(question(action, phase=phase, plan=plan, approval=approval, **facts))


def complete(
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
    return ask(Action.COMPLETE, phase=phase, plan=plan, approval=approval, **back)


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


def ending(cause: Cause = Cause.PERSON) -> Loss:
    """Return what it means that Rita's connection ends or loses its ground."""
    rita = own("connected")
    return disconnect(
        DisconnectRequest(
            organization=organization(), actor=RITA, at=NOW, connections=(rita,), cause=cause, connection=rita
        )
    )


def refusal(answer: object, code: str, *clauses: str) -> Refusal:
    """Return ``answer``, which has to be a refusal with this code that rests at least on ``clauses``."""
    assert isinstance(answer, Refusal), f"expected a refusal {code}, got {answer!r}"
    assert answer.code == code, f"expected {code}, got {answer.code}"
    assert cited(answer) >= set(clauses), f"{code} does not cite {', '.join(clauses)}"
    return answer


def cited(answer: Answer) -> set[str]:
    """Return the clauses an answer rests on."""
    return {one.clause for one in answer.because}


def printed(*lines: str) -> bool:
    """Whether each of ``lines`` (``key: words``) stands in the labels as the document prints it."""
    labels = (files("greenroom_trakstar") / "labels" / "2026-11.yaml").read_text("utf-8")
    found = {line.strip() for line in labels.splitlines()}
    return found >= set(lines)


def declared(*lines: str) -> bool:
    """Whether each of ``lines`` stands in the manifest."""
    manifest = (files("greenroom_trakstar") / "profile.yaml").read_text("utf-8")
    found = {line.strip() for line in manifest.splitlines()}
    return found >= set(lines)
