"""Which actions each role is ever allowed: found by asking the profile, in every state a connection can be in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Literal

from greenroom.model import (
    Action,
    Approval,
    AuthorizeRequest,
    Connection,
    Level,
    Member,
    Organization,
    PhaseKind,
    Refusal,
    Scope,
    SettingsView,
    Value,
    ZoomAccount,
    ZoomUser,
)
from greenroom.profiles.manifest import PhaseSpec
from greenroom.profiles.profile import Profile

_NO_BUTTON = frozenset({Action.COMPLETE, Action.USE, Action.CHOOSE_HOST})
_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
_ORGANIZATION = Organization(id="org_1", calendar="google")
_ACCOUNT = ZoomAccount(id="acc_1", plan="business", source="observed")
_ADDRESS = "member@organization.example"
_APPROVALS: tuple[Literal["not_requested", "requested", "approved", "refused"], ...] = (
    "not_requested",
    "requested",
    "approved",
    "refused",
)


class RoleAction(Value):
    """An action that people may do at a level, as the product calls it, and the roles that are ever allowed it."""

    level: Level
    action: Action
    label: str
    roles: tuple[str, ...]


def actions_by_role(profile: Profile) -> tuple[RoleAction, ...]:
    """Return every action with a button of the product's, and who may press it.

    A role is allowed an action if there is a state of the connections and of the approval, with every switch of the
    settings off or every one on, in which the profile does not refuse it.
    """
    return tuple(
        RoleAction(
            level=level,
            action=action,
            label=profile.labels.action(action, level),
            roles=tuple(role for role in profile.manifest.roles.known if _ever(profile, role, action, level)),
        )
        for level in profile.manifest.levels
        for action in profile.manifest.actions[level]
        if action not in _NO_BUTTON and not _told_by_zoom(profile, action)
    )


def _told_by_zoom(profile: Profile, action: Action) -> bool:
    """Whether an approval is Zoom's news here, not something a person says: the product has no word for it."""
    return action is Action.APPROVAL_DECIDED and action not in profile.labels.actions


def _ever(profile: Profile, role: str, action: Action, level: Level) -> bool:
    requests = _requests(profile, role, action, level)
    return any(not isinstance(profile.authorize(request).answer, Refusal) for request in requests)


def _requests(profile: Profile, role: str, action: Action, level: Level) -> Iterator[AuthorizeRequest]:
    actor = Member(id="mem_1", email=_ADDRESS, roles=frozenset({role}))
    for connections, state, switched_on in product(_states(profile), _APPROVALS, (False, True)):
        yield AuthorizeRequest(
            organization=_ORGANIZATION,
            actor=actor,
            at=_AT,
            settings=_settings(profile, switched_on=switched_on),
            connections=connections,
            parameters=profile.parameters,
            action=action,
            level=level,
            offer=True,
            approval=Approval(state=state),
        )


def _states(profile: Profile) -> Iterator[tuple[Connection, ...]]:
    """Yield a connection of each level, in every combination of their phases."""
    each = [
        [_connection(level, phase) for phase in profile.manifest.phases[level]] for level in profile.manifest.levels
    ]
    yield from product(*each)


def _connection(level: Level, phase: PhaseSpec) -> Connection:
    known = phase.kind in {PhaseKind.ACTIVE, PhaseKind.BROKEN}
    owner = _ORGANIZATION.id if level is Level.ORGANIZATION else "mem_1"
    user = ZoomUser(id="zoom_1", email=_ADDRESS, status="active", licence="licensed", role="admin", account=_ACCOUNT)
    return Connection(level=level, owner=owner, phase=phase.name, kind=phase.kind, zoom_user=user if known else None)


def _settings(profile: Profile, *, switched_on: bool) -> SettingsView:
    found = {}
    for scope in Scope:
        model = profile.settings_model(scope)
        if model is not None:
            switches = [name for name, field in model.model_fields.items() if field.annotation is bool]
            found[scope.value] = model.model_validate(dict.fromkeys(switches, True) if switched_on else {})
    return SettingsView.model_validate(found)
