"""Zoom's own calendar, as the engine's `Calendar` port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, StrictStr, TypeAdapter, ValidationError

from greenroom.engine.ports.calendar import CalendarEvent, EventDraft
from greenroom.engine.ports.zoom import (
    Access,
    OutcomeUnclear,
    UnreadableReply,
    ZoomNotFound,
    ZoomUnavailable,
)
from greenroom.model import Span, normalize_email
from greenroom.zoom import operations as op
from greenroom.zoom.fields import OrNone, Reply, Text, read
from greenroom.zoom.rest import Rest

MAIN = "primary"
_MOST_ASKED = 50
_LONGEST_TITLE, _LONGEST_PLACE, _LONGEST_TEXT = 1024, 1024, 15000
_INSTANT: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


class _Moment(Reply):
    date: Text = None
    dateTime: Text = None  # noqa: N815  # Zoom's name
    timeZone: Text = None  # noqa: N815


class _Event(Reply):
    id: StrictStr
    summary: Text = None
    description: Text = None
    status: Text = None
    transparency: Text = None
    start: Annotated[_Moment | None, OrNone] = None
    end: Annotated[_Moment | None, OrNone] = None


class ZoomCalendar:
    """The calendars at Zoom of whom the access belongs to."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def events(self, access: Access, span: Span) -> tuple[CalendarEvent, ...]:
        """Return the events of all their calendars that touch ``span``; those without a readable time are left out."""
        window = {"timeMin": _written(span.start), "timeMax": _written(span.end), "singleEvents": "true"}
        found = [
            event
            async for calendar in self._pages(access, op.CALENDARS, {}, userIdentifier="me")
            if isinstance(name := calendar.get("id"), str)
            async for entry in self._pages(access, op.EVENTS, window, calId=name)
            if (event := _event(entry, name)) is not None
        ]
        return tuple(sorted(found, key=lambda event: (event.start, event.id)))

    async def busy(self, access: Access, emails: Collection[str], span: Span) -> Mapping[str, tuple[Span, ...]]:
        """Return when people are busy within ``span``; one call for every fifty of them."""
        wanted, found = sorted(emails), dict[str, tuple[Span, ...]]()
        for first in range(0, len(wanted), _MOST_ASKED):
            items = [{"id": email} for email in wanted[first : first + _MOST_ASKED]]
            body = {"timeMin": _written(span.start), "timeMax": _written(span.end), "items": items}
            found.update(_busy_of(await self._asked(access, body)))
        return found

    async def add(self, access: Access, draft: EventDraft) -> str:
        """Write an event into their main calendar; sent once."""
        document = await self._rest.write(access, op.ADD_EVENT, _body(draft), calId=MAIN)
        event_id = (document or {}).get("id")
        if not isinstance(event_id, str) or not event_id:
            what, remedy = "Zoom's answer names no event, though one may be there", "Look at the calendar"
            raise OutcomeUnclear(what, where=op.ADD_EVENT.where, next=remedy)
        return event_id

    async def change(self, access: Access, event_id: str, draft: EventDraft) -> None:
        """Replace what an event says."""
        await self._rest.write(access, op.CHANGE_EVENT, _body(draft), calId=MAIN, eventId=event_id)

    async def remove(self, access: Access, event_id: str) -> None:
        """Take an event out; one that is gone counts as taken out."""
        try:
            await self._rest.write(access, op.REMOVE_EVENT, calId=MAIN, eventId=event_id)
        except ZoomNotFound:
            return

    async def _asked(self, access: Access, body: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return await self._rest.write(access, op.FREE_BUSY, body) or {}
        except OutcomeUnclear as error:
            # A question, though it is posted: whatever became of it, nothing was changed.
            raise ZoomUnavailable(error.what, where=error.where, next="Try again later") from error

    async def _pages(
        self, access: Access, operation: op.Operation, query: Mapping[str, str], **ids: str
    ) -> AsyncIterator[Mapping[str, object]]:
        token, seen = "", set[str]()
        while token not in seen:
            seen.add(token)
            asked = {**query, **({"pageToken": token} if token else {})}
            document = await self._rest.read(access, operation, asked, **ids)
            for entry in operation.entries_of(document):
                yield entry
            following = document.get("nextPageToken")
            if not isinstance(following, str) or not following:
                return
            token = following
        what = "the list's pages go round in circles"
        raise UnreadableReply(what, where=operation.where, next="Try again later")


def _body(draft: EventDraft) -> dict[str, object]:
    return {
        "summary": draft.title[:_LONGEST_TITLE],
        "description": draft.text[:_LONGEST_TEXT],
        "location": draft.place[:_LONGEST_PLACE],
        "start": {"dateTime": _written(draft.start), "timeZone": draft.zone},
        "end": {"dateTime": _written(draft.end), "timeZone": draft.zone},
    }


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _event(document: Mapping[str, object], calendar: str) -> CalendarEvent | None:
    found = read(_Event, document)
    start, end = (_instant(found.start), _instant(found.end)) if found is not None else (None, None)
    if found is None or start is None or end is None or found.status == "cancelled":
        return None
    return CalendarEvent(
        id=found.id,
        calendar=calendar,
        title=found.summary or "",
        start=start,
        end=end,
        busy=found.transparency != "transparent",
        text=found.description or "",
    )


def _instant(moment: _Moment | None) -> datetime | None:
    """Return the instant a start or an end means; a day begins at midnight of its zone."""
    text = (moment.dateTime or moment.date) if moment is not None else None
    if moment is None or text is None:
        return None
    try:
        told = datetime.fromisoformat(text)
        zone = ZoneInfo(moment.timeZone) if moment.timeZone else UTC
    except (ValueError, KeyError, OSError):
        return None
    return (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)


def _busy_of(document: Mapping[str, object]) -> dict[str, tuple[Span, ...]]:
    """Return who is busy when; a calendar that comes with errors was not looked at."""
    calendars = document.get("calendars")
    found = {}
    for entry in calendars if isinstance(calendars, list) else ():
        if isinstance(entry, dict) and isinstance(email := entry.get("id"), str) and not entry.get("errors"):
            spans = entry.get("busy")
            found[normalize_email(email)] = tuple(_spans(spans if isinstance(spans, list) else [], email))
    return found


def _spans(entries: list[object], email: str) -> list[Span]:
    spans = []
    for entry in entries:
        try:
            start, end = (_INSTANT.validate_python(entry[name]) for name in ("start", "end"))  # type: ignore[index]
        except (ValidationError, KeyError, TypeError):
            where = op.FREE_BUSY.where
            raise UnreadableReply("a busy time cannot be read", where=where, next="Try again later") from None
        spans.append(Span(start=start.astimezone(UTC), end=end.astimezone(UTC), what=normalize_email(email)))
    return spans
