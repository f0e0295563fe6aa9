"""Who may enable, authorize, configure and turn off Lever's Zoom integration, and what its end means."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Ask,
    Attempt,
    AuthorizeRequest,
    Cause,
    DisconnectRequest,
    Done,
    GoToZoom,
    Keep,
    Level,
    Loss,
    Refusal,
    Say,
    SettingsChange,
    ShareLink,
    Step,
    ZoomAccount,
    ZoomUser,
)
from greenroom.rules import because, done, loss, only_active, only_roles, phase_at, refuse, same_email

OFF, YELLOW, BLUE, NEEDS_RECONNECT = "off", "yellow", "blue", "needs_reconnect"

_PACKAGES = frozenset({"LeverTRM", "LeverTRM for Enterprise"})
_SUPER_ADMIN = "Super Admin"


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    """Only a Super Admin does set-up steps [LEV-11]; who completes at Zoom is judged by what Zoom says."""
    match request.action:
        case Action.COMPLETE:
            return _complete(request)
        case Action.APPROVAL_DECIDED:
            return done("LEV-12")
        case Action.ENABLE:
            return _not_super_admin(request, "LEV-02", "LEV-11") or _wrong_package(request) or _enable(request)
        case Action.CONNECT | Action.SHARE:
            return _not_super_admin(request, "LEV-11") or _authenticate(request)
        case Action.CONFIGURE:
            return _not_super_admin(request, "LEV-11") or _configure(request)
        case Action.DISABLE | Action.DISCONNECT:
            return _not_super_admin(request, "LEV-11") or _turn_off(request)
        case _:
            return refuse("not_offered", "CORE-11")


@hookimpl
def disconnect(request: DisconnectRequest) -> Loss:
    """Core's plain reading, but for a Zoom admin who is demoted: the document wants an admin who authorizes, not one
    who stays admin, so the toggle stays as it is [LEV-13], and another admin may authorize in their place."""
    if request.cause is Cause.AUTHORIZER_ROLE:
        reason = because("LEV-13", about=request.cause.value, fact="an admin is asked for when authorizing only")
        return Loss(phase=request.connection.phase, ends="nothing", because=reason)
    return loss(request, idle=OFF, broken=NEEDS_RECONNECT)


def phase_of(request: Ask) -> str:
    """Return the toggle's state: the phase of the instance's one connection."""
    return phase_at(request, Level.ORGANIZATION, OFF)


def way_to_blue(phase: str) -> tuple[Action, ...]:
    """Return what brings a toggle in ``phase`` nearer to blue [LEV-30]."""
    return (Action.ENABLE,) if phase == OFF else (Action.CONNECT, Action.SHARE)


def _not_super_admin(request: AuthorizeRequest, *clauses: str) -> Refusal | None:
    return only_active(request) or only_roles(request, {_SUPER_ADMIN}, *clauses)


def _wrong_package(request: AuthorizeRequest) -> Refusal | None:
    package = request.organization.package
    # Nobody stated a package: that is not "any other package", so it is no ground to refuse.
    if package is None or package in _PACKAGES:
        return None
    return refuse("package_not_eligible", "LEV-04", "LEV-05", fact=package)


def _government(account: ZoomAccount | None) -> Refusal | None:
    if account is not None and account.cloud == "government":
        return refuse("government_not_supported", "LEV-10", fact="Zoom for Government")
    return None


def _enable(request: AuthorizeRequest) -> Step:
    if (phase := phase_of(request)) != OFF:
        return refuse("already_enabled", "LEV-30", fact=f"toggle is {phase}")
    return done("LEV-15", phase=YELLOW)


def _not_waiting(request: AuthorizeRequest) -> Refusal | None:
    # The buttons are there, and a shared link is good, from the first click on the toggle until it is blue.
    phase = phase_of(request)
    if phase == OFF:
        return refuse("not_enabled", "LEV-16", "LEV-30", next=(Action.ENABLE,), fact="toggle is off")
    if phase == BLUE and not _authorizer_demoted(request):
        return refuse("already_connected", "LEV-16", "LEV-29", fact="toggle is blue")
    return None


def _authorizer_demoted(request: Ask) -> bool:
    # Only a Zoom admin authenticates: one who is an admin no more has to be replaceable, and turning the toggle off
    # and on again would end what still works. Nothing says that it stops being blue by itself.
    return any(one.zoom_user is not None and not one.zoom_user.is_admin for one in request.connections)


def _authenticate(request: AuthorizeRequest) -> Step:
    refusal = _wrong_package(request) or _government(request.organization.zoom_account) or _not_waiting(request)
    if refusal is not None:
        return refusal
    if request.action is Action.SHARE:
        return ShareLink(app="admin", say=Say(key="link_copied"), because=because("LEV-24", "LEV-25"))
    address = request.actor.email if request.actor is not None else None
    return GoToZoom(app="admin", must_be_email=address, because=because("LEV-18", "LEV-19"))


def _complete(request: AuthorizeRequest) -> Step:
    attempt, zoom = request.attempt, request.zoom
    if attempt is None or zoom is None or attempt.outcome != "granted":
        return _not_granted(attempt)
    refusal = (
        _not_waiting(request)
        or _wrong_package(request)
        or _government(zoom.account)
        or _not_zoom_admin(attempt, zoom)
        or _demoted_meanwhile(request, attempt)
        or _different_email(request, attempt, zoom)
        or _serves_another_instance(request)
    )
    if refusal is not None:
        return refusal
    path = "LEV-18" if attempt.path == "direct" else "LEV-26"
    renewed = phase_of(request) in {NEEDS_RECONNECT, BLUE}
    return Keep(phase=BLUE, level=Level.ORGANIZATION, replaces=renewed, because=because(path, "LEV-29"))


def _not_granted(attempt: Attempt | None) -> Refusal:
    match attempt:
        case Attempt(outcome="declined"):
            return refuse("declined", "LEV-21", next=(Action.CONNECT, Action.SHARE))
        case Attempt(outcome="not_allowed"):
            return _zoom_admin_needed(attempt, "Zoom does not let them authorize")
        case Attempt(outcome="approval_needed"):
            return refuse("pre_approval_not_usable", "LEV-12", next=(Action.SHARE,))
        case _:
            fact = "Zoom named nobody who authorized it"
            return refuse("authorization_failed", "LEV-30", next=(Action.CONNECT, Action.SHARE), fact=fact)


def _not_zoom_admin(attempt: Attempt, zoom: ZoomUser) -> Refusal | None:
    return None if zoom.is_admin else _zoom_admin_needed(attempt, f"Zoom role is {zoom.role}")


def _zoom_admin_needed(attempt: Attempt, fact: str) -> Refusal:
    clause = "LEV-22" if attempt.path == "direct" else "LEV-27"
    return refuse("zoom_admin_needed", clause, next=(Action.SHARE,), fact=fact)


def _demoted_meanwhile(request: AuthorizeRequest, attempt: Attempt) -> Refusal | None:
    return None if attempt.path == "shared" else _not_super_admin(request, "LEV-11")


def _different_email(request: AuthorizeRequest, attempt: Attempt, zoom: ZoomUser) -> Refusal | None:
    if attempt.path == "shared":
        return None
    address = attempt.must_be_email or (request.actor.email if request.actor is not None else "")
    if same_email(address, zoom.email):
        return None
    return refuse("different_email", "LEV-19", "LEV-23", next=(Action.SHARE,), fact="another address at Zoom")


def _serves_another_instance(request: AuthorizeRequest) -> Refusal | None:
    if not request.held_elsewhere:
        return None
    return refuse("zoom_admin_in_use", "LEV-31", next=(Action.SHARE,), fact="enabled another Lever instance")


def _configure(request: AuthorizeRequest) -> Step:
    if (phase := phase_of(request)) != BLUE:
        return refuse("configure_once_enabled", "LEV-33", next=way_to_blue(phase), fact=f"toggle is {phase}")
    if request.change is None:
        return done("LEV-33", "LEV-34")
    return _verify_hosts(request.change)


def _verify_hosts(change: SettingsChange) -> Done:
    active = [one.email for one in change.looked_up if one.zoom is not None and one.zoom.status == "active"]
    unknown = [one.email for one in change.looked_up if one.email not in active]
    reasons = list(because("LEV-34", "LEV-40"))
    for address in active:
        reasons += because("LEV-42", about=address, fact="active user of the connected Zoom account")
    for address in unknown:
        reasons += because("LEV-43", about=address, fact="no active user of the connected Zoom account")
    warnings = tuple(Say(key="host_not_verified", values=(("email", address),)) for address in unknown)
    return Done(verified=frozenset(active), warnings=warnings, because=tuple(reasons))


def _turn_off(request: AuthorizeRequest) -> Step:
    if phase_of(request) == OFF:
        return refuse("nothing_to_turn_off", "CORE-13", next=(Action.ENABLE,), fact="toggle is off")
    # The document tells of no way to disconnect: turning the toggle off is read as one.
    reasons = (*because("LEV-30", fact="turning the toggle off counts as disconnecting"), *because("CORE-06"))
    return Done(phase=OFF, because=reasons)
