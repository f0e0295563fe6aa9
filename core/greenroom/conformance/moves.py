"""How a profile's connections move from phase to phase, found by asking it everything that can move one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as combinations
from typing import get_args

from greenroom.conformance.facts import NOW, attempt, connection, member, organization, zoom_user
from greenroom.conformance.product import Product
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
from greenroom.profiles.manifest import Move, PhaseSpec

ANA = "ana@acme.example"

_APPROVALS = ("not_requested", "requested", "approved", "refused")
_ROLES = ("owner", "admin", "member")
_ENDING = (Action.CONFIGURE, Action.USE, Action.SEE_MEMBERS, Action.CHOOSE_HOST, Action.ENTER_MANUALLY)


def reached(product: Product) -> frozenset[tuple[Level, Move]]:
    """Return every move a person, an answer from Zoom, or a loss of ground brings about."""
    found: set[tuple[Level, Move]] = set()
    for level in product.manifest.levels:
        for phase in product.manifest.phases[level]:
            found.update((level, move) for move in _from(product, level, phase))
    return frozenset(found)


def _from(product: Product, level: Level, phase: PhaseSpec) -> Iterator[Move]:
    for request in _requests(product, level, phase):
        step = product.authorize(request)
        target = getattr(step, "phase", None)
        if getattr(step, "level", level) == level and target not in (None, phase.name):
            yield Move(at=phase.name, to=str(target), by=request.action.value)
    for cause in _causes(phase):
        lost = DisconnectRequest(
            organization=organization(plan="business"),
            actor=None if cause is not Cause.PERSON else member(product.manifest.roles.administrator, email=ANA),
            at=NOW,
            cause=cause,
            connection=_standing(product, level, phase),
            connections=(_standing(product, level, phase),),
        )
        loss = product.disconnect(lost)
        if loss.phase != phase.name:
            yield Move(at=phase.name, to=loss.phase, by=cause.value)


def _causes(phase: PhaseSpec) -> tuple[Cause, ...]:
    """Return what can end a connection in this phase: without a grant, only people can."""
    if phase.kind is PhaseKind.IDLE:
        return ()
    return (Cause.PERSON, Cause.SWITCHED_OFF) if phase.kind is PhaseKind.PENDING else tuple(Cause)


def _requests(product: Product, level: Level, phase: PhaseSpec) -> Iterator[AuthorizeRequest]:
    for action in product.manifest.actions[level]:
        if action is Action.COMPLETE:
            yield from _completions(product, level, phase)
        elif action not in _ENDING:
            yield from _wishes(product, level, phase, action)


def _wishes(product: Product, level: Level, phase: PhaseSpec, action: Action) -> Iterator[AuthorizeRequest]:
    plans = (None, "basic", "business")
    around = _around(product, level, phase)
    for role, plan, state, connections in combinations(product.manifest.roles.known, plans, _APPROVALS, around):
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


def _completions(product: Product, level: Level, phase: PhaseSpec) -> Iterator[AuthorizeRequest]:
    outcomes, roles = get_args(Outcome), product.manifest.roles
    around = _around(product, level, phase)
    for path, outcome, zoom_role, role, connections in combinations(
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
                "scopes": frozenset(zoom for scope in product.manifest.scopes for zoom in scope.zoom),
                "approval": Approval(state="approved"),
                "connections": connections,
            }
        )


def _around(product: Product, level: Level, phase: PhaseSpec) -> list[tuple[Connection, ...]]:
    """Return the connection in its phase, beside each phase of the profile's other levels."""
    own = _standing(product, level, phase)
    others = [
        [_standing(product, other, there) for there in product.manifest.phases[other]]
        for other in product.manifest.levels
        if other is not level
    ]
    return [(own, *beside) for beside in combinations(*others)]


def _standing(product: Product, level: Level, phase: PhaseSpec) -> Connection:
    owner = "org_1" if level is Level.ORGANIZATION else "mem_ana"
    scopes = frozenset(zoom for scope in product.manifest.scopes for zoom in scope.zoom)
    return connection(level, phase=phase.name, kind=phase.kind, owner=owner, zoom=_known(phase), scopes=scopes)


def _known(phase: PhaseSpec) -> ZoomUser | None:
    return _ana("admin") if phase.kind is PhaseKind.ACTIVE else None


def _ana(role: str) -> ZoomUser:
    return zoom_user(ANA, role=role)  # type: ignore[arg-type]  # one of the roles
