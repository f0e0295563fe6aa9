"""Lists of meetings: what a host has scheduled, has held, and whom somebody is to meet today."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from greenroom.sandbox.calls import Call, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.ledger import Meeting
from greenroom.sandbox.meeting_replies import as_now, draw_entry, join_url
from greenroom.sandbox.meeting_rules import INSTANT, RECURRING
from greenroom.sandbox.meeting_times import zone_of
from greenroom.sandbox.paging import page

_DAY = timedelta(days=1)
# Upcoming and previous meetings reach half a year; Zoom counts in months, the sandbox in days.
_HALF_A_YEAR = timedelta(days=183)


def list_meetings(call: Call) -> Reply:
    """GET /users/{userId}/meetings: instant meetings never show, long agendas are cut, a series shows once."""
    user = call.target()
    if user.type == 4:
        text = "Meeting hosting and scheduling capabilities are not allowed for your user account."
        raise ZoomError(400, 3161, text)
    kind = call.query.get("type", "scheduled")
    found = [one for one in _of_kind(call, user, kind) if one.type != INSTANT]
    first, last, zone = _day(call, "from"), _day(call, "to"), ZoneInfo(zone_of(call.query, "UTC"))
    within = [one for one in found if _within(_time(one).astimezone(zone).date(), first, last)]
    within.sort(key=lambda meeting: (_time(meeting), meeting.id))
    return Reply(body=page(call, "meetings", within, lambda meeting: draw_entry(call, meeting)))


def list_upcoming(call: Call) -> Reply:
    """GET /users/{userId}/upcoming_meetings: the next 24 hours, those of others to which one is invited too."""
    try:
        user = call.target()
    except ZoomError as error:
        # Here, as published, an unknown person has the code of an unknown meeting.
        raise ZoomError(error.status, 3001, error.message) if error.code == 1001 else error from None
    now = call.state.clock.now()
    dated = [
        _next(as_now(call.state, meeting), now)
        for meeting in _known(call, user.account_id, now)
        if _takes_part(meeting, user)
    ]
    soon = [one for one in dated if one.start and one.type != INSTANT and now <= one.start <= now + _DAY]
    soon.sort(key=lambda meeting: (_time(meeting), meeting.id))
    drawn = [_draw_upcoming(call, meeting, user) for meeting in soon]
    return Reply(body={"total_records": len(drawn), "meetings": drawn})


def _of_kind(call: Call, user: User, kind: str) -> Iterator[Meeting]:
    """Yield what a list of some `type` holds; upcoming includes live, and previous holds each time it was held."""
    state, now = call.state, call.state.clock.now()
    if kind == "previous_meetings":
        yield from _held(call, user, now - _HALF_A_YEAR)
        return
    for meeting in state.ledger.hosted_by(user.id, now):
        live = state.sessions.live_of(meeting.id) is not None
        dated = _next(meeting, now)
        coming = meeting.type == RECURRING or (dated.start and now <= dated.start <= now + _HALF_A_YEAR)
        if kind == "scheduled" or live or (kind != "live" and coming):
            yield as_now(state, dated)


def _held(call: Call, user: User, since: datetime) -> Iterator[Meeting]:
    for session in call.state.sessions:
        if session.meeting.host_id == user.id and session.ended and session.started >= since:
            yield replace(session.meeting, uuid=session.uuid, start=session.started)


def _known(call: Call, account_id: str, now: datetime) -> list[Meeting]:
    return [one for one in call.state.ledger if one.account_id == account_id and not one.gone(now)]


def _next(meeting: Meeting, now: datetime) -> Meeting:
    """Return a series as of its next date, or its last one when all have passed."""
    dates = sorted((one.start, one.duration) for one in meeting.occurrences if not one.deleted)
    if not dates:
        return meeting
    start, duration = next((one for one in dates if one[0] >= now), dates[-1])
    return replace(meeting, start=start, duration=duration)


def _takes_part(meeting: Meeting, user: User) -> bool:
    invited = cast("list[dict[str, str]]", meeting.settings.get("meeting_invitees", []))
    emails = {one.get("email", "").casefold() for one in invited}
    return meeting.host_id == user.id or user.email.casefold() in emails


def _draw_upcoming(call: Call, meeting: Meeting, user: User) -> dict[str, object]:
    return {
        "id": meeting.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": iso(_time(meeting)),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "created_at": iso(meeting.created_at),
        "join_url": join_url(call.state, meeting),
        "passcode": meeting.passcode,
        "use_pmi": bool(meeting.pmi),
        "is_host": meeting.host_id == user.id,
    }


def _time(meeting: Meeting) -> datetime:
    return meeting.start or meeting.created_at


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)


def _day(call: Call, name: str) -> date | None:
    text = call.query.get(name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValidationError({name: "Invalid field."}) from None
