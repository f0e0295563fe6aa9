"""One interview as an iCalendar object (RFC 5545), to be sent by iTIP (RFC 5546)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vText, vUri
from pydantic import AwareDatetime, NonNegativeInt

from greenroom.invites.links import clickable
from greenroom.invites.local_time import local
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.invites.vtimezone import vtimezone
from greenroom.model import Person, Value

Method = Literal["REQUEST", "CANCEL"]

_PRODUCT_ID = "-//Greenroom//Greenroom//EN"
# What RFC 6068 lets stand in an address; everything else is percent-encoded.
_ADDRESS_SAFE = "@!$'*+-._~"
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class CalendarEvent(Value):
    """What a calendar is told.

    ``uid`` stays the same for the event's life, ``sequence`` rises with each change and with the cancellation.
    ``start`` and ``end`` are instants, written in ``zone`` (IANA) where its rules can be written down, else in UTC.
    ``url`` is the address to click, left out where it is not safe. ``sent_by`` acts for the organizer.
    """

    method: Method
    uid: str
    sequence: NonNegativeInt
    stamp: AwareDatetime
    start: AwareDatetime
    end: AwareDatetime
    zone: str
    summary: str
    description: str
    place: str = ""
    url: str | None = None
    organizer: Person
    sent_by: Person | None = None
    attendees: tuple[Person, ...] = ()


def calendar_object(event: CalendarEvent) -> bytes:
    """Return the event as a VCALENDAR of the event's method, UTF-8, folded at 75 octets, lines ended by CR LF.

    Texts cannot add a property, a parameter or an attendee, whatever they contain.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("method", event.method)
    start, end = event.start.astimezone(UTC), event.end.astimezone(UTC)
    timezone = vtimezone(event.zone, start, end)
    # The hour that autumn repeats cannot be told apart by a wall time: such an event is written in UTC.
    if timezone is not None and not any(local(one, event.zone).fold for one in (start, end)):
        calendar.add_component(timezone)
        start, end = local(start, event.zone), local(end, event.zone)
    calendar.add_component(_vevent(event, start, end))
    content: bytes = calendar.to_ical()
    return content


class _Text(vText):
    """A text escaped in one pass: icalendar's own reads the ``\\N`` of ``C:\\New`` as a line break."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


def _vevent(event: CalendarEvent, start: datetime, end: datetime) -> Event:
    vevent = Event()
    vevent.add("uid", one_line(event.uid))
    vevent.add("sequence", event.sequence)
    vevent.add("dtstamp", event.stamp.astimezone(UTC))
    vevent.add("dtstart", start)
    vevent.add("dtend", end)
    vevent.add("summary", _Text(one_line(event.summary)))
    vevent.add("description", _Text(many_lines(event.description).strip()))
    if event.place:
        vevent.add("location", _Text(one_line(event.place)))
    if event.url is not None and clickable(event.url):
        vevent.add("url", vUri(event.url))
    vevent.add("status", "CANCELLED" if event.method == "CANCEL" else "CONFIRMED")
    vevent.add("organizer", _organizer(event))
    for attendee in event.attendees:
        vevent.add("attendee", _attendee(event, attendee))
    return vevent


def _organizer(event: CalendarEvent) -> vCalAddress:
    address = _address(event.organizer)
    if event.sent_by is not None and event.sent_by.email != event.organizer.email:
        address.params["SENT-BY"] = _mailto(event.sent_by)
    return address


def _attendee(event: CalendarEvent, person: Person) -> vCalAddress:
    address = _address(person)
    asked = event.method == "REQUEST" and person.email != event.organizer.email
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "NEEDS-ACTION" if asked else "ACCEPTED"
    address.params["RSVP"] = "TRUE" if asked else "FALSE"
    return address


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(_mailto(person))
    # A parameter has no escapes, but programs that think otherwise read `\"` as a quote that does not end it.
    name = one_line(person.name).replace("\\", "/")
    if name:
        address.params["CN"] = vText(name)
    return address


def _mailto(person: Person) -> str:
    return f"mailto:{quote(one_line(person.email), safe=_ADDRESS_SAFE)}"
