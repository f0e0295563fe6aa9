"""Calendar objects: what a calendar program reads back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from greenroom.invites import CalendarEvent, calendar_object
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.model import Person

SUE = Person(email="sue@acme.example", name="Sue")
ANA = Person(email="ana@acme.example", name="Ana")
START = datetime(2026, 11, 26, 10, tzinfo=UTC)
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "\r\nATTENDEE:mailto:x@evil.example",
                "\nBEGIN:VALARM\n",
                "END:VEVENT",
                ";",
                ",",
                "\\",
                "\\n",
                "\\New",
                '"',
                ":",
                "^n",
                '";X=b',
                "\u2028",
                "\x85",
                "\x0bURL:x",
                "\x00",
                "é" * 40,
                "👩\u200d💻" * 20,
                " ",
                "\t",
                "=?utf-8?q?x?=",
            ]
        ),
    ),
    max_size=6,
).map("".join)


def _event(**changes: object) -> CalendarEvent:
    values: dict[str, object] = {
        "method": "REQUEST",
        "uid": "i1-interviewers@greenroom",
        "sequence": 2,
        "stamp": datetime(2026, 11, 1, 12, tzinfo=UTC),
        "start": START,
        "end": START + timedelta(minutes=45),
        "zone": "Europe/Berlin",
        "summary": "Technical interview",
        "description": "Hello\nthere",
        "organizer": SUE,
        "attendees": (ANA,),
    }
    return CalendarEvent.model_validate(values | changes)


def _read(event: CalendarEvent) -> tuple[Component, Any]:
    calendar = Component.from_ical(calendar_object(event))
    return calendar, next(part for part in calendar.subcomponents if part.name == "VEVENT")


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_a_calendar_reads_back_what_was_written(method: str, status: str) -> None:
    """Method, status, identity, instants and people arrive as they were given."""
    calendar, vevent = _read(_event(method=method, place="Room 4", url="https://zoom.example/j/1"))
    assert (calendar["METHOD"], vevent["STATUS"]) == (method, status)
    assert (vevent["UID"], vevent["SEQUENCE"]) == ("i1-interviewers@greenroom", 2)
    assert (vevent["DTSTART"].dt, vevent["DTEND"].dt) == (START, START + timedelta(minutes=45))
    assert vevent["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert vevent["DTSTAMP"].to_ical() == b"20261101T120000Z"
    assert (vevent["LOCATION"], vevent["URL"]) == ("Room 4", "https://zoom.example/j/1")
    assert (vevent["ORGANIZER"], vevent["ORGANIZER"].params["CN"]) == ("mailto:sue@acme.example", "Sue")


def test_an_attendee_is_asked_and_the_organizer_is_not() -> None:
    """Whoever is invited is asked to answer; who organizes, or hears of a cancellation, is not."""
    _, vevent = _read(_event(attendees=(ANA, SUE)))
    asked = [(one.params["PARTSTAT"], one.params["RSVP"], one.params["ROLE"]) for one in vevent["ATTENDEE"]]
    assert asked == [("NEEDS-ACTION", "TRUE", "REQ-PARTICIPANT"), ("ACCEPTED", "FALSE", "REQ-PARTICIPANT")]
    _, cancelled = _read(_event(method="CANCEL"))
    assert cancelled["ATTENDEE"].params["RSVP"] == "FALSE"


def test_whoever_sends_for_the_organizer_is_named() -> None:
    """A service that sends for the scheduler stands in SENT-BY; the scheduler alone does not."""
    sender = Person(email="invites@acme.example")
    _, vevent = _read(_event(sent_by=sender))
    assert vevent["ORGANIZER"].params["SENT-BY"] == "mailto:invites@acme.example"
    assert "SENT-BY" not in _read(_event(sent_by=SUE))[1]["ORGANIZER"].params


@given(text=HOSTILE, place=HOSTILE, name=HOSTILE, body=HOSTILE)
def test_no_text_can_add_anything(text: str, place: str, name: str, body: str) -> None:
    """Any subject, room, name or body arrives as that text (a backslash in a name as a slash), and adds nothing."""
    ana = Person(email="ana@acme.example", name=name)
    event = _event(summary=text, place=one_line(place), description=body, organizer=ana, attendees=(ana, SUE))
    _, vevent = _read(event)
    assert set(vevent) - {"LOCATION"} == {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "ORGANIZER", "ATTENDEE",
    }  # fmt: skip
    assert vevent.subcomponents == []
    assert vevent["SUMMARY"] == one_line(text)
    assert vevent.get("LOCATION", "") == one_line(place)
    assert vevent["DESCRIPTION"] == many_lines(body).strip()
    assert vevent["ATTENDEE"] == ["mailto:ana@acme.example", "mailto:sue@acme.example"]
    for address in (vevent["ORGANIZER"], vevent["ATTENDEE"][0]):
        assert address.params.get("CN", "") == one_line(name).replace("\\", "/")
        assert set(address.params) <= {"CN", "PARTSTAT", "ROLE", "RSVP"}


@given(text=HOSTILE, name=HOSTILE)
def test_lines_are_folded_between_characters(text: str, name: str) -> None:
    """Each line ends in CR LF, holds at most 75 octets, and is UTF-8 by itself."""
    content = calendar_object(
        _event(summary=text, description=text, attendees=(ANA.model_copy(update={"name": name}),))
    )
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://zoom.example@evil.example/", "zoommtg://x", None])
def test_only_a_safe_address_becomes_the_url(url: str | None) -> None:
    """A hostile address is no URL property."""
    assert "URL" not in _read(_event(url=url))[1]


def test_an_unusual_address_stays_one_address() -> None:
    """Characters with a meaning in a mailto address are encoded."""
    _, vevent = _read(_event(attendees=(Person(email="a?cc=b%40c&d@acme.example"),)))
    assert vevent["ATTENDEE"] == "mailto:a%3Fcc%3Db%2540c%26d@acme.example"


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("UTC", START),
        ("Africa/Cairo", START),
        ("Africa/Casablanca", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
    ],
)
def test_where_a_wall_time_would_mislead_utc_is_written(zone: str, start: datetime) -> None:
    """Zones without a yearly rule, and the repeated hour, are written in UTC: the instant is right everywhere."""
    content = calendar_object(_event(zone=zone, start=start, end=start + timedelta(minutes=45)))
    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}".encode() in content
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"])
@pytest.mark.parametrize("month", [3, 7, 10, 11, 12])
def test_the_instant_survives_the_zone(zone: str, month: int) -> None:
    """Summer or winter, the event begins at the instant that was given, and its zone is defined once."""
    start = datetime(2027, month, 28, 15, 30, tzinfo=UTC)
    calendar, vevent = _read(_event(zone=zone, start=start, end=start + timedelta(hours=1)))
    assert vevent["DTSTART"].dt == start
    assert isinstance(calendar, Calendar)
    assert [part["TZID"] for part in calendar.walk("VTIMEZONE")] == [zone]
