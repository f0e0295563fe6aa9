"""What the times of a request mean, and how long a meeting's number lives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.sandbox.live import Guest, end, join
from greenroom.sandbox.meeting_times import local

START = "2027-03-02T15:00:00Z"


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("America/New_York", "2027-03-14T01:59:59", "2027-03-14T06:59:59Z"),
        ("America/New_York", "2027-03-14T02:30:00", "2027-03-14T07:30:00Z"),
        ("America/New_York", "2027-03-14T03:30:00", "2027-03-14T07:30:00Z"),
        ("America/New_York", "2027-11-07T01:30:00", "2027-11-07T05:30:00Z"),
        ("America/New_York", "2027-11-07T02:00:00", "2027-11-07T07:00:00Z"),
        ("Europe/Paris", "2027-03-28T02:15:00", "2027-03-28T01:15:00Z"),
        ("Australia/Lord_Howe", "2027-10-03T02:10:00", "2027-10-02T15:40:00Z"),
        ("Asia/Kathmandu", "2027-05-05T12:00:00", "2027-05-05T06:15:00Z"),
        ("UTC", "2027-05-05T12:00:00", "2027-05-05T12:00:00Z"),
    ],
)
async def test_local_time_at_clock_changes(zoom, zone: str, local: str, utc: str) -> None:
    """A local time the clocks skip moves on by the change; one they show twice is the first."""
    made = await (await zoom.connect()).meeting(start_time=local, timezone=zone)
    assert (made["start_time"], made["timezone"]) == (utc, zone)


_ZONES = st.sampled_from(["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])


@given(zone=_ZONES, minutes=st.integers(0, 60 * 24 * 365 * 3))
def test_local_time_is_the_first_instant_clocks_show_it(zone: str, minutes: int) -> None:
    """Clocks at the instant show the local time; if none ever do, they show a later one, by the hour skipped."""
    wanted = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    instant = local(wanted.replace(tzinfo=None), zone)
    shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
    assert timedelta(0) <= shown - wanted <= timedelta(hours=1)
    earlier = [instant - timedelta(minutes=back) for back in (30, 60)]
    assert wanted not in [one.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC) for one in earlier]


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00:00", "2027-13-01T00:00:00Z", "2027-03-02T24:00:01Z", "2027-03-02", "2027-03-02 15:00:00", " "],
)
async def test_moments_that_are_none(zoom, text: str) -> None:
    """A time outside the calendar or in another form is refused, never a failure of the server."""
    body = {"start_time": text, "timezone": "Asia/Tokyo"}
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=body)
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, "start_time")


async def test_end_of_the_calendar(zoom) -> None:
    """A meeting in the last year there is can be made and read; a series that runs out of years cannot."""
    caller = await zoom.connect()
    made = await caller.meeting(start_time="9999-12-30T23:00:00Z", timezone="UTC")
    assert (await caller("GET", f"/meetings/{made['id']}")).json()["start_time"] == "9999-12-30T23:00:00Z"
    body = {"type": 8, "start_time": "9999-12-30T23:00:00Z", "timezone": "UTC"}
    rule = {"type": 3, "end_times": 5}
    reply = await caller("POST", "/users/me/meetings", json={**body, "recurrence": rule})
    assert reply.status_code == 400


@pytest.mark.parametrize("duration", [0, -5, 1441, 10**9, "30", 1.5])
async def test_duration_out_of_range(zoom, duration: Any) -> None:
    """A meeting lasts 1 to 1440 whole minutes."""
    body = {"start_time": START, "duration": duration}
    reply = await (await zoom.connect())("POST", "/users/me/meetings", json=body)
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, "duration")


async def test_duration_of_a_basic_host_is_not_cut(zoom) -> None:
    """The API takes any length for a host whose meetings end after forty minutes; without one it is an hour."""
    caller = await zoom.connect()
    basil = "basil.stone@northwind.example"
    assert (await caller.meeting(basil, duration=90))["duration"] == 90
    made = (await caller("POST", f"/users/{basil}/meetings", json={"start_time": START})).json()
    assert made["duration"] == 60


@pytest.mark.parametrize(("start", "taken"), [("2027-03-01T12:10:00Z", True), ("2027-03-01T11:59:00Z", False)])
async def test_update_takes_only_a_future_start(zoom, start: str, taken: bool) -> None:
    """A start that has passed is ignored while the rest of the update is done."""
    caller = await zoom.connect()
    made = await caller.meeting()
    await caller("PATCH", f"/meetings/{made['id']}", json={"start_time": start, "duration": 15})
    now = (await caller("GET", f"/meetings/{made['id']}")).json()
    assert (now["start_time"], now["duration"]) == (start if taken else made["start_time"], 15)


async def test_instant_meeting_becomes_scheduled(zoom) -> None:
    """An instant meeting that is given a start is a scheduled one from then on."""
    caller = await zoom.connect()
    made = (await caller("POST", "/users/me/meetings", json={"type": 2})).json()
    assert made["type"] == 1
    await caller("PATCH", f"/meetings/{made['id']}", json={"start_time": START})
    assert (await caller("GET", f"/meetings/{made['id']}")).json()["type"] == 2


@pytest.mark.parametrize(
    ("body", "last", "gone"),
    [
        ({"type": 2, "start_time": START}, "2027-04-01T14:59:59Z", "2027-04-01T15:00:00Z"),
        ({"type": 2}, "2027-03-31T11:59:00Z", "2027-03-31T12:01:00Z"),
        ({"type": 3}, "2028-02-29T11:59:00Z", "2028-02-29T12:01:00Z"),
    ],
)
async def test_number_lapses(zoom, body: dict[str, Any], last: str, gone: str) -> None:
    """One-time numbers live thirty days, recurring ones a year; then the meeting does not exist, and is not listed."""
    zoom.sandbox.state.clock.freeze(frozen=True)
    made = (await (await zoom.connect())("POST", "/users/me/meetings", json=body)).json()
    for instant, status in ((last, 200), (gone, 404)):
        await zoom.control("/clock", set=instant)
        reply = await (await zoom.connect())("GET", f"/meetings/{made['id']}")
        assert reply.status_code == status
    assert reply.json() == {"code": 3001, "message": f"Meeting does not exist: {made['id']}."}
    assert (await (await zoom.connect())("GET", "/users/me/meetings")).json()["total_records"] == 0


async def test_being_held_prolongs_the_life(zoom) -> None:
    """A number lives thirty days from the last time its meeting was held."""
    made = await (await zoom.connect()).meeting()
    state = zoom.sandbox.state
    await zoom.control("/clock", set="2027-03-20T15:00:00Z")
    meeting = state.ledger.find(made["id"], state.clock.now())
    host = state.directory.users[meeting.host_id]
    session = join(state, meeting, Guest(host.display_name, host)).session
    end(state, session)
    await zoom.control("/clock", set="2027-04-19T14:00:00Z")
    assert (await (await zoom.connect())("GET", f"/meetings/{made['id']}")).status_code == 200


@pytest.mark.parametrize("number", ["0", "123", "99999999999", "9" * 30, "abc", "1e5", "%2e%2e", "12.5"])
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_numbers_that_are_none(zoom, method: str, number: str) -> None:
    """Any other text in place of the number finds no meeting."""
    reply = await (await zoom.connect())(method, f"/meetings/{number}")
    assert (reply.status_code, reply.json()["code"]) == (404, 3001)


async def test_host_who_leaves_takes_the_meetings_along(zoom) -> None:
    """A meeting whose host now belongs to another account does not exist for the old one."""
    caller = await zoom.connect()
    april = "april.lee@northwind.example"
    made = await caller.meeting(april)
    directory = zoom.sandbox.state.directory
    directory.replace_user(replace(directory.find_user(april), account_id="solo-account"))
    for method in ("GET", "PATCH", "DELETE"):
        assert (await caller(method, f"/meetings/{made['id']}")).json()["code"] == 3001
    assert (await caller("GET", f"/users/{april}/meetings")).json()["code"] == 1001


async def test_awkward_uuids(one_account, in_process) -> None:
    """A world can make every UUID begin with slashes, which need double encoding; numbers stay as they are."""
    zoom = in_process(one_account(plan="business", extra="awkward_uuids: true"))
    made = await (await zoom.connect("olga@acme.example")).meeting()
    other = await (await zoom.connect("olga@acme.example")).meeting()
    assert (made["uuid"][:2], other["uuid"][:2], len(made["uuid"])) == ("//", "//", 24)
    assert made["uuid"] != other["uuid"]
    assert 10**10 <= made["id"] < 10**11
