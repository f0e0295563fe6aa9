"""How a profile's connections move from phase to phase, found by asking it everything that can move one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import get_args

from greenroom.conformance.facts import NOW, attempt, connection, member, organization, zoom_user
from greenroom.model import (
    Action,
    Approval,
    AuthorizeRequest,
    Cause,
    Connection,
    DisconnectRequest,
    Level,
    Outcome,
    PhaseKind,
    ZoomUser,
)
from greenroom.profiles import Profile
from greenroom.profiles.manifest import Move, PhaseSpec

ANA = "ana@acme.example"

_APPROVALS = ("not_requested", "requested", "approved", "refused")
_ROLES = ("owner", "admin", "member")
_ENDING = (Action.CONFIGURE, Action.USE, Action.SEE_MEMBERS, Action.CHOOSE_HOST, Action.ENTER_MANUALLY)


def reached(profile: Profile) -> frozenset[tuple[Level, Move]]:
    """Return every move a person, an answer from Zoom, or a loss of ground brings about."""
    found: set[tuple[Level, Move]] = set()
    for level in profile.manifest.levels:
        for phase in profile.manifest.phases[level]:
            found.update((level, move) for move in _from(profile, level, phase))
    return frozenset(found)


def _from(profile: Profile, level: Level, phase: PhaseSpec) -> Iterator[Move]:
    for request in _requests(profile, level, phase):
        step = profile.authorize(request).answer
        target = getattr(step, "phase", None)
        if getattr(step, "level", level) == level and target not in (None, phase.name):
            yield Move(at=phase.name, to=str(target), by=request.action.value)
    for cause in _causes(phase):
        lost = DisconnectRequest(
            organization=organization(plan="business"),
            actor=None if cause is not Cause.PERSON else member(profile.manifest.roles.administrator, email=ANA),
            at=NOW,
            cause=cause,
            connection=_standing(profile, level, phase),
            connections=(_standing(profile, level, phase),),
        )
        loss = profile.disconnect(lost).answer
        if loss.phase != phase.name:
            yield Move(at=phase.name, to=loss.phase, by=cause.value)


def _causes(phase: PhaseSpec) -> tuple[Cause, ...]:
    """Return what can end a connection in this phase: without a grant, only people can."""
    if phase.kind is PhaseKind.IDLE:
        return ()
    return (Cause.PERSON, Cause.SWITCHED_OFF) if phase.kind is PhaseKind.PENDING else tuple(Cause)


def _requests(profile: Profile, level: Level, phase: PhaseSpec) -> Iterator[AuthorizeRequest]:
    for action in profile.manifest.actions[level]:
        if action is Action.COMPLETE:
            yield from _completions(profile, level, phase)
        elif action not in _ENDING:
            yield from _wishes(profile, level, phase, action)


def _wishes(profile: Profile, level: Level, phase: PhaseSpec, action: Action) -> Iterator[AuthorizeRequest]:
    plans = (None, "basic", "business")
    around = _around(profile, level, phase)
    for role, plan, state, connections in product(profile.manifest.roles.known, plans, _APPROVALS, around):
        yield AuthorizeRequest.model_validate(
            {
                "organization": organization(plan=plan),  # type: ignore[arg-type]  # one of the plans
                "actor": member(role, email=ANA),
                "at": NOW,
                "action": action,
                "level": level,
                "confirmed": True,
                "approval": Approval.model_validate({"state": state, "requested_by": "mem_ana"}),
                "connections": connections,
            }
        )


def _completions(profile: Profile, level: Level, phase: PhaseSpec) -> Iterator[AuthorizeRequest]:
    outcomes, roles = get_args(Outcome), profile.manifest.roles
    around = _around(profile, level, phase)
    for path, outcome, zoom_role, role, connections in product(
        ("direct", "shared"), outcomes, _ROLES, (roles.administrator, roles.plain), around
    ):
        yield AuthorizeRequest.model_validate(
            {
                "organization": organization(plan="business"),
                "actor": member(role, email=ANA) if path == "direct" else None,
                "at": NOW,
                "action": Action.COMPLETE,
                "level": level,
                "attempt": attempt(path, level=level, outcome=outcome),
                "zoom": _ana(zoom_role) if outcome == "granted" else None,
                "scopes": frozenset(zoom for scope in profile.manifest.scopes for zoom in scope.zoom),
                "approval": Approval(state="approved"),
                "connections": connections,
            }
        )


def _around(profile: Profile, level: Level, phase: PhaseSpec) -> list[tuple[Connection, ...]]:
    """Return the connection in its phase, beside each phase of the profile's other levels."""
    own = _standing(profile, level, phase)
    others = [
        [_standing(profile, other, there) for there in profile.manifest.phases[other]]
        for other in profile.manifest.levels
        if other is not level
    ]
    return [(own, *beside) for beside in product(*others)]


def _standing(profile: Profile, level: Level, phase: PhaseSpec) -> Connection:
    owner = "org_1" if level is Level.ORGANIZATION else "mem_ana"
    scopes = frozenset(zoom for scope in profile.manifest.scopes for zoom in scope.zoom)
    return connection(level, phase=phase.name, kind=phase.kind, owner=owner, zoom=_known(phase), scopes=scopes)


def _known(phase: PhaseSpec) -> ZoomUser | None:
    return _ana("admin") if phase.kind is PhaseKind.ACTIVE else None


def _ana(role: str) -> ZoomUser:
    return zoom_user(ANA, role=role)  # type: ignore[arg-type]  # one of the roles
