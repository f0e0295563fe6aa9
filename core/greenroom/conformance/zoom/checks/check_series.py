"""Recurring meetings, and what is to come."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL = "april@acme.example"


@proves("ZOOM-174")
async def check_occurrences(zoom: SimulatedZoom) -> None:
    """Three days give three dates, a rule without an end sixty."""
    caller = await zoom.caller()
    three = await caller.meeting(type=8, recurrence={"type": 1, "repeat_interval": 1, "end_times": 3})
    starts = [one["start_time"] for one in three["occurrences"]]
    assert starts == [f"2027-03-0{day}T15:00:00Z" for day in (2, 3, 4)]
    assert len({one["occurrence_id"] for one in three["occurrences"]}) == 3
    endless = await caller.meeting(type=8, recurrence={"type": 1, "repeat_interval": 1, "end_times": 0})
    assert len(endless["occurrences"]) == 60


@proves("ZOOM-175")
async def check_deleted_occurrence(zoom: SimulatedZoom) -> None:
    """The date taken out stays in the list, marked; the others are untouched."""
    caller = await zoom.caller()
    made = await caller.meeting(type=8, recurrence={"type": 1, "repeat_interval": 1, "end_times": 3})
    path, second = f"/meetings/{made['id']}", made["occurrences"][1]["occurrence_id"]
    assert (await caller.call("DELETE", path, occurrence_id=second)).status == 204
    left = (await caller.get(path)).body["occurrences"]
    assert [one["status"] for one in left] == ["available", "deleted", "available"]


@proves("ZOOM-176")
async def check_upcoming_meetings(zoom: SimulatedZoom) -> None:
    """Today's meetings are upcoming, for the host and for who is invited; next week's are not."""
    caller = await zoom.caller()
    invited = {"meeting_invitees": [{"email": "ben@acme.example"}]}
    today = await caller.meeting(APRIL, start_time="2027-03-01T18:00:00Z", settings=invited)
    await caller.meeting(APRIL, start_time="2027-03-08T18:00:00Z")
    for who, hosts in ((APRIL, True), ("ben@acme.example", False)):
        listed = (await caller.get(f"/users/{who}/upcoming_meetings")).body["meetings"]
        assert [(one["id"], one["is_host"]) for one in listed] == [(today["id"], hosts)]
