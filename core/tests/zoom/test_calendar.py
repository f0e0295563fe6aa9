"""Zoom's calendar as the engine's port: what is sent, and what is read of what comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from core.tests.zoom.setting import ADMIN, START, access_of, opened
from core.tests.zoom.wire import Wire, answer

from greenroom.engine.ports.calendar import EventDraft
from greenroom.engine.ports.zoom import Access, OutcomeUnclear, UnreadableReply, ZoomNotFound, ZoomUnavailable
from greenroom.model import Span
from greenroom.sandbox import SandboxServer
from greenroom.zoom import ZoomClient

SPAN = Span(start=START, end=START + timedelta(hours=4))
DRAFT = EventDraft(
    title="Interview", text="Ref. GR-1", start=START, end=START + timedelta(minutes=45), zone="Europe/Madrid"
)


async def test_an_event_is_written_moved_and_taken_out(server: SandboxServer) -> None:
    """What was added is listed at its time, then at the other one, then gone; taking it out again is fine."""
    async with opened(server, "user") as setting:
        access = access_of(await setting.connect())
        calendar = setting.zoom.calendar
        event = await calendar.add(access, DRAFT)
        (listed,) = await calendar.events(access, SPAN)
        assert (listed.id, listed.title, listed.start, listed.end) == (event, "Interview", DRAFT.start, DRAFT.end)
        assert listed.busy
        later = DRAFT.model_copy(update={"start": START + timedelta(hours=2), "end": START + timedelta(hours=3)})
        await calendar.change(access, event, later)
        (moved,) = await calendar.events(access, SPAN)
        assert (moved.id, moved.start) == (event, later.start)
        assert dict(await calendar.busy(access, [ADMIN, "nobody@elsewhere.example"], SPAN)) == {
            ADMIN: (Span(start=later.start, end=later.end, what=ADMIN),)
        }
        for _ in range(2):
            await calendar.remove(access, event)
        assert await calendar.events(access, SPAN) == ()
        with pytest.raises(ZoomNotFound):
            await calendar.change(access, event, later)


async def test_whole_days_and_cancelled_events(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A day begins at midnight of its zone; what is cancelled or has no readable time is left out."""
    days = {"start": {"date": "2027-03-02", "timeZone": "Europe/Madrid"}, "end": {"date": "2027-03-03"}}
    times = {"start": {"dateTime": "2027-03-02T09:00:00", "timeZone": "Nowhere/Land"}, "end": {"dateTime": "soon"}}
    entries = [
        {"id": "day", "transparency": "transparent", **days},
        {"id": "gone", "status": "cancelled", **days},
        {"id": "unreadable", **times},
    ]
    wire.then(answer(200, {"items": [{"id": "me@acme.example"}]}), answer(200, {"items": entries}))
    (found,) = await zoom.calendar.events(access, SPAN)
    assert (found.id, found.busy, found.calendar) == ("day", False, "me@acme.example")
    assert (found.start, found.end) == (datetime(2027, 3, 1, 23, tzinfo=UTC), datetime(2027, 3, 3, tzinfo=UTC))


async def test_pages_are_walked_to_the_end(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A list goes on with its page token, and never round in circles."""
    wire.then(answer(200, {"items": [], "nextPageToken": "two"}), answer(200, {"items": [], "nextPageToken": "two"}))
    with pytest.raises(UnreadableReply, match="circles"):
        await zoom.calendar.events(access, SPAN)


async def test_a_question_that_is_lost_changed_nothing(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Free and busy is posted, but asks only: a lost answer is no unclear outcome; a lost event is."""
    wire.then(answer(502, {}), answer(502, {}))
    with pytest.raises(ZoomUnavailable):
        await zoom.calendar.busy(access, ["me@acme.example"], SPAN)
    with pytest.raises(OutcomeUnclear):
        await zoom.calendar.add(access, DRAFT)


@pytest.mark.parametrize("body", [{}, {"id": ""}, {"id": 7}])
async def test_an_event_without_an_id_is_unclear(
    zoom: ZoomClient, access: Access, wire: Wire, body: dict[str, object]
) -> None:
    """An answer that names no event may have made one."""
    wire.then(answer(201, body))
    with pytest.raises(OutcomeUnclear):
        await zoom.calendar.add(access, DRAFT)


async def test_busy_times_that_cannot_be_read_are_not_free(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A garbled busy time is a failure, never nothing."""
    calendars = [{"id": "me@acme.example", "busy": [{"start": "soon", "end": "later"}]}]
    wire.then(answer(200, {"calendars": calendars}))
    with pytest.raises(UnreadableReply):
        await zoom.calendar.busy(access, ["me@acme.example"], SPAN)
