"""What the engine asks of somebody's calendar; a calendar system is an adapter of this."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from pydantic import AwareDatetime

from greenroom.engine.ports.zoom import Access
from greenroom.model import Span, Value


class EventDraft(Value):
    """What is written into a calendar. ``zone`` is the IANA zone shown beside the instants; nobody is invited."""

    title: str
    text: str = ""
    place: str = ""
    start: AwareDatetime
    end: AwareDatetime
    zone: str


class CalendarEvent(Value):
    """An event as a calendar has it; a whole day runs from midnight to midnight of the calendar's zone.

    ``busy``: it takes the time it is written down for.
    """

    id: str
    calendar: str
    title: str = ""
    start: AwareDatetime
    end: AwareDatetime
    busy: bool = True
    text: str = ""


class Calendar(Protocol):
    """The calendars of whom the access belongs to. Every method may raise `ZoomError`."""

    async def events(self, access: Access, span: Span) -> tuple[CalendarEvent, ...]:
        """Return the events of all their calendars that touch ``span``, by start."""
        ...

    async def busy(self, access: Access, emails: Collection[str], span: Span) -> Mapping[str, tuple[Span, ...]]:
        """Return when people are busy within ``span``, by address; whose calendar is out of reach is left out."""
        ...

    async def add(self, access: Access, draft: EventDraft) -> str:
        """Write an event into their main calendar and return its id; sent once, as a calendar has no claim on it.

        Raises `OutcomeUnclear` when it may be there although no answer came.
        """
        ...

    async def change(self, access: Access, event_id: str, draft: EventDraft) -> None:
        """Replace what an event says; raises `ZoomNotFound` when it is gone."""
        ...

    async def remove(self, access: Access, event_id: str) -> None:
        """Take an event out; one that is gone counts as taken out."""
        ...
