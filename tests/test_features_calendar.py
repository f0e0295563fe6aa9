"""The interview in the recruiter's Zoom-connected calendar, conflicts, and the mail that waits for Send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.embedded import RECRUITER, World
from tests.recruiting import CANDIDATE, COLLEAGUE, ORGANIZATION, STRANGER, at_work, scheduled

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.sandbox.appointments import Appointment
from greenroom.sandbox.clock import iso

ADD = "POST /calendars/{calId}/events"


@pytest.fixture
async def greenroom(configuration: Configuration, world: World) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom with a recruiter connected and calendar sync on."""
    async with at_work(configuration, world) as opened:
        await opened.configure(ORGANIZATION, {"calendar_sync": "on"}, as_=RECRUITER)
        yield opened


def appointments(world: World, email: str = RECRUITER) -> list[Appointment]:
    """Return what stands in somebody's Zoom calendar."""
    user = world.state.directory.find_user(email)
    assert user is not None
    return [one for one in world.state.appointments.in_calendar_of(user) if not one.cancelled]


def busy_at(world: World, start: datetime, email: str = RECRUITER) -> None:
    """Put an hour of something else into somebody's Zoom calendar."""
    user = world.state.directory.find_user(email)
    assert user is not None
    times = {"start": {"dateTime": iso(start)}, "end": {"dateTime": iso(start + timedelta(hours=1))}}
    world.state.appointments.add(user, {"summary": "Dentist", **times}, world.now)


async def notices(greenroom: Greenroom) -> list[str]:
    """Return the texts of all notices."""
    return [one.text for one in (await greenroom.status(ORGANIZATION)).notices]


async def test_the_event_follows_the_interview(greenroom: Greenroom, world: World) -> None:
    """Scheduled, the event is in the recruiter's calendar; rescheduled it moves, canceled it goes [EXE-22, EXE-37,
    EXE-38, EXE-39]."""
    outcome = await scheduled(greenroom)
    (event,) = appointments(world)
    assert outcome.meeting is not None
    assert event.start == outcome.start
    assert outcome.meeting.join_url in str(event.fields["description"])
    assert event.fields["summary"] == "System design"
    assert "attendees" not in event.fields  # interviewers are not invited [EXE-32]

    moved = await greenroom.reschedule(outcome.id, "+5d 10:00", minutes=30)
    (again,) = appointments(world)
    assert (again.id, again.start) == (event.id, moved.start)
    assert again.end - again.start == timedelta(minutes=30)

    await greenroom.cancel(outcome.id)
    assert appointments(world) == []


async def test_without_sync_there_is_no_event(greenroom: Greenroom, world: World) -> None:
    """Calendar sync off: no event; meeting and mail are made all the same [EXE-23]."""
    await greenroom.configure(ORGANIZATION, {"calendar_sync": "off"}, as_=RECRUITER)
    outcome = await scheduled(greenroom)
    assert outcome.kind == "made"
    assert [(one.audience, one.state) for one in outcome.letters] == [("candidate", "drafted")]
    assert appointments(world) == []


async def test_the_candidate_hears_nothing_before_send(greenroom: Greenroom, world: World) -> None:
    """The event goes at once, the mail waits: moving the interview sends no mail either, and what is sent then is an
    invitation, not a change [EXE-29, EXE-31]."""
    outcome = await scheduled(greenroom)
    await greenroom.reschedule(outcome.id, "+5d 10:00")
    letters = await greenroom.preview(outcome.id)
    (mail,) = [one for one in letters if one.audience == "candidate"]
    assert not mail.subject.startswith("Rescheduled")
    sent = await greenroom.send(outcome.id)
    assert [one.audience for one in sent] == ["candidate"]
    moved = await greenroom.reschedule(outcome.id, "+6d 10:00")
    mails = [one.subject for one in moved.letters if one.audience == "candidate" and one.state == "sent"]
    assert mails == ["System design", "Rescheduled: System design"]


async def test_a_canceled_interview_tells_nobody_who_was_not_invited(greenroom: Greenroom) -> None:
    """Send never clicked: the candidate is not told of a cancellation of what they never heard of [EXE-31]."""
    outcome = await scheduled(greenroom)
    cancelled = await greenroom.cancel(outcome.id)
    assert {one.state for one in cancelled.letters if one.audience == "candidate"} == set()


async def test_a_rewritten_mail_stays_when_it_is_looked_at_again(greenroom: Greenroom) -> None:
    """Reviewing once more does not undo what the recruiter wrote; the edited text goes out [EXE-28, EXE-30]."""
    outcome = await scheduled(greenroom)
    mail = next(one for one in outcome.letters if one.audience == "candidate")
    await greenroom.edit(mail.id, subject="See you soon", body="Bring your questions.\n")
    seen = await greenroom.preview(outcome.id)
    assert [one.subject for one in seen if one.audience == "candidate"] == ["See you soon"]
    (sent,) = [one for one in await greenroom.send(outcome.id) if one.audience == "candidate"]
    assert sent.subject == "See you soon"
    assert "Bring your questions." in sent.text


