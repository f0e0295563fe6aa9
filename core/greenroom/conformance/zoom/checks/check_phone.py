"""Phone calls and their recordings."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL, BEN, BASIL = "april@acme.example", "ben@acme.example", "basil@acme.example"
OUTSIDE = "+14155550199"


@proves("ZOOM-213")
async def check_calls_of_the_account(zoom: SimulatedZoom) -> None:
    """April's call out and the one Ben missed are listed, until a day has passed."""
    calls = (await (await zoom.caller()).get("/phone/call_history")).body["call_history"]
    told = {(one["direction"], one["caller_did_number"], one["call_result"]) for one in calls}
    assert {direction for direction, _, _ in told} == {"outbound", "inbound"}
    assert ("inbound", OUTSIDE, "no_answer") in told
    await zoom.pass_time(86400)
    caller = await zoom.caller()
    assert (await caller.get("/phone/call_history")).body["call_history"] == []
    days = {"from": "2027-03-01", "to": "2027-03-01"}
    assert len((await caller.get("/phone/call_history", **days)).body["call_history"]) == 2


@proves("ZOOM-214")
async def check_span_of_calls(zoom: SimulatedZoom) -> None:
    """A month of days is answered; more days, or days of last summer, are refused."""
    caller = await zoom.caller()
    for first, last, status in (
        ("2027-02-01", "2027-03-01", 200),
        ("2027-01-01", "2027-03-01", 400),
        ("2026-07-01", "2026-07-10", 400),
    ):
        answer = await caller.get("/phone/call_history", **{"from": first, "to": last})
        assert answer.status == status


@proves("ZOOM-215")
async def check_calls_of_a_person(zoom: SimulatedZoom) -> None:
    """Each sees the own calls only, with what happened."""
    caller = await zoom.caller()
    for who, direction in ((APRIL, "outbound"), (BEN, "inbound")):
        (element,) = (await caller.get(f"/phone/users/{who}/call_history")).body["call_elements"]
        assert element["direction"] == direction
        assert element["event"]
        assert element["result"]


@proves("ZOOM-216")
async def check_phone_recordings(zoom: SimulatedZoom) -> None:
    """The recorded call has a recording, in the account's list and in April's, for thirty days."""
    for days, count in ((29, 1), (2, 0)):
        await zoom.pass_time(days * 86400)
        caller = await zoom.caller()
        for path in ("/phone/recordings", f"/phone/users/{APRIL}/recordings"):
            recordings = (await caller.get(path)).body["recordings"]
            assert len(recordings) == count
            assert all(one["download_url"] for one in recordings)


@proves("ZOOM-217")
async def check_phone_needs_plan_and_licence(zoom: SimulatedZoom) -> None:
    """A free account has no calls to list, and neither has somebody without a phone."""
    free = await zoom.caller("fred@free.example")
    assert (await free.get("/phone/call_history")).refusal[:2] == (400, 200)
    assert (await (await zoom.caller()).get(f"/phone/users/{BASIL}/call_history")).status in (400, 404)
