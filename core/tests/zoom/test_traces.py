"""Calls, messages and the access key as Zoom's replies hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from core.tests.zoom.conftest import NOON
from core.tests.zoom.wire import Wire, answer
from hypothesis import given
from hypothesis import strategies as st

from greenroom.engine.ports.zoom import Access, ChatMessage, PhoneCall, PhoneRecording, UnreadableReply
from greenroom.zoom import ZoomClient
from greenroom.zoom.traces import call_of, call_recording_of, message_of

CALL = {
    "call_history_uuid": "c1",
    "call_element_id": "c1-1",
    "direction": "outbound",
    "start_time": "2027-02-28T10:00:00Z",
    "talk_time": 61,
    "result": "answered",
    "recording_id": "r1",
    "caller_did_number": "+12125550111",
    "callee_did_number": "+16465550199",
    "callee_name": "Cam",
}


async def test_calls_of_the_other_side(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Of two sides the other one counts, by the direction as this person sees it."""
    inbound = {**CALL, "call_history_uuid": "c2", "direction": "inbound"}
    wire.then(answer(200, {"call_elements": [CALL, inbound]}))
    today = NOON.date()
    found = [one async for one in zoom.calls(access, "me", since=today, until=today)]
    at = datetime(2027, 2, 28, 10, tzinfo=UTC)
    whole = PhoneCall(
        id="c1",
        part="c1-1",
        direction="outbound",
        number="+16465550199",
        name="Cam",
        begun_at=at,
        seconds=61,
        result="answered",
        recording="r1",
    )
    assert found[0] == whole
    assert (found[1].number, found[1].name) == ("+12125550111", "")


async def test_no_more_is_asked_for_than_zoom_keeps(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Half a year, a month at a time."""
    wire.then(*(answer(200, {"recordings": []}) for _ in range(7)))
    walk = zoom.call_recordings(access, "me", since=date(2020, 1, 1), until=NOON.date())
    assert [one async for one in walk] == []
    spans = [(one.query["from"], one.query["to"]) for one in wire.received]
    assert spans[0][0] == (NOON - timedelta(days=180)).date().isoformat()
    assert spans[-1][1] == NOON.date().isoformat()
    assert len(spans) == 7


async def test_messages_between_two(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Text is read, with who wrote it; what is no text is passed over; pages are as large as chat allows."""
    entries = [
        {"id": "m1", "sender": "rita@acme.example", "message": "Hello", "date_time": "2027-02-28T10:00:00Z"},
        {"id": "m2", "date_time": "2027-02-28T10:00:00Z"},
    ]
    wire.then(answer(200, {"messages": entries}))
    walk = zoom.messages(access, "me", "cam@home.example", since=NOON - timedelta(days=900), until=NOON)
    at = datetime(2027, 2, 28, 10, tzinfo=UTC)
    assert [one async for one in walk] == [ChatMessage(id="m1", sender="rita@acme.example", text="Hello", sent_at=at)]
    query = wire.received[0].query
    assert (query["to_contact"], query["page_size"], query["to"]) == ("cam@home.example", "50", "2027-03-01T12:00:00Z")


async def test_the_access_key_is_hidden(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """It is a secret from the first moment; a reply without one is no key."""
    wire.then(answer(200, {"token": "canary-zak"}), answer(200, {"token": ""}))
    key = await zoom.access_key(access)
    assert key.get_secret_value() == "canary-zak"
    assert "canary" not in repr(key)
    with pytest.raises(UnreadableReply):
        await zoom.access_key(access)


def test_a_recording_of_a_call_needs_id_and_address() -> None:
    """Length and part are read if they are there."""
    entry = {"id": "r1", "download_url": "https://zoom.us/v2/phone/recording/download/r1", "duration": 61}
    assert call_recording_of(entry) == PhoneRecording(
        id="r1", part="", seconds=61, download_url=str(entry["download_url"])
    )
    assert call_recording_of({"id": "r1"}) is None


@given(st.dictionaries(st.sampled_from(sorted({*CALL, "id", "message", "date_time", "download_url"})), st.text()))
def test_nothing_that_comes_breaks_the_reading(entry: dict[str, str]) -> None:
    """An entry is read or it is none; it never raises."""
    for read in (call_of, call_recording_of, message_of):
        assert read(entry) is None or read(entry) is not None