async def test_recruiters_see_existing_events(greenroom: Greenroom, world: World) -> None:
    """The calendar is there to be looked at while arranging, for the recruiting team only [EXE-36, EXE-64]."""
    outcome = await scheduled(greenroom)
    busy_at(world, world.now + timedelta(days=2))
    found = await greenroom.calendar(ORGANIZATION, as_=COLLEAGUE)
    assert [(one.title, one.interview) for one in found.events] == [("Dentist", None), ("System design", outcome.id)]
    refused = await greenroom.calendar(ORGANIZATION, as_=STRANGER)
    assert (refused.code, refused.events) == ("not_authorized_user", ())


async def test_a_conflict_is_shown_and_noticed(greenroom: Greenroom, world: World) -> None:
    """An event of the recruiter's at that time: said and noticed of, and the meeting is made [EXE-36, EXE-43]."""
    first = await scheduled(greenroom)
    assert first.warnings == ()
    assert first.start is not None
    busy_at(world, first.start + timedelta(days=1))
    second = await scheduled(greenroom, start="+4d 09:00")
    assert second.kind == "made"
    assert second.warnings == (f"There is already an event at this time, of {RECRUITER}.",)
    assert second.warnings[0] in await notices(greenroom)


async def test_participants_of_other_interviews_are_in_conflict(greenroom: Greenroom) -> None:
    """Whoever takes part in another interview at that time is named, candidate and interviewers too [EXE-43]."""
    await scheduled(greenroom)
    second = await scheduled(greenroom)
    assert {name in second.warnings[0] for name in (CANDIDATE, "april.lee@northwind.example")} == {True}


async def test_moving_into_a_conflict_is_noticed_too(greenroom: Greenroom, world: World) -> None:
    """Rescheduling asks anew; the interview's own event is none in its way [EXE-36, EXE-43]."""
    outcome = await scheduled(greenroom)
    free = await greenroom.reschedule(outcome.id, "+3d 09:15")
    assert free.warnings == ()
    assert free.start is not None
    busy_at(world, free.start + timedelta(days=1))
    moved = await greenroom.reschedule(outcome.id, "+4d 09:15")
    assert moved.warnings == (f"There is already an event at this time, of {RECRUITER}.",)
    assert moved.warnings[0] in await notices(greenroom)


async def test_busy_colleagues_are_known_where_zoom_tells(greenroom: Greenroom, world: World) -> None:
    """Others' calendars are looked into with one question; out of reach they are simply not known [EXE-36]."""
    busy_at(world, world.now + timedelta(days=3), "april.lee@northwind.example")
    outcome = await scheduled(greenroom)
    assert outcome.kind == "made"
    asked = [one["operation"] for one in world.ledger["requests"]]
    assert asked.count("POST /calendars/freeBusy") == 1


async def test_calendars_that_cannot_be_read_stop_before_the_question(greenroom: Greenroom, world: World) -> None:
    """Could not look is not free: nothing is made [CORE-07]."""
    world.fault("GET /calendars/{calId}/events", "status", status=503, times=None)
    outcome = await scheduled(greenroom)
    assert (outcome.kind, outcome.code) == ("failed", "zoom.unavailable")
    assert world.creates == 0


async def test_a_calendar_that_does_not_answer_loses_no_interview(greenroom: Greenroom, world: World) -> None:
    """The meeting stands, the event waits, the recruiter is told; sending again writes it [EXE-22]."""
    world.fault(ADD, "status", status=403, body={"code": 403, "message": "No permission."})
    outcome = await scheduled(greenroom)
    assert outcome.kind == "made"
    assert {one.channel: one.state for one in outcome.letters} == {"mail": "drafted", "calendar": "drafted"}
    assert any("synchronized" in text for text in await notices(greenroom))
    await greenroom.send(outcome.id)
    assert len(appointments(world)) == 1


async def test_a_lost_answer_makes_no_second_event(greenroom: Greenroom, world: World) -> None:
    """When the calendar took the event and its answer was lost, it is found again by its reference."""
    world.fault(ADD, "reset_after")
    outcome = await scheduled(greenroom)
    assert {one.state for one in outcome.letters if one.channel == "calendar"} == {"drafted"}
    await greenroom.send(outcome.id)
    assert len(appointments(world)) == 1


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, {"code": 1109, "message": "Only available for paid users."}, "limitation of the Zoom account"),
        (400, {"code": 300, "message": "Validation Failed."}, "reported an error"),
    ],
)
async def test_a_failed_creation_is_noticed_for_what_it_is(
    greenroom: Greenroom, world: World, status: int, body: dict[str, Any], says: str
) -> None:
    """An account limitation and a creation error have a notice each; nothing is stored as if it existed [EXE-24,
    EXE-43]."""
    world.fault("POST /users/{userId}/meetings", "status", status=status, body=body)
    outcome = await scheduled(greenroom)
    assert outcome.kind == "failed"
    assert [says in text for text in await notices(greenroom)] == [True]
    assert (outcome.meeting, outcome.letters, appointments(world)) == (None, (), [])
