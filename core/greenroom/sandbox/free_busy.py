"""POST /calendars/freeBusy: when people are busy, as their Zoom calendars say."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from greenroom.sandbox.calendars import instant_asked
from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.world import is_timezone

Span = tuple[datetime, datetime]

_MOST_CALENDARS = 50


def query_free_busy(call: Call) -> Reply:
    """POST /calendars/freeBusy: when people are busy; calendars out of reach come with an error instead."""
    first, last = instant_asked(call.body, "timeMin"), instant_asked(call.body, "timeMax")
    if last <= first:
        raise ValidationError({"timeMax": "It must be later than timeMin."})
    zone = str(call.body.get("timeZone") or "UTC")
    if not is_timezone(zone):
        raise ValidationError({"timeZone": "Name an IANA time zone."})
    items = cast("list[Mapping[str, str]]", call.body.get("items") or [{"id": call.user.email}])
    most = cast("int", call.body.get("calendarExpansionMax", _MOST_CALENDARS))
    if len(items) > min(most, _MOST_CALENDARS):
        raise ValidationError({"items": f"At most {min(most, _MOST_CALENDARS)} calendars can be asked for."})
    calendars = [_busy(call, item.get("id", ""), (first, last), ZoneInfo(zone)) for item in items]
    told = {"timeMin": iso(first), "timeMax": iso(last)}
    return Reply(body={"kind": "calendar#freeBusy", **told, "calendars": calendars, "groups": []})


def _busy(call: Call, name: str, window: Span, zone: ZoneInfo) -> dict[str, object]:
    user = call.state.directory.find_user(name)
    if user is None or user.account_id != call.user.account_id or not _in_reach(call, user):
        return {"id": name, "errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    spans = _merged(sorted(_clipped(call, user, window)))
    return {"id": name, "busy": [{"start": _written(a, zone), "end": _written(b, zone)} for a, b in spans]}


def _in_reach(call: Call, user: User) -> bool:
    try:
        call.check_reach(user)
    except ZoomError:
        return False
    return True


def _clipped(call: Call, user: User, window: Span) -> Iterator[Span]:
    """Yield when a person is busy within the window: not by what is cancelled, transparent or declined."""
    for event in call.state.appointments.in_calendar_of(user):
        free = event.cancelled or event.fields.get("transparency") == "transparent"
        if free or event.attendance(user.email) == "declined":
            continue
        start, end = max(event.start, window[0]), min(event.end, window[1])
        if start < end:
            yield start, end


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _written(instant: datetime, zone: ZoneInfo) -> str:
    return iso(instant) if zone.key == "UTC" else instant.astimezone(zone).isoformat(timespec="seconds")


HANDLERS: dict[str, Handler] = {"POST /calendars/freeBusy": query_free_busy}
