"""Meetings changed, deleted and listed."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import START, SimulatedZoom

LATER = "2027-03-03T09:30:00Z"


@proves("ZOOM-117")
async def check_host_does_not_change(zoom: SimulatedZoom) -> None:
    """An update cannot hand a meeting to somebody else."""
    caller = await zoom.caller()
    path = f"/meetings/{(await caller.meeting())['id']}"
    for body in ({"schedule_for": "april@acme.example"}, {"schedule_for": "april@acme.example", "topic": "Other"}):
        refused = (await caller.call("PATCH", path, body)).refusal
        assert refused == (400, 3000, "You cannot schedule a meeting for april@acme.example")
    assert (await caller.get(path)).body["topic"] == "Interview"


@proves("ZOOM-118", "ZOOM-122")
async def check_unknown_and_deleted_meetings(zoom: SimulatedZoom) -> None:
    """A deleted meeting is answered as one that never was, whatever is asked of it."""
    caller = await zoom.caller()
    number = (await caller.meeting())["id"]
    assert (await caller.call("DELETE", f"/meetings/{number}")).status == 204
    for which in (number, 12345678901):
        for method, body in (("GET", None), ("PATCH", {"topic": "Other"}), ("DELETE", None)):
            refused = (await caller.call(method, f"/meetings/{which}", body)).refusal
            assert refused == (404, 3001, f"Meeting does not exist: {which}.")


@proves("ZOOM-119")
async def check_update_changes_what_was_sent(zoom: SimulatedZoom) -> None:
    """A new time leaves everything else as it was."""
    caller = await zoom.caller()
    made = await caller.meeting(agenda="Bring a laptop", settings={"mute_upon_entry": True})
    path = f"/meetings/{made['id']}"
    assert (await caller.call("PATCH", path, {"start_time": LATER})).status == 204
    read = (await caller.get(path)).body
    assert read["start_time"] == LATER
    same = ("id", "topic", "agenda", "duration", "password", "join_url", "settings", "host_id")
    assert {name: read[name] for name in same} == {name: made[name] for name in same}


@proves("ZOOM-120")
async def check_past_start_is_ignored(zoom: SimulatedZoom) -> None:
    """An update to a time that is over answers 204 and moves nothing."""
    caller = await zoom.caller()
    path = f"/meetings/{(await caller.meeting())['id']}"
    assert (await caller.call("PATCH", path, {"start_time": "2027-02-01T10:00:00Z", "topic": "Other"})).status == 204
    read = (await caller.get(path)).body
    assert (read["start_time"], read["topic"]) == (START, "Other")


@proves("ZOOM-121")
async def check_new_passcode_is_a_new_link(zoom: SimulatedZoom) -> None:
    """The link changes with the passcode and with nothing else."""
    caller = await zoom.caller()
    made = await caller.meeting()
    path = f"/meetings/{made['id']}"
    await caller.call("PATCH", path, {"start_time": LATER, "topic": "Other"})
    assert (await caller.get(path)).body["join_url"] == made["join_url"]
    passcode = "other23"
    await caller.call("PATCH", path, {"password": passcode})
    read = (await caller.get(path)).body
    assert read["password"] == passcode
    assert read["join_url"] != made["join_url"]


@proves("ZOOM-123")
async def check_body_on_get_and_delete(zoom: SimulatedZoom) -> None:
    """A JSON body where none belongs does no harm."""
    caller = await zoom.caller()
    path = f"/meetings/{(await caller.meeting())['id']}"
    assert (await caller.call("GET", path, {"topic": "Other"})).body["topic"] == "Interview"
    assert (await caller.call("DELETE", path, {"topic": "Other"})).status == 204


@proves("ZOOM-125")
async def check_listed_agenda_is_cut(zoom: SimulatedZoom) -> None:
    """A list shows 250 characters of an agenda, the meeting itself shows all."""
    caller = await zoom.caller()
    made = await caller.meeting(agenda="a" * 1000)
    (listed,) = (await caller.get("/users/me/meetings")).body["meetings"]
    assert (len(listed["agenda"]), len(made["agenda"])) == (250, 1000)


@proves("ZOOM-126")
async def check_kinds_of_lists(zoom: SimulatedZoom) -> None:
    """What is over stands among the scheduled meetings but not among the upcoming ones; nothing is live unheld."""
    caller = await zoom.caller()
    today, far = await caller.meeting(start_time="2027-03-01T12:10:00Z"), await caller.meeting()
    await zoom.pass_time(3000)
    listed = {}
    for kind in ("scheduled", "upcoming", "live"):
        answer = await caller.get("/users/me/meetings", type=kind)
        listed[kind] = {one["id"] for one in answer.body["meetings"]}
    assert listed == {"scheduled": {today["id"], far["id"]}, "upcoming": {far["id"]}, "live": set()}
