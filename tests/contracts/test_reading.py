"""What contracts read letters with is worth trusting: it sees what is wrong in a letter, and nothing in one that is
right."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from greenroom.conformance import InProcess, Product, SubjectFault
from greenroom.conformance.elsewhere import Elsewhere
from greenroom.conformance.facts import NOW, interview, organization
from greenroom.conformance.plays.calendars import event_of
from greenroom.conformance.plays.mail import addresses, harmful_markup, unexpected_headers
from greenroom.conformance.plays.playing import lived
from greenroom.model import MeetingRequest, Stage
from greenroom.profiles import Profile

EVENT = (
    "BEGIN:VCALENDAR",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:int_1",
    "SEQUENCE:2",
    "STATUS:CONFIRMED",
    "DTSTART;TZID=America/New_York:20270314T013000",
    "DTEND:20270314T073000Z",
    'ATTENDEE;CN="Doe; Ana:x";RSVP=TRUE:mailto:Ana%2B1@acme.example',
    "SUMMARY:Syst",
    " em design",
    "END:VEVENT",
    "END:VCALENDAR",
)


def written(*lines: str) -> bytes:
    """Return lines as a calendar object has them."""
    return "\r\n".join((*lines, "")).encode()


def test_an_event_is_read_as_a_calendar_reads_it() -> None:
    """Folded lines, quoted parameters, a zone's wall time across a skipped hour, an escaped address."""
    event = event_of(written(*EVENT))
    assert (event.method, event.uid, event.sequence, event.status) == ("REQUEST", "int_1", 2, "CONFIRMED")
    assert event.start == datetime(2027, 3, 14, 6, 30, tzinfo=UTC)
    assert event.end == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert event.attendees == ("ana+1@acme.example",)


@pytest.mark.parametrize(
    "lines",
    [
        (*EVENT[:-1], "BEGIN:VEVENT", "END:VEVENT", EVENT[-1]),
        (*EVENT[:4], "UID:int_2", *EVENT[4:]),
        (*EVENT[:9], "no line of a calendar", *EVENT[9:]),
        tuple(line for line in EVENT if not line.startswith("SEQUENCE")),
    ],
    ids=["two events", "two uids", "no line", "no sequence"],
)
def test_what_is_no_event_is_refused(lines: tuple[str, ...]) -> None:
    """Another event, a property twice, a line that is none, a property that is missing."""
    with pytest.raises(AssertionError):
        event_of(written(*lines))


def test_a_message_shows_whom_it_goes_to() -> None:
    """Every address counts, wherever it stands; headers that no letter has are seen."""
    message = EmailMessage()
    message["From"], message["To"] = "Rita <rita@acme.example>", "Cam <CAM@home.example>"
    message["Bcc"], message["X-Injected"] = "eve@evil.example", "yes"
    message.set_content("Hello")
    assert addresses(message.as_bytes()) == {"rita@acme.example", "cam@home.example", "eve@evil.example"}
    assert unexpected_headers(message.as_bytes()) == {"bcc", "x-injected"}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>Hello <b>Ana</b> &lt;script&gt; <a href='https://zoom.us/j/1'>Join</a></p>", ()),
        ("<p>Hello <script>alert(1)</script></p>", ("<script>",)),
        ("<p onclick='x()'>Hello <a href=' JavaScript:x()'>Join</a></p>", ("onclick", "href= JavaScript:x()")),
    ],
)
def test_markup_that_does_something_is_seen(page: str, found: tuple[str, ...]) -> None:
    """Elements that run, handlers, and addresses that are code; text that only looks like it is none."""
    assert harmful_markup(page) == found


def test_another_process_answers_or_says_why_not(profile: Profile) -> None:
    """A question put to another process has this one's answer; one that cannot be answered there is a fault."""
    there, here = Elsewhere(profile), Product(InProcess(profile))
    asked = MeetingRequest(organization=organization(), actor=None, at=NOW, interview=interview(stage=Stage.SAVED))
    assert there.ask("want_meeting", asked) == here.want_meeting(asked)
    with pytest.raises(SubjectFault, match="in another process"):
        there.ask("select_host", asked.model_copy(update={"interview": None}))


def test_a_moment_nobody_came_to_is_a_fault(product: Product) -> None:
    """A story is looked at by the names of its moments."""
    with pytest.raises(SubjectFault, match="it never came to 'the end of time'"):
        lived(product).at("the end of time")
