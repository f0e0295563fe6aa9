"""The person scheduling hosts, through their own Zoom connection."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Ask,
    Because,
    ChangeRequest,
    Choice,
    Connection,
    Considered,
    HostChoice,
    HostRequest,
    Interview,
    MeetingRequest,
    Refusal,
    Say,
    ZoomUser,
)
from greenroom.rules import because, refuse, same_email

PARALLEL_MEETINGS_PLANS = "business,education,enterprise"

_WAYS_ON = (Action.CONNECT, Action.ENTER_MANUALLY)


@hookimpl
def select_host(request: HostRequest) -> Choice:
    """The scheduler's own Zoom user [TRK-39]; the interviewers' accounts play no part [TRK-36]."""
    via = schedulers_connection(request)
    if via is None or via.zoom_user is None:
        return connect_first(request)
    host = via.zoom_user
    if host.status != "active":
        return _inactive(host)
    at_once, together = parallel_meetings(request, request.interview, host)
    free, limits = _free_limits(request, host)
    reason = Because(clause="TRK-39", about=host.email, fact="Zoom user of the person scheduling")
    considered = (Considered(who=host.email, verdict="host", because=reason),)
    reasons = (reason, *because("TRK-40"), *at_once, *free)
    return HostChoice(host=host, via=via, considered=considered, warnings=(*together, *limits), because=reasons)


def schedulers_connection(request: MeetingRequest) -> Connection | None:
    """Return the usable connection of the person who schedules the interview, never another user's [TRK-24].

    The acting member's own connection counts only when they are that person: an interview that somebody
    else edits or confirms stays with whoever scheduled it.
    """
    return next((found for found in request.connections if found.usable and _is_schedulers(found, request)), None)


def connect_first(request: MeetingRequest) -> Refusal:
    """Return the message to connect, with the way to enter meeting details by hand [TRK-44, TRK-45]."""
    about = request.interview.scheduler.email
    return refuse("connect_first", "TRK-38", "TRK-44", "TRK-45", next=_WAYS_ON, about=about, fact="not connected")


def _is_schedulers(connection: Connection, request: MeetingRequest) -> bool:
    if request.actor is None:
        return True
    acting = same_email(request.actor.email, request.interview.scheduler.email)
    return acting == (connection.owner == request.actor.id)


def _inactive(host: ZoomUser) -> Refusal:
    return refuse(
        "zoom_user_not_active", "CORE-08", next=_WAYS_ON, about=host.email, fact=f"Zoom user is {host.status}"
    )


def parallel_meetings(
    request: HostRequest | ChangeRequest, interview: Interview | None, host: ZoomUser
) -> tuple[tuple[Because, ...], tuple[Say, ...]]:
    """Return why, and the warning if there is one, that ``interview`` overlaps another meeting of its host
    [TRK-20, TRK-21, TRK-22]."""
    span, plan = interview.span if interview is not None else None, _plan(request, host)
    others = [other for who, other in request.load if same_email(who, host.email)]
    if span is None or not any(span.overlaps(other) for other in others):
        return (), ()
    if _is_free(request, host):
        return because("TRK-22", about=host.email, fact="free Zoom account"), (Say(key="one_meeting_at_a_time"),)
    if plan in request.parameter("parallel_meetings_plans", PARALLEL_MEETINGS_PLANS).split(","):
        return because("TRK-21", about=host.email, fact=f"Zoom plan is {plan}"), ()
    if plan is None:
        return (), ()
    return because("TRK-20", about=host.email, fact=f"Zoom plan is {plan}"), (Say(key="one_meeting_at_a_time"),)


def _plan(request: Ask, host: ZoomUser) -> str | None:
    stated = request.organization.zoom_account
    return host.account.plan or (stated.plan if stated is not None else None)


def _is_free(request: Ask, host: ZoomUser) -> bool:
    return host.licence == "basic" or _plan(request, host) == "basic"


def _free_limits(request: HostRequest, host: ZoomUser) -> tuple[tuple[Because, ...], tuple[Say, ...]]:
    if not _is_free(request, host):
        return (), ()
    return because("TRK-42", "TRK-43", about=host.email, fact="free Zoom account"), (Say(key="free_limits"),)
