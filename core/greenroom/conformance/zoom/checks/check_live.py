"""Meetings being held, and what is known of them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import Caller, SimulatedZoom

APRIL, BASIL, SARA = "april@acme.example", "basil@acme.example", "sara@single.example"


async def _join(zoom: SimulatedZoom, number: int, user: str = "", **more: object) -> Mapping[str, Any]:
    """Let somebody of the world come, or a guest."""
    who = {"user": user} if user else {"name": "Cleo Candidate"}
    answer: Mapping[str, Any] = await zoom.control("POST", f"/meetings/{number}/join", **who, **more)
    return answer


async def _told(zoom: SimulatedZoom) -> list[Mapping[str, Any]]:
    return [one["body"] for one in (await zoom.control("GET", "/events"))["events"]]


async def _names(zoom: SimulatedZoom) -> list[str]:
    return [one["event"] for one in await _told(zoom)]


async def _last(zoom: SimulatedZoom, name: str) -> Any:
    return next(one["payload"]["object"] for one in reversed(await _told(zoom)) if one["event"] == name)


async def _held(zoom: SimulatedZoom, caller: Caller, *people: str) -> int:
    """Hold a meeting of ten minutes with April and the people named, `""` for a guest."""
    number: int = (await caller.meeting(APRIL))["id"]
    for one in (APRIL, *people):
        await _join(zoom, number, one)
    await zoom.pass_time(600)
    await zoom.control("POST", f"/meetings/{number}/end")
    return number


@proves("ZOOM-177", "ZOOM-178")
async def check_started(zoom: SimulatedZoom) -> None:
    """The host's coming starts the meeting; its number is a text where that is told, and a number elsewhere."""
    caller = await zoom.caller()
    made = await caller.meeting(APRIL)
    assert made["status"] == "waiting"
    await _join(zoom, made["id"], APRIL)
    assert (await caller.get(f"/meetings/{made['id']}")).body["status"] == "started"
    await zoom.control("POST", f"/meetings/{made['id']}/end")
    for name, number in (("created", made["id"]), ("started", str(made["id"])), ("ended", str(made["id"]))):
        assert (await _last(zoom, f"meeting.{name}"))["id"] == number


@proves("ZOOM-179")
async def check_guests_have_no_email(zoom: SimulatedZoom) -> None:
    """A guest is told of by name, a colleague by e-mail too."""
    number = (await (await zoom.caller()).meeting(APRIL))["id"]
    for who, email in ((APRIL, APRIL), ("", "")):
        await _join(zoom, number, who)
        assert (await _last(zoom, "meeting.participant_joined"))["participant"]["email"] == email


@proves("ZOOM-180", "ZOOM-181")
async def check_forty_minutes(zoom: SimulatedZoom) -> None:
    """Forty minutes after the second person came it is over; coming back makes a new session."""
    number = (await (await zoom.caller()).meeting(BASIL))["id"]
    await _join(zoom, number, BASIL)
    await zoom.pass_time(1800)
    await _join(zoom, number)
    await zoom.pass_time(2399)
    assert "meeting.ended" not in await _names(zoom)
    await zoom.pass_time(1)
    assert "meeting.ended" in await _names(zoom)
    left = await _last(zoom, "meeting.participant_left")
    assert left["participant"]["leave_reason"] == "Exceeded free meeting minutes limit."
    again = await _join(zoom, number, BASIL)
    assert again["session"]["uuid"] != left["uuid"]


@proves("ZOOM-182")
async def check_who_is_not_cut(zoom: SimulatedZoom) -> None:
    """A Basic host alone goes on, and so does a Licensed host with a guest."""
    caller = await zoom.caller()
    for host, guests in ((BASIL, 0), (APRIL, 1)):
        number = (await caller.meeting(host))["id"]
        await _join(zoom, number, host)
        for _ in range(guests):
            await _join(zoom, number)
    await zoom.pass_time(7200)
    assert "meeting.ended" not in await _names(zoom)


@proves("ZOOM-183")
async def check_meetings_at_once(zoom: SimulatedZoom) -> None:
    """One more than the host's licence allows does not start."""
    for owner, host, most in (
        ("olga@acme.example", APRIL, 2),
        ("olga@acme.example", BASIL, 1),
        (SARA, SARA, 1),
    ):
        caller = await zoom.caller(owner)
        numbers = [(await caller.meeting(host))["id"] for _ in range(most + 1)]
        doors = [(await _join(zoom, number, host))["door"] for number in numbers]
        assert doors == ["meeting"] * most + ["host_busy"]


