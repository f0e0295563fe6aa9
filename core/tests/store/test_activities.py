"""What is kept about candidates: each happening once, by time, and only its organization's."""

from __future__ import annotations

from datetime import timedelta

from core.tests.store.samples import CONNECTION, INTERVIEW, LATER, MEETING_RECORD, NOW, ORGANIZATION, OTHER

from greenroom.engine.ports.activity import ActivityRecord, AppSessionRecord, CalendarEventRecord
from greenroom.model import Span
from greenroom.store.sql import SqlTransaction

CALL = ActivityRecord(
    id="act_1",
    organization_id=ORGANIZATION.id,
    candidate="cam@example.com",
    kind="call",
    source="call:1",
    at=LATER,
    who="Cam",
    seconds=61,
    direction="outbound",
    result="answered",
    kept_at=NOW,
)
NOTE = CALL.model_copy(update={"id": "act_2", "kind": "note", "source": "note:1", "at": NOW, "text": "Knows compilers"})


def test_activities_come_back_by_time(tx: SqlTransaction) -> None:
    """Whatever the order they were kept in; of one kind the latest is found by itself."""
    tx.activities.keep((CALL, NOTE))
    assert tx.activities.of_candidate(ORGANIZATION.id, "cam@example.com") == (NOTE, CALL)
    assert tx.activities.latest(ORGANIZATION.id, "cam@example.com", "call") == CALL
    assert tx.activities.latest(ORGANIZATION.id, "cam@example.com", "status") is None
    assert tx.activities.of_candidate(OTHER.id, "cam@example.com") == ()


def test_what_is_known_better_later_takes_the_place(tx: SqlTransaction) -> None:
    """The same call with its recording is still one call, under its first id."""
    tx.activities.keep((CALL,))
    better = CALL.model_copy(update={"id": "act_9", "recording": "r1"})
    elsewhere = CALL.model_copy(update={"id": "act_8", "organization_id": OTHER.id})
    tx.activities.keep((better, elsewhere))
    assert tx.activities.of_candidate(ORGANIZATION.id, "cam@example.com") == (
        better.model_copy(update={"id": "act_1"}),
    )
    assert tx.activities.of_candidate(OTHER.id, "cam@example.com") == (elsewhere,)


def test_an_event_is_known_by_its_letter(tx: SqlTransaction) -> None:
    """What is in a calendar is one row for each letter, replaced as it moves on."""
    event = CalendarEventRecord(
        uid="int_1-scheduler-1@greenroom",
        organization_id=ORGANIZATION.id,
        interview_id="int_1",
        connection_id="con_1",
        calendar="zoom",
        span=Span(start=NOW, end=LATER),
    )
    there = event.model_copy(update={"event_id": "ev1", "state": "there"})
    tx.activities.save_event(event)
    tx.activities.save_event(there)
    assert tx.activities.event(event.uid) == there
    assert tx.activities.events(ORGANIZATION.id) == (there,)
    assert tx.activities.events(OTHER.id) == ()


def test_sessions_that_are_over_are_forgotten(tx: SqlTransaction) -> None:
    """A session is found by the hash of its secret until somebody clears up after its end."""
    session = AppSessionRecord(
        token_hash="hash",
        organization_id=ORGANIZATION.id,
        member_id="mem_1",
        interview_id="int_1",
        connection_id="con_1",
        expires_at=LATER,
    )
    tx.activities.open_session(session)
    tx.activities.end_sessions(LATER - timedelta(seconds=1))
    assert tx.activities.session("hash") == session
    tx.activities.end_sessions(LATER)
    assert tx.activities.session("hash") is None


def test_a_meeting_is_found_by_its_number(tx: SqlTransaction) -> None:
    """An event of Zoom's names a meeting and no organization."""
    tx.connections.save(CONNECTION)
    tx.interviews.save(INTERVIEW)
    tx.interviews.save_meeting(MEETING_RECORD)
    assert tx.interviews.meetings_at_zoom(MEETING_RECORD.meeting.id) == (MEETING_RECORD,)
    assert tx.interviews.meetings_at_zoom("404") == ()
