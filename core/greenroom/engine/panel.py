"""A panel as people write it, and the strict way from wall times to instants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from whenever import Instant, PlainDateTime, RepeatedTime, SkippedTime, TimeZoneNotFoundError, ZonedDateTime

from greenroom.errors import BadInput
from greenroom.model import Candidate, Email, GivenLink, Person, Value, Wish

_RELATIVE = re.compile(r"^\+(\d{1,3})d (\d{2}:\d{2})$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
DEFAULT_ZONE = "UTC"


def _plain_text(text: str) -> str:
    if _CONTROL.search(text):
        message = "control characters and line breaks are not allowed here"
        raise ValueError(message)
    return text.strip()


Line = Annotated[str, Field(max_length=200), AfterValidator(_plain_text)]
"""One line of text people read: at most 200 characters, no control characters."""


def _as_text(value: object) -> object:
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value


Moment = Annotated[str, BeforeValidator(_as_text)]
"""A wall time (``2026-11-26 10:00``), an instant (``…Z`` or with an offset), or relative (``+3d 09:00``)."""


class PanelPerson(Value):
    """Somebody of the panel."""

    email: Email
    name: Line = ""


class PanelCandidate(PanelPerson):
    """The candidate, the IANA zone they read times in, and the phone number (with country code) they are called at."""

    time_zone: str | None = None
    phone: Annotated[str, StringConstraints(pattern=r"^\+[0-9 ()./-]{5,24}$")] | None = None


class Place(Value):
    """Where an interview happens: a room, on Zoom (or not), or details typed by hand; ``host``: a chosen host."""

    room: Line | None = None
    zoom: bool | None = None
    manual: GivenLink | None = None
    host: Email | None = None


class PanelInterview(Value):
    """One interview of a panel. ``end`` may be given instead of ``duration_minutes``; what is left out is open.

    ``confirmed: false``: its time is only proposed so far.
    """

    title: Line | None = None
    start: Moment | None = None
    end: Moment | None = None
    duration_minutes: Annotated[int, Field(gt=0, le=24 * 60)] | None = None
    time_zone: str | None = None
    interviewers: tuple[PanelPerson, ...] = ()
    place: Place = Place()
    notes: Annotated[str, Field(max_length=2000)] | None = None
    confirmed: bool = True


class Panel(Value):
    """Interviews scheduled together for one candidate. ``stage`` is the product's interview stage or event type."""

    scheduler: PanelPerson | Email
    candidate: PanelCandidate | None = None
    candidates: tuple[PanelCandidate, ...] = ()
    stage: Line | None = None
    time_zone: str | None = None
    interviews: tuple[PanelInterview, ...] = Field(min_length=1, max_length=50)


class Slot(Value):
    """One interview of a panel with its times settled: instants, minutes, zone."""

    subject: str | None
    start: datetime | None
    minutes: int | None
    zone: str | None
    interviewers: tuple[Person, ...]
    candidates: tuple[Candidate, ...]
    wish: Wish
    room: str | None
    notes: str | None
    confirmed: bool = True


def read_panel(source: Mapping[str, object] | Panel, *, file: str = "panel") -> Panel:
    """Return a panel from plain data. Raises `BadInput` naming file and field; the first problem only."""
    if isinstance(source, Panel):
        return source
    try:
        return Panel.model_validate(dict(source))
    except ValidationError as error:
        problem = _plainest(error)
        where = ".".join(str(part) for part in problem["loc"] if part not in {"PanelPerson", "function-after"})
        raise BadInput(problem["msg"], where=f"{file}: {where}", next=_advice(problem["type"])) from None


def read_place(source: Mapping[str, object]) -> Place:
    """Return where an interview is held, from plain data. Raises `BadInput` naming the field."""
    try:
        return Place.model_validate(dict(source))
    except ValidationError as error:
        problem = _plainest(error)
        where = f"place: {'.'.join(str(part) for part in problem['loc'])}"
        raise BadInput(problem["msg"], where=where, next=_advice(problem["type"])) from None


def settle_times(panel: Panel, *, now: datetime, file: str = "panel") -> tuple[Slot, ...]:
    """Return the panel's interviews with instants instead of wall times.

    Raises `BadInput` naming file and field: unknown zone, a wall time that a clock change skips or repeats, a
    start in the past, an end before the start, the same interviewer twice, no candidate.
    """
    candidates = tuple(
        Candidate(
            email=one.email,
            name=one.name,
            time_zone=_known_zone(one.time_zone, f"{file}: candidate.time_zone"),
            phone=one.phone,
        )
        for one in ((panel.candidate,) if panel.candidate else ()) + panel.candidates
    )
    slots = []
    for index, interview in enumerate(panel.interviews):
        where = f"{file}: interviews.{index}"
        _no_duplicates(interview, where)
        slots.append(_slot(panel, interview, candidates, now, where))
    return tuple(slots)