@proves("ZOOM-184")
async def check_guest_starts_it(zoom: SimulatedZoom) -> None:
    """Five minutes before its time the first guest starts the meeting, and no earlier."""
    early = {"join_before_host": True, "jbh_time": 5}
    made = await (await zoom.caller()).meeting(APRIL, start_time="2027-03-01T13:00:00Z", settings=early)
    assert (await _join(zoom, made["id"]))["door"] == "not_started"
    await zoom.pass_time(55 * 60)
    assert (await _join(zoom, made["id"]))["door"] == "meeting"
    assert "meeting.started" in await _names(zoom)


@proves("ZOOM-185")
async def check_waiting_room_holds_guests(zoom: SimulatedZoom) -> None:
    """A guest waits, and is in once admitted."""
    number = (await (await zoom.caller()).meeting(APRIL, settings={"waiting_room": True}))["id"]
    await _join(zoom, number, APRIL)
    waiting = await _join(zoom, number)
    assert waiting["door"] == "waiting_room"
    assert (await _names(zoom))[-1] == "meeting.participant_joined_waiting_room"
    await zoom.control("POST", f"/meetings/{number}/admit", participant=waiting["participant"])
    assert (await _names(zoom))[-1] == "meeting.participant_joined"


@proves("ZOOM-186")
async def check_login_required(zoom: SimulatedZoom) -> None:
    """Where people must be signed in, a guest is not let in and a Zoom user is."""
    number = (await (await zoom.caller()).meeting(APRIL, settings={"meeting_authentication": True}))["id"]
    await _join(zoom, number, APRIL)
    assert (await _join(zoom, number))["door"] == "sign_in_required"
    assert (await _join(zoom, number, "fred@free.example"))["door"] == "meeting"


@proves("ZOOM-187")
async def check_end_by_request(zoom: SimulatedZoom) -> None:
    """What goes on is ended; what does not cannot be."""
    caller = await zoom.caller()
    number = (await caller.meeting(APRIL))["id"]
    assert (await caller.call("PUT", f"/meetings/{number}/status", {"action": "end"})).refusal[:2] == (400, 3000)
    await _join(zoom, number, APRIL)
    assert (await caller.call("PUT", f"/meetings/{number}/status", {"action": "end"})).status == 204
    assert (await _names(zoom))[-1] == "meeting.ended"


@proves("ZOOM-188")
async def check_past_meetings_are_paid_and_recent(zoom: SimulatedZoom) -> None:
    """A free account reads none, and nobody one of more than a year ago."""
    number = await _held(zoom, await zoom.caller())
    free = await zoom.caller("fred@free.example")
    assert (await free.get(f"/past_meetings/{number}")).refusal[1] == 200
    await zoom.pass_time(364 * 86400)
    assert (await (await zoom.caller()).get(f"/past_meetings/{number}")).status == 200
    await zoom.pass_time(2 * 86400)
    assert (await (await zoom.caller()).get(f"/past_meetings/{number}")).refusal[:2] == (400, 12702)


@proves("ZOOM-189")
async def check_participants_of_a_lonely_meeting(zoom: SimulatedZoom) -> None:
    """One person makes an empty list, two make two entries."""
    caller = await zoom.caller()
    for people, count in (((), 0), (("",), 2)):
        number = await _held(zoom, caller, *people)
        assert len((await caller.get(f"/past_meetings/{number}/participants")).body["participants"]) == count


@proves("ZOOM-190")
async def check_uuid_is_encoded_twice(zoom: SimulatedZoom) -> None:
    """Encoded once a uuid with slashes is another path; encoded twice it is found."""
    caller = await zoom.caller()
    number = await _held(zoom, caller)
    uuid = (await caller.get(f"/past_meetings/{number}")).body["uuid"]
    assert uuid.startswith("/")
    once = quote(uuid, safe="")
    assert (await caller.get(f"/past_meetings/{once}")).status in (400, 404)
    found = await caller.get(f"/past_meetings/{quote(once, safe='')}")
    assert (found.status, found.body.get("id")) == (200, number)
