"""Zoom's own calendar: events, when people are busy, and what changed."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL = "april@acme.example"
EVENTS = f"/calendars/{APRIL}/events"
DEBRIEF = {
    "summary": "Debrief",
    "start": {"dateTime": "2027-03-02T17:00:00Z"},
    "end": {"dateTime": "2027-03-02T18:00:00Z"},
}


@proves("ZOOM-210")
async def check_free_and_busy(zoom: SimulatedZoom) -> None:
    """The event in the calendar makes its hour busy, and the rest of the day free."""
    caller = await zoom.caller()
    day = {"timeMin": "2027-03-02T00:00:00Z", "timeMax": "2027-03-03T00:00:00Z", "items": [{"id": APRIL}]}
    (calendar,) = (await caller.call("POST", "/calendars/freeBusy", day)).body["calendars"]
    assert calendar["busy"] == [{"start": "2027-03-02T15:00:00Z", "end": "2027-03-02T16:00:00Z"}]


@proves("ZOOM-211")
async def check_event_is_made_changed_and_deleted(zoom: SimulatedZoom) -> None:
    """An event made is read, changed and gone."""
    caller = await zoom.caller()
    made = await caller.call("POST", EVENTS, DEBRIEF)
    assert made.status in (200, 201)
    path = f"{EVENTS}/{made.body['id']}"
    assert (await caller.get(path)).body["summary"] == "Debrief"
    assert (await caller.call("PATCH", path, {**DEBRIEF, "summary": "Long debrief"})).status == 200
    assert (await caller.get(path)).body["summary"] == "Long debrief"
    assert (await caller.call("DELETE", path)).status == 204
    listed = (await caller.get(EVENTS)).body["items"]
    assert made.body["id"] not in {one["id"] for one in listed if one.get("status") != "cancelled"}


@proves("ZOOM-212")
async def check_changes_since(zoom: SimulatedZoom) -> None:
    """With the token of a list only what came since is listed."""
    caller = await zoom.caller()
    first = (await caller.get(EVENTS)).body
    assert [one["id"] for one in first["items"]] == ["review"]
    made = (await caller.call("POST", EVENTS, DEBRIEF)).body
    since = (await caller.get(EVENTS, syncToken=first["nextSyncToken"])).body["items"]
    assert [one["id"] for one in since] == [made["id"]]
