"""Who may connect Zoom for everyone on an InterviewPlanner account, and what the end of that connection means."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Ask,
    AuthorizeRequest,
    Because,
    Cause,
    DisconnectRequest,
    GoToZoom,
    Instruct,
    Keep,
    Level,
    Loss,
    Permission,
    PhaseKind,
    Refusal,
    Say,
    SettingsChange,
    Step,
    ZoomUser,
)
from greenroom.rules import because, done, loss, missing_permissions, only_active, only_roles, phase_at, refuse
from greenroom_interviewplanner.settings import CandidateSettings, StageSettings

NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"

CONNECT_ROLES = "user,admin"
"""Who may connect, in InterviewPlanner's own roles: everybody, as the document asks only who they are at Zoom."""

USERS = Permission(section="User and Permission Management", item="Users", view=True, edit=True)
ZOOM_ROOMS = Permission(section="Zoom Rooms Management", item="Zoom rooms", view=True)
NECESSARY_PERMISSIONS = (USERS, ZOOM_ROOMS)
"""What the Zoom role of somebody who is no Zoom admin has to give them; more is fine [IVP-20, IVP-24]."""

_USERS_VIEW = USERS.model_copy(update={"edit": False})


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    """Any user of the InterviewPlanner account may go to Zoom; who they are there decides [IVP-06, IVP-11]."""
    match request.action:
        case Action.CONNECT:
            return only_active(request, "IVP-31") or _not_among_those_who_connect(request) or _connect(request)
        case Action.COMPLETE:
            return _complete(request)
        case Action.APPROVAL_DECIDED:
            return _no_longer_active(request) or _approval_decided(request)
        case Action.CONFIGURE:
            return only_active(request) or _configure(request)
        case Action.USE:
            return only_active(request) or _list_rooms(request)
        case _:
            return refuse("not_offered", "CORE-11")


@hookimpl
def disconnect(request: DisconnectRequest) -> Loss:
    """The app's being uninstalled ends Zoom for everyone [IVP-42]. The permissions of whoever connected are asked
    for when they authorize [IVP-27], so losing them later disables nothing by itself; core reads the other causes.
    """
    match request.cause:
        case Cause.UNINSTALLED:
            reasons = because("IVP-40", "IVP-42", about=request.cause.value)
            return Loss(phase=NOT_CONNECTED, ends="all_of_organization", because=reasons)
        case Cause.AUTHORIZER_ROLE:
            fact = "permissions are asked for when authorizing only"
            reasons = because("IVP-27", about=request.cause.value, fact=fact)
            return Loss(phase=request.connection.phase, ends="nothing", because=reasons)
        case _:
            return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT)


def phase_of(request: Ask) -> str:
    """Return the phase of the account's one connection."""
    return phase_at(request, Level.ORGANIZATION, NOT_CONNECTED)


def _not_among_those_who_connect(request: AuthorizeRequest) -> Refusal | None:
    """Refuse nobody for a role, unless this deployment keeps connecting to some [IVP-28]."""
    roles = request.parameter("connect_roles", CONNECT_ROLES).split(",")
    return only_roles(request, [role.strip() for role in roles], "IVP-28")


def _connect(request: AuthorizeRequest) -> Step:
    if phase_of(request) != CONNECTED:
        return GoToZoom(app="admin", because=because("IVP-04", "IVP-05"))
    # Nothing says that the button goes away, and whoever lost their Zoom role has to be replaceable.
    reasons = because("IVP-05", "IVP-08", fact="connected already")
    return GoToZoom(app="admin", warnings=(Say(key="already_connected"),), because=reasons)


def _approval_decided(request: AuthorizeRequest) -> Step:
    state = request.approval.state
    if state != "approved":
        return refuse("pre_approval_not_given", "IVP-14", fact=f"pre-approval is {state}")
    return done("IVP-11", "IVP-14")


def _no_longer_active(request: AuthorizeRequest) -> Refusal | None:
    return only_active(request) if request.actor is not None else None


