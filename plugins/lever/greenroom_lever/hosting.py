"""Lever's Zoom host logic: the first interviewer with a valid Zoom account, or specific hosts round robin."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.hooks import hookimpl
from greenroom.model import (
    Ask,
    Because,
    Choice,
    Connection,
    Considered,
    HostChoice,
    HostRequest,
    Interview,
    Level,
    MeetingRequest,
    Refusal,
    Say,
    Scope,
    Turn,
    ZoomUser,
)
from greenroom.rules import because, first_usable, first_with_zoom, host_for_email, refuse, round_robin, settings_of
from greenroom_lever.gate import phase_of, way_to_blue
from greenroom_lever.settings import HostSelection, OrganizationSettings

BASIC_LIMIT_MINUTES = 40
BASIC_LIMIT_MIN_PEOPLE = 3


@hookimpl
def select_host(request: HostRequest) -> Choice:
    """Whom the Host Selection names [LEV-35]; nobody else stands in when it names nobody [LEV-48]."""
    via = connection_of(request)
    if via is None:
        return not_connected(request)
    settings = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)
    if settings.host_selection is HostSelection.FIRST_INTERVIEWER:
        return _first_interviewer(request, via)
    return _next_of(settings.hosts, request, via)


def connection_of(request: MeetingRequest) -> Connection | None:
    """Return the instance's one connection if meetings can be made through it [LEV-13]."""
    return first_usable(request.connections, (Level.ORGANIZATION,))


def not_connected(request: MeetingRequest) -> Refusal:
    """Return the refusal of a link while the toggle is not blue [LEV-17]."""
    phase = phase_of(request)
    return refuse("not_connected", "LEV-17", next=way_to_blue(phase), fact=f"toggle is {phase}")


def basic_limit(request: Ask, interview: Interview, host: ZoomUser) -> tuple[Say, ...]:
    """Return the warning that Zoom ends a Basic host's meeting after so many minutes when so many people are in
    it, if this interview is planned longer [LEV-07, LEV-08, LEV-09]."""
    minutes = request.parameter("basic_limit_minutes", BASIC_LIMIT_MINUTES)
    min_people = request.parameter("basic_limit_min_people", BASIC_LIMIT_MIN_PEOPLE)
    planned = interview.minutes
    if host.licence != "basic" or interview.head_count < min_people or planned is None or planned <= minutes:
        return ()
    return (Say(key="basic_limit", values=(("minutes", minutes), ("people", min_people))),)


def _first_interviewer(request: HostRequest, via: Connection) -> Choice:
    host, considered = first_with_zoom(request.interview.interviewers, chosen="LEV-36", skipped="LEV-37")
    if host is None:
        return _nobody("LEV-36", considered)
    reasons = because("LEV-36", "LEV-38", about=host.email)
    return _choice(request, host, via, reasons, considered)


def _next_of(entered: Sequence[str], request: HostRequest, via: Connection) -> Choice:
    able = {address: user for address in entered if (user := _eligible(address, request)) is not None}
    pool = tuple(able)
    if not pool:
        return _nobody("LEV-39", tuple(_skipped(address, request) for address in dict.fromkeys(entered)))
    turn = round_robin(pool, request.turns)
    considered = tuple(
        _in_rotation(address, turn) if address in able else _skipped(address, request)
        for address in dict.fromkeys(entered)
    )
    reasons = because("LEV-39" if len(pool) > 1 else "LEV-45", about=turn)
    return _choice(request, able[turn], via, reasons, considered, Turn(pool=frozenset(pool), host=turn))


def _eligible(address: str, request: HostRequest) -> ZoomUser | None:
    return host_for_email(address, request.hosts) if address in request.settings.verified else None


def _in_rotation(address: str, turn: str) -> Considered:
    if address == turn:
        return Considered(
            who=address, verdict="host", because=Because(clause="LEV-39", about=address, fact="next in turn")
        )
    return Considered(
        who=address, verdict="eligible", because=Because(clause="LEV-39", about=address, fact="waits for its turn")
    )


def _skipped(address: str, request: HostRequest) -> Considered:
    verified = address in request.settings.verified
    fact = "no active user of the connected Zoom account" if verified else "not verified"
    return Considered(who=address, verdict="skipped", because=Because(clause="LEV-41", about=address, fact=fact))


def _nobody(clause: str, considered: tuple[Considered, ...]) -> Refusal:
    seen = tuple(one.because for one in considered)
    return Refusal(
        code="no_eligible_host", say=Say(key="no_eligible_host"), because=(*because(clause, "LEV-48"), *seen)
    )


def _choice(
    request: HostRequest,
    host: ZoomUser,
    via: Connection,
    reasons: tuple[Because, ...],
    considered: tuple[Considered, ...],
    turn: Turn | None = None,
) -> HostChoice:
    warnings = basic_limit(request, request.interview, host)
    limit = because("LEV-07", "LEV-09", about=host.email, fact="Zoom Basic") if warnings else ()
    return HostChoice(
        host=host, via=via, turn=turn, considered=considered, warnings=warnings, because=(*reasons, *limit)
    )
