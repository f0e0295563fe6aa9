"""The person scheduling hosts: through their personal connection, or else through the organization's."""

from __future__ import annotations

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action,
    Because,
    Choice,
    Connection,
    Considered,
    HostChoice,
    HostRequest,
    Level,
    MeetingRequest,
    Refusal,
    ZoomUser,
)
from greenroom.rules import first_usable, refuse, same_email
from greenroom_calendly.gate import NEEDS_RECONNECT, connection_at, phase_at

_PERSONAL_FIRST = (Level.MEMBER, Level.ORGANIZATION)


@hookimpl
def select_host(request: HostRequest) -> Choice:
    """The Zoom that is shown is the one used [CAL-29]. Its host is whoever schedules, never the
    administrator in their place [CAL-15]."""
    via = schedulers_connection(request)
    if via is None:
        return connect_first(request)
    if via.level is Level.MEMBER:
        return _personal_host(via, request)
    return _organization_host(via, request)


def schedulers_connection(request: MeetingRequest) -> Connection | None:
    """Return the connection the scheduling user's meetings go through: their personal one before the
    organization's [CAL-29]. The acting member's personal one counts only if they are that user."""
    own = request.actor is not None and same_email(request.actor.email, request.interview.scheduler.email)
    eligible = (found for found in request.connections if own or found.level is Level.ORGANIZATION)
    return first_usable(eligible, _PERSONAL_FIRST)


def connect_first(request: MeetingRequest) -> Refusal:
    """Return the refusal of a meeting while no connection is usable; a personal one can always be made [CAL-39]."""
    ways_on, about = (Action.CONNECT,), request.interview.scheduler.email
    if phase_at(request, Level.ORGANIZATION) == NEEDS_RECONNECT:
        fact = "organization needs to be reconnected"
        return refuse("reconnect_needed", "CAL-22", "CAL-23", "CAL-39", next=ways_on, about=about, fact=fact)
    organization = connection_at(request, Level.ORGANIZATION)
    if organization is not None and organization.removed_by_actor:
        return refuse("connect_first", "CAL-19", "CAL-39", next=ways_on, about=about, fact="removed it for themself")
    return refuse("connect_first", "CAL-13", "CAL-39", "CAL-41", next=ways_on, about=about, fact="not connected")


def _personal_host(via: Connection, request: HostRequest) -> Choice:
    host = via.zoom_user
    if host is None or host.status != "active":
        about, fact = request.interview.scheduler.email, "their personal Zoom user is not active"
        return refuse("zoom_user_not_active", "CORE-08", next=(Action.CONNECT,), about=about, fact=fact)
    both = first_usable(request.connections, (Level.ORGANIZATION,)) is not None
    return _hosted_by(host, via, "CAL-29" if both else "CAL-40", "personal connection of the person scheduling")


def _organization_host(via: Connection, request: HostRequest) -> Choice:
    scheduler = request.interview.scheduler
    host = scheduler.zoom
    if host is None or host.status != "active":
        fact = "no Zoom user in this account" if host is None else f"Zoom user is {host.status}"
        return refuse("no_zoom_user", "CAL-15", "CAL-39", next=(Action.CONNECT,), about=scheduler.email, fact=fact)
    return _hosted_by(host, via, "CAL-15", "Zoom user of the person scheduling, in the organization's account")


def _hosted_by(host: ZoomUser, via: Connection, clause: str, fact: str) -> HostChoice:
    reason = Because(clause=clause, about=host.email, fact=fact)
    considered = (Considered(who=host.email, verdict="host", because=reason),)
    return HostChoice(host=host, via=via, considered=considered, because=(reason,))
