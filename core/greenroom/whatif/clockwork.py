"""When each event of a scenario happens: the instants the frozen clock is set to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from pydantic_core import InitErrorDetails, PydanticCustomError

from greenroom.engine.panel import instant
from greenroom.errors import BadInput
from greenroom.whatif.events import Event, Wait


def instants(events: Sequence[Event], start: datetime, zone: str) -> tuple[datetime, ...]:
    """Return when each event happens, after its wait if it is one.

    ``at`` counts its days from ``start`` and is read in ``zone``; an event without it happens at once after the one
    before. Raises `BadInput` for what is no time, and for a time before that of an earlier event.
    """
    found = []
    now = start
    for index, event in enumerate(events):
        now = _moment(event, index, start, now, zone)
        doing = event.doing
        if isinstance(doing, Wait):
            now += timedelta(days=doing.days, hours=doing.hours, minutes=doing.minutes)
        found.append(now)
    return tuple(found)


def wrong_times(events: Sequence[Event], start: datetime, zone: str) -> Iterator[InitErrorDetails]:
    """Yield the first mistake in the times of a scenario, with its place in the file."""
    try:
        instant("+0d 12:00", zone, now=start, where="zone")
        instants(events, start, zone)
    except BadInput as error:
        place = tuple(_part(one) for one in error.where.split("."))
        problem = PydanticCustomError("wrong_time", "{what}", {"what": error.what})
        yield InitErrorDetails(type=problem, loc=place, input=error.what)


def _moment(event: Event, index: int, start: datetime, now: datetime, zone: str) -> datetime:
    where = f"events.{index}.at"
    if event.at is None:
        return now
    at = instant(event.at, zone, now=start, where=where)
    if at < now:
        raise BadInput("it lies before the event above it", where=where, next="Put the events in order")
    return at


def _part(text: str) -> str | int:
    return int(text) if text.isdigit() else text
