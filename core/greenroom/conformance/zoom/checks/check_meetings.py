"""Meetings: what a create takes, what it makes of it, and how lists and links read."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import START, SimulatedZoom

APRIL, BEN = "april@acme.example", "ben@acme.example"


@proves("ZOOM-099")
async def check_create(zoom: SimulatedZoom) -> None:
    """A create answers 201 with the meeting and its links."""
    answer = await (await zoom.caller()).create(APRIL)
    assert answer.status == 201
    body = answer.body
    assert isinstance(body["id"], int)
    assert body["host_id"] == zoom.users[APRIL]["id"]
    assert (body["status"], body["start_time"], body["duration"]) == ("waiting", START, 45)
    assert all(body[name] for name in ("uuid", "join_url", "start_url", "created_at"))


@proves("ZOOM-100", "ZOOM-104")
async def check_everything_is_optional(zoom: SimulatedZoom) -> None:
    """A start alone makes a scheduled meeting of an hour, with a topic."""
    answer = await (await zoom.caller()).call("POST", "/users/me/meetings", {"start_time": START})
    assert answer.status == 201
    assert (answer.body["type"], answer.body["duration"]) == (2, 60)
    assert answer.body["topic"]


@proves("ZOOM-101")
async def check_z_means_utc(zoom: SimulatedZoom) -> None:
    """The letter wins over the time zone beside it."""
    made = await (await zoom.caller()).meeting(start_time="2027-03-02T15:00:00Z", timezone="Asia/Tokyo")
    assert (made["start_time"], made["timezone"]) == ("2027-03-02T15:00:00Z", "Asia/Tokyo")


@proves("ZOOM-102")
async def check_local_time(zoom: SimulatedZoom) -> None:
    """Without the letter the time is local: to the zone given, else to the host's own."""
    caller = await zoom.caller()
    given = await caller.meeting(BEN, start_time="2027-03-02T15:00:00", timezone="Asia/Tokyo")
    assert given["start_time"] == "2027-03-02T06:00:00Z"
    own = await caller.meeting(BEN, start_time="2027-03-02T15:00:00")
    assert (own["start_time"], own["timezone"]) == ("2027-03-02T14:00:00Z", "Europe/Berlin")


@proves("ZOOM-103", "ZOOM-124")
async def check_instant_meetings(zoom: SimulatedZoom) -> None:
    """A scheduled meeting without a start is an instant one, and lists leave those out."""
    caller = await zoom.caller()
    made = await caller.call("POST", "/users/me/meetings", {"topic": "Now", "type": 2})
    assert (made.status, made.body["type"]) == (201, 1)
    scheduled = await caller.meeting()
    listed = (await caller.get("/users/me/meetings")).body["meetings"]
    assert [one["id"] for one in listed] == [scheduled["id"]]


@proves("ZOOM-105")
async def check_longest_texts(zoom: SimulatedZoom) -> None:
    """A topic of 200 and an agenda of 2000 characters are taken, one more is refused."""
    caller = await zoom.caller()
    assert (await caller.create(topic="t" * 200, agenda="a" * 2000)).status == 201
    for wrong in ({"topic": "t" * 201}, {"agenda": "a" * 2001}):
        assert (await caller.create(**wrong)).refusal[:2] == (400, 300)


@proves("ZOOM-106")
async def check_longest_passcode(zoom: SimulatedZoom) -> None:
    """Ten characters are a passcode, eleven are not."""
    caller = await zoom.caller()
    ten, eleven = "abcdef2345", "abcdef23456"
    assert (await caller.meeting(password=ten))["password"] == ten
    assert (await caller.create(password=eleven)).refusal[:2] == (400, 300)


@proves("ZOOM-107", "ZOOM-109")
async def check_same_request_twice(zoom: SimulatedZoom) -> None:
    """The same create sent twice makes two meetings at one time."""
    caller = await zoom.caller()
    first, second = await caller.meeting(), await caller.meeting()
    assert first["id"] != second["id"]
    assert first["start_time"] == second["start_time"]


