"""What a template can see of an interview, and nothing else: no host, no wish, no detail that was not granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from greenroom.invites.local_time import first_zone, local, time_text
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.model import Detail, GivenLink, Interview, Invite, Meeting, Person, Value, Why

_DETAIL_MOST = 2_000


class LetterFacts(Value):
    """Everything one letter is made from.

    ``meeting`` is what Zoom made, ``given`` the details typed by a person, which come first where both are there.
    ``notes`` are the invite's notes in words. ``reader_zone`` is the IANA zone its reader lives in; while ``None``, a
    candidate reads their own zone, everybody else that of the interview.
    """

    interview: Interview
    meeting: Meeting | None = None
    given: GivenLink | None = None
    invite: Invite
    notes: tuple[str, ...] = ()
    product: str
    why: Why = "new"
    reader_zone: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person as a template sees them."""

    name: str
    """Their name, on one line; may be empty."""
    email: str
    """Their address."""
    name_or_email: str
    """Their name, or their address where there is none."""


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """Who takes part."""

    scheduler: PersonSeen
    """Who schedules it."""
    interviewers: tuple[PersonSeen, ...]
    """Who interviews, in the order they were entered."""
    candidates: tuple[PersonSeen, ...]
    """Who is interviewed."""


@dataclass(frozen=True, slots=True)
class InterviewSeen:
    """The interview as a template sees it; ``start``, ``end`` and ``time`` are in ``zone``, the reader's."""

    subject: str | None
    """What it is called."""
    kind: str | None
    """What a product calls interview stage or event type."""
    room: str | None
    """The room."""
    notes: str | None
    """What the scheduler wrote down, with line breaks."""
    start: datetime | None
    """When it begins, in the reader's zone."""
    end: datetime | None
    """When it ends, in the reader's zone."""
    time: str
    """From when to when, with the day and the zone, in words; empty while start or length are open."""
    minutes: int | None
    """How long it takes, in minutes."""
    zone: str
    """The IANA zone its reader lives in, such as *Europe/Berlin*."""


def letter_context(facts: LetterFacts) -> Mapping[str, object]:
    """Return the names a template can use; texts in it are free of control characters and of sensible length."""
    invite = facts.invite
    return {
        "interview": _interview(facts.interview, zone_of(facts)),
        "people": _people(facts.interview),
        "details": MappingProxyType(granted_details(facts)),
        "direct_link": invite.direct_link,
        "notes": tuple(many_lines(note) for note in facts.notes),
        "values": MappingProxyType({key: _clean(value) for key, value in invite.values}),
        "why": facts.why,
        "product": one_line(facts.product),
    }


def granted_details(facts: LetterFacts) -> dict[Detail, str]:
    """Return the meeting details that exist and that ``invite.shows`` grants, by name."""
    known: dict[Detail, str | None] = {}
    if facts.given is not None:
        known = {
            "join_url": facts.given.url,
            "meeting_id": facts.given.meeting_id,
            "passcode": facts.given.password,
        }
    elif facts.meeting is not None:
        known = {
            "join_url": facts.meeting.join_url,
            "meeting_id": facts.meeting.id,
            "passcode": facts.meeting.passcode,
        }
    granted = {name: one_line(value, _DETAIL_MOST) for name, value in known.items() if value}
    return {name: value for name, value in granted.items() if value and name in facts.invite.shows}


def zone_of(facts: LetterFacts) -> str:
    """Return the IANA zone the letter is read in; one that is not known here is passed over, UTC is the last."""
    interview = facts.interview
    candidates = interview.candidates if facts.invite.audience == "candidate" else ()
    return first_zone((facts.reader_zone, *(one.time_zone for one in candidates[:1]), interview.zone))


def _interview(interview: Interview, zone: str) -> InterviewSeen:
    start, end = interview.start, interview.end
    return InterviewSeen(
        subject=_line(interview.subject),
        kind=_line(interview.kind),
        room=_line(interview.room),
        notes=None if interview.notes is None else many_lines(interview.notes),
        start=None if start is None else local(start, zone),
        end=None if end is None else local(end, zone),
        time="" if start is None or end is None else time_text(start, end, zone),
        minutes=interview.minutes,
        zone=zone,
    )


def _people(interview: Interview) -> PeopleSeen:
    return PeopleSeen(
        scheduler=_person(interview.scheduler),
        interviewers=tuple(map(_person, interview.interviewers)),
        candidates=tuple(map(_person, interview.candidates)),
    )


def _person(person: Person) -> PersonSeen:
    name, email = one_line(person.name), one_line(person.email)
    return PersonSeen(name=name, email=email, name_or_email=name or email)


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)


def _clean(value: str | int | bool) -> str | int | bool:  # noqa: FBT001  # a value of a FrozenMap
    return many_lines(value) if isinstance(value, str) else value
