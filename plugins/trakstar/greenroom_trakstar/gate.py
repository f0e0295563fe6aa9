"""How each Hire user connects their own Zoom, the pre-approval that may have to come first, and disconnecting."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    AskApproval,
    AuthorizeRequest,
    Cause,
    Confirm,
    DisconnectRequest,
    Done,
    GoToZoom,
    Keep,
    Level,
    Loss,
    Notice,
    Outcome,
    Refusal,
    Say,
    Step,
)
from greenroom.rules import because, done, loss, only_active, phase_at, refuse

NOT_CONNECTED = "not_connected"
PRE_APPROVAL_REQUESTED = "pre_approval_requested"
CONNECTED = "connected"
NEEDS_RECONNECT = "needs_reconnect"

APPROVAL_REQUIRED_PLANS = "pro,business,education,enterprise"


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    """Every Hire user acts for themself [TRK-23]; approval is a matter of the Zoom account [TRK-09, TRK-18]."""
    match request.action:
        case Action.APPROVAL_DECIDED:
            return _approval_decided(request)
        case Action.COMPLETE:
            return _complete(request)
        case Action.CONNECT:
            return only_active(request) or _connect(request)
        case Action.ASK_APPROVAL:
            return only_active(request) or _ask_approval(request)
        case Action.DISCONNECT:
            return only_active(request) or _disconnect(request)
        case Action.ENTER_MANUALLY:
            return only_active(request) or done("TRK-05", "TRK-45")
        case _:
            return refuse("not_offered", "CORE-11")


@hookimpl
def disconnect(request: DisconnectRequest) -> Loss:
    """One user's connection ends and nobody else's [TRK-53]; links already made are kept [TRK-51]."""
    if request.cause is Cause.AUTHORIZER_ROLE:
        reason = because("TRK-23", about=request.cause.value, fact="connecting asks for no Zoom role")
        return Loss(phase=request.connection.phase, ends="nothing", because=reason)
    clauses = ("TRK-50", "TRK-51", "TRK-53", "TRK-54")
    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)


def _phase(request: AuthorizeRequest) -> str:
    return phase_at(request, Level.MEMBER, NOT_CONNECTED)


def _plan(request: AuthorizeRequest) -> str | None:
    account = request.organization.zoom_account
    return account.plan if account is not None else None


def _needs_approval(request: AuthorizeRequest) -> bool | None:
    """Whether accounts on this Zoom plan need pre-approval; ``None`` where nobody knows the plan."""
    plan = _plan(request)
    needing = request.parameter("approval_required_plans", APPROVAL_REQUIRED_PLANS).split(",")
    return None if plan is None else plan in needing


def _approval_missing(request: AuthorizeRequest) -> Refusal | None:
    # An account that nobody has described is let through: Zoom itself says then that approval is needed.
    if not _needs_approval(request) or request.approval.state == "approved":
        return None
    return _approval_needed(request, f"Zoom plan is {_plan(request)}")


def _approval_needed(request: AuthorizeRequest, fact: str) -> Refusal:
    if request.approval.state == "requested":
        return refuse("pre_approval_pending", "TRK-12", "TRK-16", fact=fact)
    return refuse("pre_approval_needed", "TRK-08", "TRK-09", "TRK-10", next=(Action.ASK_APPROVAL,), fact=fact)


def _already_connected(request: AuthorizeRequest) -> Refusal | None:
    if _phase(request) != CONNECTED:
        return None
    return refuse("already_connected", "TRK-28", next=(Action.DISCONNECT,), fact="the button says Disconnect")


def _connect(request: AuthorizeRequest) -> Step:
    refusal = _already_connected(request) or _approval_missing(request) or _asked_and_open(request)
    if refusal is not None:
        return refusal
    return GoToZoom(app="user", because=because(*_why_no_approval_is_missing(request), "TRK-23", "TRK-26"))


def _asked_and_open(request: AuthorizeRequest) -> Refusal | None:
    # Nobody knows the plan, but Zoom has asked for approval before: it still does.
    if _needs_approval(request) is not None or request.approval.state not in {"requested", "refused"}:
        return None
    return _approval_needed(request, f"pre-approval is {request.approval.state}")


def _why_no_approval_is_missing(request: AuthorizeRequest) -> tuple[str, ...]:
    if _needs_approval(request) is False:
        return ("TRK-07",)
    return ("TRK-18",) if request.approval.state == "approved" else ()


def _ask_approval(request: AuthorizeRequest) -> Step:
    refusal = _already_connected(request) or _nothing_to_ask(request)
    if refusal is not None:
        return refusal
    requested = Say(key="pre_approval_requested")
    told = Notice(to="zoom_admins", say=requested, sent_by="zoom")
    reasons = because("TRK-11", "TRK-12", "TRK-13")
    return AskApproval(phase=PRE_APPROVAL_REQUESTED, say=requested, notices=(told,), because=reasons)


def _nothing_to_ask(request: AuthorizeRequest) -> Refusal | None:
    if _needs_approval(request) is False:
        fact = f"Zoom plan is {_plan(request)}"
        return refuse("pre_approval_not_needed", "TRK-07", next=(Action.CONNECT,), fact=fact)
    if request.approval.state == "approved":
        return refuse("pre_approval_not_needed", "TRK-18", next=(Action.CONNECT,), fact="approved already")
    if request.approval.state == "requested":
        return refuse("pre_approval_pending", "TRK-12", "TRK-16", fact="requested already")
    return None


def _approval_decided(request: AuthorizeRequest) -> Step:
    back = NOT_CONNECTED if _phase(request) == PRE_APPROVAL_REQUESTED else None
    match request.approval.state:
        case "approved":
            told = Notice(to="requester", say=Say(key="pre_approval_approved"))
            reasons = because("TRK-14", "TRK-15", "TRK-18")
            return Done(phase=back, notices=(told,), because=reasons)
        case "refused":
            return done("TRK-16", phase=back)
        case _:
            return _approval_needed(request, f"pre-approval is {request.approval.state}")


def _complete(request: AuthorizeRequest) -> Step:
    outcome = request.attempt.outcome if request.attempt is not None else None
    if outcome != "granted":
        return _not_granted(request, outcome)
    refusal = (
        _no_longer_active(request)
        or _already_connected(request)
        or _approval_missing(request)
        or _other_account(request)
    )
    if refusal is not None:
        return refusal
    renewed = _phase(request) == NEEDS_RECONNECT
    return Keep(phase=CONNECTED, level=Level.MEMBER, replaces=renewed, because=because("TRK-27", "TRK-28"))


def _not_granted(request: AuthorizeRequest, outcome: Outcome | None) -> Refusal:
    if outcome == "approval_needed":
        return _approval_needed(request, "Zoom asks for pre-approval")
    if outcome == "declined":
        return refuse("declined", "TRK-29", next=(Action.CONNECT,))
    return refuse("authorization_failed", "TRK-29", next=(Action.CONNECT,), fact=outcome or "no answer")


def _no_longer_active(request: AuthorizeRequest) -> Refusal | None:
    return only_active(request) if request.actor is not None else None


def _other_account(request: AuthorizeRequest) -> Refusal | None:
    if not request.held_elsewhere:
        return None
    fact = "this Zoom login is connected to another Hire account"
    return refuse("zoom_login_in_use", "TRK-01", "TRK-02", "TRK-05", next=(Action.ENTER_MANUALLY,), fact=fact)


def _disconnect(request: AuthorizeRequest) -> Step:
    if _phase(request) not in {CONNECTED, NEEDS_RECONNECT}:
        return refuse("nothing_to_disconnect", "CORE-13", next=(Action.CONNECT,))
    if request.confirmed:
        return done("TRK-47", "TRK-48")
    effects = (Say(key="no_future_links"), Say(key="previous_links_kept"))
    reasons = because("TRK-48", "TRK-50", "TRK-51")
    return Confirm(say=Say(key="confirm_disconnect"), warnings=effects, because=reasons)