@proves("ZOOM-108")
async def check_tracking_fields(zoom: SimulatedZoom) -> None:
    """What was put into tracking fields is found there again."""
    caller = await zoom.caller()
    fields = [{"field": "interview", "value": "int_1"}]
    made = await caller.meeting(tracking_fields=fields)
    read = (await caller.get(f"/meetings/{made['id']}")).body["tracking_fields"]
    assert [{"field": one["field"], "value": one["value"]} for one in read] == fields


@proves("ZOOM-110")
async def check_long_meeting_of_a_basic_host(zoom: SimulatedZoom) -> None:
    """A Basic host's hour is accepted."""
    answer = await (await zoom.caller()).create("basil@acme.example", duration=60)
    assert (answer.status, answer.body["duration"]) == (201, 60)


@proves("ZOOM-111", "ZOOM-112")
async def check_links(zoom: SimulatedZoom) -> None:
    """The join link holds number and encrypted passcode and stays; the start link is new at each read."""
    caller = await zoom.caller()
    made = await caller.meeting()
    read = (await caller.get(f"/meetings/{made['id']}")).body
    assert made["join_url"].endswith(f"/j/{made['id']}?pwd={made['encrypted_password']}")
    assert f"/s/{made['id']}?zak=" in made["start_url"]
    assert read["join_url"] == made["join_url"]
    assert read["start_url"] != made["start_url"]


@proves("ZOOM-113")
async def check_host_without_licence(zoom: SimulatedZoom) -> None:
    """Somebody without a meetings licence hosts nothing."""
    text = "Your user account is not allowed meeting hosting and scheduling capabilities."
    assert (await (await zoom.caller()).create("nora@acme.example")).refusal == (400, 3161, text)


@proves("ZOOM-114", "ZOOM-115", "ZOOM-116")
async def check_schedule_for(zoom: SimulatedZoom) -> None:
    """Scheduling for others needs a privilege, somebody who exists, and a time."""
    caller = await zoom.caller()
    assert (await caller.create(schedule_for=APRIL, type=1)).refusal[:2] == (400, 3000)
    assert (await caller.create(schedule_for="nobody@acme.example")).refusal[:2] == (400, 300)
    refused = await caller.create("me", schedule_for=BEN)
    assert refused.refusal == (400, 3000, f"You cannot schedule a meeting for {BEN}")


@proves("ZOOM-127")
async def check_invitation(zoom: SimulatedZoom) -> None:
    """The invitation is plain text with the link, its lines ended as mail ends them."""
    caller = await zoom.caller()
    made = await caller.meeting()
    text = (await caller.get(f"/meetings/{made['id']}/invitation")).body["invitation"]
    assert made["join_url"] in text
    assert text.count("\n") == text.count("\r\n") > 3


@proves("ZOOM-128")
async def check_alternative_hosts(zoom: SimulatedZoom) -> None:
    """A Licensed colleague may be named by a Licensed host; Basic people and outsiders may not."""
    caller = await zoom.caller()
    made = await caller.meeting(settings={"alternative_hosts": APRIL})
    assert APRIL in made["settings"]["alternative_hosts"]
    for host, other in (("me", "basil@acme.example"), ("me", "fred@free.example"), ("basil@acme.example", APRIL)):
        assert (await caller.create(host, settings={"alternative_hosts": other})).status == 400


@proves("ZOOM-129", "ZOOM-130")
async def check_numbers_lapse(zoom: SimulatedZoom) -> None:
    """A one-time meeting is known for thirty days after its date, a recurring one for a year."""
    caller = await zoom.caller()
    once, again = await caller.meeting(), await caller.meeting(type=3)
    for days, known in ((30, (200, 200)), (2, (404, 200)), (334, (404, 404))):
        await zoom.pass_time(days * 86400)
        caller = await zoom.caller()
        assert tuple([(await caller.get(f"/meetings/{one['id']}")).status for one in (once, again)]) == known
