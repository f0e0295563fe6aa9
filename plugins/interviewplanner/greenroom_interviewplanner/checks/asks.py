"""Requests of InterviewPlanner users, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from greenroom.conformance import Documents, Product, cited
from greenroom.conformance.facts import (
    NOW,
    attempt,
    connection,
    interview,
    member,
    organization,
    person,
    with_zoom,
    zoom_user,
)
from greenroom.model import (
    Action,
    Approval,
    AuthorizeRequest,
    Cause,
    Connection,
    CreateRequest,
    DisconnectRequest,
    HostChoice,
    HostRequest,
    Instruct,
    Interview,
    InviteRequest,
    Loss,
    MeetingRequest,
    Member,
    NewMeeting,
    Permission,
    PhaseKind,
    Scope,
    Settings,
    SettingsChange,
    SettingsView,
    Stage,
    Step,
    Want,
    Wish,
    ZoomRole,
    ZoomUser,
)
from greenroom_interviewplanner.gate import USERS, ZOOM_ROOMS
from greenroom_interviewplanner.settings import CandidateSettings, StageSettings

_DOCUMENTS = Documents("greenroom_interviewplanner", "2026-11")
printed, declared = _DOCUMENTS.printed, _DOCUMENTS.declared

RITA = member("user")
BEN = member("user", email="ben@acme.example")

ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
RITA_WITH_ZOOM = with_zoom("rita@acme.example")
INA = person("ina@acme.example")

BOTH = frozenset({USERS, ZOOM_ROOMS})
NOT_REQUESTED = Approval()
APPROVED = Approval(state="approved")

_KINDS = {
    "not_connected": PhaseKind.IDLE,
    "connected": PhaseKind.ACTIVE,
    "needs_reconnect": PhaseKind.BROKEN,
}


def accounts(phase: str) -> Connection:
    """Return the InterviewPlanner account's one connection in ``phase``, made by Zoe where there is one."""
    kind = _KINDS[phase]
    return connection(phase=phase, kind=kind, zoom=None if kind is PhaseKind.IDLE else ZOE_AT_ZOOM)


def question(
    action: Action,
    *,
    phase: str = "not_connected",
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> AuthorizeRequest:
    """Return the question whether Rita, or the ``actor`` among ``facts``, may do ``action``."""
    asked = {"organization": organization(), "actor": RITA, "at": NOW, "connections": (accounts(phase),)}
    return AuthorizeRequest.model_validate({**asked, "action": action, "approval": approval, **facts})


def ask(
    product: Product,
    action: Action,
    *,
    phase: str = "not_connected",
    approval: Approval = NOT_REQUESTED,
    **facts: object,
) -> Step:
    """Return the answer to `question`."""
    return product.authorize(question(action, phase=phase, approval=approval, **facts))


def complete(
    product: Product,
    zoom: ZoomUser | None = None,
    *,
    outcome: str = "granted",
    phase: str = "not_connected",
    approval: Approval = NOT_REQUESTED,
    actor: Member | None = RITA,
) -> Step:
    """Return the answer to somebody's coming back from Zoom as ``zoom``."""
    back = {"attempt": attempt(outcome=outcome), "zoom": zoom, "actor": actor}
    return ask(product, Action.COMPLETE, phase=phase, approval=approval, **back)


def delegate(*permissions: Permission, role: ZoomRole = "custom") -> ZoomUser:
    """Return somebody who is no Zoom admin and whose Zoom role gives them ``permissions``."""
    return zoom_user("rita@acme.example", role=role, permissions=frozenset(permissions))


def setting(product: Product, after: Settings, *, phase: str = "connected") -> Step:
    """Return the answer to saving ``after`` for a stage or a candidate."""
    of_stage = isinstance(after, StageSettings)
    change = SettingsChange(
        scope=Scope.KIND if of_stage else Scope.CANDIDATE,
        subject="Onsite" if of_stage else "cam@home.example",
        before=type(after)(),
        after=after,
    )
    return ask(product, Action.CONFIGURE, phase=phase, change=change)


def scheduling(
    *,
    stage: bool = False,
    candidate: bool | None = None,
    phase: str = "connected",
    reached: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    actor: Member = RITA,
) -> MeetingRequest:
    """Return the question whether an interview gets a meeting, video being so on its stage and for its candidate."""
    return MeetingRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        settings=SettingsView(kind=StageSettings(video=stage), candidate=CandidateSettings(video=candidate)),
        connections=(accounts(phase),),
        interview=interview(INA, kind="Onsite", stage=reached, wish=wish or Wish()),
        calendar="google",
    )


def wanted(
    product: Product,
    *,
    stage: bool = False,
    candidate: bool | None = None,
    phase: str = "connected",
    reached: Stage = Stage.CONFIRMED,
) -> Want:
    """Return the answer to `scheduling`."""
    return product.want_meeting(scheduling(stage=stage, candidate=candidate, phase=phase, reached=reached))


def hosting(about: Interview | None = None, *, phase: str = "connected", actor: Member = RITA) -> HostRequest:
    """Return the question who hosts an interview, which Rita schedules unless ``about`` is another's."""
    asked = scheduling(stage=True, phase=phase, actor=actor)
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    rita = interview(INA, kind="Onsite", stage=Stage.CONFIRMED, scheduler=RITA_WITH_ZOOM)
    found = about or rita
    return HostRequest.model_validate({**fields, "interview": found, "hosts": (found.scheduler,)})


def chosen(product: Product, request: HostRequest) -> HostChoice:
    """Return the choice of host, which has to be one."""
    answer = product.select_host(request)
    assert isinstance(answer, HostChoice), answer
    return answer


def planned(product: Product, asked: HostRequest) -> NewMeeting:
    """Return what is asked of Zoom for an interview whose host is found."""
    fields = {name: getattr(asked, name) for name in MeetingRequest.model_fields}
    plan = product.create_meeting(CreateRequest.model_validate({**fields, "choice": chosen(product, asked)}))
    assert isinstance(plan, NewMeeting), plan
    return plan


def inviting(*, why: str = "new", **facts: object) -> InviteRequest:
    """Return the question who is told of Rita's interview."""
    asked = {"organization": organization(), "actor": RITA, "at": NOW, "calendar": "google", "why": why}
    return InviteRequest.model_validate({**asked, "interview": interview(INA, stage=Stage.CONFIRMED), **facts})


def ending(product: Product, cause: Cause, *, phase: str = "connected") -> Loss:
    """Return what it means that the account's connection ends or loses its ground."""
    ours = accounts(phase)
    return product.disconnect(
        DisconnectRequest(
            organization=organization(), actor=None, at=NOW, connections=(ours,), cause=cause, connection=ours
        )
    )


def instructed(answer: object, *clauses: str) -> Instruct:
    """Return ``answer``, which has to point at the Zoom role and say with ``clauses``, and no other half, why."""
    assert isinstance(answer, Instruct), f"expected an instruction, got {answer!r}"
    assert answer.recipe == "zoom_role"
    assert cited(answer) == {"IVP-07", *clauses}, f"cites {sorted(cited(answer))}"
    return answer
