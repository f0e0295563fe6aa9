"""The operations on Zoom's own calendar and the events in it.

A person has one calendar, whose id is their e-mail; `primary` is the caller's. The refusals' texts are not
published, their statuses are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, cast

from greenroom.sandbox.appointments import Appointment, Moment, instant_of
from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.paging import page

T = TypeVar("T")

_USUAL_RESULTS, _HIGHEST_RESULTS = 250, 2500
_OPTIONS_OF_A_SYNC = ("maxResults", "pageToken", "syncToken", "showDeleted", "singleEvents", "timeZone")


def list_calendars(call: Call) -> Reply:
    """GET /calendars/users/{userIdentifier}/calendarList."""
    user = call.target("userIdentifier")
    envelope = _paged(call, [user], _drawn_calendar)
    return Reply(body={"kind": "calendar#calendarList", "etag": f'"{user.id}"', **envelope})


def list_events(call: Call) -> Reply:
    """GET /calendars/{calId}/events; the last page tells where to go on from with `syncToken`."""
    user = _calendar(call)
    events = list(_asked(call, user))
    if call.query.get("orderBy") == "startTime":
        events.sort(key=lambda event: event.start)
    body: dict[str, object] = {
        "kind": "calendar#events",
        "summary": user.email,
        "timeZone": call.query.get("timeZone") or user.timezone,
        "accessRole": "owner" if user.id == call.user.id else "writer",
        "updated": iso(call.state.clock.now()),
        "defaultReminders": [],
        **_paged(call, events, lambda event: _drawn_event(call, event)),
    }
    if "nextPageToken" not in body:
        body["nextSyncToken"] = f"sync-{call.state.appointments.last_change}"
    return Reply(body=body)


def get_event(call: Call) -> Reply:
    """GET /calendars/{calId}/events/{eventId}."""
    user = _calendar(call)
    return Reply(body=_drawn_alone(call, _event(call, user), user))


def insert_event(call: Call) -> Reply:
    """POST /calendars/{calId}/events."""
    user = _calendar(call)
    fields = _sent(call)
    _check_span(fields)
    made = call.state.appointments.add(user, fields, call.state.clock.now())
    return Reply(body=_drawn_alone(call, made, user))


def change_event(call: Call) -> Reply:
    """PATCH /calendars/{calId}/events/{eventId}: what is left out stays."""
    user = _calendar(call)
    before = _changeable(call, user)
    fields = _sent(call)
    _check_span({**before.fields, **fields})
    made = call.state.appointments.change(before, fields, call.state.clock.now())
    return Reply(body=_drawn_alone(call, made, user))


def delete_event(call: Call) -> Reply:
    """DELETE /calendars/{calId}/events/{eventId}: a second time it is not there any more."""
    event = _changeable(call, _calendar(call))
    call.state.appointments.cancel(event, call.state.clock.now())
    return Reply(204)


def _calendar(call: Call) -> User:
    """Return whose calendar the path names.

    Raises:
        ZoomError: 404 for nobody of the account, else what `Call.check_reach` raises.
    """
    name = call.path["calId"]
    user = call.user if name in ("primary", "me") else call.state.directory.find_user(name)
    if user is None or user.account_id != call.user.account_id:
        raise ZoomError(404, 404, f"Calendar does not exist: {name}.")
    call.check_reach(user)
    return user


def _event(call: Call, user: User) -> Appointment:
    wanted = call.path["eventId"]
    events = call.state.appointments.in_calendar_of(user)
    event = next((one for one in events if one.id == wanted and not one.cancelled), None)
    if event is None:
        raise ZoomError(404, 404, f"Event does not exist: {wanted}.")
    return event


def _changeable(call: Call, user: User) -> Appointment:
    """Return the named event, which attendees may change only if its organizer lets them."""
    event = _event(call, user)
    if event.owner_id != user.id and not event.fields.get("guestsCanModify"):
        raise ZoomError(403, 403, "Only the organizer can change this event.")
    return event


def _sent(call: Call) -> dict[str, object]:
    known = call.operation.body_fields()
    return {name: value for name, value in call.body.items() if name in known}


def _check_span(fields: Mapping[str, object]) -> None:
    problems = {name: why for name in ("start", "end") if (why := _objection(cast("Moment", fields[name])))}
    if problems:
        raise ValidationError(problems)
    start, end = cast("Moment", fields["start"]), cast("Moment", fields["end"])
    if ("date" in start) is not ("date" in end):
        raise ValidationError({"end": "Start and end must both be dates, or both be times."})
    if instant_of(end) < instant_of(start):
        raise ValidationError({"end": "The end must not be before the start."})


def _objection(moment: Moment) -> str | None:
    if ("date" in moment) is ("dateTime" in moment):
        return "Give either a date or a dateTime."
    try:
        instant_of(moment)
    except ValueError:
        return "Give a date as 2027-03-02, or a time with an offset or an IANA timeZone."
    return None


def _asked(call: Call, user: User) -> Iterator[Appointment]:
    """Yield the events a list is asked for: what changed since a sync, or what lies between two times."""
    since = _synced(call)
    first, last = (_bound(call, name) for name in ("timeMin", "timeMax"))
    deleted = since is not None or call.query.get("showDeleted", "").lower() == "true"
    for event in call.state.appointments.in_calendar_of(user):
        fits = (first is None or event.end > first) and (last is None or event.start < last)
        if fits and event.change > (since or 0) and (deleted or not event.cancelled):
            yield event


def _synced(call: Call) -> int | None:
    """Return the number of the last change a caller knows; `None` when they know none."""
    token = call.query.get("syncToken")
    if not token:
        if call.query.get("orderBy") == "startTime" and call.query.get("singleEvents", "").lower() != "true":
            raise ValidationError({"orderBy": "Ordering by start needs singleEvents=true."})
        return None
    other = sorted(name for name, value in call.query.items() if value and name not in _OPTIONS_OF_A_SYNC)
    if other:
        raise ValidationError(dict.fromkeys(other, "It cannot be combined with syncToken."))
    number = token.removeprefix("sync-")
    if not number.isdecimal() or int(number) > call.state.appointments.last_change:
        raise ZoomError(400, 300, "The sync token is invalid or expired.")
    return int(number)


def _bound(call: Call, name: str) -> datetime | None:
    return instant_asked(call.query, name) if call.query.get(name) else None


def instant_asked(values: Mapping[str, object], name: str) -> datetime:
    """Return an instant of a query or a body.

    Raises:
        ValidationError: it is no time, or has no offset.
    """
    try:
        return instant_of({"dateTime": str(values[name]).replace(" ", "+")})
    except ValueError:
        raise ValidationError({name: "Give a time with an offset, such as 2027-03-02T15:00:00Z."}) from None


def _paged(call: Call, items: list[T], draw: Callable[[T], dict[str, object]]) -> dict[str, object]:
    """Return one page under the names this product has for the parts of a page."""
    size = call.query.get("maxResults", str(_USUAL_RESULTS))
    if not 1 <= int(size) <= _HIGHEST_RESULTS:
        raise ValidationError({"maxResults": f"The value must be between 1 and {_HIGHEST_RESULTS}."})
    kept = {name: value for name, value in call.query.items() if name != "pageToken"}
    query = {**kept, "page_size": size, "next_page_token": call.query.get("pageToken", "")}
    envelope = page(replace(call, query=query), "items", items, draw, highest=_HIGHEST_RESULTS, numbered=False)
    token = envelope["next_page_token"]
    return {"items": envelope["items"], **({"nextPageToken": token} if token else {})}


def _drawn_calendar(user: User) -> dict[str, object]:
    return {
        "kind": "calendar#calendarListEntry",
        "etag": f'"{user.id}"',
        "id": user.email,
        "summary": user.email,
        "timeZone": user.timezone,
        "accessRole": "owner",
        "primary": True,
        "selected": True,
        "hidden": False,
        "deleted": False,
        "defaultReminders": [],
    }


def _drawn_event(call: Call, event: Appointment) -> dict[str, object]:
    owner = call.state.directory.users.get(event.owner_id)
    who = {"email": owner.email if owner else ""}
    return {
        "transparency": "opaque",
        "visibility": "default",
        **event.fields,
        "kind": "calendar#event",
        "id": event.id,
        "status": "cancelled" if event.cancelled else event.fields.get("status", "confirmed"),
        "created": iso(event.created),
        "updated": iso(event.updated),
        "creator": who,
        "organizer": who,
    }


def _drawn_alone(call: Call, event: Appointment, user: User) -> dict[str, object]:
    """Draw an event by itself, where attendees are told apart: the organizer, and whose calendar it is."""
    drawn = _drawn_event(call, event)
    attendees = cast("list[Mapping[str, object]]", event.fields.get("attendees", []))
    organizer = cast("Mapping[str, str]", drawn["organizer"])["email"].casefold()
    drawn["attendees"] = [
        {
            **one,
            "organizer": str(one["email"]).casefold() == organizer,
            "self": str(one["email"]).casefold() == user.email.casefold(),
        }
        for one in attendees
    ]
    return drawn


HANDLERS: dict[str, Handler] = {
    "GET /calendars/users/{userIdentifier}/calendarList": list_calendars,
    "GET /calendars/{calId}/events": list_events,
    "POST /calendars/{calId}/events": insert_event,
    "GET /calendars/{calId}/events/{eventId}": get_event,
    "PATCH /calendars/{calId}/events/{eventId}": change_event,
    "DELETE /calendars/{calId}/events/{eventId}": delete_event,
}