def _complete(request: AuthorizeRequest) -> Step:
    # Nobody's attempt is an attempt of somebody who cannot log in (any more).
    refusal = only_active(request, "IVP-31") or _not_among_those_who_connect(request)
    if refusal is not None:
        return refusal
    outcome = request.attempt.outcome if request.attempt is not None else None
    match outcome:
        case "granted" if request.zoom is not None:
            return _granted(request, request.zoom)
        case "not_allowed" | "approval_needed":
            return _refused_by_zoom(request, outcome)
        case "declined":
            return refuse("declined", "CORE-12", next=(Action.CONNECT,))
        case _:
            fact = outcome or "no answer"
            return refuse("authorization_failed", "IVP-05", next=(Action.CONNECT,), fact=fact)


def _granted(request: AuthorizeRequest, zoom: ZoomUser) -> Step:
    if zoom.is_admin:
        return _keep(request, *because("IVP-06", about=zoom.email, fact=f"Zoom role is {zoom.role}"))
    missing = missing_permissions(zoom, NECESSARY_PERMISSIONS)
    if request.approval.state == "approved" and not missing:
        fact = "pre-approved, and the Zoom role has the permissions"
        return _keep(request, *because("IVP-11", "IVP-29", about=zoom.email, fact=fact))
    return _instruct(request, f"Zoom role is {zoom.role}", _what_is_missing(request, zoom, missing))


def _keep(request: AuthorizeRequest, *reasons: Because) -> Keep:
    renewed = phase_of(request) != NOT_CONNECTED
    enabled = because("IVP-08")
    return Keep(phase=CONNECTED, level=Level.ORGANIZATION, replaces=renewed, because=(*reasons, *enabled))


def _what_is_missing(request: AuthorizeRequest, zoom: ZoomUser, missing: frozenset[Permission]) -> tuple[Because, ...]:
    state = request.approval.state
    if not missing:
        return because("IVP-13", about="pre-approval", fact=f"pre-approval is {state}")
    half = "IVP-12" if state == "approved" else "IVP-11"
    reasons = list(because(half, about="pre-approval", fact=f"pre-approval is {state}"))
    if USERS in missing:
        viewing = not missing_permissions(zoom, (_USERS_VIEW,))
        clause, fact = ("IVP-23", "View, but not Edit") if viewing else ("IVP-20", "View and Edit are missing")
        reasons += because(clause, about=_printed(USERS), fact=fact)
    if ZOOM_ROOMS in missing:
        reasons += because("IVP-26", about=_printed(ZOOM_ROOMS), fact="View is missing")
    return tuple(reasons)


def _printed(permission: Permission) -> str:
    return f"{permission.section}: {permission.item}"


def _refused_by_zoom(request: AuthorizeRequest, outcome: str) -> Instruct:
    fact = "Zoom asks for pre-approval" if outcome == "approval_needed" else f"pre-approval is {request.approval.state}"
    return _instruct(request, "Zoom does not let them authorize", because("IVP-11", about="pre-approval", fact=fact))


def _instruct(request: AuthorizeRequest, fact: str, missing: tuple[Because, ...]) -> Instruct:
    told = () if request.approval.state == "approved" else (Action.APPROVAL_DECIDED,)
    reasons = (*because("IVP-07", fact=fact), *missing)
    return Instruct(recipe="zoom_role", next=(*told, Action.CONNECT), because=reasons)


def _configure(request: AuthorizeRequest) -> Step:
    if not _enables(request.change):
        return done("IVP-36", "IVP-38")
    if any(found.kind is PhaseKind.ACTIVE for found in request.connections):
        return done("IVP-33")
    fact = f"the connection is {phase_of(request)}"
    return refuse("connect_to_enable", "IVP-33", "IVP-34", next=(Action.CONNECT,), fact=fact)


def _list_rooms(request: AuthorizeRequest) -> Step:
    """Listing Zoom Rooms is what the second permission is for [IVP-25], for everyone on the account [IVP-08]."""
    if request.feature != "rooms":
        return refuse("not_offered", "CORE-11")
    if any(found.kind is PhaseKind.ACTIVE for found in request.connections):
        return done("IVP-08", "IVP-25")
    fact = f"the connection is {phase_of(request)}"
    return refuse("rooms_once_connected", "IVP-25", "IVP-42", next=(Action.CONNECT,), fact=fact)


def _enables(change: SettingsChange | None) -> bool:
    """Whether video conferencing would be on; a page that offers the setting asks for just that."""
    after = change.after if change is not None else None
    return not isinstance(after, StageSettings | CandidateSettings) or after.video is True