def instant(text: str, zone: str, *, now: datetime, where: str) -> datetime:
    """Return the instant a person means by ``text`` in ``zone``, aware and in UTC.

    Raises `BadInput` for text that is no time, an unknown zone, or a wall time that does not exist or exists twice.
    """
    try:
        if relative := _RELATIVE.match(text):
            local = Instant(now).to_tz(zone).date().add(days=int(relative[1]))
            text = f"{local} {relative[2]}"
        if text.endswith("Z") or re.search(r"[+-]\d{2}:\d{2}$", text):
            found = datetime.fromisoformat(text.replace("Z", "+00:00"))
            return found.astimezone(now.tzinfo).replace(microsecond=0)
        wall = PlainDateTime(text.replace(" ", "T"))
        zoned: ZonedDateTime = wall.assume_tz(zone, disambiguation="raise")
        return zoned.to_instant().to_stdlib()
    except SkippedTime:
        raise BadInput(
            f"{text} does not exist in {zone}: clocks go forward then", where=where, next="Choose another time"
        ) from None
    except RepeatedTime:
        raise BadInput(
            f"{text} happens twice in {zone}: clocks go back then",
            where=where,
            next="Write it with an offset, such as 2026-10-25 02:30+02:00",
        ) from None
    except TimeZoneNotFoundError:
        raise _unknown_zone(zone, where) from None
    except ValueError:
        raise BadInput(f"{text!r} is not a time", where=where, next="Write 2026-11-26 10:00 or +3d 10:00") from None


def _slot(
    panel: Panel, interview: PanelInterview, candidates: tuple[Candidate, ...], now: datetime, where: str
) -> Slot:
    default = panel.time_zone or next((one.time_zone for one in candidates if one.time_zone), None) or DEFAULT_ZONE
    zone = _known_zone(interview.time_zone or default, f"{where}.time_zone")
    assert zone is not None
    start = None
    if interview.start is not None:
        start = instant(interview.start, zone, now=now, where=f"{where}.start")
        if start <= now:
            raise BadInput("it starts in the past", where=f"{where}.start", next="Choose a later time")
    place = interview.place
    return Slot(
        subject=interview.title or None,
        start=start,
        minutes=_minutes(interview, start, zone, now, where),
        zone=zone if start is not None else None,
        interviewers=tuple(Person(email=one.email, name=one.name) for one in interview.interviewers),
        candidates=candidates,
        wish=Wish(zoom=place.zoom, given=place.manual, host=place.host),
        room=place.room,
        notes=interview.notes,
        confirmed=interview.confirmed,
    )


def _minutes(interview: PanelInterview, start: datetime | None, zone: str, now: datetime, where: str) -> int | None:
    if interview.end is None:
        return interview.duration_minutes
    if interview.duration_minutes is not None:
        raise BadInput("both end and duration_minutes are given", where=f"{where}.end", next="Give one of them")
    if start is None:
        raise BadInput("an end without a start", where=f"{where}.end", next="Give the start as well")
    end = instant(interview.end, zone, now=now, where=f"{where}.end")
    if end <= start:
        raise BadInput("it ends before it starts", where=f"{where}.end", next="Choose a later end")
    return int((end - start) / timedelta(minutes=1))


def _no_duplicates(interview: PanelInterview, where: str) -> None:
    seen: set[str] = set()
    for index, one in enumerate(interview.interviewers):
        if one.email in seen:
            raise BadInput(
                "the same interviewer stands here twice",
                where=f"{where}.interviewers.{index}.email",
                next="Name each once",
            )
        seen.add(one.email)


def _known_zone(zone: str | None, where: str) -> str | None:
    if zone is None:
        return None
    try:
        Instant.from_utc(2026, 1, 1).to_tz(zone)
    except (TimeZoneNotFoundError, ValueError):
        raise _unknown_zone(zone, where) from None
    return zone


def _unknown_zone(zone: str, where: str) -> BadInput:
    return BadInput(f"unknown time zone {zone!r}", where=where, next="Use an IANA name such as Europe/Berlin")


def _plainest(error: ValidationError) -> ErrorDetails:
    # A union reports one problem a member; the one that lies deepest is about what the person wrote.
    return max(error.errors(), key=lambda problem: len(problem["loc"]))


_ADVICE = {
    "extra_forbidden": "There is no such field; `greenroom schedule --help` lists those there are",
    "missing": "Add it",
    "string_pattern_mismatch": "Write one address such as ana@example.com",
}


def _advice(kind: str) -> str:
    return _ADVICE.get(kind, "Correct it; nothing was written")
