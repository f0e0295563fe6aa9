"""Who may connect, remove and disconnect Zoom for a Calendly organization or for themself, and what its end means."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Ask,
    Attempt,
    AuthorizeRequest,
    Because,
    Cause,
    Connection,
    DisconnectRequest,
    GoToZoom,
    Keep,
    Level,
    Loss,
    Outcome,
    Refusal,
    Say,
    Scope,
    ShareLink,
    Step,
)
from greenroom.rules import because, done, loss, only_active, only_roles, refuse, settings_of
from greenroom_calendly.settings import OrganizationSettings

NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT = "not_connected", "connected", "needs_reconnect"

_OWNERS_AND_ADMINS = frozenset({"owner", "admin"})
_TO_CONNECT = (Action.SHARE, Action.CONNECT)


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    """Owners and admins manage the organization's connection [CAL-03, CAL-43]; a personal one is everybody's own
    [CAL-39]. Who completes for the organization is judged by what Zoom says [CAL-05]."""
    if request.level is Level.MEMBER:
        return _for_themself(request)
    match request.action:
        case Action.COMPLETE:
            return _activate(request)
        case Action.SHARE | Action.CONNECT:
            return _no_manager(request, "CAL-03", "CAL-04") or _begin(request)
        case Action.CONFIGURE:
            return _no_manager(request, "CAL-17", "CAL-43") or _configure(request)
        case Action.DISCONNECT:
            return _no_manager(request, "CAL-43") or _disconnect(request, "CAL-35")
        case Action.SEE_MEMBERS:
            return _no_manager(request, "CAL-31", "CAL-43") or done("CAL-31", "CAL-32")
        case Action.REMOVE_MINE:
            return only_active(request) or _remove_mine(request)
        case _:
            return refuse("not_offered", "CORE-11")


@hookimpl
def disconnect(request: DisconnectRequest) -> Loss:
    """The organization's connection stands and falls with a Zoom administrator [CAL-21]; neither connection's end
    touches the other [CAL-30, CAL-40]."""
    if request.connection.level is Level.ORGANIZATION:
        return _organization_loss(request)
    if request.cause is Cause.AUTHORIZER_ROLE:
        reasons = because("CAL-24", about=request.cause.value, fact="a personal connection asks for no Zoom role")
        return Loss(phase=request.connection.phase, ends="nothing", because=reasons)
    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("CAL-30", "CORE-06"))


def connection_at(request: Ask, level: Level) -> Connection | None:
    """Return the connection of this level that the question is shown."""
    return next((found for found in request.connections if found.level is level), None)


def phase_at(request: Ask, level: Level) -> str:
    """Return the phase of the connection of this level."""
    found = connection_at(request, level)
    return found.phase if found is not None else NOT_CONNECTED


def _no_manager(request: AuthorizeRequest, *clauses: str) -> Refusal | None:
    return only_active(request) or only_roles(request, _OWNERS_AND_ADMINS, *clauses)


def _connected_already(request: AuthorizeRequest) -> Refusal | None:
    if phase_at(request, Level.ORGANIZATION) != CONNECTED:
        return None
    fact = "the integration has a Disconnect button"
    return refuse("already_connected", "CAL-35", next=(Action.DISCONNECT,), fact=fact)


def _begin(request: AuthorizeRequest) -> Step:
    refusal = _connected_already(request)
    if refusal is not None:
        return refusal
    if request.action is Action.SHARE:
        reasons = because("CAL-08", "CAL-09", "CAL-10")
        return ShareLink(app="admin", say=Say(key="link_for_zoom_admin"), because=reasons)
    return GoToZoom(app="admin", because=because("CAL-08", "CAL-11"))


def _activate(request: AuthorizeRequest) -> Step:
    attempt, zoom = request.attempt, request.zoom
    if attempt is None or zoom is None or attempt.outcome != "granted":
        return _not_activated(attempt)
    refusal = _connected_already(request) or _demoted_meanwhile(request, attempt)
    if refusal is not None:
        return refusal
    if not zoom.is_admin:
        return _zoom_admin_needed(f"Zoom role is {zoom.role}")
    renewed = phase_at(request, Level.ORGANIZATION) == NEEDS_RECONNECT
    reasons = because("CAL-05", "CAL-12", "CAL-16")
    return Keep(phase=CONNECTED, level=Level.ORGANIZATION, replaces=renewed, because=reasons)


def _not_activated(attempt: Attempt | None) -> Refusal:
    outcome = attempt.outcome if attempt is not None else None
    if outcome == "not_allowed":
        return _zoom_admin_needed("Zoom does not let them authorize")
    return _not_granted(outcome, "CAL-13", next=_TO_CONNECT)


def _not_granted(outcome: Outcome | None, clause: str, *, next: tuple[Action, ...]) -> Refusal:
    if outcome == "declined":
        return refuse("declined", clause, "CORE-12", next=next)
    return refuse("authorization_failed", clause, next=next, fact=outcome or "no answer")


def _zoom_admin_needed(fact: str) -> Refusal:
    return refuse("zoom_admin_needed", "CAL-05", "CAL-06", next=(Action.SHARE,), fact=fact)


def _demoted_meanwhile(request: AuthorizeRequest, attempt: Attempt) -> Refusal | None:
    # Whoever completes a link that was sent to them has no Calendly role to lose.
    return _no_manager(request, "CAL-03", "CAL-04") if attempt.path == "direct" else None


def _configure(request: AuthorizeRequest) -> Step:
    if (phase := phase_at(request, Level.ORGANIZATION)) != CONNECTED:
        return refuse("configure_once_connected", "CAL-17", next=_TO_CONNECT, fact=f"organization is {phase}")
    return done("CAL-17")


def _remove_mine(request: AuthorizeRequest) -> Step:
    connection = connection_at(request, Level.ORGANIZATION)
    if connection is None or connection.phase == NOT_CONNECTED:
        return refuse("nothing_to_remove", "CORE-13", fact="organization is not connected")
    if connection.removed_by_actor:
        return refuse("already_removed", "CAL-19")
    if not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:
        return refuse("removal_not_allowed", "CAL-18", "CAL-20", fact="the organization does not allow it")
    return done("CAL-17", "CAL-19")


def _disconnect(request: AuthorizeRequest, *clauses: str) -> Step:
    if phase_at(request, request.level) == NOT_CONNECTED:
        return refuse("nothing_to_disconnect", "CORE-13", next=(Action.CONNECT,))
    return done(*clauses)


def _for_themself(request: AuthorizeRequest) -> Step:
    match request.action:
        case Action.COMPLETE:
            return only_active(request) or _keep_personal(request)
        case Action.CONNECT:
            return only_active(request) or GoToZoom(app="user", because=_personal(request))
        case Action.DISCONNECT:
            return only_active(request) or _disconnect(request, "CAL-28", "CAL-30")
        case _:
            return refuse("not_offered", "CORE-11")


def _personal(request: AuthorizeRequest) -> tuple[Because, ...]:
    reasons = list(because("CAL-39"))
    if phase_at(request, Level.ORGANIZATION) == CONNECTED:
        reasons += because("CAL-44")
    if phase_at(request, Level.MEMBER) != NOT_CONNECTED:
        reasons += because("CAL-26", fact="takes the place of the personal connection there is")
    return tuple(reasons)


def _keep_personal(request: AuthorizeRequest) -> Step:
    outcome = request.attempt.outcome if request.attempt is not None else None
    if outcome == "granted" and request.zoom is not None:
        replaces = phase_at(request, Level.MEMBER) != NOT_CONNECTED
        return Keep(phase=CONNECTED, level=Level.MEMBER, replaces=replaces, because=_personal(request))
    return _not_granted(outcome, "CAL-39", next=(Action.CONNECT,))


def _organization_loss(request: DisconnectRequest) -> Loss:
    about, attention = request.cause.value, Say(key="location_attention")
    match request.cause:
        case Cause.AUTHORIZER_ROLE:
            reasons = because("CAL-21", "CAL-22", "CAL-23", about=about)
            return Loss(phase=NEEDS_RECONNECT, ends="nothing", because=reasons)
        case Cause.AUTHORIZER_GONE | Cause.UNINSTALLED:
            reasons = because("CAL-36", "CAL-37", "CAL-38", about=about)
            return Loss(phase=NOT_CONNECTED, ends="all_of_organization", flag_unmade=attention, because=reasons)
        case Cause.PERSON | Cause.SWITCHED_OFF:
            reasons = because("CAL-35", "CAL-37", "CAL-38", "CORE-06", about=about)
            return Loss(
                phase=NOT_CONNECTED, ends="all_of_organization", revoke=True, flag_unmade=attention, because=reasons
            )
        case _:
            return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT)
