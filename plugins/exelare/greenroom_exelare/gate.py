"""Who may switch the integration, authorize it at Zoom and use its features, and what its end means."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    AuthorizeRequest,
    Cause,
    DisconnectRequest,
    GoToZoom,
    Keep,
    Level,
    Loss,
    Refusal,
    Step,
    ZoomUser,
)
from greenroom.rules import because, done, loss, only_active, only_roles, refuse
from greenroom_exelare.authorized import (
    CONNECTED,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    no_access,
    own_phase,
    scope_missing,
    toggle,
    usable_connection,
)
from greenroom_exelare.scopes import FEATURES, Feature, hit_by, missing

_ADMINISTRATORS = frozenset({"Administrator"})
_RECRUITING_TEAM = frozenset({"Administrator", "Recruiter"})


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    """Set-up needs administrative access [EXE-02], use needs an authorized user [EXE-64]."""
    match request.action, request.level:
        case Action.USE, _:
            return _use(request)
        case Action.ENABLE, Level.ORGANIZATION:
            return _no_administrator(request) or _enable(request)
        case Action.DISABLE, Level.ORGANIZATION:
            return _no_administrator(request) or _disable(request)
        case Action.CONFIGURE, Level.ORGANIZATION:
            return _no_administrator(request) or done("EXE-02", "EXE-22")
        case Action.CONNECT, Level.MEMBER:
            return _no_administrator(request) or _login(request)
        case Action.COMPLETE, Level.MEMBER:
            return _no_administrator(request) or _not_on(request) or _complete(request)
        case Action.DISCONNECT, _:
            return refuse("not_offered", "EXE-60", say="revoke_at_zoom")
        case _:
            return refuse("not_offered", "CORE-11")


@hookimpl
def disconnect(request: DisconnectRequest) -> Loss:
    """A revoked authorization ends one access [EXE-60, EXE-61]; a lost scope only what is tied to it [EXE-59]."""
    if request.connection.level is Level.ORGANIZATION:
        return _toggle_loss(request)
    phase, about = request.connection.phase, request.cause.value
    match request.cause:
        case Cause.SCOPES_LOST:
            fact = f"no longer granted: {', '.join(sorted(hit_by(request.lost_scopes))) or 'nothing that is used'}"
            return Loss(phase=phase, ends="nothing", because=because("EXE-59", about=about, fact=fact))
        case Cause.AUTHORIZER_ROLE:
            fact = "authority to grant is asked for when authorizing only"
            return Loss(phase=phase, ends="nothing", because=because("EXE-04", about=about, fact=fact))
        case _:
            clauses = ("EXE-60", "EXE-61", "CORE-06")
            return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)


def _toggle_loss(request: DisconnectRequest) -> Loss:
    about = request.cause.value
    if request.cause in {Cause.PERSON, Cause.SWITCHED_OFF}:
        reasons = because("EXE-07", "CORE-06", about=about, fact="no access while the toggle is off")
        return Loss(phase=OFF, ends="this", because=reasons)
    reasons = because("EXE-07", about=about, fact="the toggle holds no grant")
    return Loss(phase=request.connection.phase, ends="nothing", because=reasons)


def _no_administrator(request: AuthorizeRequest) -> Refusal | None:
    return only_active(request, "EXE-01") or only_roles(request, _ADMINISTRATORS, "EXE-02")


def _not_on(request: AuthorizeRequest) -> Refusal | None:
    if toggle(request) == ON:
        return None
    return refuse("not_enabled", "EXE-07", "EXE-08", next=(Action.ENABLE,), fact="the toggle is off")


def _enable(request: AuthorizeRequest) -> Step:
    if toggle(request) == ON:
        return refuse("already_enabled", "EXE-07", next=(Action.CONNECT,), fact="the toggle is on")
    return done("EXE-07", phase=ON)


def _disable(request: AuthorizeRequest) -> Step:
    if toggle(request) == OFF:
        return refuse("nothing_to_turn_off", "CORE-13", next=(Action.ENABLE,), fact="the toggle is off")
    return done("EXE-07", "CORE-06", phase=OFF)


def _login(request: AuthorizeRequest) -> Step:
    # Also for somebody authorized already: logging in again is how a permission that was lost comes back.
    return _not_on(request) or GoToZoom(app="user", because=because("EXE-08"))


def _complete(request: AuthorizeRequest) -> Step:
    outcome = request.attempt.outcome if request.attempt is not None else None
    again = (Action.CONNECT,)
    match outcome:
        case "granted" if request.zoom is not None:
            return _keep(request, request.zoom)
        case "declined":
            return refuse("declined", "EXE-10", next=again)
        case "not_allowed" | "approval_needed":
            return refuse("cannot_grant", "EXE-04", next=again, fact=f"Zoom answered {outcome}")
        case _ if request.scopes and missing(request.scopes):
            return _scopes_required(request)
        case _:
            return refuse("authorization_failed", "EXE-09", next=again, fact=outcome or "no answer")


def _scopes_required(request: AuthorizeRequest) -> Refusal:
    # Later a lost permission stops only what is tied to it; to begin with, all of them are required.
    names = ", ".join(missing(request.scopes))
    fact = f"not granted: {names}"
    return refuse("scopes_required", "EXE-08", "EXE-33", next=(Action.CONNECT,), fact=fact, scopes=names)


def _keep(request: AuthorizeRequest, zoom: ZoomUser) -> Step:
    if zoom.status != "active":
        fact = f"Zoom user is {zoom.status}"
        return refuse("zoom_account_not_active", "EXE-03", next=(Action.CONNECT,), fact=fact)
    if missing(request.scopes):
        return _scopes_required(request)
    replaces = own_phase(request) != NOT_CONNECTED
    return Keep(phase=CONNECTED, level=Level.MEMBER, replaces=replaces, because=because("EXE-08", "EXE-11"))


def _use(request: AuthorizeRequest) -> Step:
    feature = FEATURES.get(request.feature or "")
    if feature is None:
        return refuse("not_offered", "CORE-11", fact="no such feature")
    return _not_authorized(request, feature) or _with_scope(request, feature)


def _not_authorized(request: AuthorizeRequest, feature: Feature) -> Refusal | None:
    clauses = dict.fromkeys((feature.kept_to, "EXE-64"))
    refusal = only_active(request, "EXE-64") or only_roles(request, _RECRUITING_TEAM, *clauses)
    if refusal is None or refusal.code != "role_not_allowed":
        return refusal
    return refuse("not_authorized_user", *clauses, fact="no role of the recruiting team")


def _with_scope(request: AuthorizeRequest, feature: Feature) -> Step:
    if feature.scope is None:
        return done(*feature.clauses)
    via = usable_connection(request, request.through)
    if via is None:
        return no_access(request)
    return scope_missing(via, feature.scope) or done(*feature.clauses, via=via)
