"""Requests of InterviewPlanner users, for the checks: say only what matters to the rule at hand."""

from __future__ import annotations

from typing import Literal

from greenroom.conformance import Product, cited
from greenroom.conformance.facts import (
    NOW,
    attempt,
    connection,
    given,
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
    SettingsChange,
    SettingsView,
    Stage,
    Step,
    Want,
    Wish,
    ZoomRole,
    ZoomUser,
)

RITA = member("user")
BEN = member("user", email="ben@acme.example")

ZOE_AT_ZOOM = zoom_user("zoe@acme.example", role="admin")
RITA_WITH_ZOOM = with_zoom("rita@acme.example")
INA = person("ina@acme.example")

USERS = Permission(section="User and Permission Management", item="Users", view=True, edit=True)
ZOOM_ROOMS = Permission(section="Zoom Rooms Management", item="Zoom rooms", view=True)
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
    **facts: object,
) -> Step:
    """Return the answer to somebody's coming back from Zoom as ``zoom``."""
    back = {"attempt": attempt(outcome=outcome), "zoom": zoom, "actor": actor, **facts}
    return ask(product, Action.COMPLETE, phase=phase, approval=approval, **back)


def delegate(*permissions: Permission, role: ZoomRole = "custom") -> ZoomUser:
    """Return somebody who is no Zoom admin and whose Zoom role gives them ``permissions``."""
    return zoom_user("rita@acme.example", role=role, permissions=frozenset(permissions))


def setting(
    product: Product, scope: Literal["kind", "candidate"], *, video: bool | None, phase: str = "connected"
) -> Step:
    """Return the answer to saving video conferencing so for a stage or a candidate."""
    subject = "Onsite" if scope == "kind" else "cam@home.example"
    change = SettingsChange(scope=Scope(scope), subject=subject, before=given(), after=given(video=video))
    return ask(product, Action.CONFIGURE, phase=phase, change=change)


def scheduling(
    *,
    stage: bool | None = None,
    candidate: bool | None = None,
    phase: str = "connected",
    reached: Stage = Stage.CONFIRMED,
    wish: Wish | None = None,
    actor: Member = RITA,
) -> MeetingRequest:
    """Return the question whether an interview gets a meeting, video being so on its stage and for its candidate;
    ``None``: nobody ever set it."""
    settings = SettingsView(
        kind=None if stage is None else given(video=stage),
        candidate=None if candidate is None else given(video=candidate),
    )
    return MeetingRequest(
        organization=organization(),
        actor=actor,
        at=NOW,
        settings=settings,
        connections=(accounts(phase),),
        interview=interview(INA, kind="Onsite", stage=reached, wish=wish or Wish()),
        calendar="google",
    )


def wanted(
    product: Product,
    *,
    stage: bool | None = None,
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


def told_instead(product: Product, action: Action) -> str:
    """Return what the product says where others have a button for ``action``."""
    return " ".join(product.words.messages[product.manifest.not_offered[action].say].split())


def steps(product: Product, recipe: str) -> list[str]:
    """Return the steps of a recipe, in order and in the product's words."""
    return [" ".join(product.words.messages[step].split()) for step in product.manifest.recipes[recipe].steps]
